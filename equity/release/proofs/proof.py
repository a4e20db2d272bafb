"""The proof that hidden counts stay wide: for each, whole tables that fit what is published and lie far enough apart.

Two tables that fit and differ in many counts prove all of these wide at once. Corners of a block are such tables more
often than not, so a few goals that push many counts together settle nearly all; what they leave open is pushed one
count at a time, first within its block and then with everything that hangs together with it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from equity.release.counts import Flags, Floats
from equity.release.policy import Policy
from equity.release.proofs.feasible import CountBlock, Part

PUSHES = 40
FRUITLESS = 6
BOX = 2.0


def too_narrow(part: Part, policy: Policy) -> Iterator[tuple[int, int]]:
    """The guarded counts (series, cell) of a part that are not proven to take k/2 values.

    It stops after each count that was asked alone, so that whoever draws from it can stop too.
    """
    reach = needed(part.whole, policy)
    low, high = part.truth.copy(), part.truth.copy()
    for block in part.blocks:
        _push_together(part, block, reach, low, high, policy)
    for i in np.flatnonzero(part.guarded & (high - low < reach)):
        if high[i] - low[i] < reach[i] and not _is_wide(part, int(i), float(reach[i]), low, high):
            yield int(part.series[i]), int(part.cells[i])


def needed(whole: Flags, policy: Policy) -> Floats:
    """How far apart least and greatest must lie: k/2 values are k/2 − 1 apart when counts are whole.

    Where they are not, so many whole numbers lie between them all the same.
    """
    return np.where(whole, policy.least_values - 1.0, float(policy.least_values))


def _push_together(part: Part, block: CountBlock, reach: Floats, low: Floats, high: Floats, policy: Policy) -> None:
    """Widen low and high by whole tables that push all open counts of a block, in mixed directions.

    A corner of the system is sometimes made of halves. Every other corner is therefore looked for within half the room
    that there is below the truth: twice the step to it is then whole, and still no count is below its least.
    """
    generator = np.random.default_rng(len(block.columns))
    truth, box = block.truth, BOX * policy.threshold
    lower = np.maximum(block.least, truth - box)
    halfway = truth - np.floor((truth - lower) / 2)
    fruitless = 0
    for turn in range(PUSHES):
        still = (part.guarded & (high - low < reach))[block.columns]
        if not still.any() or fruitless == FRUITLESS:
            return
        times = 1 + turn % 2
        block.extremes.bound(lower if times == 1 else halfway, truth + box)
        goal = still * generator.choice([-1.0, 1.0], len(truth)) * generator.uniform(0.5, 1.0, len(truth))
        corner = block.extremes.corner(goal)
        if corner is not None:
            _widen(part, block, truth + times * (corner - truth), low, high)
        open_still = (part.guarded & (high - low < reach))[block.columns]
        fruitless = fruitless + 1 if np.count_nonzero(open_still) == np.count_nonzero(still) else 0


def _widen(part: Part, block: CountBlock, counts: Floats, low: Floats, high: Floats) -> None:
    """Take a block's counts into low and high if, with the rest of the part as it is, they fit."""
    fitting = part.settled(part.with_block(block, counts))
    if fitting is not None:
        np.minimum(low, fitting, out=low)
        np.maximum(high, fitting, out=high)


def _is_wide(part: Part, i: int, reach: float, low: Floats, high: Floats) -> bool:
    """Whether count i, pushed alone, reaches far enough or is known to be 0; widens low and high by what it finds."""
    for block in part.blocks:
        for at in np.flatnonzero(np.isin(block.columns, part.moving(i))):
            _push_in_block(part, block, int(at), reach, low, high)
            if high[i] - low[i] >= reach:
                return True
    ends = [_end(part, i, sign, part.truth[i] + sign * (reach + 1)) for sign in (-1.0, 1.0)]
    if part.truth[i] == 0 and ends[1] < 1e-6:
        return True
    if ends[1] - ends[0] < reach - 1e-6:
        return False
    return _push_alone(part, i, reach, low, high)


def _push_in_block(part: Part, block: CountBlock, at: int, reach: float, low: Floats, high: Floats) -> None:
    """Move one count of a block as far up as it needs to go, or else down, and as little besides as can be."""
    column = block.columns[at]
    for end in (low[column] + reach, high[column] - reach):
        move = block.moves.shortest(at, float(end - block.truth[at]))
        if move is not None:
            _widen(part, block, block.truth + move, low, high)
        if high[column] - low[column] >= reach:
            return


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
            np.minimum(low, counts, out=low)
            np.maximum(high, counts, out=high)
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
    part.extremes.bound(lower, upper)
    counts = part.extremes.corner(goal)
    return float(part.truth[i]) if counts is None else float(counts[i])
