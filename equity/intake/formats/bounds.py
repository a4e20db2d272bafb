"""How large a table may be that is read at all: each bound a setting (docs/administrators.md), each one sentence.

What a process may take is limited elsewhere (`equity/intake/apart`); these bounds hold on the command line too, and
say in a file's own words what is too much.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from equity.intake.formats.tabular import Cells, Table
from equity.vocabulary import PlainError

COLUMNS, CELLS, CELL, UNPACKED = (
    "EQUITY_MOST_COLUMNS",
    "EQUITY_MOST_CELLS",
    "EQUITY_LONGEST_CELL",
    "EQUITY_MOST_UNPACKED",
)
SETTINGS = (COLUMNS, CELLS, CELL, UNPACKED)
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}


@dataclass(frozen=True)
class Bounds:
    """At most so many columns, cells, characters in a cell, and bytes once unpacked."""

    columns: int
    cells: int
    cell: int
    unpacked: int


def amount_set(setting: str, unless_set: int) -> int:
    """An amount that the environment names (whole, or with K, M, G or T); ``unless_set`` where it names none."""
    match = re.fullmatch(r"([1-9]\d{0,14})\s*([KMGT]?)I?B?", os.environ.get(setting, "").strip().upper(), re.ASCII)
    return int(match[1]) * _UNITS[match[2]] if match else unless_set


def bounds() -> Bounds:
    """The bounds as they are set now."""
    return Bounds(
        amount_set(COLUMNS, 5_000),
        amount_set(CELLS, 5 * 10**9),
        amount_set(CELL, 10**6),
        amount_set(UNPACKED, 20 << 30),
    )


def bounded(table: Table) -> Table:
    """The table, whose walk over the rows ends with a sentence at a bound.

    Raises :class:`PlainError` at once when it has too many columns.
    """
    most = bounds()
    refuse_columns(table.name, len(table.header), most)

    def rows() -> Iterator[tuple[int, Cells]]:
        met = 0
        for line, cells in table.rows():
            met += len(cells)
            if met > most.cells:
                raise too_many_cells(table.name, most)
            if sum(map(len, cells)) > most.cell and max(map(len, cells)) > most.cell:
                raise PlainError(
                    f"{table.name}, line {line}: a cell is longer than {most.cell:,} characters; look for a quote mark "
                    "that is opened and not closed, or leave that column out."
                )
            yield line, cells

    return replace(table, rows=rows)


def refuse_columns(name: str, columns: int, most: Bounds) -> None:
    """Raise :class:`PlainError` when there are more columns than are read."""
    if columns > most.columns:
        raise PlainError(
            f"{name} has {columns:,} columns, and at most {most.columns:,} are read: keep those that hold periods, "
            "groups and outcomes."
        )


def too_many_cells(name: str, most: Bounds) -> PlainError:
    """The refusal of a table of too many cells."""
    return PlainError(f"{name} has more than {most.cells:,} cells: send it in parts, or with fewer columns.")


def too_much_unpacked(name: str, most: Bounds) -> PlainError:
    """The refusal of a file that is too large once it is unpacked."""
    return PlainError(
        f"{name} is larger than {most.unpacked / 1024**3:,.1f} GB once unpacked and was not read: send it in parts, or "
        "as Parquet."
    )
