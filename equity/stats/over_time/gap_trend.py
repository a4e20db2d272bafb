"""The gap along a straight line over the periods, its two windows, and the gap as a control chart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import (
    BoolArray,
    Estimate,
    FloatArray,
    Numbers,
    Polarity,
    as_floats,
    ratio_of,
    t_quantile,
)
from equity.stats.gap import harm_sign
from equity.stats.over_time.gap_change import Together, estimate_around, joint_level, judge_change
from equity.stats.over_time.period_series import (
    FEWEST_DEGREES,
    RateSeries,
    serial_correlation,
    serial_inflation,
)

PERIODS_FOR_A_TREND = 4
"""Fewer periods than this make no trend (the NHQDR rule)."""


LONGEST_WINDOW = 12
"""Windows chosen by the program are never longer than this many periods."""


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
    gap_slope = estimate_around(line.slope, np.sqrt(line.slope_variance), t)
    group_slope, reference_slope = (
        line.other(favourable * series.rate, series.variance, level, together) for series in (group, reference)
    )
    change, group_change, reference_change = (
        slope.scaled(line.span) for slope in (gap_slope, group_slope, reference_slope)
    )
    first, last = line.at(line.first), line.at(line.last)
    joint = estimate_around(
        line.slope, np.sqrt(line.slope_variance), t_quantile(joint_level(level, together), line.degrees)
    )
    verdict, reason = judge_change(
        first[0], last[0], joint.scaled(line.span), group_change, reference_change, np.full(first[0].shape, favourable)
    )
    return GapTrend(
        periods=line.periods,
        gap_first=estimate_around(first[0], np.sqrt(first[1]), t),
        gap_last=estimate_around(last[0], np.sqrt(last[1]), t),
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
        return estimate_around(slope, error, t_quantile(level, np.where(np.isnan(self.degrees), np.nan, degrees)))

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
