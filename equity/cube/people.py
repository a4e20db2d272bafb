"""Distinct people and the sums over people that a design-based variance needs, per cell and grain.

A person's rows meet in one *spell* per measure and period. Most strata (race, language) are the same in all of a spell,
so the spell counts once in those cells with no second look at its rows. Only where a stratum changes within a spell
(two sites in one quarter) are the person's rows grouped again, for the tables of that stratum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from equity.cube.engines.connection import Connection
from equity.cube.facts import EVERYONE, LABELS, UNSPLIT, CubeTable, grains_from, has_period, period_of, strata_columns
from equity.cube.quoting import followed_by, statement
from equity.vocabulary import Description, Grain

Counting = Callable[[Connection, Sequence[CubeTable], Grain], Iterator[Callable[[], None]]]


def people_steps(
    connection: Connection, tables: Sequence[CubeTable], description: Description, count: Counting
) -> Iterator[Callable[[], None]]:
    """The steps that fill ``people`` from ``facts``: the finest grain first, whose spells the coarser ones join.

    ``count`` is :func:`table_by_table` or :func:`all_tables_at_once`; the numbers are the same.
    """
    finer: Grain | None = None
    for grain in grains_from(description.grain):
        yield partial(_find_spells, connection, grain, finer, description)
        yield from count(connection, tables, grain)
        finer = grain


def table_by_table(connection: Connection, tables: Sequence[CubeTable], grain: Grain) -> Iterator[Callable[[], None]]:
    """A step for each table: DuckDB groups fastest by two narrow columns as they lie."""
    for table in tables:
        yield partial(
            _count_people,
            connection,
            grain,
            {"spells": f"spells_{grain}", "wandering": f"wandering_{grain}", "a": table.a, "b": table.b},
            {"table_number": str(table.number), "table_key": ""},
        )


def all_tables_at_once(
    connection: Connection, tables: Sequence[CubeTable], grain: Grain
) -> Iterator[Callable[[], None]]:
    """One step: a cluster shuffles once rather than once for each table."""
    spells = _of_each_table(f"spells_{grain}", tables, ("n", "x"), ("_low", "_high"))
    wandering = _of_each_table(f"wandering_{grain}", tables, ("person", "n", "x"), ("", "_varies"))
    rows = {"spells": spells, "wandering": wandering, "a": "a", "b": "b"}
    yield partial(
        _count_people, connection, grain, rows, {"table_number": "table_number", "table_key": "table_number, "}
    )


def _of_each_table(rows: str, tables: Sequence[CubeTable], kept: Sequence[str], ends: Sequence[str]) -> str:
    """Rows as SQL, once for each table of the cube, with the columns that it is split by under the names a and b."""
    columns = ["cube_tables.table_number", "measure", "period", *kept]
    for end in ends:
        for side, column in (("a", [t.a for t in tables]), ("b", [t.b for t in tables])):
            cases = " ".join(f"WHEN {t.number} THEN {name}{end}" for t, name in zip(tables, column, strict=True))
            columns.append(f"CASE cube_tables.table_number {cases} END AS {side}{end}")
    return f"(SELECT {', '.join(columns)} FROM {rows} CROSS JOIN cube_tables) AS of_each_table"


def _find_spells(connection: Connection, grain: Grain, finer: Grain | None, description: Description) -> None:
    """Make the spells and the wandering rows of one grain, from the rows or from the spells of the grain before."""
    split, whole = _columns(description)
    if finer is not None:
        connection.execute(f"DROP TABLE wandering_{finer}")
    ends = [_low_high(column, ("", "") if finer is None else ("_low", "_high"), description) for column in split]
    spells = statement("spells").format(
        spells=f"spells_{grain}",
        period=period_of("period", grain),
        strata=followed_by([*ends, *(f"'' AS {column}_low,\n    '' AS {column}_high" for column in whole)]),
        rows="facts\nWHERE NOT hidden" if finer is None else f"spells_{finer}",
    )
    connection.execute(spells)
    if finer is not None:
        connection.execute(f"DROP TABLE spells_{finer}")
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


def _find_wandering(connection: Connection, grain: Grain, split: Sequence[str], whole: Sequence[str]) -> None:
    varies = {c: f"spells.{c}_low IS DISTINCT FROM spells.{c}_high" for c in split}
    columns = [f"facts.{c},\n    {test} AS {c}_varies" for c, test in varies.items()]
    columns += [f"facts.{c},\n    FALSE AS {c}_varies" for c in whole]
    wandering = statement("wandering").format(
        wandering=f"wandering_{grain}",
        spells=f"spells_{grain}",
        period=period_of("facts.period", grain),
        strata=followed_by(columns),
        any_varies="\n    OR ".join([*varies.values(), "FALSE"]),
    )
    connection.execute(wandering)


def _count_people(connection: Connection, grain: Grain, rows: Mapping[str, str], number: Mapping[str, str]) -> None:
    people = statement("people").format(**rows, **number, label=LABELS[grain], has_period=has_period(grain))
    connection.execute(people, {"grain": grain})
