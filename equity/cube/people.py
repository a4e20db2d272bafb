"""Distinct people and the sums over people that a design-based variance needs, per cell and grain.

A person's rows meet in one *spell* per measure and period. Most strata (race, language) are the same in all of a spell,
so the spell counts once in those cells with no second look at its rows. Only where a stratum changes within a spell
(two sites in one quarter) are the person's rows grouped again, for the tables of that stratum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import duckdb

from equity.cube.facts import EVERYONE, LABELS, UNSPLIT, CubeTable, grains_from, has_period, period_of, strata_columns
from equity.cube.quoting import followed_by, statement
from equity.vocabulary import Description, Grain


def people_steps(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[CubeTable], description: Description
) -> Iterator[Callable[[], None]]:
    """The steps that fill ``people`` from ``facts``: the finest grain first, whose spells the coarser ones join."""
    for grain in grains_from(description.grain):
        yield partial(_find_spells, connection, grain, description)
        for table in tables:
            yield partial(_count_people, connection, table, grain)


def _find_spells(connection: duckdb.DuckDBPyConnection, grain: Grain, description: Description) -> None:
    """Fill ``spells`` and ``wandering`` of one grain, from the rows or from the spells of the grain before."""
    split, whole = _columns(description)
    finest = grain == description.grain
    if not finest:
        connection.execute("DROP TABLE wandering")
        connection.execute("ALTER TABLE spells RENAME TO finer_spells")
    ends = [_low_high(column, ("", "") if finest else ("_low", "_high"), description) for column in split]
    spells = statement("spells").format(
        period=period_of("period", grain),
        strata=followed_by([*ends, *(f"'' AS {column}_low,\n    '' AS {column}_high" for column in whole)]),
        rows="facts\nWHERE NOT hidden" if finest else "finer_spells",
    )
    connection.execute(spells)
    connection.execute("DROP TABLE IF EXISTS finer_spells")
    _find_wandering(connection, grain, split, whole)


def _columns(description: Description) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of ``facts`` that may change within a spell, and those that are the same in all rows."""
    strata = strata_columns(description)
    return (strata, (EVERYONE, UNSPLIT)) if description.tables == "crossed" else ((*strata, EVERYONE), (UNSPLIT,))


def _low_high(column: str, ends: tuple[str, str], description: Description) -> str:
    low, high = (f"{column}{end}" for end in ends)
    lowest = f"min({low})"
    if description.tables == "one_way":
        lowest = f"CASE WHEN count({low}) = count(*) THEN min({low}) END"
    return f"{lowest} AS {column}_low,\n    max({high}) AS {column}_high"


def _find_wandering(
    connection: duckdb.DuckDBPyConnection, grain: Grain, split: Sequence[str], whole: Sequence[str]
) -> None:
    varies = {c: f"spells.{c}_low IS DISTINCT FROM spells.{c}_high" for c in split}
    columns = [f"facts.{c},\n    {test} AS {c}_varies" for c, test in varies.items()]
    columns += [f"facts.{c},\n    FALSE AS {c}_varies" for c in whole]
    wandering = statement("wandering").format(
        period=period_of("facts.period", grain),
        strata=followed_by(columns),
        any_varies="\n    OR ".join([*varies.values(), "FALSE"]),
    )
    connection.execute(wandering)


def _count_people(connection: duckdb.DuckDBPyConnection, table: CubeTable, grain: Grain) -> None:
    connection.execute(
        statement("people").format(a=table.a, b=table.b, label=LABELS[grain], has_period=has_period(grain)),
        {"table_number": table.number, "grain": grain},
    )
