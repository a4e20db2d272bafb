"""A series of sums over periods, the sampling variance of each period, and the spread beyond it.

What the change-over-time half of this room shares: `PeriodSums` are the cube's additive sums along time; `RateSeries`
is what a line through time needs. A period without data (n = 0 or NaN) is NaN in every result, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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
from equity.stats.over_time.chart_limits import moving_range_sigma, previous_used

PERIODS_FOR_SERIAL = 8
"""Fewer periods than this cannot tell whether neighbours in time are alike."""

MOST_SERIAL = 0.8
"""A likeness between neighbours above this is a change of level, not a correlation, and is not corrected further."""

FEWEST_DEGREES = 3.0
"""No fewer degrees of freedom than these, however alike neighbours are."""

_ROUNDING = 1e-9
"""Residuals with a smaller mean square, in standard errors, are rounding: their neighbours are alike for no reason."""


@dataclass(frozen=True, slots=True)
class PeriodSums:
    """Sums a period, arrays (…, T) with time last: `n`, `x` (events, or the sum of a continuous value), and `xx`
    (the sum of squares; only a mean needs it, NaN otherwise). `inflation` says by how much repeat visits inflate the
    variance of each period's rate (1: not at all): it makes intervals wider and moves no rate."""

    n: FloatArray
    x: FloatArray
    xx: FloatArray
    inflation: FloatArray

    @classmethod
    def of(cls, n: Numbers, x: Numbers, xx: Numbers = np.nan, inflation: Numbers = 1.0) -> PeriodSums:
        """The sums as arrays of one shape. Raises ValueError where a count is negative."""
        size, total, squares, by = broadcast(n, x, xx, inflation)
        if np.any(size < 0):
            raise ValueError("denominators must not be negative")
        hole = np.isnan(size) | np.isnan(total) | (size == 0)
        by = np.where(hole | ~(by >= 1.0), 1.0, by)
        return cls(np.where(hole, 0.0, size), np.where(hole, 0.0, total), np.where(hole, 0.0, squares), by)

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
        n, x, xx = (np.where(inside, sums, 0.0).sum(axis=-1) for sums in (self.n, self.x, self.xx))
        # The variance of Σx/Σn is Σ n·inflation ÷ (Σn)² times that of one observation.
        by = ratio_of(np.where(inside, self.n * self.inflation, 0.0).sum(axis=-1), n)
        return PeriodSums(n, x, xx, np.where(n > 0, by, 1.0))


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
    return RateSeries(sums.rate, variance_of_one(kind, sums)[..., np.newaxis] * sums.inflation / size)


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


def serial_correlation(
    residuals: FloatArray, used: BoolArray, fitted: int, together: npt.ArrayLike | None = None
) -> FloatArray:
    """How alike neighbours in time are: the lag-1 correlation of the residuals, between 0 and 0.8. (…)

    `residuals` (in standard errors), `used`: (…, T); corrected for the `fitted` constants (1: a mean, 2: a line).
    Unlike neighbours earn no narrower interval. 0 with fewer than 8 periods, which cannot tell, and where residuals
    are no more than rounding.

    One series of some dozens of points tells its correlation badly. `together`: booleans on the last leading axis, the
    groups of one page; no series is then taken to be less alike than those are on average.

    Source: Kendall 1954 (bias of a serial correlation).
    """
    periods = used.sum(axis=-1)
    value = np.where(used, residuals, 0.0)
    before, paired = previous_used(value, used)
    squares = (value**2).sum(axis=-1)
    along = np.where(paired, value * before, 0.0).sum(axis=-1)
    raw = ratio_of(along, np.where(squares > _ROUNDING * np.maximum(periods, 1), squares, 0.0))
    corrected = raw + (fitted + (fitted + 2) * raw) / np.maximum(periods, 1)
    tells = (periods >= PERIODS_FOR_SERIAL) & np.isfinite(raw)
    own = np.where(tells, corrected, 0.0)
    if together is not None:
        counted = tells & np.asarray(together, dtype=bool)
        average = ratio_of(np.where(counted, own, 0.0).sum(axis=-1), counted.sum(axis=-1).astype(np.float64))
        own = np.where(tells, np.maximum(own, np.nan_to_num(average)[..., np.newaxis]), 0.0)
    return np.asarray(np.clip(own, 0.0, MOST_SERIAL), dtype=np.float64)


def serial_inflation(correlation: Numbers) -> FloatArray:
    """By how much likeness between neighbours inflates the variance of what was fitted: (1 + r) ÷ (1 − r).

    Source: Bayley & Hammersley 1946.
    """
    r = as_floats(correlation)
    return (1 + r) / (1 - r)


@dataclass(frozen=True, slots=True)
class Windows:
    """The pooled sums of the windows of a series, ready for intervals of any level; see `pooled_windows`.

    `inflation`: for each window the factor by which its variance exceeds that of its counts. `degrees` of freedom: of
    Student's t; 0 where there are no residuals and sampling is all there is.
    """

    kind: Kind
    pooled: tuple[PeriodSums, ...]
    inflation: tuple[FloatArray, ...]
    degrees: FloatArray

    def at(self, level: float) -> tuple[Estimate, ...]:
        """The pooled rates with intervals of this level."""
        # Student's t replaces the normal; from very few degrees it would drown everything, and the spread with it.
        t = t_quantile(level, np.maximum(self.degrees, FEWEST_DEGREES))
        wider = np.where(self.degrees > 0, (t / normal_quantile(level)) ** 2, 1.0)
        by = [inflation * wider for inflation in self.inflation]
        return tuple(
            interval(self.kind, window.n / each, window.x / each, window.xx / each, level)
            for window, each in zip(self.pooled, by, strict=True)
        )


