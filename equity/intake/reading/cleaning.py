"""Distinct texts read once each: the tables that SQL joins instead of reading the same spelling a million times."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from equity.cube.engines.connection import Connection
from equity.cube.quoting import identifier
from equity.intake.columns.categories import StratifierReader, check_count, has_parts, one_spelling
from equity.intake.spellings.numbers import DecimalMark, Marks, Number, marks_of
from equity.intake.spellings.period_shapes import PeriodGrain
from equity.intake.spellings.period_spelling import Spelling, as_said, spelling_of
from equity.intake.spellings.periods import parse_period, windows_apart
from equity.vocabulary import Grain, PlainError, StratifierMapping
from equity.vocabulary.mapping import Spellings

DISTINCT_BATCH = 100_000
MOST_PERIODS = 200_000
PLAIN_NUMBER = "isfinite(TRY_CAST({0} AS DOUBLE))"
CLOCK = r"[ T]\d{1,2}:\d{2}.*$"


def day_text(column: str) -> str:
    """A period's text without its clock time, as SQL, so that a million timestamps become a thousand days."""
    return f"CASE WHEN contains({column}, ':') THEN regexp_replace({column}, '{CLOCK}', '') ELSE {column} END"


def distinct(
    connection: Connection, expressions: Sequence[str], rows: str = "staged"
) -> Iterator[list[tuple[str, ...]]]:
    """The distinct values of expressions over the staged rows (or over a query in brackets), in batches."""
    cursor = connection.cursor().execute(f"SELECT DISTINCT {', '.join(expressions)} FROM {rows}")
    while batch := cursor.fetchmany(DISTINCT_BATCH):
        yield batch


def _create(connection: Connection, name: str, columns: dict[str, pa.DataType]) -> pa.Schema:
    kinds = {
        pa.string(): "VARCHAR",
        pa.float64(): "DOUBLE",
        pa.date32(): "DATE",
        pa.bool_(): "BOOLEAN",
        pa.int64(): "BIGINT",
    }
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{c} {kinds[t]}' for c, t in columns.items())})")
    return pa.schema(list(columns.items()))


def _insert(connection: Connection, name: str, schema: pa.Schema, rows: list[dict[str, object]]) -> None:
    if rows:
        batch = pa.Table.from_pylist(rows, schema=schema)
        connection.register("arriving", batch)
        connection.execute(f"INSERT INTO {name} SELECT * FROM arriving")
        connection.unregister("arriving")


def as_enum(connection: Connection, table: str, *columns: str) -> None:
    """Give columns of a lookup the type ENUM: joined to a row it is a byte and no text, and Parquet is written from it
    in a third of the time that texts take."""
    for column in columns:
        kind = f"{table}_{column}"
        values = f"SELECT '' AS v UNION SELECT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY v"
        connection.execute(f"CREATE TYPE {kind} AS ENUM ({values})")
        connection.execute(f"ALTER TABLE {table} ALTER {column} TYPE {kind}")


def plain_number(column: str, decimal: DecimalMark, said: bool = False, codes: Sequence[float] = ()) -> str:
    """The condition, as SQL, that a text is a number as SQL itself writes numbers.

    Not where its point parts thousands, nor (``said``) where the mapping lists which answers are yes and no, nor where
    it is one of the ``codes`` that stand for none.
    """
    if said:
        return "false"
    plain = PLAIN_NUMBER.format(column)
    if codes:
        plain = f"({plain} AND TRY_CAST({column} AS DOUBLE) NOT IN ({', '.join(map(repr, codes))}))"
    return f"({plain} AND NOT contains({column}, '.'))" if decimal == "," else plain


def decimal_of(connection: Connection, columns: Sequence[str], commas: Marks) -> Marks:
    """What all the numbers of a file say of its decimal mark, ``commas`` being what those with a comma say."""
    points = " UNION ".join(f"SELECT {c} AS odd FROM staged WHERE contains({c}, '.')" for c in columns)
    plain = marks_of(t for batch in distinct(connection, ["odd"], f"({points})") for (t,) in batch if "," not in t)
    return Marks(commas.comma + plain.comma, commas.point + plain.point, commas.either)


