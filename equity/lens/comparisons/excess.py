"""Excess events over all groups that fare worse, with one interval for their sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity.lens.answers import ResolvedReference
from equity.lens.comparisons.blocks import Block
from equity.lens.comparisons.people import groups_of_everyone
from equity.lens.tables import Columns
from equity.stats.gap import SIGNIFICANCE
from equity.stats.summary.bootstrap import ReferencePoint, total_excess
from equity.vocabulary import Measure

POINTS: dict[str, ReferencePoint] = {"average": "average", "others": "others", "target": "target"}


@dataclass(frozen=True)
class Total:
    """Σ excess with chance taken off (shown first), as measured, and its interval. NaN where nothing is compared."""

    value: float
    raw: float
    lower: float
    upper: float


NO_TOTAL = Total(np.nan, np.nan, np.nan, np.nan)


def excess_over_groups(block: Block, measure: Measure, reference: ResolvedReference, rows: Columns) -> Total:
    """Σ excess over the groups of a one-measure, one-stretch block.

    A sum of positive parts lies above its truth by chance, the more so when the data picked the best group; that is
    taken off (equity/stats/summary/bootstrap.py), and where groups cannot be told apart and no gap is clear nothing is
    left.
    The total holds each clear gap's own, in its value and in its lower limit: ``rows`` are the answer's.

    The unknown are part of the average and of everyone else, as in the rows, and have no excess of their own.
    """
    if block.published is not None or block.is_empty:
        return NO_TOTAL
    point = POINTS.get(reference.kind, "group")
    if point == "group" and not reference.group:
        return NO_TOTAL
    everyone = groups_of_everyone(block, measure, reference)
    excess = total_excess(everyone, point, reference.rate, counted=block.is_group)
    if np.isnan(excess.value):
        return NO_TOTAL
    raw = float(np.nansum(rows["excess_raw"]))
    some = rows["excess"] > 0
    clear = (rows["p_together"] <= SIGNIFICANCE) & some
    if excess.corrected_leads and not clear.any():
        return Total(0.0 * raw, raw, float(excess.lower), float(np.maximum(excess.upper, raw)))
    least, most = (float(np.where(clear, rows[name], 0.0).max(initial=0.0)) for name in ("excess_lower", "excess"))
    luck = raw - float(np.nansum(rows["excess"]))  # what picking the reference adds to the groups that fare worse
    # Where every gap that is counted is clear, chance adds next to nothing, and the total is the sum of its parts.
    value = float(rows["excess"][some].sum()) if clear[some].all() else max(float(excess.corrected) - luck, most)
    lower, upper = float(excess.lower) - luck, max(float(excess.upper), value, raw)
    return Total(value, raw, max(min(lower, value), least, 0.0), upper)
