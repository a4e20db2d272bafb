"""Blocks: finer tables out of which several of the cube's tables are added up, so that rows are walked a few times.

Six stratifiers make 22 tables. Three blocks of four stratifiers each hold all of them, and adding up a block's cells
costs nearly nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from equity.cube.facts import EVERYONE, CubeTable, strata_columns
from equity.cube.quoting import followed_by
from equity.vocabulary import Description, Grain

MOST_CELLS = 200_000  # more do not fit into a processor's cache, and walking the rows again is as fast
MONTHS = {"month": 1, "quarter": 3, "year": 12}
ROWS_PER_CELL = 8  # with fewer rows a cell, a block is hardly shorter than the rows


@dataclass(frozen=True)
class TableBlock:
    """A table split by ``columns`` of facts at once, and the tables of the cube that come out of it."""

    columns: tuple[str, ...]
    tables: tuple[CubeTable, ...]

    def slots(self, description: Description) -> dict[str, str]:
        """What a statement that makes a block is filled with.

        In crossed extracts every row is of everyone; in one_way extracts it may not be, and that splits the rows too.
        """
        crossed = description.tables == "crossed"
        keys = self.columns if crossed else (*self.columns, EVERYONE)
        return {
            "everyone": "CAST('' AS everyone_names)" if crossed else EVERYONE,
            "columns": followed_by(self.columns),
            "keys": "".join(f", {key}" for key in keys),
        }


def blocks(tables: Sequence[CubeTable], description: Description, grain: Grain | None = None) -> tuple[TableBlock, ...]:
    """Blocks that hold every table once: a block grows by stratifiers in their order until its cells are too many.

    ``grain`` is that of the block's cells: the extract's own when it is not said.
    """
    most = min(MOST_CELLS, description.rows_used // ROWS_PER_CELL)
    periods = _periods(description, grain or description.grain) * max(1, len(description.measures))
    sizes = dict(zip(strata_columns(description), (len(s.categories) for s in description.stratifiers), strict=True))
    waiting = sorted(tables, key=lambda table: -len(_split_by(table)))
    grouped: list[TableBlock] = []
    while waiting:
        columns = _split_by(waiting[0])
        while grown := _grown(columns, waiting, {c: periods * _product(sizes, (*columns, c)) for c in sizes}, most):
            columns = grown
        held = _held(columns, waiting)
        waiting = [table for table in waiting if table not in held]
        grouped.append(TableBlock(columns, held))
    return tuple(grouped)


def _periods(description: Description, grain: Grain) -> int:
    """About how many periods of a grain an extract covers."""
    if grain == "all":
        return 1
    return max(1, math.ceil(len(description.periods) * MONTHS.get(description.grain, 1) / MONTHS[grain]))


def _grown(columns: tuple[str, ...], waiting: Sequence[CubeTable], cells: dict[str, int], most: int) -> tuple[str, ...]:
    """The columns and the one that brings most more tables (of equals, fewest cells); none when no column pays."""
    brings = {c: len(_held((*columns, c), waiting)) - len(_held(columns, waiting)) for c in cells if c not in columns}
    paying = [c for c in brings if brings[c] and cells[c] <= most]
    best = max(paying, key=lambda c: (brings[c], -cells[c]), default=None)
    return () if best is None else (*columns, best)


def _held(columns: Sequence[str], tables: Sequence[CubeTable]) -> tuple[CubeTable, ...]:
    return tuple(table for table in tables if set(_split_by(table)) <= set(columns))


def _product(sizes: dict[str, int], columns: Sequence[str]) -> int:
    return math.prod(sizes[column] for column in columns)


def _split_by(table: CubeTable) -> tuple[str, ...]:
    """The stratifiers' columns that a table is split by."""
    return tuple(column for column, name in ((table.a, table.by1), (table.b, table.by2)) if name)