def read_numbers(
    connection: Connection,
    name: str,
    columns: Sequence[str],
    read: Callable[[str], Number],
    *,
    decimal: DecimalMark = "",
    answers_said: bool = False,
    codes: Sequence[float] = (),
) -> Marks:
    """A table ``name(text, value, state)`` of every number that is not spelled plainly, as ``read`` reads it.

    A table of that name is replaced. Gives what the texts with a comma say of the decimal mark.
    """
    connection.execute(f"DROP TABLE IF EXISTS {name}")
    schema = _create(connection, name, {"text": pa.string(), "value": pa.float64(), "state": pa.string()})
    if not columns:
        return Marks(0, 0, 0)
    odd = " UNION ".join(
        f"SELECT {c} AS odd FROM staged WHERE {c} IS NOT NULL "
        f"AND {plain_number(c, decimal, answers_said, codes)} IS NOT TRUE"
        for c in columns
    )
    commas = Marks(0, 0, 0)
    for batch in distinct(connection, ["odd"], f"({odd})"):
        rows: list[dict[str, object]] = []
        for (text,) in batch:
            number = read(text)
            rows.append({"text": text, "value": number.value, "state": number.state})
        in_batch = marks_of(text for (text,) in batch if "," in text)
        commas = Marks(commas.comma + in_batch.comma, commas.point + in_batch.point, commas.either + in_batch.either)
        _insert(connection, name, schema, rows)
    return commas


@dataclass(frozen=True)
class PeriodColumn:
    """What the whole column of periods tells.

    ``last_year`` counts spans of years that were read as their last year; ``whole`` says that days stand for whole
    quarters or years (2024-04-01 for its quarter), because no other days occur. ``grains`` are those that occur, days
    and weeks as months. ``weeks`` counts weeks, which stand under the month of their middle day, ``several_months``
    stretches such as January to June, which stand under their last month.
    """

    spelling: Spelling
    last_year: int
    whole: PeriodGrain | None
    grains: frozenset[Grain]
    overlapping: int = 0
    weeks: int = 0
    several_months: int = 0


def read_periods(connection: Connection, file: str, column: str, said: Spellings) -> PeriodColumn:
    """A table ``period_words(text, day, grain, state)`` of the staged column ``period``.

    What the mapping says of the spelling holds; what it leaves open the whole column decides. Of windows of years that
    overlap only those are read that stand apart, the latest first: the others' state is ``overlap``.

    Raises :class:`PlainError` when it has more different values than two thousand years have months and days.
    """
    texts: list[str] = []
    for batch in distinct(connection, [day_text("period")]):
        texts += [text for (text,) in batch]
        if len(texts) > MOST_PERIODS:
            raise PlainError(
                f"{file}, column “{column}”: more than {MOST_PERIODS:,} different values are no periods; "
                "map a column with dates, months, quarters or years."
            )
    spelling = as_said(spelling_of(texts, column), said)
    columns = {"text": pa.string(), "day": pa.date32(), "grain": pa.string(), "state": pa.string()}
    schema = _create(connection, "period_words", columns)
    parsed = {text: parse_period(text, spelling) for text in texts}
    whole = whole_periods([p.day for p in parsed.values() if p.grain == "day" and p.day is not None])
    last_year = 0
    parsed, overlapping = windows_apart(parsed)
    rows: list[dict[str, object]] = []
    for text, period in parsed.items():
        last_year += period.last_year
        grain = whole if period.grain == "day" and whole else period.grain
        rows.append({"text": text, "day": period.day, "grain": grain, "state": period.state})
    _insert(connection, "period_words", schema, rows)
    as_enum(connection, "period_words", "grain", "state")
    held = {row["grain"] for row in rows if row["state"] == "value"}
    grains: dict[object, Grain] = {
        "day": "month",
        "week": "month",
        "month": "month",
        "quarter": "quarter",
        "year": "year",
    }
    weeks = sum(p.grain == "week" and p.state == "value" for p in parsed.values())
    several = sum(
        p.grain == "month" and p.state == "value" and p.stretch is not None and p.stretch.months > 1
        for p in parsed.values()
    )
    held_grains = frozenset(grains.get(grain, "month") for grain in held)
    return PeriodColumn(spelling, last_year, whole, held_grains, overlapping, weeks, several)


