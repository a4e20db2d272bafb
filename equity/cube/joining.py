"""Two fact tables into one: a new extract added to an earlier one, or put in the place of its periods."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from equity.cube.engine import open_workshop
from equity.cube.quoting import identifier, statement

if TYPE_CHECKING:
    import duckdb


def append_rows(earlier: Path, newer: Path, target: Path, *, memory_limit: str | None = None) -> int:
    """Write the rows of both files to ``target`` and give their number. A column that one lacks is null there."""
    return _join("append_rows", earlier, newer, target, memory_limit)


def replace_periods(earlier: Path, newer: Path, target: Path, *, memory_limit: str | None = None) -> int:
    """Write the newer rows, and the earlier ones of the periods that no newer row is in; give the number of rows."""
    return _join("replace_periods", earlier, newer, target, memory_limit)


def values_of(extract: Path, names: Iterable[str]) -> dict[str, set[str]]:
    """The distinct values of text columns of a fact table, null left out."""
    with open_workshop(memory_limit=None, threads=None, temp_directory=None) as connection:
        return {name: _values(connection, extract, identifier(name)) for name in dict.fromkeys(names)}


def _values(connection: duckdb.DuckDBPyConnection, extract: Path, column: str) -> set[str]:
    rows = connection.execute(statement("values").format(column=column), {"extract": str(extract)}).fetchall()
    return {value for (value,) in rows}


def _join(name: str, earlier: Path, newer: Path, target: Path, memory_limit: str | None) -> int:
    files = {"earlier": str(earlier), "newer": str(newer), "target": str(target)}
    with open_workshop(memory_limit=memory_limit, threads=None, temp_directory=target.parent / "spill") as connection:
        return int(connection.execute(statement(name), files).fetchall()[0][0])
