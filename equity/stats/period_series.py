"""A series of sums over periods, the sampling variance of each period, and the spread beyond it.

What the change-over-time half of this room shares: `PeriodSums` are the cube's additive sums along time; `RateSeries`
is what a line through time needs. A period without data (n = 0 or NaN) is NaN in every result, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from equity.stats.control_charts import moving_range_sigma, previous_used
from equity.stats.estimate import (
    BoolArray,
    Estimate,
    FloatArray,
    Kind,
    Numbers,
    as_floats,
    broadcast,
    normal_quantile,
    ratio_of,
    t_quantile,
)
from equity.stats.intervals import interval, mean_and_variance

PERIODS_FOR_SERIAL = 8
"""Fewer periods than this cannot tell whether neighbours in time are alike."""

MOST_SERIAL = 0.8
"""A likeness between neighbours above this is a change of level, not a correlation, and is not corrected further."""

FEWEST_DEGREES = 3.0


@dataclass(frozen=True, slots=True)
class PeriodSums:
    """Sums a period, arrays (…, T) with time last: `n`, `x` (events, or the sum of a continuous value), and `xx`
    (the sum of squares; only a mean needs it, NaN otherwise). Effective samples go in as they are."""

    n: FloatArray
    x: FloatArray
    xx: FloatArray

    @classmethod
    def of(cls, n: Numbers, x: Numbers, xx: Numbers = np.nan) -> PeriodSums:
        """The sums as arrays of one shape. Raises ValueError where a count is negative."""
        size, total, squares = broadcast(n, x, xx)
        if np.any(size < 0):
            raise ValueError("denominators must not be negative")
        hole = np.isnan(size) | np.isnan(total) | (size == 0)
        return cls(np.where(hole, 0.0, size), np.where(hole, 0.0, total), np.where(hole, 0.0, squares))

    @property
    def measured(self) -> BoolArray:
        """The periods that have data."""
        return np.asarray(self.n > 0)

    @property
    def rate(self) -> FloatArray:
        """x ÷ n a period; NaN in a hole."""
        return ratio_of(self.x, self.n)

    def within(self, window: Numbers) -> PeriodSums:
        """The sums over the periods of a window (booleans that broadcast to (…, T)): arrays (…)."""
        inside = np.broadcast_to(np.asarray(window, dtype=bool), self.n.shape)
        return PeriodSums(
            *(np.where(inside, sums, 0.0).sum(axis=-1) for sums in (self.n, self.x, self.xx)),
        )


@dataclass(frozen=True, slots=True)
class RateSeries:
    """A rate a period and the sampling variance of each, arrays (…, T); NaN where there is no data.

    A target is a series with variance 0: see `known_series`.
    """

    rate: FloatArray
    variance: FloatArray


def rate_series(kind: Kind, sums: PeriodSums) -> RateSeries:
    """Rates with sampling variances p(1 − p)/n, p/n or s²/n.

    The p and s² are those of the whole series: a period's own would be 0 after a run of luck, and would make the
    weight of a period depend on its result.
    """
    size = np.where(sums.measured, sums.n, np.nan)
    return RateSeries(sums.rate, variance_of_one(kind, sums)[..., np.newaxis] / size)


def known_series(value: Numbers, periods: int) -> RateSeries:
    """A reference without sampling error, such as a target: the same value in every period."""
    level = np.broadcast_to(as_floats(value)[..., np.newaxis], (*as_floats(value).shape, periods))
    return RateSeries(level, np.zeros(level.shape))


def variance_of_one(kind: Kind, sums: PeriodSums) -> FloatArray:
    """The variance of one observation (person, visit, unit of exposure) by chance alone, over the whole series: (…)."""
    whole = sums.within(np.True_)
    rate = ratio_of(whole.x, whole.n)
    if kind == "proportion":
        return np.asarray(rate * (1 - rate))
    if kind == "rate":
        return rate
    # Within periods: the spread between periods is what the periods are there to show.
    _, variance = mean_and_variance(sums.n, sums.x, sums.xx)
    freedom = np.maximum(sums.n - 1, 0)
    return ratio_of(np.where(freedom > 0, variance * freedom, 0.0).sum(axis=-1), freedom.sum(axis=-1))


def spread_between_periods(kind: Kind, sums: PeriodSums) -> FloatArray:
    """σ_z: the short-term spread of the periods relative to chance; 1 when chance is all there is. Shape (…).

    Moving ranges of the z-values, screened once, so that a shift or a slow trend adds little to it. NaN with fewer
    than two periods or no variance. Source: Laney 2002.
    """
    series = rate_series(kind, sums)
    whole = sums.within(np.True_)
    centre = ratio_of(whole.x, whole.n)[..., np.newaxis]
    used = np.isfinite(series.rate) & (series.variance > 0)
    z = np.where(used, (series.rate - centre) / np.sqrt(np.where(used, series.variance, 1.0)), 0.0)
    return moving_range_sigma(z, used)


def serial_inflation(residuals: FloatArray, used: BoolArray, fitted: int) -> FloatArray:
    """By how much likeness between neighbours in time inflates the variance of what was fitted: (1 + r) ÷ (1 − r). (…)

    `residuals`, `used`: (…, T); r is their lag-1 correlation, corrected for the `fitted` constants (1: a mean, 2: a
    line), between 0 and 0.8. Unlike neighbours earn no narrower interval. 1 with fewer than 8 periods, which cannot
    tell. Source: Kendall 1954 (bias of a serial correlation); Bayley & Hammersley 1946.
    """
    periods = used.sum(axis=-1)
    value = np.where(used, residuals, 0.0)
    before, paired = previous_used(value, used)
    along = np.where(paired, value * before, 0.0).sum(axis=-1)
    raw = ratio_of(along, (value**2).sum(axis=-1))
    corrected = raw + (fitted + (fitted + 2) * raw) / np.maximum(periods, 1)
    r = np.clip(np.where((periods >= PERIODS_FOR_SERIAL) & np.isfinite(raw), corrected, 0.0), 0.0, MOST_SERIAL)
    return np.asarray((1 + r) / (1 - r), dtype=np.float64)


def window_estimates(
    kind: Kind, sums: PeriodSums, windows: Sequence[npt.ArrayLike], level: float = 0.95
) -> tuple[Estimate, ...]:
    """The pooled rate of each window of a series, its interval widened by what the periods vary beyond chance.

    `windows`: booleans that broadcast to (…, T), none sharing a period with another. The inflation of the variance is
    that of the residuals about the windows' own rates (never below 1), times that of likeness between neighbours, and
    Student's t takes the place of the normal. Windows of one period each leave no residuals: then the interval is
    that of sampling alone. NaN where a window holds no data. Shape (…).
    Raises ValueError when two windows share a period: it would be compared with itself.
    """
    masks = [np.broadcast_to(np.asarray(window, dtype=bool), sums.n.shape) & sums.measured for window in windows]
    if np.any(np.sum(masks, axis=0) > 1):
        raise ValueError("two windows share a period: a period cannot be both before and after")
    pooled = [sums.within(mask) for mask in masks]
    by = _window_inflation(kind, sums, masks, pooled, level)
    return tuple(interval(kind, window.n / by, window.x / by, window.xx / by, level) for window in pooled)


def _window_inflation(
    kind: Kind, sums: PeriodSums, masks: Sequence[BoolArray], pooled: Sequence[PeriodSums], level: float
) -> FloatArray:
    own = np.full(sums.n.shape, np.nan)
    for mask, window in zip(masks, pooled, strict=True):
        own = np.where(mask, ratio_of(window.x, window.n)[..., np.newaxis], own)
    used = np.isfinite(own)
    inside = PeriodSums(*(np.where(used, each, 0.0) for each in (sums.n, sums.x, sums.xx)))
    error = np.sqrt(rate_series(kind, inside).variance)
    z = np.where(used & (error > 0), ratio_of(sums.rate - own, np.where(error > 0, error, 1.0)), 0.0)
    filled = np.sum([mask.any(axis=-1) for mask in masks], axis=0)
    degrees = used.sum(axis=-1) - filled
    spread = np.maximum(ratio_of((z**2).sum(axis=-1), as_floats(degrees)), 1.0)
    # Student's t replaces the normal; from very few degrees it would drown everything, and the spread with it.
    wider = (t_quantile(level, np.maximum(degrees, FEWEST_DEGREES)) / normal_quantile(level)) ** 2
    return np.where(degrees > 0, spread * serial_inflation(z, used, 1) * wider, 1.0)
