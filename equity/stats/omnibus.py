"""Is there any difference among the groups at all? And which claim about best and worst survives the looking?

Picking the two extremes of many groups and testing them as if they had been named beforehand finds "differences" in
pure noise: in 37 % of six-group comparisons at 5 %. Ask the omnibus test first, then take the range-aware p and
interval, which hold for whichever pair is picked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import special

from equity.stats.differences import mover
from equity.stats.estimate import Estimate, FloatArray, Numbers, as_floats, ratio_of, upper_probability
from equity.stats.groups import NO_REFERENCE, Groups
from equity.stats.intervals import interval
from equity.stats.significance import difference_test


@dataclass(frozen=True, slots=True)
class Omnibus:
    """The test of "all groups have one rate": statistic, degrees of freedom and p, each (…)."""

    statistic: FloatArray
    degrees: FloatArray
    p: FloatArray


def omnibus(groups: Groups) -> Omnibus:
    """χ² for proportions and rates, Welch's analysis of variance for means, over the groups present.

    p is NaN with fewer than 2 groups present. Where nobody or everybody has the event p is 1. Groups of means with
    fewer than 2 values say nothing about spread and are left out.

    Source: Pearson 1900; Welch 1951.
    """
    return _welch_anova(groups) if groups.kind == "mean" else _chi_squared(groups)


def target_omnibus(groups: Groups, target: Numbers) -> FloatArray:
    """(…) p of "every group is at the target": χ² of the groups' distances from it, one degree of freedom each.

    NaN where no group is present or the target is no number.
    """
    present = groups.present
    fixed = np.broadcast_to(as_floats(target), groups.harm.shape)[..., None]
    if groups.kind == "mean":
        squared = groups.standard_error**2
    else:
        spread = fixed * (1.0 - fixed) if groups.kind == "proportion" else fixed
        squared = ratio_of(np.broadcast_to(spread, groups.rates.shape), groups.sample)
    terms = ratio_of((groups.rates - fixed) ** 2, np.where(squared > 0, squared, 0.0))
    count = present.sum(axis=-1)
    p = special.chdtrc(np.maximum(count, 1.0), np.where(present & np.isfinite(terms), terms, 0.0).sum(axis=-1))
    return np.where((count > 0) & np.isfinite(fixed[..., 0]), p, np.nan)


def worst_against_reference(groups: Groups) -> FloatArray:
    """(…) p of "the worst of the other groups has the reference's rate", which group is worst being seen in the data.

    Where some other group does worse: the smallest p among those, allowing for all the groups that could have been it
    (Šidák). Where none does: the largest p, since all must be told apart from the reference. A neutral measure counts
    as one where more is worse. NaN without a reference or another group that can be tested.

    Source: Šidák 1967; Berger 1982 (all must be told apart).
    """
    at = np.maximum(groups.reference, 0)[..., None]
    named = (groups.reference != NO_REFERENCE)[..., None]
    squares = groups.events * groups.rates + groups.standard_error**2 * groups.sample * (groups.sample - 1.0)
    mine = (groups.sample, groups.events, squares)
    theirs = (np.take_along_axis(each, at, axis=-1) for each in mine)
    n1, x1, xx1 = mine
    n2, x2, xx2 = theirs
    p = difference_test(groups.kind, n1, x1, n2, x2, xx1, xx2)
    other = groups.present & named & (np.arange(groups.rates.shape[-1]) != at) & ~np.isnan(p)
    sign = np.where(groups.harm < 0, -1.0, 1.0)[..., None]
    worse = other & (sign * (groups.rates - np.take_along_axis(groups.rates, at, axis=-1)) > 0)
    count = other.sum(axis=-1)
    smallest = np.where(worse, p, 1.0).min(axis=-1)
    largest = np.where(other, p, 0.0).max(axis=-1)
    chance = np.where(worse.any(axis=-1), 1.0 - (1.0 - smallest) ** count, largest)
    return np.where(count > 0, chance, np.nan)


def _chi_squared(groups: Groups) -> Omnibus:
    present = groups.present
    n = np.where(present, groups.sample, 0.0)
    x = np.where(present, groups.events, 0.0)
    pooled = ratio_of(x.sum(axis=-1, keepdims=True), n.sum(axis=-1, keepdims=True))
    expected = n * pooled
    variance = expected * (1.0 - pooled) if groups.kind == "proportion" else expected
    terms = ratio_of((x - expected) ** 2, variance)
    statistic = np.where(present & np.isfinite(terms), terms, 0.0).sum(axis=-1)
    degrees = present.sum(axis=-1) - 1.0
    p = special.chdtrc(np.maximum(degrees, 1.0), statistic)
    return Omnibus(statistic, degrees, np.where(degrees > 0, p, np.nan))


def _welch_anova(groups: Groups) -> Omnibus:
    usable = groups.present & np.isfinite(groups.standard_error) & (groups.standard_error > 0)
    weight = np.where(usable, ratio_of(np.ones_like(groups.rates), groups.standard_error**2), 0.0)
    y = np.where(usable, groups.rates, 0.0)
    total = weight.sum(axis=-1, keepdims=True)
    mean = ratio_of((weight * y).sum(axis=-1, keepdims=True), total)
    k = usable.sum(axis=-1).astype(np.float64)
    between = (weight * (y - mean) ** 2).sum(axis=-1) / np.maximum(k - 1.0, 1.0)
    leverage = np.where(usable, (1.0 - ratio_of(weight, total)) ** 2, 0.0)
    unsure = ratio_of(leverage, np.where(usable, np.maximum(groups.sample - 1.0, 1e-9), 1.0)).sum(axis=-1)
    statistic = between / (1.0 + 2.0 * (k - 2.0) * unsure / np.maximum(k * k - 1.0, 1.0))
    within = ratio_of(k * k - 1.0, 3.0 * unsure)
    p = special.fdtrc(np.maximum(k - 1.0, 1.0), np.where(within > 0, within, 1.0), statistic)
    return Omnibus(statistic, k - 1.0, np.where((k > 1) & (within > 0), p, np.nan))


@dataclass(frozen=True, slots=True)
class BestAgainstWorst:
    """The two extremes, each field (…).

    Attributes:
        best, worst: indices on the axis of groups. With a neutral measure ``best`` is the highest.
        difference: |best − worst| with an interval that holds for whichever pair turns out to be the extremes.
        p: range-aware two-sided p.
    """

    best: npt.NDArray[np.intp]
    worst: npt.NDArray[np.intp]
    difference: Estimate
    p: FloatArray


def best_against_worst(groups: Groups, xx: Numbers = np.nan, level: float = 0.95) -> BestAgainstWorst:
    """The distance between the extremes, allowing for their having been picked from k groups.

    Each group's interval is widened so that all pairwise differences hold together (Tukey–Kramer: the quantile of the
    studentised range in place of √2·z), then combined as any difference is. NaN with fewer than 2 groups present.

    Args:
        groups: the groups.
        xx: (…, groups) Σx², needed for means.
        level: joint confidence level.

    Source: Tukey 1953, Kramer 1956; Hayter 1984 (conservative for unequal sizes).
    """
    present = groups.present
    low = np.where(present, groups.rates, np.inf)
    high = np.where(present, groups.rates, -np.inf)
    lowest, highest = np.argmin(low, axis=-1), np.argmax(high, axis=-1)
    k = present.sum(axis=-1)
    top, bottom = _picked(groups, xx, highest), _picked(groups, xx, lowest)
    joint = np.asarray([pairwise_level(int(count), level) for count in k.ravel()]).reshape(k.shape)
    distance = _widened(groups, top, bottom, joint)
    enough = k > 1
    p = range_aware_p(difference_test(groups.kind, top[0], top[1], bottom[0], bottom[1], top[2], bottom[2]), k)
    lower_is_best = groups.harm > 0
    return BestAgainstWorst(
        best=np.where(lower_is_best, lowest, highest),
        worst=np.where(lower_is_best, highest, lowest),
        difference=Estimate(
            np.where(enough, distance.value, np.nan),
            np.where(enough, np.maximum(distance.lower, 0.0), np.nan),
            np.where(enough, distance.upper, np.nan),
        ),
        p=np.where(enough, p, np.nan),
    )


def range_aware_p(p: Numbers, number_of_groups: Numbers) -> FloatArray:
    """The p of a pair that was picked as the extremes of k groups, from its ordinary two-sided p.

    Also right, if a little cautious, for "each group against the best one" when the best was chosen on the same data.
    """
    chance, k = np.broadcast_arrays(as_floats(p), as_floats(number_of_groups))
    z = -special.ndtri(np.clip(chance, 1e-300, 1.0) / 2.0)
    out = np.full(chance.shape, np.nan)
    for count in np.unique(k[k >= 2]):
        mine = (k == count) & ~np.isnan(chance)
        out[mine] = 1.0 - range_probability(np.sqrt(2.0) * z[mine], int(count))
    return np.where(np.isnan(out), out, np.clip(np.maximum(out, chance), 0.0, 1.0))


def range_probability(q: Numbers, number_of_groups: int) -> FloatArray:
    """P(range of k independent standard normals ≤ q), the studentised range with known variance.

    Agrees with ``scipy.stats.studentized_range`` to 1e-10 and is some thousand times faster.
    """
    width = as_floats(q)
    nodes, weights = _normal_nodes()
    inner = special.ndtr(nodes) - special.ndtr(nodes - width[..., None])
    return np.asarray(number_of_groups * (_to_the(number_of_groups - 1, inner) @ weights))


def _to_the(power: int, values: FloatArray) -> FloatArray:
    """A whole power by squaring, in a fifth of the time that numpy takes over one."""
    product, square, left = np.ones_like(values), values, power
    while left > 0:
        product = product * square if left % 2 else product
        square, left = square * square, left // 2
    return product


@lru_cache(maxsize=256)
def pairwise_level(number_of_groups: int, level: float) -> float:
    """The level of one difference's interval at which all differences among k groups hold together."""
    if number_of_groups < 2:
        return level
    upper_probability(level)  # refuses an impossible level
    low, high = 0.0, 40.0
    for _ in range(60):
        middle = (low + high) / 2.0
        if float(range_probability(middle, number_of_groups)) < level:
            low = middle
        else:
            high = middle
    return float(1.0 - 2.0 * special.ndtr(-high / np.sqrt(2.0)))


