"""Is the gap closing, and which side of it moved.

The gap is signed toward harm (positive: the group does worse). With both changes signed in the favourable direction,

    ΔGap = ΔReference − ΔGroup

so a gap closes because the group improved, because the reference got worse, or both. Only the first is success. Four
words, each of which needs its interval to exclude 0:

| word | what must hold |
|---|---|
| `closing_by_lifting` | ΔGap's interval is below 0, the group was behind, and the group's own change is clearly up |
| `levelling_down` | the same closing, but the reference is clearly down and the group is not clearly up |
| `widening` | ΔGap's interval is above 0 and the group ends up behind |
| `no_clear_change` | everything else; the reason code says which |

When a gap closes with the group clearly up *and* the reference clearly down, the side that moved more earns the word
(a tie goes to the group). When it closes and neither side is clear on its own, nobody can say why: the honest word is
`no_clear_change`, with the reason `side_unclear`, and the interval of ΔGap beside it still shows the closing. A group
that was not behind has no gap to close, and one that stays ahead has none that widens.

Two readings, both given, because two end points are noisy:

- `gap_trend` (its own module): a weighted line through every period. It leads when nobody has set a baseline.
- `gap_change_between`: the pooled baseline against the pooled latest periods. It leads when a team has frozen a
  baseline, since it answers their own question, assumes no straight line, and sees a step at its full size.

Intervals take in spread between periods beyond chance, and likeness between neighbouring periods. They assume
independent groups; where the reference is an
average that contains the group, the two move together and the intervals are wider than they need be.

Sources: Zou & Donner 2008 (MOVER) with Newcombe 1998; weighted least squares with the dispersion of McCullagh & Nelder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from equity.stats.differences import mover
from equity.stats.estimate import (
    BoolArray,
    Estimate,
    FloatArray,
    Kind,
    Polarity,
)
from equity.stats.gap import harm_sign
from equity.stats.over_time.period_series import (
    PeriodSums,
    pooled_windows,
)

CLOSING_BY_LIFTING: Final = "closing_by_lifting"
LEVELLING_DOWN: Final = "levelling_down"
WIDENING: Final = "widening"
NO_CLEAR_CHANGE: Final = "no_clear_change"
NOT_JUDGED: Final = ""

GROUP_IMPROVED: Final = "group_improved"
REFERENCE_WORSENED: Final = "reference_worsened"
BOTH_MOVED: Final = "both_moved"
GAP_GREW: Final = "gap_grew"
WITHIN_CHANCE: Final = "within_chance"
SIDE_UNCLEAR: Final = "side_unclear"
NO_GAP_TO_CLOSE: Final = "no_gap_to_close"
GROUP_STILL_AHEAD: Final = "group_still_ahead"
NO_POLARITY: Final = "no_polarity"
NOT_ENOUGH_DATA: Final = "not_enough_data"


READINGS = 2
"""A page gives both: the line and the windows."""


@dataclass(frozen=True, slots=True)
class Together:
    """The groups that one page speaks of: booleans on the last leading axis, and for how many comparisons its words
    must hold: as many as groups, or more where the same data picked the reference."""

    groups: BoolArray
    comparisons: int


@dataclass(frozen=True, slots=True)
class GapChange:
    """How the gap changed between two stretches of time, with its two sides. Arrays of one shape, unit of the rate.

    `gap_before`, `gap_after`, `gap_change`: positive is toward harm. `group_change`, `reference_change`: positive is
    favourable; gap_change = reference_change − group_change. `verdict` and `reason`: words of this module. Everything
    signed is NaN, and the verdict empty, for a neutral measure.
    """

    gap_before: Estimate
    gap_after: Estimate
    gap_change: Estimate
    group_change: Estimate
    reference_change: Estimate
    verdict: npt.NDArray[np.str_]
    reason: npt.NDArray[np.str_]


def gap_change(
    group_before: Estimate,
    group_after: Estimate,
    reference_before: Estimate,
    reference_after: Estimate,
    polarity: Polarity | npt.NDArray[np.str_],
) -> GapChange:
    """The change in the gap between two stretches of time, from four estimates with their own intervals.

    The four must be independent (different people, or different stretches). A target is an estimate whose limits
    are its value. Intervals are square-and-add (MOVER), so they keep the shape of Wilson or exact limits. The words are
    those of each group alone: see :func:`judged_together`.
    """
    favourable = -harm_sign(polarity)
    group_change = mover(group_after, group_before).scaled(favourable)
    reference_change = mover(reference_after, reference_before).scaled(favourable)
    change = mover(reference_change, group_change)
    before = mover(reference_before, group_before).scaled(favourable)
    after = mover(reference_after, group_after).scaled(favourable)
    verdict, reason = judge_change(before.value, after.value, change, group_change, reference_change, favourable)
    return GapChange(before, after, change, group_change, reference_change, verdict, reason)


def gap_change_between(
    kind: Kind,
    polarity: Polarity,
    group: PeriodSums,
    reference: PeriodSums,
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    level: float = 0.95,
    together: Together | None = None,
) -> GapChange:
    """The change in the gap between two windows of a series, each pooled. See `gap_change` and `pooled_windows`.

    `before`, `after`: booleans that broadcast to (…, T). `together`: the groups that one page speaks of; the
    words then hold for all of them at once. Raises ValueError when the windows share a period.
    """

    alike = None if together is None else together.groups

    mine = pooled_windows(kind, group, (before, after), alike)
    theirs = pooled_windows(kind, reference, (before, after))

    def at(asked: float) -> GapChange:
        own, other = mine.at(asked), theirs.at(asked)
        return gap_change(own[0], own[1], other[0], other[1], polarity)

    change = at(level)
    return change if together is None else judged_together(change, at(joint_level(level, together)), polarity)


def joint_level(level: float, together: Together | None) -> float:
    """The level of each group's interval at which all that a page says of change holds at once.

    Over its comparisons by Šidák's bound, over its two readings by Bonferroni's; a group by itself keeps its own level.

    Source: Šidák 1967.
    """
    if together is None:
        return level
    return float((1.0 - (1.0 - level) / READINGS) ** (1.0 / max(together.comparisons, 1)))


def judged_together(change: GapChange, joint: GapChange, polarity: Polarity | npt.NDArray[np.str_]) -> GapChange:
    """The same changes with the words that hold for all groups of a page: a change is one where the joint interval
    leaves out 0; which side moved is then told by its own interval."""
    verdict, reason = judge_change(
        change.gap_before.value,
        change.gap_after.value,
        joint.gap_change,
        change.group_change,
        change.reference_change,
        -harm_sign(polarity),
    )
    return replace(change, verdict=verdict, reason=reason)


def judge_change(
    before: FloatArray,
    after: FloatArray,
    change: Estimate,
    group: Estimate,
    reference: Estimate,
    favourable: FloatArray,
) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.str_]]:
    """The word and its reason, as the table at the top of this module says."""
    closes, grows = change.upper < 0, change.lower > 0
    group_up, reference_down = group.lower > 0, reference.upper < 0
    was_behind, is_behind = before > 0, after > 0
    group_moved_more = group.value >= -reference.value
    rules = [
        (np.isnan(favourable), NOT_JUDGED, NO_POLARITY),
        (np.isnan(change.lower) | np.isnan(change.upper), NOT_JUDGED, NOT_ENOUGH_DATA),
        (closes & ~was_behind, NO_CLEAR_CHANGE, NO_GAP_TO_CLOSE),
        (closes & group_up & reference_down & group_moved_more, CLOSING_BY_LIFTING, BOTH_MOVED),
        (closes & group_up & reference_down, LEVELLING_DOWN, BOTH_MOVED),
        (closes & group_up, CLOSING_BY_LIFTING, GROUP_IMPROVED),
        (closes & reference_down, LEVELLING_DOWN, REFERENCE_WORSENED),
        (closes, NO_CLEAR_CHANGE, SIDE_UNCLEAR),
        (grows & is_behind, WIDENING, GAP_GREW),
        (grows, NO_CLEAR_CHANGE, GROUP_STILL_AHEAD),
    ]
    conditions = [np.broadcast_to(condition, change.value.shape) for condition, _, _ in rules]
    verdict = np.select(conditions, [word for _, word, _ in rules], NO_CLEAR_CHANGE)
    reason = np.select(conditions, [why for _, _, why in rules], WITHIN_CHANCE)
    return verdict, reason


def estimate_around(value: FloatArray, error: FloatArray, t: FloatArray) -> Estimate:
    return Estimate(value, value - t * error, value + t * error)
