"""Directly standardized rates with intervals that fit each kind of measure, and how far two of them are apart.

| kind       | interval                                                                                        |
|------------|-------------------------------------------------------------------------------------------------|
| rate       | Fay and Feuer's gamma limits                                                                     |
| proportion | Wilson's limits of the bands, put together (MOVER)                                              |
| mean       | normal limits                                                                                    |

Gamma limits of a proportion near 1 would be several times too wide, since a count out of n varies less than Poisson's.
Show the crude rate first.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from equity.stats.differences import mover
from equity.stats.estimate import (
    Estimate,
    FloatArray,
    Kind,
    Numbers,
    as_floats,
    broadcast,
    normal_quantile,
    ratio_of,
    upper_probability,
)
from equity.stats.intervals import mean_and_variance, wilson


def standardized(
    kind: Kind,
    n: Numbers,
    x: Numbers,
    weights: Numbers,
    xx: Numbers = np.nan,
    inflation: Numbers = 1.0,
    level: float = 0.95,
) -> Estimate:
    """Σ w·x/n with its interval.

    Args:
        kind: of the measure.
        n: (…, bands) people, visits or person-time.
        x: (…, bands) events or sums.
        weights: (bands) of the standard population, in any unit.
        xx: (…, bands) sums of squares, needed for means.
        inflation: (…, bands) by how much repeat visits inflate the variance; it moves the limits alone.
        level: two-sided confidence level.

    NaN where a band with weight has nobody: the rate would then be that of another standard.
    """
    size, total, squares, weight, by = broadcast(n, x, xx, weights, inflation)
    complete = np.all((size > 0) | (weight <= 0), axis=-1)
    weight = weight / np.maximum(weight.sum(axis=-1, keepdims=True), np.finfo(np.float64).tiny)
    per = np.where((size > 0) & (weight > 0), ratio_of(weight, size), 0.0)
    value = np.where(complete, (per * np.where(size > 0, total, 0.0)).sum(axis=-1), np.nan)
    by = np.maximum(np.nan_to_num(by, nan=1.0), 1.0)
    if kind == "rate":
        return _gamma_limits(value, per, np.where(size > 0, total, 0.0), by, level)
    if kind == "proportion":
        return _wilson_limits(value, per, size, total, by, level)
    return _normal_limits(value, per, size, total, squares, by, level)


def part_of_ages(
    kind: Kind,
    n: Numbers,
    x: Numbers,
    weights: Numbers,
    xx: Numbers = np.nan,
    inflation: Numbers = 1.0,
    level: float = 0.95,
) -> Estimate:
    """The crude rate less the standardized one, Σ (n/Σn − w)·x/n: what the ages themselves do, with normal limits.

    Arguments as for :func:`standardized`. The two rates are of the same people, so their own intervals say nothing of
    how far apart they are; the bands' rates do. Ages are taken as they are, without error.
    """
    size, total, squares, weight, by = broadcast(n, x, xx, weights, inflation)
    complete = np.all((size > 0) | (weight <= 0), axis=-1) & (weight.sum(axis=-1) > 0)
    there = np.where(size > 0, size, 0.0)
    held = ratio_of(there, there.sum(axis=-1, keepdims=True))
    off = held - weight / np.maximum(weight.sum(axis=-1, keepdims=True), np.finfo(np.float64).tiny)
    rate = ratio_of(np.where(size > 0, total, 0.0), there)
    value = np.where(complete, np.where(size > 0, off * np.nan_to_num(rate), 0.0).sum(axis=-1), np.nan)
    by = np.maximum(np.nan_to_num(by, nan=1.0), 1.0)
    of_one = _variance_of_one(kind, there, np.where(size > 0, total, 0.0), squares)
    variance = np.where(size > 0, off**2 * of_one * by / np.where(size > 0, size, 1.0), 0.0).sum(axis=-1)
    half = normal_quantile(level) * np.sqrt(variance)
    return Estimate(value, value - half, value + half)


def _variance_of_one(kind: Kind, size: FloatArray, total: FloatArray, squares: FloatArray) -> FloatArray:
    """The variance of one person (one unit of person-time) of each band, steadied by half an event."""
    if kind == "mean":
        return _variance_of_a_value(size, total, squares)
    rate = ratio_of(total + 0.5, size + (1.0 if kind == "proportion" else 0.0))
    return np.nan_to_num(rate * (1.0 - rate) if kind == "proportion" else rate)


def difference(first: Estimate, second: Estimate) -> Estimate:
    """One standardized rate less another that shares nobody with it, from their own intervals."""
    return mover(first, second)


def ratio(first: Estimate, second: Estimate) -> Estimate:
    """One standardized rate ÷ another that shares nobody with it, from their own intervals on the log scale.

    NaN where a rate is not positive; limits are 0 or infinite where one of the rates reaches to 0.

    Source: Zou & Donner 2008 (MOVER), on logarithms.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (
            Estimate(*(np.log(np.where(v >= 0, v, np.nan)) for v in (each.value, each.lower, each.upper)))
            for each in (first, second)
        )
        log_ratio = mover(one, other)
        value, lower, upper = (np.exp(v) for v in (log_ratio.value, log_ratio.lower, log_ratio.upper))
    known = (first.value > 0) & (second.value > 0)
    return Estimate(*(np.where(known, v, np.nan) for v in (value, lower, upper)))