def whole_periods(days: Sequence[dt.date]) -> PeriodGrain | None:
    """Whether days stand for whole years or quarters: all of them are the first of one, and there are several."""
    different = set(days)
    if len(different) >= 2 and all((d.month, d.day) == (1, 1) for d in different):
        return "year"
    firsts = all(d.day == 1 and d.month % 3 == 1 for d in different)
    return "quarter" if len(different) >= 3 and firsts else None


def read_stratifier(
    connection: Connection, number: int, mapping: StratifierMapping, totals_matter: bool, file: str
) -> dict[str, str]:
    """A table ``stratum_<number>(k0, k1, …, value, left_out)`` of one stratifier's distinct cells.

    Gives the values that are read as another spelling of the same, with that spelling.
    """
    raws = [f"stratum_{number}_{part}" for part in range(len(mapping.columns))]
    distinct_cells: list[tuple[str, ...]] = []
    amounts: list[int] = []
    columns_of_rows = ", ".join(identifier(r) for r in raws)
    counted = connection.cursor().execute(f"SELECT {columns_of_rows}, count(*) FROM staged GROUP BY {columns_of_rows}")
    while batch := counted.fetchmany(DISTINCT_BATCH):
        distinct_cells += [row[:-1] for row in batch]
        amounts += [row[-1] for row in batch]
        check_count(len(distinct_cells), mapping, file)
    parts = totals_matter and any(has_parts(row[p] for row in distinct_cells) for p in range(len(raws)))
    reader = StratifierReader(mapping, parts)
    columns = {f"k{part}": pa.string() for part in range(len(raws))} | {"value": pa.string(), "left_out": pa.string()}
    schema = _create(connection, f"strata_{number}", columns)
    readings = [reader.read(cells) for cells in distinct_cells]
    exactly = {r.value for r, cells in zip(readings, distinct_cells, strict=True) if reader.says_itself(cells)}
    counts: Counter[str] = Counter()
    for reading, count in zip(readings, amounts, strict=True):
        if reading.value not in exactly:
            counts[reading.value] += count
    same = one_spelling(counts)
    rows: list[dict[str, object]] = []
    for cells, reading in zip(distinct_cells, readings, strict=True):
        row: dict[str, object] = {f"k{part}": cell for part, cell in enumerate(cells)}
        rows.append(row | {"value": same.get(reading.value, reading.value), "left_out": reading.left_out})
    _insert(connection, f"strata_{number}", schema, rows)
    as_enum(connection, f"strata_{number}", "value", "left_out")
    check_count(len({row["value"] for row in rows}), mapping, file)
    return same


def read_measures(connection: Connection, tidy: Callable[[str], str]) -> dict[str, str]:
    """A table ``measure_words(text, name, category)``; gives each distinct text with its name (empty: not named).

    ``category`` is the name as ENUM.
    """
    names = {text: tidy(text) for batch in distinct(connection, ["measure"]) for (text,) in batch}
    schema = _create(connection, "measure_words", {"text": pa.string(), "name": pa.string(), "category": pa.string()})
    rows: list[dict[str, object]] = [{"text": t, "name": n, "category": n} for t, n in names.items()]
    _insert(connection, "measure_words", schema, rows)
    as_enum(connection, "measure_words", "category")
    return names
