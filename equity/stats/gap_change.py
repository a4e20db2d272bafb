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

- `gap_trend`: a weighted line through every period. It leads when nobody has set a baseline.
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

from equity.stats.control_charts import PLAIN_FRAME, ChartFrame, ControlChart, xmr_chart
from equity.stats.differences import mover
from equity.stats.estimate import (
    BoolArray,
    Estimate,
    FloatArray,
    Kind,
    Numbers,
    Polarity,
    as_floats,
    ratio_of,
    t_quantile,
)
from equity.stats.gap import harm_sign
from equity.stats.period_series import (
    FEWEST_DEGREES,
    PeriodSums,
    RateSeries,
    pooled_windows,
    serial_correlation,
    serial_inflation,
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

PERIODS_FOR_A_TREND = 4
"""Fewer periods than this make no trend (the NHQDR rule)."""

READINGS = 2
"""A page gives both: the line and the windows."""

LONGEST_WINDOW = 12
"""Windows chosen by the program are never longer than this many periods."""


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


@dataclass(frozen=True, slots=True)
class GapTrend:
    """A straight line through the gap, split exactly into its two sides. Arrays of the leading shape (…).

    `periods`: periods measured on both sides. `gap_first`, `gap_last`: the line at the first and last of them.
    `gap_slope`, `group_slope`, `reference_slope`: change a period, the gap's toward harm, the sides' favourable.
    `gap_change`, `group_change`, `reference_change`: the slopes times the span. `last_variance`, `slope_variance`,
    `last_slope_covariance`: of the line at its last period; `degrees` of freedom: what a projection needs.
    """

    periods: npt.NDArray[np.int64]
    gap_first: Estimate
    gap_last: Estimate
    gap_slope: Estimate
    group_slope: Estimate
    reference_slope: Estimate
    gap_change: Estimate
    group_change: Estimate
    reference_change: Estimate
    verdict: npt.NDArray[np.str_]
    reason: npt.NDArray[np.str_]
    last_variance: FloatArray
    slope_variance: FloatArray
    last_slope_covariance: FloatArray
    degrees: FloatArray


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
    verdict, reason = _judge(before.value, after.value, change, group_change, reference_change, favourable)
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
    """The change in the gap between two windows of a series, each pooled. See `gap_change` and `window_estimates`.

    `before`, `after`: booleans that broadcast to (…, T). `together`: the groups that one page speaks of; the
    words then hold for all of them at once. Raises ValueError when the windows share a period.
    """

    alike = None if together is None else together.groups

    mine = pooled_windows(kind, group, (before, after), alike)
    theirs = pooled_windows(kind, reference, (before, after))

    def at(asked: float) -> GapChange:
        own, other = mine.at(asked), theirs.at(asked)
        return gap_change(own[0], own[1], other[0], other[1], polarity)

    found = at(level)
    return found if together is None else judged_together(found, at(joint_level(level, together)), polarity)


def joint_level(level: float, together: Together | None) -> float:
    """The level of each group's interval at which all that a page says of change holds at once.

    Over its comparisons by Šidák's bound, over its two readings by Bonferroni's; a group by itself keeps its own level.

    Source: Šidák 1967.
    """
    if together is None:
        return level
    return float((1.0 - (1.0 - level) / READINGS) ** (1.0 / max(together.comparisons, 1)))


def judged_together(found: GapChange, joint: GapChange, polarity: Polarity | npt.NDArray[np.str_]) -> GapChange:
    """The same changes with the words that hold for all groups of a page: a change is one where the joint interval
    leaves out 0; which side moved is then told by its own interval."""
    verdict, reason = _judge(
        found.gap_before.value,
        found.gap_after.value,
        joint.gap_change,
        found.group_change,
        found.reference_change,
        -harm_sign(polarity),
    )
    return replace(found, verdict=verdict, reason=reason)


def first_and_latest(measured: npt.ArrayLike, longest: int = LONGEST_WINDOW) -> tuple[BoolArray, BoolArray]:
    """Two windows of equal length for when nobody has set a baseline: the first and the latest measured periods.

    `measured`: (T,) booleans. Each window takes half of the measured periods, at most `longest` (a whole year
    of months, so that seasons cancel). Both are empty with fewer than two.
    """
    places = np.flatnonzero(np.asarray(measured, dtype=bool))
    length = min(len(places) // 2, longest)
    before, after = np.zeros(np.shape(measured), dtype=bool), np.zeros(np.shape(measured), dtype=bool)
    before[places[:length]] = True
    after[places[len(places) - length :]] = True
    return before, after


def gap_trend(
    group: RateSeries,
    reference: RateSeries,
    polarity: Polarity,
    *,
    times: Numbers | None = None,
    level: float = 0.95,
    together: Together | None = None,
) -> GapTrend:
    """The trend of the gap over every period, and of both sides under the same weights, so that they add up.

    Weights are 1 ÷ (variance of the group + variance of the reference). Standard errors grow when the residuals spread
    more than chance or when neighbours are alike, and never shrink below chance; intervals are Student's t on T − 2V
    degrees, V the inflation by neighbours that are alike (1 where they are not). Periods missing on either side are
    left out. With fewer than 4 periods everything is NaN and nothing is judged.

    `group`, `reference`: (…, T). `times`: (T,) the time of each period, 0, 1, 2 … by default (unit: a period).
    `together`: the groups that one page speaks of: they share what they tell of likeness in time, and the words hold
    for all of them at once.
    """
    favourable = -float(harm_sign(polarity))
    gap = favourable * (reference.rate - group.rate)
    line = _WeightedLine.through(gap, group.variance + reference.variance, times, together)
    t = t_quantile(level, line.degrees)
    gap_slope = _around(line.slope, np.sqrt(line.slope_variance), t)
    group_slope, reference_slope = (
        line.other(favourable * series.rate, series.variance, level, together) for series in (group, reference)
    )
    change, group_change, reference_change = (
        slope.scaled(line.span) for slope in (gap_slope, group_slope, reference_slope)
    )
    first, last = line.at(line.first), line.at(line.last)
    joint = _around(line.slope, np.sqrt(line.slope_variance), t_quantile(joint_level(level, together), line.degrees))
    verdict, reason = _judge(
        first[0], last[0], joint.scaled(line.span), group_change, reference_change, np.full(first[0].shape, favourable)
    )
    return GapTrend(
        periods=line.periods,
        gap_first=_around(first[0], np.sqrt(first[1]), t),
        gap_last=_around(last[0], np.sqrt(last[1]), t),
        gap_slope=gap_slope,
        group_slope=group_slope,
        reference_slope=reference_slope,
        gap_change=change,
        group_change=group_change,
        reference_change=reference_change,
        verdict=verdict,
        reason=reason,
        last_variance=last[1],
        slope_variance=line.slope_variance,
        last_slope_covariance=(line.last - line.centre) * line.slope_variance,
        degrees=line.degrees,
    )


def gap_chart(group: Numbers, reference: Numbers, polarity: Polarity, frame: ChartFrame = PLAIN_FRAME) -> ControlChart:
    """The XmR chart of the gap itself, signed toward harm. `group`, `reference`: rates (…, T); a hole on either side
    is a hole in the gap."""
    sign = float(harm_sign(polarity))
    return xmr_chart(sign * (as_floats(group) - as_floats(reference)), frame)


def _judge(
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


def _around(value: FloatArray, error: FloatArray, t: FloatArray) -> Estimate:
    return Estimate(value, value - t * error, value + t * error)


@dataclass(frozen=True, slots=True)
class _WeightedLine:
    """Weighted least squares of one series on time, with room to fit other series under the same weights."""

    used: BoolArray
    pull: FloatArray  # how much each period's value moves the slope: Σ pull·y is the slope
    weight: FloatArray  # sums to 1 over the periods used
    time: FloatArray
    periods: npt.NDArray[np.int64]
    degrees: FloatArray
    first: FloatArray
    last: FloatArray
    centre: FloatArray
    middle: FloatArray  # the line at `centre`
    middle_variance: FloatArray
    slope: FloatArray
    slope_variance: FloatArray

    @property
    def span(self) -> FloatArray:
        return self.last - self.first

    @classmethod
    def through(
        cls, y: FloatArray, variance: FloatArray, times: Numbers | None, together: Together | None
    ) -> _WeightedLine:
        t = np.arange(y.shape[-1], dtype=float) if times is None else as_floats(times)
        used = np.isfinite(y) & np.isfinite(variance)
        periods = used.sum(axis=-1)
        enough = periods >= PERIODS_FOR_A_TREND
        # A series with no chance variance at all (no events anywhere) still has a line: every period counts the same.
        raw = np.where(used & (variance > 0), 1.0 / np.where(variance > 0, variance, 1.0), 0.0)
        raw = np.where((raw.sum(axis=-1, keepdims=True) > 0) | ~used, raw, 1.0)
        total = np.where(enough, raw.sum(axis=-1), np.nan)
        weight = raw / total[..., np.newaxis]
        centre = (weight * t).sum(axis=-1)
        apart = np.where(used, t - centre[..., np.newaxis], 0.0)
        spread = (weight * apart**2).sum(axis=-1)
        pull = weight * apart / np.where(spread > 0, spread, np.nan)[..., np.newaxis]
        value = np.where(used, y, 0.0)
        slope, middle = (pull * value).sum(axis=-1), (weight * value).sum(axis=-1)
        residual = np.where(used, value - middle[..., np.newaxis] - slope[..., np.newaxis] * apart, 0.0)
        chance = np.where(used, variance, 0.0)
        excess, degrees = _excess(residual, chance, used, together)
        degrees = np.where(enough, degrees, np.nan)
        return cls(
            used=used,
            pull=pull,
            weight=weight,
            time=t,
            periods=periods,
            degrees=degrees,
            first=np.where(used, t, np.inf).min(axis=-1),
            last=np.where(used, t, -np.inf).max(axis=-1),
            centre=centre,
            middle=middle,
            middle_variance=excess * (weight**2 * chance).sum(axis=-1),
            slope=slope,
            slope_variance=excess * (pull**2 * chance).sum(axis=-1),
        )

    def other(self, y: FloatArray, variance: FloatArray, level: float, together: Together | None) -> Estimate:
        """The slope of another series under the same weights."""
        value = np.where(self.used, y, 0.0)
        chance = np.where(self.used, variance, 0.0)
        slope, middle = (self.pull * value).sum(axis=-1), (self.weight * value).sum(axis=-1)
        apart = self.time - self.centre[..., np.newaxis]
        residual = np.where(self.used, value - middle[..., np.newaxis] - slope[..., np.newaxis] * apart, 0.0)
        excess, degrees = _excess(residual, chance, self.used, together)
        error = np.sqrt(excess * (self.pull**2 * chance).sum(axis=-1))
        return _around(slope, error, t_quantile(level, np.where(np.isnan(self.degrees), np.nan, degrees)))

    def at(self, time: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The line and its variance at a time (…)."""
        apart = time - self.centre
        # At the weighted centre of time, middle and slope are uncorrelated.
        return self.middle + self.slope * apart, self.middle_variance + apart**2 * self.slope_variance


def _excess(
    residual: FloatArray, variance: FloatArray, used: BoolArray, together: Together | None
) -> tuple[FloatArray, FloatArray]:
    """By how much the variance of the line exceeds chance, and the degrees of freedom that are left to tell it.

    Neighbours that are alike count as fewer points, and spread less about the line than they do about the truth. Spread
    and likeness together are never taken to be less than chance; then there is no likeness to allow for.
    """
    z = np.where(variance > 0, residual / np.sqrt(np.where(variance > 0, variance, 1.0)), 0.0)
    groups = None if together is None else together.groups
    alike = serial_inflation(serial_correlation(z, used, 2, groups))
    plain = used.sum(axis=-1) - 2.0
    degrees = np.maximum(used.sum(axis=-1) - 2.0 * alike, np.minimum(plain, FEWEST_DEGREES))
    excess = ratio_of((z**2).sum(axis=-1), np.maximum(degrees, 0.0)) * alike
    more = excess > 1.0
    return np.where(more, excess, 1.0), np.where(more, degrees, plain)