@lru_cache(maxsize=1)
def _normal_nodes() -> tuple[FloatArray, FloatArray]:
    """Points and weights (density included) to integrate against a standard normal."""
    points, weights = np.polynomial.legendre.leggauss(160)
    reach = 9.0
    nodes = points * reach
    density = np.exp(-(nodes**2) / 2.0) / np.sqrt(2.0 * np.pi)
    return nodes, weights * reach * density


def _picked(groups: Groups, xx: Numbers, index: npt.NDArray[np.intp]) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(n, x, xx) of one group per setting, as effective samples."""
    scale = ratio_of(groups.sample, groups.population)
    squares = np.broadcast_to(as_floats(xx), groups.rates.shape) * scale

    def at(values: FloatArray) -> FloatArray:
        return np.take_along_axis(values, index[..., None], axis=-1)[..., 0]

    return at(groups.sample), at(groups.events), at(squares)


def _widened(
    groups: Groups,
    top: tuple[FloatArray, FloatArray, FloatArray],
    bottom: tuple[FloatArray, FloatArray, FloatArray],
    joint: FloatArray,
) -> Estimate:
    """top − bottom, with each setting's own pairwise level."""
    value, lower, upper = (np.full(joint.shape, np.nan) for _ in range(3))
    for level in np.unique(joint):
        mine = joint == level
        first = interval(groups.kind, top[0][mine], top[1][mine], top[2][mine], float(level))
        second = interval(groups.kind, bottom[0][mine], bottom[1][mine], bottom[2][mine], float(level))
        pair = mover(first, second)
        value[mine], lower[mine], upper[mine] = pair.value, pair.lower, pair.upper
    return Estimate(value, lower, upper)
