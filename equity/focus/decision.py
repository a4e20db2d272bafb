"""Which clinical area comes first, over many ways to weigh what matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from equity.cube import Cube
from equity.focus.candidates import GapCandidate
from equity.focus.criteria import LeadingGap, leading_gaps
from equity.focus.weighing import DATA_CRITERIA, Weighing
from equity.lens.choices import Choices
from equity.stats.acceptability import (
    Acceptability,
    acceptability,
    drawn_swing,
    people_weights,
    swing,
    uniform_weights,
)
from equity.stats.estimate import BoolArray, Estimate, FloatArray
from equity.vocabulary import PlainError

DRAWS = 10_000
MOST_DRAWS = 1_000_000
Values = Literal["drawn", "measured"]
MIDDLE = 0.5
"""Where an area stands on a criterion of which the data say nothing for it: neither for nor against."""


@dataclass(frozen=True)
class Focus:
    """Clinical areas beside each other, and how often each comes first over the ways to weigh the criteria.

    rows       one row an area: area; burden, certainty, trend, completeness and each rated criterion of the people's,
               on 0 to 1 between the least and the most reason to choose it among these areas; first (share of draws in
               which it ranks first); rank_low and rank_high (5th and 95th of 100 draws); central_weights (criterion →
               weight: what would have to matter for it to come first; None where it never does); confidence (how often
               it is first under those, given the sampling error).
    gaps       the gap that stands for each area, in the order of the rows, with what it was measured as.
    criteria   the names of the criteria, in the order of the columns.
    ranks      (areas, ranks) the share of draws in which the area takes the rank.
    people     how many people's weights were drawn from; 0: every way to weigh counts alike.
    sampling   whether the values of the data's criteria were drawn with their sampling error too.
    """

    choices: Choices
    rows: pd.DataFrame
    gaps: tuple[LeadingGap, ...]
    criteria: tuple[str, ...]
    ranks: FloatArray
    people: int
    draws: int
    seed: int
    sampling: bool
    sql: str
    remarks: tuple[str, ...] = ()


def choose_focus(
    cube: Cube,
    choices: Choices,
    weighing: Weighing,
    *,
    areas: Sequence[str] = (),
    gaps: Mapping[str, GapCandidate] | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    values: Values = "drawn",
) -> Focus:
    """Compare the dataset's clinical areas on what the data say and on what people said.

    ``areas`` and single ``gaps`` (by the name that each goes by) are the candidates; all of the dataset's areas when
    both are empty. ``values`` of the data's criteria are drawn within their sampling error, or taken as measured.

    Raises:
        PlainError: fewer than two candidates, one that the dataset does not have or that lacks a rating, weights that
            weigh nothing that is compared, or a number of draws out of bounds.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise PlainError(f"The number of draws is {draws:,}: choose from 1 to {MOST_DRAWS:,}; {DRAWS:,} are enough.")
    compared, standing = leading_gaps(cube, choices, areas, gaps)
    measured, criteria, remarks = _measured(standing, weighing)
    given = _given(weighing, criteria)
    generator = np.random.default_rng(seed)
    weights = people_weights(given, draws, generator) if given.size else uniform_weights(draws, len(criteria), seed)
    scaled, unknown = _scaled(measured)
    compared_by = _drawn(measured, unknown, draws, generator) if values == "drawn" else scaled
    acceptances = acceptability(compared_by, weights)
    return Focus(
        choices=choices,
        rows=_rows(standing, criteria, scaled, acceptances),
        gaps=standing,
        criteria=criteria,
        ranks=acceptances.acceptability,
        people=len(given),
        draws=draws,
        seed=seed,
        sampling=values == "drawn",
        sql=compared.sql,
        remarks=remarks,
    )


