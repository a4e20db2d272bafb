"""The extract on its way into the cube: which tables there are, and the rows in DuckDB's own form."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import duckdb

from equity.cube.quoting import followed_by, identifier, statement
from equity.vocabulary import GRAINS, Description, Grain, PlainError

EVERYONE = "everyone"  # the column of facts that marks the rows of the zero-way table
PERSON = "coalesce(person, hash(file_row_number))"  # a row without an id is a person of its own
UNSPLIT = "unsplit"  # the column that is the same in every row
FACT_COLUMNS = ("measure", "period", "x", "n", "person", "hidden", "source_row")
ESTIMATE_COLUMNS = ("estimate", "se", "lower", "upper", "population")
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
    found = [CubeTable(0)]
    found += [CubeTable(1 + place, by1=name, a=column) for place, (name, column) in enumerate(strata)]
    if description.tables == "crossed":
        pairs = enumerate(combinations(strata, 2), start=len(found))
        found += [CubeTable(place, by1, by2, a, b) for place, ((by1, a), (by2, b)) in pairs]
    return tuple(found)


def strata_columns(description: Description) -> tuple[str, ...]:
    """The columns of ``facts`` that hold the stratifiers, in the description's order."""
    return tuple(f"stratum_{place + 1}" for place in range(len(description.stratifiers)))


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
    """Fill ``facts`` from the extract: categories as ENUMs, stratifiers under their numbered columns."""
    strata = dict(zip(strata_columns(description), (identifier(s.name) for s in description.stratifiers), strict=True))
    source = {"extract": str(extract)}
    connection.execute("CREATE TYPE everyone_names AS ENUM ('')")
    joins = []
    for column, name in {"measure": "measure", **strata}.items():
        connection.execute(statement("categories").format(type_name=f"{column}_names", name=name), source)
        connection.execute(statement("words").format(column=column))
        joins.append(f"LEFT JOIN {column}_words ON {column}_words.word = fact.{name}")
    columns = [f"{column}_words.category AS {column}" for column in strata]
    if description.values == "estimates":
        columns += [*ESTIMATE_COLUMNS, "source_row"]
    if description.has_person:
        columns.append(f"{PERSON} AS person")
    facts = statement("facts")
    more = followed_by(columns)
    connection.execute(facts.format(has_person=description.has_person, more=more, joins="\n".join(joins)), source)
    if description.tables == "one_way" and description.values == "counts":
        connection.execute(statement("everyone_one_way").format(stratum_of_row=_stratum_of_row(description)))


def _stratum_of_row(description: Description) -> str:
    """The number of the first stratifier that a row belongs to, 0 for none, as SQL."""
    cases = [f"WHEN {column} IS NOT NULL THEN {i}" for i, column in enumerate(strata_columns(description), start=1)]
    return f"CASE {' '.join(cases)} ELSE 0 END" if cases else "0"
