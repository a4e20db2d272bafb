"""One worked example for each measure of a fact table: what a line of the file was understood to say.

A line that counts stands for itself. Lines of single visits are added up over one group in one stretch of time, because
a single yes or no shows nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from equity.cube.engine import lock
from equity.cube.quoting import identifier
from equity.vocabulary import Grain, Measure, Stratifier, period_label

MOST_EXAMPLES = 12


@dataclass(frozen=True)
class WorkedExample:
    """What one line, or one group's lines, were understood to say.

    groups    the group under each stratifier that the line names, in the stratifiers' order
    period    its label, empty without one
    x, n      events and everyone; NaN in published estimates
    rate      as a fraction, or in the unit of a mean; ``lower`` and ``upper`` are published limits, else NaN
    line      the first line of the file; ``lines`` how many were added up
    """

    measure: Measure
    groups: tuple[str, ...]
    period: str
    x: float
    n: float
    rate: float
    lower: float
    upper: float
    line: int
    lines: int


def worked_examples(
    facts: Path, measures: Sequence[Measure], stratifiers: Sequence[Stratifier], grain: Grain
) -> tuple[WorkedExample, ...]:
    """An example of each of the first measures of a fact table; none of a measure that has no line to show."""
    with duckdb.connect() as connection:
        lock(connection, facts)
        columns = set(connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(facts)]).df().columns)
        examples = []
        for measure in measures[:MOST_EXAMPLES]:
            example = _example(connection, facts, columns, measure, stratifiers, grain)
            if example is not None:
                examples.append(example)
        return tuple(examples)


def _example(
    connection: duckdb.DuckDBPyConnection,
    facts: Path,
    columns: set[str],
    measure: Measure,
    stratifiers: Sequence[Stratifier],
    grain: Grain,
) -> WorkedExample | None:
    first = _first(connection, facts, columns, measure, stratifiers)
    if first is None:
        return None
    named = [s for s in stratifiers if isinstance(first.get(s.name), str)]
    period = "" if first.get("period") is None else period_label(first["period"], grain)
    if "estimate" in columns and first.get("estimate") is not None:
        rate, lower, upper = (_number(first.get(name)) for name in ("estimate", "lower", "upper"))
        groups = tuple(str(first[s.name]) for s in named)
        line = int(first["source_row"])
        return WorkedExample(measure, groups, period, math.nan, math.nan, rate, lower, upper, line, 1)
    x, n, line, lines, kept = _number(first["x"]), _number(first["n"]), int(first["source_row"]), 1, named
    if n <= 1 and measure.kind != "rate":
        period = "" if first.get("period") is None else period_label(first["period"], "year")
        kept = named[:1]
        x, n, line, lines = _added(connection, facts, measure, kept, first)
    rate = x / n if n else math.nan
    groups = tuple(str(first[s.name]) for s in kept)
    return WorkedExample(measure, groups, period, x, n, rate, math.nan, math.nan, line, lines)


def _first(
    connection: duckdb.DuckDBPyConnection,
    facts: Path,
    columns: set[str],
    measure: Measure,
    stratifiers: Sequence[Stratifier],
) -> dict[str, Any] | None:
    """The first line of a measure that is not hidden and names a group of people."""
    known = {s.name: [c.value for c in s.categories if c.kind == "group"] for s in stratifiers}
    value = "coalesce(estimate, x)" if "estimate" in columns else "x"
    placed = " OR ".join(f"list_contains(?, {identifier(s.name)}::VARCHAR)" for s in stratifiers)
    order = f"({placed}) DESC, source_row" if placed else "source_row"
    names = ", ".join(f"{identifier(s.name)}::VARCHAR AS {identifier(s.name)}" for s in stratifiers)
    numbers = ", ".join(c for c in ("period", "x", "n", "estimate", "lower", "upper", "source_row") if c in columns)
    statement = (
        f"SELECT {', '.join(part for part in (names, numbers) if part)} FROM read_parquet(?) "
        f"WHERE measure::VARCHAR = ? AND NOT hidden AND {value} IS NOT NULL "
        f"ORDER BY {order} LIMIT 1"
    )
    answer = connection.execute(statement, [str(facts), measure.name, *known.values()])
    row = answer.fetchone()
    return None if row is None else dict(zip([column[0] for column in answer.description or ()], row, strict=True))


def _added(
    connection: duckdb.DuckDBPyConnection,
    facts: Path,
    measure: Measure,
    kept: Sequence[Stratifier],
    first: dict[str, Any],
) -> tuple[float, float, int, int]:
    """Σx, Σn, the first line and the number of lines of the same group in the same year."""
    same = "".join(f" AND {identifier(s.name)}::VARCHAR = ?" for s in kept)
    values: list[Any] = [str(facts), measure.name, *(first[s.name] for s in kept)]
    if first.get("period") is not None:
        same += " AND year(period) = ?"
        values.append(first["period"].year)
    row = connection.execute(
        "SELECT sum(x), sum(n), min(source_row), count(*) FROM read_parquet(?) "
        f"WHERE measure::VARCHAR = ? AND NOT hidden{same}",
        values,
    ).fetchone()
    assert row is not None
    return _number(row[0]), _number(row[1]), int(row[2]), int(row[3])


def _number(value: Any) -> float:
    return math.nan if value is None else float(value)
