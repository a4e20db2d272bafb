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
    """By how much luck alone is expected to better the rate of a group that was picked as the best. (…), never below 0.

    The groups that cannot be told from the best (nearer than 2.33 standard errors of the difference) are taken to be
    equal to it; then the best of them lies the expected maximum of their errors beyond the truth. 0 where the best
    stands alone.

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
    apart = np.abs(y - np.take_along_axis(y, best, axis=-1))
    near = usable & (apart < INDISTINGUISHABLE * np.hypot(s, np.take_along_axis(s, best, axis=-1)))
    widest = np.where(near, s, 0.0).max(axis=-1)
    scaled = np.where(near, s, np.nan) / np.where(widest > 0, widest, 1.0)[..., np.newaxis]
    x = np.linspace(-_REACH, _REACH, _POINTS)
    below = special.ndtr(x / np.where(near, scaled, 1.0)[..., np.newaxis])
    all_below = np.where(near[..., np.newaxis], below, 1.0).prod(axis=-2)
    # E[max] = ∫ (1 − G) above 0 − ∫ G below 0.
    expected = np.trapezoid(np.where(x > 0, 1.0, 0.0) + np.where(x == 0, 0.5, 0.0) - all_below, x, axis=-1)
    return np.where(near.sum(axis=-1) > 1, np.maximum(expected, 0.0) * widest, 0.0)
