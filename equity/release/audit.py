"""The exact audit: no hidden count is determined by what is published, and none is squeezed into too few values.

For every hidden count the question is whether its least and greatest whole value, over all counts consistent with
everything that is published, lie far enough apart. A pair of consistent tables that differ by enough proves that they
do; so a few solutions that push many counts at once settle most, and only what they leave open is asked one count at a
time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from equity.release.counts import Floats
from equity.release.feasible import GOOD_ENOUGH, Part, parts
from equity.release.linked import LinkedTables
from equity.release.policy import Policy
from equity.release.suppression import Suppression

PUSHES = 16
WHOLE_PUSHES = 60


@dataclass(frozen=True)
class FamilyAudit:
    """What the audit of one family found once it was content.

    hidden_counts  counts that are not shown and must stay wide.
    rounds         how often the audit sent the hiding back to work.
    given_away     counts that earlier releases already give away and that nothing in this one can take back.
    """

    measures: tuple[str, ...]
    hidden_counts: int
    rounds: int
    given_away: int


def unaudited(suppression: Suppression, linked: LinkedTables) -> FamilyAudit:
    """Hide by the sums one at a time only: quick, for a look ahead; a release may have to hide a little more."""
    suppression.close()
    return _found(suppression, 0, 0)


def protect(suppression: Suppression, linked: LinkedTables) -> FamilyAudit:
    """Hide and audit in turn until the audit finds nothing."""
    family = suppression.family
    suppression.close()
    lost: set[tuple[int, int]] = set()
    safe: dict[tuple[bytes, bytes], bool] = {}
    rounds = 0
    while True:
        narrow = []
        for part in parts(family, linked, suppression.unknown):
            key = (part.series.tobytes(), part.cells.tobytes())
            if key not in safe:
                found = [c for c in too_narrow(part, suppression.policy) if c not in lost]
                if not found:
                    safe[key] = True
                narrow += found
        if not narrow:
            break
        rounds += 1
        for series, cell in narrow:
            if not suppression.hide_beside(series, cell):
                lost.add((series, cell))
    return _found(suppression, rounds, len(lost))


def _found(suppression: Suppression, rounds: int, lost: int) -> FamilyAudit:
    family = suppression.family
    guarded = suppression.unknown & (family.guarded | family.zero)
    return FamilyAudit(tuple(m.measure for m in family.measures), int(guarded.sum()), rounds, lost)


def too_narrow(part: Part, policy: Policy) -> list[tuple[int, int]]:
    """The guarded counts (series, cell) of a part that can take fewer than k/2 values."""
    reach = needed(part, policy)
    low, high = part.truth.copy(), part.truth.copy()
    _push_up_and_down(part, reach, low, high, policy)
    _push_whole(part, reach, low, high, policy)
    narrow = []
    for i in np.flatnonzero(part.guarded):
        if high[i] - low[i] < reach[i] and not _is_wide(part, int(i), float(reach[i]), low, high):
            narrow.append((int(part.series[i]), int(part.cells[i])))
    return narrow


def needed(part: Part, policy: Policy) -> Floats:
    """How far apart least and greatest must lie: k/2 values are k/2 − 1 apart when counts are whole."""
    return np.where(part.whole, policy.least_values - 1.0, policy.threshold / 2)


def _push_up_and_down(part: Part, reach: Floats, low: Floats, high: Floats, policy: Policy) -> None:
    """Widen low and high by consistent tables that push all open counts at once, in mixed directions.

    A corner of the system is often made of halves. Corners are looked for within half the room that there is below the
    truth: twice the step to one is then whole, and still no count is below its least.
    """
    box = 2.0 * policy.threshold
    room = np.floor((part.truth - np.maximum(part.least, part.truth - 2 * box)) / 2)
    for goal in _goals(part, reach, low, high, PUSHES):
        corner = part.extreme(goal, part.truth - room, part.truth + box)
        if corner is None:
            continue
        for times in (1, 2):
            counts = part.settled(part.truth + times * (corner - part.truth))
            if counts is not None:
                _widen(low, high, counts)
                break


def _push_whole(part: Part, reach: Floats, low: Floats, high: Floats, policy: Policy) -> None:
    """The same in whole numbers and with all the room: dearer, for what is still open."""
    box = 2.0 * policy.threshold
    lower, upper = np.maximum(part.least, part.truth - box), part.truth + box
    fruitless = 0
    for goal in _goals(part, reach, low, high, WHOLE_PUSHES):
        before = np.count_nonzero(high - low < reach)
        counts = part.whole_extreme(goal, lower, upper, GOOD_ENOUGH)
        if counts is not None:
            _widen(low, high, counts)
        fruitless = fruitless + 1 if np.count_nonzero(high - low < reach) == before else 0
        if fruitless == 3:
            return


def _goals(part: Part, reach: Floats, low: Floats, high: Floats, count: int) -> Iterator[Floats]:
    """Up to so many goals that push every count still open up or down; always the same ones."""
    generator = np.random.default_rng(len(part.truth))
    for _ in range(count):
        still = part.guarded & (high - low < reach)
        if not still.any():
            return
        yield generator.choice([-1.0, 1.0], len(part.truth)) * still


def _widen(low: Floats, high: Floats, counts: Floats) -> None:
    np.minimum(low, counts, out=low)
    np.maximum(high, counts, out=high)


def _is_wide(part: Part, i: int, reach: float, low: Floats, high: Floats) -> bool:
    """Whether count i, pushed alone, reaches far enough or is known to be 0; widens low and high by what it finds."""
    ends = [_end(part, i, sign, part.truth[i] + sign * (reach + 1)) for sign in (-1.0, 1.0)]
    if part.truth[i] == 0 and ends[1] < 1e-6:
        return True
    if ends[1] - ends[0] < reach - 1e-6:
        return False
    return _push_alone(part, i, reach, low, high)


def _push_alone(part: Part, i: int, reach: float, low: Floats, high: Floats) -> bool:
    """Push count i up, then down, in whole tables, and widen low and high; whether it then reaches far enough."""
    for sign in (1.0, -1.0):
        goal = np.zeros(len(part.truth))
        goal[i] = -sign
        lower, upper = part.least.copy(), np.full(len(part.truth), np.inf)
        if sign > 0:
            upper[i] = low[i] + reach
        else:
            lower[i] = max(lower[i], high[i] - reach)
        counts = part.whole_extreme(goal, lower, upper)
        if counts is not None:
            _widen(low, high, counts)
        if high[i] - low[i] >= reach:
            return True
    return False


def _end(part: Part, i: int, sign: float, cap: float) -> float:
    """How far count i can go up (sign 1) or down (−1), whole or not, and at most to ``cap``."""
    goal = np.zeros(len(part.truth))
    goal[i] = -sign
    lower, upper = part.least.copy(), np.full(len(part.truth), np.inf)
    if sign > 0:
        upper[i] = cap
    else:
        lower[i] = max(lower[i], cap)
    counts = part.extreme(goal, lower, upper)
    return float(part.truth[i]) if counts is None else float(counts[i])
