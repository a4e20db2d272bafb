"""What the data say of each clinical area: burden, certainty, trend and completeness of its leading gap.

The gap of an area that affects most people stands for it: the first in the ranking of clinical areas, of any measure
and any grouping of people (a place of care is none, unless the dataset has no other). Gaps are never added up over
groupings, because the same people are in each of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import special

from equity.cube import Cube
from equity.lens.answers import Areas, Trends
from equity.lens.areas import areas
from equity.lens.choices import Choices
from equity.lens.disparities import site_of
from equity.lens.tables import columns_of
from equity.lens.trends import trends
from equity.stats.acceptability import Z95
from equity.stats.estimate import Estimate
from equity.stats.gap import RELATIVE_THRESHOLD
from equity.vocabulary import Measure, PeriodRange, PlainError, Reference
from equity.vocabulary.period import MONTHS_IN

Row = Mapping[str, Any]
"""One row of the answer about clinical areas."""


@dataclass(frozen=True)
class LeadingGap:
    """One clinical area and the gap that stands for it; ``measure`` is empty where no gap can be judged.

    ``values`` are the criteria in the order of DATA_CRITERIA with the limits of their sampling error, NaN where the
    data do not say: burden in excess events, certainty as a share, trend as the change of the gap a year relative to
    the reference's rate (positive: widening), completeness as the share whose group is known.
    """

    area: str
    measure: str
    by: str
    group: str
    values: Estimate


def leading_gaps(cube: Cube, choices: Choices, candidates: Sequence[str] = ()) -> tuple[Areas, tuple[LeadingGap, ...]]:
    """The clinical areas compared, and the leading gap of each candidate (all areas when empty), in their order.

    Raises:
        PlainError: fewer than two clinical areas can be compared, or a candidate is not among them.
    """
    compared = areas(cube, choices)
    gone = [name for name in candidates if name not in compared.areas]
    if gone:
        raise PlainError(f"The area “{gone[0]}” is not in the data any more: there are {', '.join(compared.areas)}.")
    if len(compared.areas) < 2:
        raise PlainError(
            f"“{cube.description.dataset}” has {len(compared.areas)} clinical areas with measures that can be better "
            "or worse, and a choice needs two: name the area of each measure in the mapping (clinical_area)."
        )
    measures = {m.name: m for m in compared.measures}
    kept = [name for name in compared.areas if not candidates or name in candidates]
    if len(kept) < 2:
        raise PlainError("A choice needs two areas at least: add another one.")
    return compared, tuple(_leading(cube, choices, compared, area, measures) for area in kept)


def _leading(cube: Cube, choices: Choices, compared: Areas, area: str, measures: dict[str, Measure]) -> LeadingGap:
    rows = columns_of(compared.rows)
    judged = (rows["clinical_area"] == area) & (rows["gap"] > 0) & (rows["reliability"] != "too_few")
    judged &= np.isin(rows["kind"], ["group", "other"]) & np.isin(rows["by"], _groupings(compared))
    places = np.flatnonzero(judged)
    if not places.size:
        return LeadingGap(area, "", "", "", _nothing())
    at = int(places[0])  # the answer's rows are ranked: clear gaps first, those of most people before others
    row = {name: values[at] for name, values in rows.items()}
    measure = measures[str(row["measure"])]
    burden = _burden(measure, row)
    trend = _trend(cube, replace(choices, period=PeriodRange(), measure=measure.name, by=str(row["by"])), compared, row)
    sure, known = _certainty(row), float(row["known_share"])
    values = Estimate(
        np.array([burden[0], sure, trend[0], known]),
        np.array([burden[1], sure, trend[1], known]),
        np.array([burden[2], sure, trend[2], known]),
    )
    return LeadingGap(area, measure.name, str(row["by"]), str(row["group"]), values)


def _groupings(compared: Areas) -> list[str]:
    """The stratifiers that group people, not places of care; all of them where there is nothing else."""
    place = site_of(compared.stratifiers, "")
    return [s.name for s in compared.stratifiers if s is not place] or [s.name for s in compared.stratifiers]


def _nothing() -> Estimate:
    """No gap that could be judged: nothing to gain that is known of, and nothing known of the rest."""
    values = np.array([0.0, 0.0, np.nan, np.nan])
    return Estimate(values, values.copy(), values.copy())


def _burden(measure: Measure, row: Row) -> tuple[float, float, float]:
    """Excess events with limits; a mean has none, because minutes are not people."""
    if measure.kind == "mean":
        return np.nan, np.nan, np.nan
    value, lower, upper = (float(row[name]) for name in ("excess", "excess_lower", "excess_upper"))
    return value, lower, upper


def _certainty(row: Row) -> float:
    """The share of draws of the gap, within its sampling error, that would be called a disparity: clearly above no gap
    at 95 % and at least a tenth of the reference's rate in either framing."""
    value, lower, upper = (float(row[name]) for name in ("gap", "gap_lower", "gap_upper"))
    error = (upper - lower) / (2 * Z95)
    if not error > 0:
        return np.nan
    relative = np.nanmax([abs(float(row[name])) for name in ("relative_gap", "relative_gap_adverse")])
    large = RELATIVE_THRESHOLD * value / relative if relative > 0 else np.inf
    return float(special.ndtr((value - max(Z95 * error, large)) / error))


def _trend(cube: Cube, choices: Choices, compared: Areas, row: Row) -> tuple[float, float, float]:
    """The yearly change of the gap ÷ the reference's rate, with limits; NaN where there is no trend."""
    nothing = (np.nan, np.nan, np.nan)
    measure = cube.description.measure(choices.measure)
    reference = compared.references.get((choices.measure, choices.by))
    if reference is None:
        return nothing
    asked = Reference("group", reference.group) if reference.group else choices.reference
    found = _trends(cube, replace(choices, reference=asked))
    if found is None or "gap_slope" not in found.changes:
        return nothing
    of_group = found.changes[found.changes["group"] == row["group"]]
    base = float(row["rate"]) + measure.harm_sign * -float(row["gap"])
    if of_group.empty or not base > 0:
        return nothing
    a_year = 12 / MONTHS_IN[found.grain]
    value, lower, upper = (
        float(of_group[name].iloc[0]) * a_year / base for name in ("gap_slope", "gap_slope_lower", "gap_slope_upper")
    )
    return value, lower, upper


def _trends(cube: Cube, choices: Choices) -> Trends | None:
    """The trend, or None where the data have none: no periods, too few of them, or rates without counts."""
    try:
        return trends(cube, choices)
    except PlainError:
        return None
