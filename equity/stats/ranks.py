"""How sure a rank is: "third, but anywhere from first to sixth".

Rank 1 is the largest value. From intervals of the values come ranks that hold for all items together (Klein, Wright &
Wieczorek 2020): an item ranks below those whose intervals lie wholly above its own.
"""

from __future__ import annotations

import numpy as np

from equity.stats.estimate import Estimate, FloatArray, Numbers, as_floats


def ranks(values: Numbers) -> FloatArray:
    """Ranks along the last axis, 1 for the largest; ties share the mean rank; NaN stays NaN and does not count."""
    v = as_floats(values)
    known = ~np.isnan(v)
    above = (v[..., None, :] > v[..., :, None]).sum(axis=-1)
    level = (v[..., None, :] == v[..., :, None]).sum(axis=-1)
    return np.where(known, above + (level + 1) / 2.0, np.nan)


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
