"""Confidence intervals of one group's proportion, rate or mean.

Counts may be fractions: an effective sample (see :mod:`equity.stats.repeat_visits`) goes through the same
functions as a plain one.
"""

from __future__ import annotations

import numpy as np
from scipy import special

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
    upper_probability,
)

EXACT_BELOW = 10.0
"""Fewer events than this take the exact Poisson limits; from here up, Byar's (OHID public health methods)."""

_NO_EVENT = 1e-6
"""An effective count below this has a lower limit that no floating-point number can tell from 0."""


def wilson(x: Numbers, n: Numbers, level: float = 0.95) -> Estimate:
    """A proportion with Wilson's score interval, as fractions.

    The limits stay within 0 and 1 and are never of width 0, also for 0 or all of n. At 95 % every p is covered 93 to
    97 % from 200 people up; in smaller groups the average over p is, while a single p may dip to 89 % or rise to 98 %,
    as for every interval that is not strictly conservative.

    Args:
        x: events, 0 ≤ x ≤ n; fractions allowed.
        n: people or visits. Where n is 0 there is no proportion: value and limits are NaN.
        level: two-sided confidence level.

    Source: Wilson 1927; Newcombe 1998 (method 3); OHID public health methods.
    """
    events, size = broadcast(x, n)
    z = normal_quantile(level)
    size = np.where(size > 0, size, np.nan)
    value = events / size
    centre = events + z * z / 2.0
    spread = z * np.sqrt(np.maximum(events * (1.0 - value), 0.0) + z * z / 4.0)
    lower = np.where(events <= 0, 0.0, (centre - spread) / (size + z * z))
    upper = np.where(events >= size, 1.0, (centre + spread) / (size + z * z))
    return Estimate(value, np.where(np.isnan(size), np.nan, lower), np.where(np.isnan(size), np.nan, upper))


def exact_poisson_limits(x: Numbers, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Garwood's exact limits of a Poisson count (lower, upper), in events. Conservative by construction.

    Source: Garwood 1936.
    """
    events = as_floats(x)
    high = upper_probability(level)
    some = events > _NO_EVENT
    lower = np.where(some, special.gammaincinv(np.where(some, events, 1.0), 1.0 - high), 0.0)
    upper = special.gammaincinv(events + 1.0, high)
    return np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)


def byar_limits(x: Numbers, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Byar's approximation to the exact limits of a Poisson count (lower, upper), in events. Lower is 0 at x = 0.

    Source: Breslow & Day 1987; OHID public health methods.
    """
    events = as_floats(x)
    z = normal_quantile(level)
    some = np.where(events > 0, events, 1.0)
    lower = some * np.maximum(1.0 - 1.0 / (9.0 * some) - z / (3.0 * np.sqrt(some)), 0.0) ** 3
    more = events + 1.0
    upper = more * (1.0 - 1.0 / (9.0 * more) + z / (3.0 * np.sqrt(more))) ** 3
    return np.where(events > 0, lower, 0.0), upper


def poisson_limits(x: Numbers, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Limits of a count (lower, upper), in events: exact below 10 events, Byar from 10 up."""
    events = as_floats(x)
    exact_lower, exact_upper = exact_poisson_limits(np.minimum(events, EXACT_BELOW), level)
    byar_lower, byar_upper = byar_limits(events, level)
    few = events < EXACT_BELOW
    return np.where(few, exact_lower, byar_lower), np.where(few, exact_upper, byar_upper)


def clopper_pearson(x: Numbers, n: Numbers, level: float = 0.95) -> Estimate:
    """Proportion with the exact interval, which covers at least its level; counts may be fractions. NaN where n is 0.

    Source: Clopper & Pearson 1934; Korn & Graubard 1998 (effective counts).
    """
    events, size = broadcast(x, n)
    known = size > 0
    high = upper_probability(level)
    below, above = np.where(known, events, 1.0), np.where(known, size - events, 1.0)
    lower = np.where(below > 0, special.betaincinv(np.where(below > 0, below, 1.0), above + 1.0, 1.0 - high), 0.0)
    upper = np.where(above > 0, special.betaincinv(below + 1.0, np.where(above > 0, above, 1.0), high), 1.0)
    return Estimate(ratio_of(events, size), np.where(known, lower, np.nan), np.where(known, upper, np.nan))


def poisson_rate(x: Numbers, n: Numbers, level: float = 0.95) -> Estimate:
    """A rate per unit of n (person-time, births) with exact limits below 10 events and Byar's from 10 up.

    Args:
        x: events, ≥ 0; fractions allowed.
        n: person-time or births. Where n is 0 there is no rate: value and limits are NaN.
        level: two-sided confidence level.

    Source: Garwood 1936; Breslow & Day 1987; OHID public health methods.
    """
    events, size = broadcast(x, n)
    lower, upper = poisson_limits(events, level)
    return Estimate(ratio_of(events, size), ratio_of(lower, size), ratio_of(upper, size))


def mean_and_variance(n: Numbers, x: Numbers, xx: Numbers) -> tuple[FloatArray, FloatArray]:
    """Mean and sample variance from the additive sums n, Σx and Σx².

    The mean is NaN where n is 0, the variance where n is not above 1. Rounding never makes a variance negative.
    """
    size, total, squares = broadcast(n, x, xx)
    mean = ratio_of(total, size)
    within = np.maximum(squares - total * mean, 0.0)
    return mean, ratio_of(within, np.where(size > 1, size - 1.0, 0.0))


def mean_interval(n: Numbers, x: Numbers, xx: Numbers, level: float = 0.95) -> Estimate:
    """A mean with Student's t interval, from the additive sums n, Σx and Σx², in the unit of x.

    The value is NaN where n is 0; the limits are NaN where n is not above 1, since one value has no spread. For values
    as skewed as waiting times a 95 % interval covers some 92 % with 15 people and 93 % or more from 60.
    """
    mean, variance = mean_and_variance(n, x, xx)
    size = np.broadcast_to(as_floats(n), mean.shape)
    half = t_quantile(level, size - 1.0) * np.sqrt(ratio_of(variance, size))
    return Estimate(mean, mean - half, mean + half)


def interval(kind: Kind, n: Numbers, x: Numbers, xx: Numbers = np.nan, level: float = 0.95) -> Estimate:
    """The interval that belongs to a kind of measure: Wilson, exact/Byar or t. ``xx`` (Σx²) matters to means only."""
    if kind == "proportion":
        return wilson(x, n, level)
    if kind == "rate":
        return poisson_rate(x, n, level)
    return mean_interval(n, x, xx, level)