def _measured(gaps: Sequence[LeadingGap], weighing: Weighing) -> tuple[Estimate, tuple[str, ...], tuple[str, ...]]:
    """(areas, criteria) of all criteria in their own units, their names, and remarks.

    A criterion of which the data say nothing for any area is left out.
    """
    rated = _ratings(gaps, weighing)
    sides = [np.hstack([np.array([getattr(g.values, s) for g in gaps]), rated]) for s in ("value", "lower", "upper")]
    names = (*DATA_CRITERIA, *weighing.rated)
    known = np.isfinite(sides[0])
    kept = known.any(axis=0)
    remarks = [f"criterion_left_out:{name}" for name, there in zip(names, kept, strict=True) if not there]
    partly = kept & ~known.all(axis=0)
    remarks += [f"criterion_unknown_for_some:{name}" for name, some in zip(names, partly, strict=True) if some]
    remarks += [f"criterion_not_rated:{name}" for name in weighing.criteria if name not in weighing.rated]
    criteria = tuple(name for name, there in zip(names, kept, strict=True) if there)
    return Estimate(*(side[:, kept] for side in sides)), criteria, tuple(remarks)


def _ratings(gaps: Sequence[LeadingGap], weighing: Weighing) -> FloatArray:
    """(areas, rated criteria) of the people's ratings."""
    areas = [g.area for g in gaps]
    for area in weighing.ratings:
        if area not in areas:
            raise PlainError(
                f"The ratings name the area “{area}”, which is not there: the areas are {', '.join(areas)}."
            )
    for criterion in weighing.rated:
        for area in areas:
            if criterion not in weighing.ratings.get(area, {}):
                raise PlainError(
                    f"“{area}” has no rating on “{criterion}”, but other areas have: rate it too, or leave that "
                    "criterion out for all."
                )
    return np.array([[weighing.ratings[a][c] for c in weighing.rated] for a in areas]).reshape(len(areas), -1)


def _given(weighing: Weighing, criteria: Sequence[str]) -> FloatArray:
    """(people, criteria) of points on what is compared."""
    given = np.array([[one.get(c, 0.0) for c in criteria] for one in weighing.weights]).reshape(-1, len(criteria))
    for place, points in enumerate(given, start=1):
        if not points.sum() > 0:
            raise PlainError(
                f"Set {place} of weights gives points only to criteria that are not compared: these are "
                f"{', '.join(criteria)}."
            )
    return given


def _scaled(measured: Estimate) -> tuple[FloatArray, BoolArray]:
    """(areas, criteria) on 0 to 1, and where the data say nothing: there an area stands in the middle."""
    unknown = ~np.isfinite(measured.value)
    filled = np.where(unknown, np.nanmin(measured.value, axis=0), measured.value)
    return np.where(unknown, MIDDLE, swing(filled)), unknown


def _drawn(measured: Estimate, unknown: BoolArray, draws: int, generator: np.random.Generator) -> FloatArray:
    """(draws, areas, criteria) with sampling error; what is not known may be anything from the least to the most."""
    lowest = np.nanmin(measured.value, axis=0)
    sides = (np.where(unknown | ~np.isfinite(side), lowest, side) for side in (measured.lower, measured.upper))
    value = np.where(unknown, lowest, measured.value)
    drawn = drawn_swing(Estimate(value, *sides), draws, generator)
    anything = generator.random(drawn.shape) if unknown.any() else drawn
    return np.where(unknown, anything, drawn)


def _rows(
    gaps: Sequence[LeadingGap], criteria: Sequence[str], scaled: FloatArray, drawn: Acceptability
) -> pd.DataFrame:
    columns: dict[str, object] = {"area": [g.area for g in gaps]}
    columns |= {name: scaled[:, at] for at, name in enumerate(criteria)}
    columns |= {"first": drawn.first, "rank_low": drawn.rank_at(0.05), "rank_high": drawn.rank_at(0.95)}
    columns["central_weights"] = [
        dict(zip(criteria, row.tolist(), strict=True)) if np.isfinite(row).all() else None
        for row in drawn.central_weights
    ]
    columns["confidence"] = drawn.confidence
    return pd.DataFrame(columns)
