"""The extract on its way into the cube: which tables there are, and the rows in DuckDB's own form."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from equity.cube.engines.connection import Connection
from equity.cube.quoting import followed_by, identifier, statement
from equity.vocabulary import GRAINS, Description, Grain, PlainError

if TYPE_CHECKING:
    import duckdb

EVERYONE = "everyone"  # the column that marks what belongs to the zero-way table; in crossed extracts all rows do
PERSON = "coalesce(person, hash(file_row_number))"  # a row without an id is a person of its own
UNSPLIT = "unsplit"  # the column that is the same everywhere
FACT_COLUMNS = ("measure", "period", "x", "n", "person", "hidden", "source_row")
ESTIMATE_COLUMNS = ("estimate", "se", "lower", "upper", "population")
MOST_WALKED = 250  # categories in a list that it pays to walk through
MOST_NUMBERS = 1 << 63  # combinations that a number can stand for
LABELS: dict[Grain, str] = {
    "month": "lpad(CAST(year(period) AS VARCHAR), 4, '0') || '-' || lpad(CAST(month(period) AS VARCHAR), 2, '0')",
    "quarter": "lpad(CAST(year(period) AS VARCHAR), 4, '0') || '-Q' || CAST(quarter(period) AS VARCHAR)",
    "year": "lpad(CAST(year(period) AS VARCHAR), 4, '0')",
    "all": "''",
}


@dataclass(frozen=True)
class CubeTable:
    """One table of the cube: ``by1``, ``by2`` its stratifiers (empty: not split), ``a``, ``b`` their columns."""

    number: int
    by1: str = ""
    by2: str = ""
    a: str = EVERYONE
    b: str = UNSPLIT


def cube_tables(description: Description) -> tuple[CubeTable, ...]:
    """The tables that a cube of this description has: zero- and one-way, and two-way where the extract is crossed."""
    strata = list(zip((s.name for s in description.stratifiers), strata_columns(description), strict=True))
    tables = [CubeTable(0)]
    tables += [CubeTable(1 + place, by1=name, a=column) for place, (name, column) in enumerate(strata)]
    if description.tables == "crossed":
        pairs = enumerate(combinations(strata, 2), start=len(tables))
        tables += [CubeTable(place, by1, by2, a, b) for place, ((by1, a), (by2, b)) in pairs]
    return tuple(tables)


def strata_columns(description: Description) -> tuple[str, ...]:
    """The columns of ``facts`` that hold the stratifiers, in the description's order."""
    return tuple(f"stratum_{place + 1}" for place in range(len(description.stratifiers)))


def columns_within_a_spell(description: Description) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of ``facts`` that tables are split by: those that may differ between the rows of one person and
    measure, and those that are the same in all of them."""
    strata = strata_columns(description)
    return (strata, (EVERYONE, UNSPLIT)) if description.tables == "crossed" else ((*strata, EVERYONE), (UNSPLIT,))


def same_in_all_rows(column: str) -> str:
    """Whether a group is one and the same in all rows that are grouped, as SQL; a row may have none."""
    return f"count({column}) = count(*) AND min({column}) = max({column})"


def grains_from(finest: Grain) -> tuple[Grain, ...]:
    """The grains that a cube holds: the extract's finest and all coarser ones."""
    return GRAINS[GRAINS.index(finest) :]


def period_of(column: str, grain: Grain) -> str:
    """The first day of the period of this grain that a date lies in, as SQL; null for all time."""
    return "CAST(NULL AS DATE)" if grain == "all" else f"CAST(date_trunc('{grain}', {column}) AS DATE)"


def has_period(grain: Grain) -> str:
    """The condition for a row to belong to some period of this grain, as SQL."""
    return "TRUE" if grain == "all" else "period IS NOT NULL"


def check_names(description: Description) -> None:
    """Stratifiers are columns of the extract beside its own: raises :class:`PlainError` where a name is taken."""
    own = FACT_COLUMNS + (ESTIMATE_COLUMNS if description.values == "estimates" else ())
    taken = dict.fromkeys((*own, "file_row_number"), "a column that every extract has")
    for name in (s.name for s in description.stratifiers):
        identifier(name)
        other = taken.setdefault(name.casefold(), "")
        if other:
            raise PlainError(f"The stratifier “{name}” is named like {other}: give it another name in the mapping.")
        taken[name.casefold()] = f"the stratifier “{name}”"


def read_facts_table(connection: duckdb.DuckDBPyConnection, extract: Path, description: Description) -> None:
    """Fill ``facts`` from the extract: measures as ENUMs, stratifiers as places under their numbered columns."""
    strata = dict(zip(strata_columns(description), (identifier(s.name) for s in description.stratifiers), strict=True))
    file = {"extract": str(extract)}
    connection.execute("CREATE TYPE everyone_names AS ENUM ('')")
    for column, name in {"measure": "measure", **strata}.items():
        connection.execute(statement("categories").format(type_name=f"{column}_names", name=name), file)
    sizes = {column: _size(connection, column) for column in strata}
    places = {column: _place(column, name, sizes[column]) for column, name in strata.items()}
    joined = {"measure": "measure", **{c: name for c, name in strata.items() if sizes[c] > MOST_WALKED}}
    for column in joined:
        connection.execute(statement("words").format(column=column))
    narrow = {column: f"CAST({place} AS {_narrowest(sizes[column])})" for column, place in places.items()}
    rows = _Rows(
        source=f"read_parquet($extract, file_row_number = {description.has_person})",
        measure="measure_words.category",
        # With people, the rows stay beside their spells, and narrow ones leave them room.
        strata=narrow if description.has_person else places,
        told_apart=[f"fact.{name} IS NOT NULL" for name in strata.values()],
        person=PERSON,
        combination=_number_of(sizes, places, strata),
        joins=[f"LEFT JOIN {column}_words ON {column}_words.word = fact.{name}" for column, name in joined.items()],
    )
    _make_facts(connection, "TABLE", rows, description, file)


