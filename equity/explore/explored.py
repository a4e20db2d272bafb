"""A question of one's own, answered: sums by one statement over the rows, intervals by the house's statistics."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pandas as pd

from equity.cube import Cube
from equity.cube.engine import lock
from equity.cube.quoting import shown
from equity.cube.time_limit import interrupted_after
from equity.explore.asked import Asked, Grouping, checked
from equity.explore.composed import MOST_CELLS, Composed, composed
from equity.lens.choices import Choices
from equity.lens.comparisons.comparison import describe
from equity.lens.comparisons.samples import ADDITIVE, Sample
from equity.store.files.checksums import check
from equity.vocabulary import Description, Measure, PlainError

SECONDS: Final = 20.0
MEMORY: Final = "1GB"
THREADS: Final = 2
AT_ONCE: Final = 4
"""How many statements run beside each other in one process; others wait their turn, as long as one may run."""
_TURNS = threading.Semaphore(AT_ONCE)
NO_ROWS: Final = "Explore counts the team’s own rows, and a release has none: ask on the other pages."
BUSY: Final = "Too many people are asking Explore right now: please try again in a minute."


@dataclass(frozen=True)
class Explored:
    """A question of one's own with its answer.

    rows  a row a cell: split1 … split4 (the value of each grouping, as many as were asked for), rows, people (NaN
          without a person id), n, x, rate, lower, upper, reliability, shown (yes, zero, hidden, missing), kind
          (group, or what the first value that is no group of people is: unknown, declined …).
    cut   whether there are more cells than are shown.
    """

    choices: Choices
    measure: Measure
    asked: Asked
    labels: tuple[str, ...]
    rows: pd.DataFrame
    sql: str
    cut: bool = False
    remarks: tuple[str, ...] = ()


def explored(cube: Cube, choices: Choices, asked: Asked, stop: threading.Event | None = None) -> Explored:
    """Answer the question from the rows of the cube's version.

    Raises:
        PlainError: the version cannot be asked this (:func:`equity.explore.asked.checked`), it takes too long or too
            much memory, it was stopped, or the rows are gone; and in a release, whose rows are never read.
    """
    description = cube.description
    if choices.policy != "workspace":
        raise PlainError(NO_ROWS)
    measure = description.measure(choices.measure)
    asked = checked(description, asked)
    statement = composed(description, measure.name, choices.period, asked)
    counted = _counted(cube.extract, description, statement, stop)
    rows = _in_order(counted[:MOST_CELLS], description, asked)
    cells = len(rows)
    sums = {name: rows[name].to_numpy(dtype=np.float64) if name in rows else np.zeros(cells) for name in ADDITIVE}
    alone, _ = describe(measure.kind, Sample(**sums))
    splits = {f"split{i}": rows[f"split{i}"].astype(str) for i in range(1, len(asked.groupings) + 1)}
    columns = ("rows", "people", "n", "x", "rate", "lower", "upper", "reliability", "shown")
    return Explored(
        choices=choices,
        measure=measure,
        asked=asked,
        labels=tuple(_label(description, each) for each in asked.groupings),
        rows=pd.DataFrame(
            {**splits, **{name: alone[name] for name in columns}, "kind": _kinds(rows, description, asked)}
        ),
        sql=shown(statement.sql, statement.values | {"extract": cube.extract.name}),
        cut=len(counted) > MOST_CELLS,
        remarks=("asked_of_rows",),
    )


@contextmanager
def a_turn(stop: threading.Event | None, seconds: float) -> Iterator[None]:
    """One of the places in which statements run; raises :class:`PlainError` when none is free in time."""
    if not _TURNS.acquire(timeout=seconds):
        raise PlainError(BUSY)
    try:
        if stop is not None and stop.is_set():
            raise PlainError("This was stopped.")
        yield
    finally:
        _TURNS.release()


def _counted(
    extract: Path, description: Description, statement: Composed, stop: threading.Event | None
) -> pd.DataFrame:
    with suppress(FileNotFoundError):  # said below
        check(extract)
    with a_turn(stop, SECONDS), duckdb.connect() as connection:
        connection.execute("SET temp_directory = ''")
        connection.execute("SET memory_limit = ?", [MEMORY])
        connection.execute("SET threads = ?", [THREADS])
        lock(connection, extract)
        try:
            with interrupted_after(SECONDS, connection, stop):
                return connection.execute(statement.sql, statement.values | {"extract": str(extract)}).df()
        except (duckdb.InterruptException, duckdb.OutOfMemoryException):
            raise PlainError(
                f"Counting this from the rows of “{description.dataset}” takes longer than {SECONDS:g} seconds or "
                "more memory than it may use: ask for a shorter period, or leave out a grouping."
            ) from None
        except (duckdb.IOException, duckdb.PermissionException):
            raise PlainError(
                f"The rows of this version of “{description.dataset}” are gone: it was deleted while the page was open."
            ) from None


def _in_order(cells: pd.DataFrame, description: Description, asked: Asked) -> pd.DataFrame:
    """Cells by the order of the description's categories; parts of a date as they follow each other."""
    places = {
        each.stratifier: {
            c.value: f"{place:06d}" for place, c in enumerate(description.stratifier(each.stratifier).categories)
        }
        for each in asked.groupings
        if each.part is None
    }
    keys = [
        [places.get(each.stratifier, {}).get(str(value), str(value)) for value in cells[f"split{i}"]]
        for i, each in enumerate(asked.groupings, start=1)
    ]
    order = sorted(range(len(cells)), key=lambda row: tuple(key[row] for key in keys))
    return cells.iloc[order].reset_index(drop=True)


def _kinds(rows: pd.DataFrame, description: Description, asked: Asked) -> list[str]:
    kinds_of_rows = ["group"] * len(rows)
    for i, each in enumerate(asked.groupings, start=1):
        kinds = {c.value: c.kind for c in description.stratifier(each.stratifier).categories} if each.stratifier else {}
        for row, value in enumerate(rows[f"split{i}"].astype(str)):
            if kinds_of_rows[row] == "group":
                kinds_of_rows[row] = kinds.get(value, "group")
    return kinds_of_rows


def _label(description: Description, grouping: Grouping) -> str:
    return description.stratifier(grouping.stratifier).label if grouping.part is None else grouping.part
