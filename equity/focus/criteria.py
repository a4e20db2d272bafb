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
from equity.focus.candidates import FEWEST, GapCandidate
from equity.lens.answers import Areas, Trends
from equity.lens.areas import areas
from equity.lens.choices import Choices
from equity.lens.disparities import site_of
from equity.lens.over_time.trends import trends
from equity.lens.tables import columns_of
from equity.stats.acceptability import Z95
from equity.stats.estimate import BoolArray, Estimate
from equity.stats.gap import RELATIVE_THRESHOLD
from equity.vocabulary import Measure, PeriodRange, PlainError, Reference
from equity.vocabulary.period import MONTHS_IN

Row = Mapping[str, Any]
"""Rows by column, or one row of the answer about clinical areas."""


@dataclass(frozen=True)
class LeadingGap:
    """One candidate (a clinical area, or a single gap) and the gap that stands for it; ``measure`` is empty where no
    gap of an area can be judged.

    ``values`` are the criteria in the order of DATA_CRITERIA with the limits of their sampling error, NaN where the
    data do not say: burden in excess events, certainty as a share, trend as the change of the gap a year relative to
    the reference's rate (positive: widening), completeness as the share whose group is known.
    """

    area: str
    measure: str
    by: str
    group: str
    values: Estimate


def leading_gaps(
    cube: Cube, choices: Choices, areas_chosen: Sequence[str] = (), gaps: Mapping[str, GapCandidate] | None = None
) -> tuple[Areas, tuple[LeadingGap, ...]]:
    """The clinical areas compared, and the gap that stands for each candidate, in their order.

    ``areas_chosen`` are whole areas, ``gaps`` single ones by the name that they go by; all areas when both are empty.

    Raises:
        PlainError: fewer than two candidates, or one that is not in the data.
    """
    compared, single = areas(cube, choices), gaps or {}
    gone = [name for name in areas_chosen if name not in compared.areas]
    if gone:
        raise PlainError(f"The area “{gone[0]}” is not in the data any more: there are {', '.join(compared.areas)}.")
    everything = not areas_chosen and not single
    if everything and len(compared.areas) < FEWEST:
        raise PlainError(
            f"“{cube.description.dataset}” has {len(compared.areas)} clinical areas with measures that can be better "
            "or worse, and a choice needs two: name the area of each measure in the mapping (clinical_area)."
        )
    kept = [name for name in compared.areas if everything or name in areas_chosen]
    if len(kept) + len(single) < FEWEST:
        raise PlainError("A choice needs two areas at least: add another one.")
    ranked = columns_of(compared.rows)
    leading = [_of_area(cube, choices, compared, ranked, area) for area in kept]
    leading += [_of_gap(cube, choices, compared, ranked, name, gap) for name, gap in single.items()]
    return compared, tuple(leading)


def _of_area(cube: Cube, choices: Choices, compared: Areas, rows: Row, area: str) -> LeadingGap:
    """The first of the area's gaps: the answer's rows are ranked, clear gaps first, most people before others."""
    judged = (rows["clinical_area"] == area) & np.isin(rows["by"], _groupings(compared)) & _judged(rows)
    places = np.flatnonzero(judged)
    if not places.size:
        return LeadingGap(area, "", "", "", _nothing())
    return _measured(cube, choices, compared, rows, area, int(places[0]))


def _of_gap(cube: Cube, choices: Choices, compared: Areas, rows: Row, name: str, gap: GapCandidate) -> LeadingGap:
    """The gap itself; one that is no gap any more, or of too few people, has nothing to gain that is known of."""
    places = np.flatnonzero((rows["measure"] == gap.measure) & (rows["by"] == gap.by) & (rows["group"] == gap.group))
    if not places.size:
        raise PlainError(f"“{name}” is not in the data for this time: take it out, or choose another period.")
    if not _judged(rows)[places[0]]:
        return LeadingGap(name, gap.measure, gap.by, gap.group, _nothing())
    return _measured(cube, choices, compared, rows, name, int(places[0]))


def _judged(rows: Row) -> BoolArray:
    """Where there is a gap toward harm of enough people; the answer's rows are of groups of people alone."""
    judged: BoolArray = (rows["gap"] > 0) & (rows["reliability"] != "too_few")
    return judged


def _measured(cube: Cube, choices: Choices, compared: Areas, rows: Row, name: str, at: int) -> LeadingGap:
    """What the data say of the gap in one row of the answer."""
    row = {column: values[at] for column, values in rows.items()}
    measure = next(m for m in compared.measures if m.name == row["measure"])
    burden = _burden(measure, row)
    trend = _trend(cube, replace(choices, period=PeriodRange(), measure=measure.name, by=str(row["by"])), compared, row)
    sure, known = _certainty(row), float(row["known_share"])
    values = Estimate(
        np.array([burden[0], sure, trend[0], known]),
        np.array([burden[1], sure, trend[1], known]),
        np.array([burden[2], sure, trend[2], known]),
    )
    return LeadingGap(name, measure.name, str(row["by"]), str(row["group"]), values)


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
    trend = _trends(cube, replace(choices, reference=asked))
    if trend is None or "gap_slope" not in trend.changes:
        return nothing
    of_group = trend.changes[trend.changes["group"] == row["group"]]
    base = float(row["rate"]) + measure.harm_sign * -float(row["gap"])
    if of_group.empty or not base > 0:
        return nothing
    a_year = 12 / MONTHS_IN[trend.grain]
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
