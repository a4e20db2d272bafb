"""Gap breakdown: Kitagawa's split of a difference between two groups into a mix part and a rate part.

With wⱼ the share of a group that is seen in stratum (site) j, and yⱼ its rate there,

    y₁ − y₂ = Σ (w₁ⱼ − w₂ⱼ)·(y₁ⱼ + y₂ⱼ)/2   mix: the groups are seen at different sites
            + Σ (y₁ⱼ − y₂ⱼ)·(w₁ⱼ + w₂ⱼ)/2   rate: the groups fare differently within sites.

The shares are taken as they are (they describe where people were seen); the intervals are those of the rates.

Source: Kitagawa 1955, JASA 50:1168; Das Gupta 1993; Simpson 1951.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import Estimate, FloatArray, Kind, Numbers, as_floats, broadcast, normal_quantile, ratio_of
from equity.stats.intervals import mean_and_variance

REVERSES: Final = "reverses"
HALVES: Final = "halves"
NO_ALARM: Final = ""


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The parts of a difference, first group minus second, (…) in the unit of the rate.

    Attributes:
        total: mix + rate.
        mix: between strata: because the groups are seen at different strata.
        rate: within strata: because the groups fare differently at the same strata.
        mix_by_stratum, rate_by_stratum: (…, strata) what each stratum contributes. The mix contributions use distances
            from the overall rate, so that being seen more often at a stratum with a low rate shows as such.
        simpson: ``reverses`` where the gap within strata points the other way, ``halves`` where at most half of it is
            left, "" otherwise; see :func:`simpson_alarm`.
    """

    total: Estimate
    mix: Estimate
    rate: Estimate
    mix_by_stratum: FloatArray
    rate_by_stratum: FloatArray
    simpson: npt.NDArray[np.str_]


def kitagawa(
    kind: Kind,
    n1: Numbers,
    x1: Numbers,
    n2: Numbers,
    x2: Numbers,
    xx1: Numbers = np.nan,
    xx2: Numbers = np.nan,
    level: float = 0.95,
    seen1: Numbers | None = None,
    seen2: Numbers | None = None,
) -> Decomposition:
    """Split the difference between two groups over strata on the last axis.

    Args:
        kind: of the measure; it decides the variance of a stratum's rate.
        n1: (…, strata) people, visits or person-time of the first group.
        x1: (…, strata) its events or sums.
        n2: (…, strata) of the second group.
        x2: (…, strata) of the second group.
        xx1: (…, strata) sums of squares, needed for means.
        xx2: (…, strata) of the second group.
        level: two-sided confidence level.
        seen1: (…, strata) how many were in fact seen, where n1 is an effective sample size; the shares are of these.
        seen2: (…, strata) of the second group.

    A stratum where only one group is seen has no difference within; all of it is mix. NaN where a group is seen
    nowhere.
    """
    size1, sum1, squares1, size2, sum2, squares2 = broadcast(n1, x1, xx1, n2, x2, xx2)
    y1, v1 = _rates(kind, size1, sum1, squares1)
    y2, v2 = _rates(kind, size2, sum2, squares2)
    only1, only2 = np.isnan(y2), np.isnan(y1)
    y1, v1 = _borrowed(y1, y2, only2), np.where(only2, 0.0, v1)
    y2, v2 = _borrowed(y2, y1, only1), np.where(only1, 0.0, v2)
    w1 = _shares(size1 if seen1 is None else as_floats(seen1))
    w2 = _shares(size2 if seen2 is None else as_floats(seen2))
    apart = only1 | only2
    middle, step = (w1 + w2) / 2.0, w1 - w2
    overall = (middle * (y1 + y2) / 2.0).sum(axis=-1, keepdims=True)
    mix_by = step * ((y1 + y2) / 2.0 - overall)
    rate_by = middle * (y1 - y2)
    z = normal_quantile(level)
    # In a stratum with one group both rates are that group's, so that its error enters the mix part once, whole.
    mix_error = np.where(apart, step**2 * (v1 + v2), step**2 * (v1 + v2) / 4.0)
    rate_error = np.where(apart, 0.0, middle**2 * (v1 + v2))
    total_error = w1**2 * v1 + w2**2 * v2
    total = _around((mix_by + rate_by).sum(axis=-1), total_error, z)
    mix, rate = _around(mix_by.sum(axis=-1), mix_error, z), _around(rate_by.sum(axis=-1), rate_error, z)
    return Decomposition(total, mix, rate, mix_by, rate_by, simpson_alarm(total, rate))


def simpson_alarm(total: Estimate, within: Estimate) -> npt.NDArray[np.str_]:
    """Whether the whole tells another story than its parts: ``reverses``, ``halves`` or "".

    ``reverses``: the difference within strata has the other sign, and its interval or that of the whole excludes 0.
    ``halves``: it has the same sign but at most half the size, and the interval of the whole excludes 0.
    """
    clear_total = (total.lower > 0) | (total.upper < 0)
    clear_within = (within.lower > 0) | (within.upper < 0)
    opposite = total.value * within.value < 0
    half = ~opposite & (np.abs(within.value) <= np.abs(total.value) / 2.0)
    return np.select(
        [opposite & (clear_total | clear_within), half & clear_total], [REVERSES, HALVES], default=NO_ALARM
    )


def _shares(size: FloatArray) -> FloatArray:
    return ratio_of(size, size.sum(axis=-1, keepdims=True))


def _rates(kind: Kind, n: FloatArray, x: FloatArray, xx: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Rates and the variances of their errors; a count of 0 or n is steadied by half an event, so that it has one."""
    y = ratio_of(x, n)
    if kind == "mean":
        mean, variance = mean_and_variance(n, x, xx)
        return mean, np.where(n > 1, ratio_of(variance, n), 0.0)
    if kind == "proportion":
        steady = ratio_of(x + 0.5, n + 1.0)
        plain, extreme = y * (1.0 - y), steady * (1.0 - steady)
        return y, ratio_of(np.where((x <= 0) | (x >= n), extreme, plain), n)
    return y, ratio_of(np.where(x <= 0, 0.5, x), n * n)


def _borrowed(y: FloatArray, other: FloatArray, missing: npt.NDArray[np.bool_]) -> FloatArray:
    """Where a group is not seen, the other group's rate; where neither is, 0 (its weight is 0)."""
    return np.where(missing, np.where(np.isnan(other), 0.0, other), y)


def _around(value: FloatArray, variances: FloatArray, z: float) -> Estimate:
    half = z * np.sqrt(np.where(np.isnan(variances), 0.0, variances).sum(axis=-1))
    return Estimate(value, value - half, value + half)
