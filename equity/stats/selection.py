"""What it takes to speak of a number that the same data picked, or of several on one page.

Two ways to be misled, two allowances:

* **Several comparisons named beforehand** (a reference that the data did not pick): one of them is below 5 % by chance
  more often than that. :func:`step_down` gives the p that holds for all of them together.
* **The reference was picked** as the best of the same groups: its luck is in every gap. The studentised range
  (:func:`equity.stats.omnibus.range_aware_p`, :func:`equity.stats.omnibus.pairwise_level`) gives the p and the level of
  the interval; :func:`chance_in_the_best` is the luck itself, to be taken off before anything is counted.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from equity.stats.estimate import BoolArray, FloatArray, Numbers, as_floats

INDISTINGUISHABLE = 2.33
"""Groups nearer than this many standard errors of their difference (two-sided 2 %) may be one."""

_REACH = 6.0
_POINTS = 161


def step_down(p: Numbers) -> FloatArray:
    """p-values along the last axis that hold together: the chance of any false one is at most the level.

    Holm's step-down with Šidák's bound, which holds for two-sided tests of normal estimates however they are
    correlated, such as several groups against one reference. NaN stays NaN and does not count.

    Source: Holm 1979; Šidák 1967.
    """
    chance = np.atleast_1d(as_floats(p))
    order = np.argsort(chance, axis=-1)  # NaN sorts last
    ranked = np.take_along_axis(chance, order, axis=-1)
    left = np.sum(~np.isnan(chance), axis=-1, keepdims=True) - np.arange(chance.shape[-1])
    # 1 − (1 − p)^k without losing a small p to rounding.
    together = -np.expm1(np.maximum(left, 1) * np.log1p(-np.minimum(np.nan_to_num(ranked, nan=1.0), 1 - 1e-16)))
    stepped = np.where(np.isnan(ranked), np.nan, np.minimum(np.maximum.accumulate(together, axis=-1), 1.0))
    back = np.empty_like(stepped)
    np.put_along_axis(back, order, stepped, axis=-1)
    return back.reshape(np.shape(as_floats(p)))


def chance_in_the_best(rates: Numbers, error: Numbers, eligible: BoolArray, sign: Numbers) -> FloatArray:
    """By how much luck alone is expected to better the rate of the group that was picked as the best. (…), at least 0.

    The groups that cannot be told from the best (nearer than 2.33 standard errors of the difference) are taken to be
    equal to it; the luck is the expected error of the picked group, given that it came out on top of them. A large
    group on top of small ones has little; 0 where the best stands alone.

    Args:
        rates: (…, groups).
        error: (…, groups) standard errors of the rates.
        eligible: (…, groups) the groups that could have been picked.
        sign: (…) +1 where more is worse, −1 where more is better.
    """
    y, s = as_floats(rates), as_floats(error)
    usable = eligible & np.isfinite(y) & (s > 0)
    harm = np.where(usable, y * as_floats(sign)[..., np.newaxis], np.inf)
    best = np.argmin(harm, axis=-1)[..., np.newaxis]
    own = np.take_along_axis(np.where(usable, s, 1.0), best, axis=-1)
    apart = np.abs(y - np.take_along_axis(y, best, axis=-1))
    others = usable & (apart < INDISTINGUISHABLE * np.hypot(s, own)) & (np.arange(y.shape[-1]) != best)
    x = np.linspace(-_REACH, _REACH, _POINTS)
    scaled = np.where(others, own / np.where(others, s, 1.0), 1.0)[..., np.newaxis] * x
    # The density of the picked group's error, in its own standard errors, given that all others lie below it.
    density = np.exp(-(x**2) / 2.0) * np.where(others[..., np.newaxis], special.ndtr(scaled), 1.0).prod(axis=-2)
    expected = (density * x).sum(axis=-1) / density.sum(axis=-1)
    return np.where(others.any(axis=-1), np.maximum(expected, 0.0) * own[..., 0], 0.0)