def _gamma_limits(
    value: FloatArray, per: FloatArray, events: FloatArray, inflation: FloatArray, level: float
) -> Estimate:
    """Fay and Feuer's limits: the gamma distributions of mean and variance, the upper with one more event where it
    weighs most. With repeat visits, both are those of as many fewer, heavier events.

    Source: Fay & Feuer 1997, Statistics in Medicine 16:791.
    """
    high = upper_probability(level)
    variance = (per**2 * events * inflation).sum(axis=-1)
    most = (per * inflation).max(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        shape = np.where(variance > 0, value**2 / variance, 0.0)
        scale = np.where(value > 0, variance / value, 0.0)
        lower = np.where(shape > 0, special.gammaincinv(np.where(shape > 0, shape, 1.0), 1.0 - high) * scale, 0.0)
        mean, spread = value + most, variance + most**2
        upper = special.gammaincinv(mean**2 / spread, high) * spread / mean
    missing = np.isnan(value)
    return Estimate(value, np.where(missing, np.nan, lower), np.where(missing, np.nan, upper))


def _wilson_limits(
    value: FloatArray, per: FloatArray, size: FloatArray, total: FloatArray, inflation: FloatArray, level: float
) -> Estimate:
    """The bands' Wilson limits put together: each band's distance to its limit, weighted, squared and added.

    Covers 92 to 95 % down to ten people a band, where one variance for all bands falls to 85 %.

    Source: Yan & Su 2010, Statistics in Biopharmaceutical Research 2:329 (stratified Wilson); Zou & Donner 2008.
    """
    weight = per * size
    each = wilson(total / inflation, size / inflation, level)
    below, above = (np.where(weight > 0, weight * d, 0.0) for d in (each.value - each.lower, each.upper - each.value))
    return Estimate(value, value - np.sqrt((below**2).sum(axis=-1)), value + np.sqrt((above**2).sum(axis=-1)))


def _normal_limits(
    value: FloatArray,
    per: FloatArray,
    size: FloatArray,
    total: FloatArray,
    squares: FloatArray,
    inflation: FloatArray,
    level: float,
) -> Estimate:
    """Normal limits of a standardized mean."""
    one = _variance_of_a_value(size, total, squares)
    variance = (per**2 * size * np.where(per > 0, one, 0.0) * inflation).sum(axis=-1)
    half = normal_quantile(level) * np.sqrt(as_floats(variance))
    return Estimate(value, value - half, value + half)


def _variance_of_a_value(size: FloatArray, total: FloatArray, squares: FloatArray) -> FloatArray:
    """Of each band; a band of one person has the variance of one person that the other bands have together."""
    _, own = mean_and_variance(size, total, squares)
    freedom = np.where(np.isnan(own), 0.0, np.maximum(size - 1.0, 0.0))
    pooled = ratio_of((np.nan_to_num(own) * freedom).sum(axis=-1), freedom.sum(axis=-1))
    return np.where(np.isnan(own), pooled[..., None], own)
