"""What is known of the extremes of several groups, whichever groups turn out to be picked.

A bootstrap's limits of a range or of a distance from the best group allow for every group that might lie further out,
tiny ones included, and may reach to nothing beside a pair of groups that stands clearly apart. The range-aware limits
of single pairs, and of single groups against the mean, bound the same quantities from below, all of them together.

Source: Tukey 1953, Kramer 1956 (pairs); Šidák 1967 (groups against their mean).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from equity.stats.differences import mover
from equity.stats.estimate import Estimate, FloatArray, normal_quantile, ratio_of
from equity.stats.groups import Groups
from equity.stats.intervals import interval
from equity.stats.omnibus import pairwise_level

RANGES: Final = ("difference", "ratio")


def least_distances(groups: Groups, level: float) -> dict[str, FloatArray]:
    """The least that each range and each mean distance can be, (settings,), as a distance from equality.

    A mean of the groups' distances from one point is at least what two of them are apart times the smaller of their
    shares, wherever the point lies, since the two are together no nearer to it than to each other.

    Distances are at or above 0; a ratio is at or above 1. ``groups`` are flattened. A neutral measure has no best group
    (NaN). Ranges are those of unordered groups.
    """
    present = groups.present
    count = present.sum(axis=-1)
    weight = np.where(present, groups.population, 0.0)
    share = ratio_of(weight, weight.sum(axis=-1, keepdims=True))
    equal = present / np.maximum(count, 1)[:, np.newaxis]
    pairs, ratios, plain, weighted, of_both, of_worse = np.zeros((6, len(count)))
    for k in np.unique(count[count > 1]).tolist():
        mine = count == k
        those = groups.at_settings(mine)
        apart, ratios[mine] = _pairs(those, pairwise_level(int(k), level))
        pairs[mine] = apart.max(axis=(1, 2), initial=0.0)
        of_both[mine], of_worse[mine] = _weighed(apart, share[mine], those.harm)
        alone = float(level ** (1.0 / k))
        plain[mine], weighted[mine] = (_best_from_mean(those, each[mine], alone) for each in (equal, share))
    ratios, weighted = np.maximum(ratios, 1.0), np.maximum(weighted, of_worse)
    shared_out = pairs / np.maximum(count, 1)
    mean = (share * np.where(present, groups.rates, 0.0)).sum(axis=-1)
    return {
        "difference": pairs,
        "ratio": ratios,
        "mean_difference_from_best": np.where(np.isnan(plain), np.nan, np.maximum(plain, shared_out)),
        "mean_difference_from_best_weighted": weighted,
        "population_attributable_risk": weighted,
        "population_attributable_fraction": 100.0 * ratio_of(weighted, mean),
        "mean_difference_from_mean": shared_out,
        "mean_difference_from_mean_weighted": of_both,
        "mean_difference_from_reference": shared_out,
        "mean_difference_from_reference_weighted": of_both,
        "index_of_disparity": 100.0 * ratio_of(shared_out, mean),
        "index_of_disparity_weighted": 100.0 * ratio_of(of_both, mean),
    }


def _weighed(apart: FloatArray, share: FloatArray, harm: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The most that a pair is apart times the smaller of its shares, and times the share of the worse of the two."""
    higher, lower = share[:, :, np.newaxis], share[:, np.newaxis, :]
    worse = np.where(harm[:, np.newaxis, np.newaxis] > 0, higher, lower)
    both, one = ((apart * by).max(axis=(1, 2), initial=0.0) for by in (np.minimum(higher, lower), worse))
    return both, one


def _pairs(groups: Groups, level: float) -> tuple[FloatArray, FloatArray]:
    """The lower limits of all differences, higher less lower (settings, higher, lower), which hold together at this
    level a pair, and the largest of those of the ratios (settings,)."""
    own = _intervals(groups, level)
    first = Estimate(*(side[:, :, np.newaxis] for side in (own.value, own.lower, own.upper)))
    second = Estimate(*(side[:, np.newaxis, :] for side in (own.value, own.lower, own.upper)))
    both = groups.present[:, :, np.newaxis] & groups.present[:, np.newaxis, :]
    apart = np.where(both, mover(first, second).lower, 0.0)
    positive = both & (first.lower > 0) & (second.value > 0) & (second.upper > 0)
    logs = [
        Estimate(*(np.log(np.where(positive, side, 1.0)) for side in (each.value, each.lower, each.upper)))
        for each in (first, Estimate(second.value, np.maximum(second.lower, np.finfo(np.float64).tiny), second.upper))
    ]
    times = np.where(positive, mover(*logs).lower, 0.0)
    return np.maximum(np.nan_to_num(apart), 0.0), np.exp(np.nan_to_num(times).max(axis=(1, 2), initial=0.0))


def _best_from_mean(groups: Groups, weight: FloatArray, level: float) -> FloatArray:
    """The largest of the lower limits of (group − mean), toward the better side, over all groups together.

    A group's own side is that of its interval (few events make a lopsided one), and the rest of the mean's is normal.
    """
    present = groups.present
    own = _intervals(groups, level)
    rates = np.where(present, groups.rates, 0.0)
    squared = np.where(present, _errors(groups) ** 2, 0.0)
    mean = (weight * rates).sum(axis=-1, keepdims=True)
    worse = np.where(groups.harm[:, np.newaxis] > 0, own.upper - own.value, own.value - own.lower)
    others = (weight**2 * squared).sum(axis=-1, keepdims=True) - weight**2 * squared
    reach = np.hypot((1.0 - weight) * worse, normal_quantile(level) * np.sqrt(np.maximum(others, 0.0)))
    least = np.where(present & np.isfinite(reach), -groups.harm[:, np.newaxis] * (rates - mean) - reach, -np.inf)
    return np.where(np.isnan(groups.harm), np.nan, np.maximum(least.max(axis=-1), 0.0))


def _intervals(groups: Groups, level: float) -> Estimate:
    if groups.kind == "mean":
        half = normal_quantile(level) * groups.standard_error
        return Estimate(groups.rates, groups.rates - half, groups.rates + half)
    return interval(groups.kind, groups.sample, groups.events, np.nan, level)


def _errors(groups: Groups) -> FloatArray:
    """Standard errors; a count of 0 or of everybody is steadied by half an event, so that it has one."""
    if groups.kind == "mean":
        return groups.standard_error
    steady = ratio_of(groups.events + 0.5, groups.sample + 1.0)
    variance = steady * (1.0 - steady) if groups.kind == "proportion" else ratio_of(groups.events + 0.5, groups.sample)
    return np.sqrt(ratio_of(np.maximum(variance, 0.0), groups.sample))
