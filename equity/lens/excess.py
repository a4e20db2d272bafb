"""Excess events over all groups that fare worse, with one interval for their sum."""

from __future__ import annotations

import numpy as np

from equity.lens.answers import ResolvedReference
from equity.lens.blocks import Block
from equity.lens.people import groups_of_everyone
from equity.stats.bootstrap import ReferencePoint, total_excess
from equity.stats.estimate import Estimate
from equity.vocabulary import Measure

POINTS: dict[str, ReferencePoint] = {"average": "average", "others": "others", "target": "target"}


def excess_over_groups(block: Block, measure: Measure, reference: ResolvedReference) -> Estimate:
    """Σ excess over the groups of a one-measure, one-stretch block; NaN where nothing is compared.

    The unknown are part of the average and of everyone else, as in the rows, and have no excess of their own. The best
    group has been chosen beforehand, so it is a named group here. Near no gap at all a sum of positive parts
    lies above its truth; the interval allows for that (equity/stats/bootstrap.py).
    """
    nothing = Estimate(*(np.asarray(np.nan) for _ in range(3)))
    if block.published is not None or block.is_empty:
        return nothing
    point = POINTS.get(reference.kind, "group")
    if point == "group" and not reference.group:
        return nothing
    everyone = groups_of_everyone(block, measure, reference)
    found = total_excess(everyone, point, reference.rate, counted=block.is_group)
    return Estimate(found.value, found.lower, found.upper)
