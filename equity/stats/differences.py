"""How far one group is from another: difference and ratio with their intervals, always *first minus second*.

| kind       | difference                                    | ratio                                       |
|------------|-----------------------------------------------|---------------------------------------------|
| proportion | Newcombe's hybrid of the two Wilson intervals | Katz log interval                           |
| rate       | MOVER from the exact/Byar limits              | log interval, variance 1/x₁ + 1/x₂          |
| mean       | Welch                                         | log scale by the delta method, Welch's t    |

A target is a number without sampling error, so the difference and the ratio take the group's own interval. The
p-values that belong to these contrasts are in :mod:`equity.stats.significance`; the sign toward harm is in
:mod:`equity.stats.gap`. Counts may be fractions (effective samples).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from equity.stats.estimate import (
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
from equity.stats.intervals import mean_and_variance, poisson_rate, wilson


def mover(first: Estimate, second: Estimate) -> Estimate:
    """The difference of two independent estimates from their own intervals (method of variance estimates recovery).

    Source: Newcombe 1998 (method 10) for proportions; Zou & Donner 2008 in general.
    """
    value = first.value - second.value
    below = np.hypot(first.value - first.lower, second.upper - second.value)
    above = np.hypot(first.upper - first.value, second.value - second.lower)
    return Estimate(value, value - below, value + above)


def proportion_difference(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float = 0.95) -> Estimate:
    """x₁/n₁ − x₂/n₂ with Newcombe's hybrid score interval, without continuity correction. NaN where an n is 0.

    Source: Newcombe 1998, Statistics in Medicine 17:873 (method 10).
    """
    return mover(wilson(x1, n1, level), wilson(x2, n2, level))


def proportion_ratio(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float = 0.95) -> Estimate:
    """(x₁/n₁) ÷ (x₂/n₂) with the Katz log interval. NaN where an n is 0.

    Where one of the four cells is empty, 0.5 is added to each of them, for otherwise a group of 12 that all have the
    event would count as known without error. A ratio of 0 has no logarithm, so that there the value is that of the
    filled cells too; elsewhere it stays the quotient of the two proportions and the limits reach to it.
    A 95 % interval covers 93 to 97 % where every cell expects 10 or more; below that between 87 and 100 %.

    Source: Katz et al. 1978, Biometrics 34:469.
    """
    a, size1, b, size2 = broadcast(x1, n1, x2, n2)
    empty_cell = (a <= 0) | (b <= 0) | (a >= size1) | (b >= size2)
    half = np.where(empty_cell, 0.5, 0.0)
    filled1, filled2 = a + half, b + half
    total1 = np.where(size1 > 0, size1 + 2.0 * half, np.nan)
    total2 = np.where(size2 > 0, size2 + 2.0 * half, np.nan)
    variance = 1.0 / filled1 - 1.0 / total1 + 1.0 / filled2 - 1.0 / total2
    interval = _log_interval((filled1 / total1) / (filled2 / total2), normal_quantile(level) * np.sqrt(variance))
    plain = ratio_of(ratio_of(a, size1), ratio_of(b, size2))
    value = np.where((a > 0) & (b > 0), plain, interval.value)
    return Estimate(value, np.minimum(interval.lower, value), np.maximum(interval.upper, value))


def rate_difference(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float = 0.95) -> Estimate:
    """x₁/n₁ − x₂/n₂ for events over person-time, MOVER from the exact/Byar limits. NaN where an n is 0.

    Source: Zou & Donner 2008; Li, Tang & Wong 2014 (MOVER for Poisson rates).
    """
    return mover(poisson_rate(x1, n1, level), poisson_rate(x2, n2, level))


def rate_ratio(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float = 0.95) -> Estimate:
    """(x₁/n₁) ÷ (x₂/n₂) with the log interval of variance 1/x₁ + 1/x₂; 0.5 added to both counts where one is 0.

    NaN where an n is 0.

    Source: Rothman, Greenland & Lash, Modern Epidemiology ch. 14.
    """
    a, size1, b, size2 = broadcast(x1, n1, x2, n2)
    half = np.where((a <= 0) | (b <= 0), 0.5, 0.0)
    a, b = a + half, b + half
    ratio = ratio_of(a, size1) / np.where(size2 > 0, b / np.where(size2 > 0, size2, 1.0), np.nan)
    return _log_interval(ratio, normal_quantile(level) * np.sqrt(1.0 / a + 1.0 / b))


def mean_difference(
    n1: Numbers, x1: Numbers, xx1: Numbers, n2: Numbers, x2: Numbers, xx2: Numbers, level: float = 0.95
) -> Estimate:
    """Mean₁ − mean₂ with Welch's t interval, from the sums n, Σx, Σx². Limits are NaN where an n is not above 1.

    Source: Welch 1947.
    """
    mean1, mean2, variance1, variance2, degrees = welch_parts(n1, x1, xx1, n2, x2, xx2)
    value = mean1 - mean2
    half = t_quantile(level, degrees) * np.sqrt(variance1 + variance2)
    return Estimate(value, value - half, value + half)


def mean_ratio(
    n1: Numbers, x1: Numbers, xx1: Numbers, n2: Numbers, x2: Numbers, xx2: Numbers, level: float = 0.95
) -> Estimate:
    """Mean₁ ÷ mean₂ on the log scale (delta method) with Welch's degrees of freedom.

    NaN where either mean is not positive: a ratio needs a scale with a true zero, and its log a positive value.
    The limits are NaN where an n is not above 1.
    """
    mean1, mean2, variance1, variance2, degrees = welch_parts(n1, x1, xx1, n2, x2, xx2)
    positive = (mean1 > 0) & (mean2 > 0)
    top, bottom = np.where(positive, mean1, np.nan), np.where(positive, mean2, np.nan)
    deviation = np.sqrt(variance1 / top**2 + variance2 / bottom**2)
    return _log_interval(top / bottom, t_quantile(level, degrees) * deviation)


def welch_parts(
    n1: Numbers, x1: Numbers, xx1: Numbers, n2: Numbers, x2: Numbers, xx2: Numbers
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """(mean₁, mean₂, variance of mean₁, variance of mean₂, Satterthwaite's degrees of freedom).

    Where neither group varies at all the degrees of freedom are the pooled n₁ + n₂ − 2.
    """
    size1, sum1, squares1, size2, sum2, squares2 = broadcast(n1, x1, xx1, n2, x2, xx2)
    mean1, s1 = mean_and_variance(size1, sum1, squares1)
    mean2, s2 = mean_and_variance(size2, sum2, squares2)
    variance1, variance2 = ratio_of(s1, size1), ratio_of(s2, size2)
    spread = ratio_of(variance1**2, size1 - 1.0) + ratio_of(variance2**2, size2 - 1.0)
    satterthwaite = ratio_of((variance1 + variance2) ** 2, spread)
    return mean1, mean2, variance1, variance2, np.where(spread == 0, size1 + size2 - 2.0, satterthwaite)


@dataclass(frozen=True, slots=True)
class Contrast:
    """One way to hold two groups against each other, for every kind of measure: first against second."""

    proportion: Callable[[Numbers, Numbers, Numbers, Numbers, float], Estimate]
    rate: Callable[[Numbers, Numbers, Numbers, Numbers, float], Estimate]
    mean: Callable[[Numbers, Numbers, Numbers, Numbers, Numbers, Numbers, float], Estimate]

    def __call__(
        self,
        kind: Kind,
        n1: Numbers,
        x1: Numbers,
        n2: Numbers,
        x2: Numbers,
        xx1: Numbers = np.nan,
        xx2: Numbers = np.nan,
        level: float = 0.95,
    ) -> Estimate:
        """The estimate that belongs to a kind of measure. ``xx`` (Σx²) matters to means only."""
        if kind == "proportion":
            return self.proportion(x1, n1, x2, n2, level)
        if kind == "rate":
            return self.rate(x1, n1, x2, n2, level)
        return self.mean(n1, x1, xx1, n2, x2, xx2, level)


difference: Final = Contrast(proportion_difference, rate_difference, mean_difference)
"""The difference that belongs to a kind of measure, first minus second."""

ratio: Final = Contrast(proportion_ratio, rate_ratio, mean_ratio)
"""The ratio that belongs to a kind of measure, first over second."""


def difference_from_target(group: Estimate, target: Numbers) -> Estimate:
    """Group − target, where the target is a fixed number in the unit of the rate."""
    fixed = as_floats(target)
    return Estimate(group.value - fixed, group.lower - fixed, group.upper - fixed)


def ratio_to_target(group: Estimate, target: Numbers) -> Estimate:
    """Group ÷ target. NaN where the target is not positive, since a ratio to it has no meaning."""
    fixed = as_floats(target)
    fixed = np.where(fixed > 0, fixed, np.nan)
    return Estimate(group.value / fixed, group.lower / fixed, group.upper / fixed)


def difference_from_average(from_others: Estimate, share: Numbers) -> Estimate:
    """Group − population average, where the average contains the group itself.

    With the group a share w = n_g / Σn of the population, y_g − μ = (1 − w)·(y_g − y_others), so the interval against
    everyone else, who are independent of the group, is exact for the average as well. The hypotheses "equal to the
    average" and "equal to everyone else" are one and share one p-value.

    Args:
        from_others: the difference between the group and everyone else.
        share: w, between 0 and 1, taken as fixed.
    """
    return from_others.scaled(1.0 - as_floats(share))


def ratio_to_average(to_others: Estimate, share: Numbers) -> Estimate:
    """Group ÷ population average from the ratio to everyone else: ρ/(wρ + 1 − w), which rises with ρ.

    Args:
        to_others: ρ, the ratio of the group to everyone else.
        share: w = n_g / Σn, taken as fixed.
    """
    w = as_floats(share)

    def rescaled(ratio_to_others: FloatArray) -> FloatArray:
        return ratio_to_others / (w * ratio_to_others + 1.0 - w)

    return Estimate(rescaled(to_others.value), rescaled(to_others.lower), rescaled(to_others.upper))


def _log_interval(value: FloatArray, half: FloatArray) -> Estimate:
    stretch = np.exp(half)
    return Estimate(value, value / stretch, value * stretch)