def pooled_windows(
    kind: Kind, sums: PeriodSums, windows: Sequence[npt.ArrayLike], together: npt.ArrayLike | None = None
) -> Windows:
    """The windows of a series, pooled; their intervals are widened by what the periods vary beyond chance.

    `windows`: booleans that broadcast to (…, T), none sharing a period with another. Periods vary about their window's
    rate by chance, s²/n, and by a spread of their own, τ², whatever their n (so that periods of a hundred times the
    denominator do not lend theirs to small ones); likeness between neighbours inflates both, and Student's t takes the
    place of the normal. Windows of one period each leave no residuals: then the interval is that of sampling alone.
    NaN where a window holds no data. `together`: see `serial_correlation`. Shape (…).

    Raises ValueError when two windows share a period: it would be compared with itself.
    Source: DerSimonian & Laird 1986 (τ² by moments); Laney 2002 (denominators that differ).
    """
    masks = [np.broadcast_to(np.asarray(window, dtype=bool), sums.n.shape) & sums.measured for window in windows]
    if np.any(np.sum(masks, axis=0) > 1):
        raise ValueError("two windows share a period: a period cannot be both before and after")
    pooled = tuple(sums.within(mask) for mask in masks)
    inflated, degrees = _window_inflation(kind, sums, masks, together)
    factors = tuple(window.inflation * by for window, by in zip(pooled, inflated, strict=True))
    return Windows(kind, pooled, factors, degrees)


def _window_inflation(
    kind: Kind, sums: PeriodSums, masks: Sequence[BoolArray], together: npt.ArrayLike | None
) -> tuple[list[FloatArray], FloatArray]:
    """For each window the factor by which its variance exceeds that of its counts alone, and the degrees of freedom."""
    used = np.any(masks, axis=0)
    inside = PeriodSums.of(*(np.where(used, each, 0.0) for each in (sums.n, sums.x, sums.xx, sums.inflation)))
    chance = variance_of_one(kind, inside)[..., np.newaxis]
    error = np.sqrt(ratio_of(chance * sums.inflation, inside.n))
    residual, fitted = _about_windows(sums, masks)
    z = np.where(used & (error > 0), ratio_of(residual, np.where(error > 0, error, 1.0)), 0.0)
    degrees = as_floats(used.sum(axis=-1) - fitted)
    n = np.where(used, sums.n / sums.inflation, 0.0)
    shares = [
        ratio_of((np.where(mask, n, 0.0) ** 2).sum(axis=-1), np.where(mask, n, 0.0).sum(axis=-1)) for mask in masks
    ]
    weight = n.sum(axis=-1) - np.nansum(shares, axis=0)
    squares = (z**2).sum(axis=-1)

    def spread_beyond_chance(left: FloatArray) -> FloatArray:
        """τ² by moments, in units of the variance of one observation: E Σz² = degrees + τ²·weight. Below 0: less."""
        return np.nan_to_num(ratio_of(degrees * ratio_of(squares, left) - degrees, np.maximum(weight, 0.0)))

    rough = np.maximum(spread_beyond_chance(degrees), 0.0)[..., np.newaxis]
    alike = serial_inflation(serial_correlation(z / np.sqrt(1.0 + rough * n), used, len(masks) + 1, together))
    # Neighbours that are alike spread less about their window's own rate than about the truth.
    left = np.maximum(used.sum(axis=-1) - fitted * alike, np.minimum(degrees, FEWEST_DEGREES))
    more = ratio_of(squares, left) * alike > 1.0
    alike, left = np.where(more, alike, 1.0), np.where(more, left, degrees)
    beyond = np.where(more, spread_beyond_chance(left), 0.0)

    def factor(share: FloatArray) -> FloatArray:
        inflated = np.maximum((1.0 + beyond * np.nan_to_num(share)) * alike, 1.0)
        return np.where(degrees > 0, inflated, 1.0)

    return [factor(share) for share in shares], np.where(degrees > 0, left, 0.0)


def _about_windows(sums: PeriodSums, masks: Sequence[BoolArray]) -> tuple[FloatArray, npt.NDArray[np.int64]]:
    """Residuals (…, T) about each window's own rate and a drift that all windows share, and how much was fitted (…).

    A steady change is what two windows are there to show, and no noise; so its slope within the windows is taken out,
    where there are periods enough to tell it.
    """
    time = np.arange(sums.n.shape[-1], dtype=np.float64)
    rate = np.where(sums.measured, sums.rate, 0.0)
    apart, residual = np.zeros(sums.n.shape), np.zeros(sums.n.shape)
    for mask in masks:
        n = np.where(mask, sums.n, 0.0)
        total = n.sum(axis=-1, keepdims=True)
        centre, level = (ratio_of((n * each).sum(axis=-1, keepdims=True), total) for each in (time, rate))
        apart = np.where(mask, time - centre, apart)
        residual = np.where(mask, rate - level, residual)
    weight = np.where(np.any(masks, axis=0), sums.n, 0.0)
    drift = ratio_of((weight * apart * residual).sum(axis=-1), (weight * apart**2).sum(axis=-1))
    filled = np.sum([mask.any(axis=-1) for mask in masks], axis=0)
    tells = (np.any(masks, axis=0).sum(axis=-1) - filled >= FEWEST_DEGREES + 1) & np.isfinite(drift)
    drift = np.where(tells, drift, 0.0)[..., np.newaxis]
    return residual - drift * apart, filled + tells
