"""How sure a rank is: "third, but anywhere from first to sixth".

Rank 1 is the largest value. Two ways, for two questions:

* :func:`rank_intervals`: from draws, how a rank moves with the uncertainty of all values (Goldstein & Spiegelhalter
  1996). Where true values are equal or nearly so no interval of a rank has its nominal coverage; read it as "do not
  trust this order".
* :func:`joint_rank_intervals`: from intervals of the values, ranks that hold for all items together (Klein, Wright &
  Wieczorek 2020): an item ranks below those whose intervals lie wholly above its own. Wider, and always valid.
"""

from __future__ import annotations

import numpy as np

from equity.stats.estimate import Estimate, FloatArray, Numbers, as_floats, upper_probability


def ranks(values: Numbers) -> FloatArray:
    """Ranks along the last axis, 1 for the largest; ties share the mean rank; NaN stays NaN and does not count."""
    v = as_floats(values)
    known = ~np.isnan(v)
    above = (v[..., None, :] > v[..., :, None]).sum(axis=-1)
    level = (v[..., None, :] == v[..., :, None]).sum(axis=-1)
    return np.where(known, above + (level + 1) / 2.0, np.nan)


def rank_intervals(values: Numbers, draws: Numbers, level: float = 0.95) -> Estimate:
    """Ranks of the values, with percentile limits of the ranks in the draws (whole numbers, outward).

    Args:
        values: (…, items); NaN for an item that is not ranked.
        draws: (…, draws, items) independent between items.
        level: two-sided confidence level.
    """
    observed = ranks(values)
    drawn = as_floats(draws)
    drawn = np.where(np.isnan(observed)[..., None, :], -np.inf, drawn)
    order = np.argsort(np.argsort(-drawn, axis=-1, kind="stable"), axis=-1, kind="stable") + 1.0
    high = upper_probability(level)
    lower = np.quantile(order, 1.0 - high, axis=-2, method="lower")
    upper = np.quantile(order, high, axis=-2, method="higher")
    unknown = np.isnan(observed)
    lower = np.where(unknown, np.nan, np.minimum(lower, observed))
    return Estimate(observed, lower, np.where(unknown, np.nan, np.maximum(upper, observed)))


def joint_rank_intervals(estimate: Estimate) -> Estimate:
    """Ranks along the last axis from the items' intervals: how many lie wholly above, and how many wholly below.

    If the intervals hold together with some probability, so do all the ranks.
    """
    known = ~np.isnan(estimate.value)
    items = known.sum(axis=-1, keepdims=True)
    above = (estimate.lower[..., None, :] > estimate.upper[..., :, None]).sum(axis=-1)
    below = (estimate.upper[..., None, :] < estimate.lower[..., :, None]).sum(axis=-1)
    lower, upper = np.where(known, above + 1.0, np.nan), np.where(known, items - below, np.nan)
    return Estimate(ranks(estimate.value), lower, upper)
