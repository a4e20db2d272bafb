"""A release opened as a cube, so that every lens runs on it: it can answer from the frozen cells and from nothing else.

A sum of which any part is hidden is hidden altogether (n, x and xx are NaN), never a lower bound. No question reaches
the rows of the extract, and none reaches a table that was not released.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from equity.cube import Cube, Slice
from equity.cube.cells import Cells, read_cells
from equity.cube.cube_query import HIDDEN_BY_POLICY, CubeQuery
from equity.cube.event_days import DaysOfGroups
from equity.release.plan import Plan
from equity.release.policy import Policy
from equity.release.shelf import Release
from equity.vocabulary import PlainError


@dataclass(frozen=True)
class ReleasedCube(Cube):
    """A release as a cube. Slices have one more column, ``hidden_by_policy``: 1 where the sum is hidden, else 0.

    Where it is 1, ``hidden_at_source`` is at least 1 too, so that a lens says “hidden” and not “missing”. ``rows``
    repeats n (1 where hidden), and ``people`` only tells whether people come more than once: neither is released.
    """

    plan: Plan = field(kw_only=True)
    policy: Policy = field(kw_only=True)

    def _answer(self, question: CubeQuery) -> Slice:
        needed = [s.label for s in self.description.stratifiers if s.name in question.stratifiers]
        listed = " and ".join(f"“{label}”" for label in needed)
        if len(needed) > 2:
            raise PlainError(f"This release does not combine {listed}: ask for two groupings at most.")
        if len(needed) == 2 and question.grain not in self.plan.pair_grains:
            raise PlainError(f"This release does not combine {listed} by {_said(question)}: {self._pairs()}.")
        cells = super()._answer(question)
        hidden = np.isnan(cells.column("n"))
        if "estimate" in cells.columns:
            hidden &= np.isnan(cells.column("estimate"))
        rows = np.where(hidden, 1.0, cells.column("rows"))
        return cells.with_columns(rows=rows, **{HIDDEN_BY_POLICY: hidden.astype(np.float64)})

    def event_days(self, measure: str, by: str, where: Sequence[tuple[str, str]] = ()) -> DaysOfGroups:
        """None: the day of an event is never released."""
        return {}

    def _pairs(self) -> str:
        kept = {"year": "it does so by year and over all time", "all": "it does so over all time"}
        return kept.get(self.plan.pairs, "ask for one of them")


def as_cube(release: Release) -> ReleasedCube:
    """A release as a cube."""
    description = release.description()
    return ReleasedCube(
        description,
        _marked(read_cells(release.folder / "cube.parquet", description)),
        release.folder / "none",
        plan=release.plan,
        policy=release.policy,
    )


def _marked(cells: Cells) -> Cells:
    """The cells with hidden ones marked as rows that are hidden; their n, x and xx stay NaN and make every sum NaN."""
    numbers = cells.numbers.copy()
    place = {name: i for i, name in enumerate(cells.columns)}
    hidden = np.isnan(numbers[:, place["rows"]])
    for name, mark in {"rows": 1.0, "hidden_at_source": 1.0, "people": 0.0}.items():
        numbers[hidden, place[name]] = mark
    return replace(cells, numbers=numbers)


def _said(question: CubeQuery) -> str:
    return "all time" if question.grain == "all" else question.grain
