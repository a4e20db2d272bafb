"""Running a SELECT that somebody wrote: in a database of its own that has no files, no settings and no people.

The rows come in as a table without the column of people, which the database never sees, so no spelling can bring it
out. Time, memory, rows and the number of queries at once are limited, and whoever asked can stop it at once.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as arrow

from equity.cube.engine import lock
from equity.cube.quoting import identifier, literal
from equity.cube.time_limit import interrupted_after
from equity.explore.asked import why_not
from equity.explore.explored import THREADS, a_turn
from equity.explore.own_select import EXAMPLE, TABLES, checked_select
from equity.store.files.checksums import check
from equity.vocabulary import Description, PlainError

SECONDS: Final = 20.0
MEMORY: Final = "512MB"
MOST_ROWS: Final = 5_000
LONGEST_TEXT: Final = 500
PERSON: Final = "person"


@dataclass(frozen=True)
class Result:
    """What a query gave: its rows, whether there were more of them, and the statement that ran."""

    rows: pd.DataFrame
    cut: bool
    sql: str


def run_select(
    folder: Path,
    description: Description,
    sql: str,
    stop: threading.Event | None = None,
    *,
    seconds: float = SECONDS,
    memory: str = MEMORY,
) -> Result:
    """Run one SELECT over the tables of a version, within limits.

    Raises:
        PlainError: it is no such SELECT, names what is not there, takes too long or too much memory, was stopped, or
            the version has no rows here.
    """
    if reason := why_not(description):
        raise PlainError(reason)
    text = checked_select(sql)
    with a_turn(stop, seconds), duckdb.connect() as connection:
        _furnish(connection, folder, description, memory)
        try:
            with interrupted_after(seconds, connection, stop):
                rows = connection.execute(f"SELECT * FROM (\n{text}\n) LIMIT {MOST_ROWS + 1}").df()
        except duckdb.InterruptException:
            stopped = stop is not None and stop.is_set()
            raise PlainError("This was stopped." if stopped else _too_long(seconds)) from None
        except (duckdb.OutOfMemoryException, MemoryError):
            raise PlainError(
                f"This query needs more than the {memory} of memory that it may use: ask for less."
            ) from None
        except duckdb.Error as error:
            raise PlainError(_said(error)) from None
    return Result(_short(rows[:MOST_ROWS]), len(rows) > MOST_ROWS, text)


def columns(folder: Path, description: Description) -> dict[str, tuple[str, ...]]:
    """The columns of each table that can be asked."""
    if why_not(description):
        return {}
    return {table: tuple(_dataset(folder, table).schema.names) for table in TABLES}


def example(description: Description) -> str:
    """A query to start from, over the version's first measure and first grouping."""
    by = identifier(description.stratifiers[0].name) if description.stratifiers else "'everyone'"
    return EXAMPLE.format(by=by, measure=literal(description.measures[0].name))


def _furnish(connection: duckdb.DuckDBPyConnection, folder: Path, description: Description, memory: str) -> None:
    connection.execute("SET temp_directory = ''")
    connection.execute("SET memory_limit = ?", [memory])
    connection.execute("SET threads = ?", [THREADS])
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    try:
        for table in TABLES:
            connection.register(table, _dataset(folder, table))
    except (OSError, pa.ArrowInvalid):
        raise PlainError(
            f"The rows of this version of “{description.dataset}” are gone: it was deleted while the page was open."
        ) from None
    lock(connection)


def _dataset(folder: Path, table: str) -> arrow.Dataset:
    """A file of the version as a table, the column of people left out of what can be read at all."""
    file = folder / {"facts": "extract.parquet", "cube": "cube.parquet"}[table]
    with suppress(FileNotFoundError):  # said by whoever opens it
        check(file)
    whole = arrow.dataset(file, format="parquet").schema
    seen = pa.schema([field for field in whole if field.name.casefold() != PERSON])
    return arrow.dataset(file, format="parquet", schema=seen)


def _short(rows: pd.DataFrame) -> pd.DataFrame:
    """Texts cut to what a table can show; everything else as it is."""
    texts = [name for name in rows.columns if not pd.api.types.is_numeric_dtype(rows[name])]
    return rows.assign(**{name: rows[name].map(_short_text) for name in texts}) if texts else rows


def _short_text(value: object) -> object:
    return value[:LONGEST_TEXT] if isinstance(value, str) else value


def _too_long(seconds: float) -> str:
    return f"This query takes longer than the {seconds:g} seconds that it may take: ask for less at once."


def _said(error: duckdb.Error) -> str:
    """The database's own first line, which names columns and types and no value of a row where it can be told."""
    kinds = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException, duckdb.SyntaxException)
    first = str(error).splitlines()[0][:300] if isinstance(error, kinds) else ""
    return (
        f"This query cannot be run: {first}"
        if first
        else "This query cannot be run: a value does not fit its function."
    )