def category_of_place(column: str, place: str) -> str:
    """The category that a column of ``facts`` holds as a place, as SQL that gives text."""
    return f"CAST({place} AS VARCHAR)" if column in (EVERYONE, UNSPLIT) else f"list_extract({_words(column)}, {place})"


def category_of_text(column: str, text: str) -> str:
    """The same where a column of ``facts`` holds text already."""
    return f"CAST({text} AS VARCHAR)"


def _words(column: str) -> str:
    """The categories of a column in the order of their places, as SQL."""
    return f"enum_range(CAST(NULL AS {column}_names))"


def _size(connection: duckdb.DuckDBPyConnection, column: str) -> int:
    return int(connection.execute(f"SELECT len({_words(column)})").fetchall()[0][0])


def _place(column: str, name: str, size: int) -> str:
    """The place of a row's category among all of its column's, as SQL; the first is 1."""
    if size > MOST_WALKED:
        return f"1 + CAST(enum_code({column}_words.category) AS INTEGER)"
    return f"list_position({_words(column)}, fact.{name})"


def _narrowest(size: int) -> str:
    return "UTINYINT" if size < 1 << 8 else "USMALLINT" if size < 1 << 16 else "UINTEGER"


def _number_of(sizes: Mapping[str, int], places: Mapping[str, str], names: Mapping[str, str]) -> str:
    """A row's combination as SQL: a number of which each stratifier's place is a digit, 0 for none.

    Beyond 64 bits it is a text.
    """
    most = math.prod(1 + size for size in sizes.values())
    if most > MOST_NUMBERS:
        return _text_of(f"fact.{name}" for name in names.values())
    kind = "UINTEGER" if most < 1 << 32 else "UBIGINT"
    digits, worth = [], 1
    for column, size in sizes.items():
        digits.append(f"CAST(coalesce({places[column]}, 0) AS {kind}) * {worth}")
        worth *= 1 + size
    return f"CAST({' + '.join(digits) or '0'} AS {kind})"


def _text_of(categories: Iterable[str]) -> str:
    """The same as a text: each category after its length, so that no two combinations are spelled alike."""
    parts = [f"coalesce(CAST(length({c}) AS VARCHAR) || ':' || {c}, '-')" for c in categories]
    return " || ".join(parts) or "''"


def view_facts(connection: Connection, description: Description) -> None:
    """Let ``facts`` be the rows of the table ``extract``, which lies in an engine.

    That table has the columns of a fact table (docs/house.md), with text for ``person``, the stratifiers under their
    numbered columns, and ``file`` beside ``source_row``.
    """
    strata = strata_columns(description)
    connection.execute("CREATE TYPE measure_names AS VARCHAR")  # the cells that come here are few: text does for them
    rows = _Rows(
        source="extract",
        measure="fact.measure",
        strata={column: f"fact.{column}" for column in strata},
        told_apart=[f"fact.{column} IS NOT NULL" for column in strata],
        person="coalesce(fact.person, 'row ' || fact.file || ' ' || CAST(fact.source_row AS VARCHAR))",
        combination=_text_of(f"fact.{column}" for column in strata),
        joins=[],
    )
    _make_facts(connection, "VIEW", rows, description, {})


@dataclass(frozen=True)
class _Rows:
    """Where an extract's rows come from, as SQL: each column of ``facts``, and the conditions for a row to belong to
    each stratifier. ``combination`` is the same in two rows where they are of the same groups in all stratifiers."""

    source: str
    measure: str
    strata: dict[str, str]
    told_apart: list[str]
    person: str
    combination: str
    joins: list[str]


def _make_facts(connection: Connection, kind: str, rows: _Rows, description: Description, file: dict[str, str]) -> None:
    everyone, joins = "CAST('' AS everyone_names)", list(rows.joins)
    if description.tables == "one_way" and description.values == "counts":
        stratum = _stratum_of_row(rows.told_apart)
        chosen = statement("everyone_one_way").format(stratum_of_row=stratum, source=rows.source)
        connection.execute(chosen, file)
        joins.append("JOIN everyone_one_way AS chosen ON chosen.measure = fact.measure")
        everyone = f"CASE WHEN chosen.stratum = {stratum} THEN {everyone} END"
    columns = [f"{value} AS {column}" for column, value in rows.strata.items()]
    if description.tables == "one_way" or description.values == "estimates":
        columns += [f"{everyone} AS everyone", "CAST('' AS everyone_names) AS unsplit"]
    if description.values == "estimates":
        columns += [f"fact.{column}" for column in (*ESTIMATE_COLUMNS, "source_row")]
    if description.has_person:
        columns += [f"{rows.person} AS person", f"{rows.combination} AS combination"]
    facts = statement("facts").format(
        kind=kind,
        measure=rows.measure,
        more=followed_by(columns),
        source=rows.source,
        joins="\n".join(joins),
    )
    connection.execute(facts, file)


def _stratum_of_row(told_apart: Sequence[str]) -> str:
    """The number of the first stratifier that a row belongs to, 0 for none, as SQL."""
    cases = [f"WHEN {belongs} THEN {i}" for i, belongs in enumerate(told_apart, start=1)]
    return f"CASE {' '.join(cases)} ELSE 0 END" if cases else "0"
