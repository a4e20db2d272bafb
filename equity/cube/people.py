"""Distinct people and the sums over people that a design-based variance needs, per cell and grain.

A person's rows meet in one *spell* per measure and period. Most spells are of one group in each stratifier (race,
language): these are settled, and count once in the cells of their groups with no second look at their rows. Only where
a group changes within a spell (two sites in one quarter) are the person's rows grouped again, for the tables of that
stratifier; in the others that spell, too, is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from equity.cube.blocks import Block, blocks
from equity.cube.engines.connection import Connection
from equity.cube.facts import (
    EVERYONE,
    LABELS,
    UNSPLIT,
    CubeTable,
    category_of_place,
    category_of_text,
    grains_from,
    has_period,
    period_of,
    strata_columns,
)
from equity.cube.quoting import followed_by, statement
from equity.vocabulary import Description, Grain

Step = Callable[[], None]
Counting = Callable[[Connection, Sequence[CubeTable], Description, Grain], Iterator[Step]]


def people_steps(
    connection: Connection, tables: Sequence[CubeTable], description: Description, count: Counting
) -> Iterator[Step]:
    """The steps that fill ``people`` from ``facts``: the finest grain first, whose spells the coarser ones join.

    ``count`` is :func:`block_by_block` or :func:`all_tables_at_once`; the numbers are the same.
    """
    finer: Grain | None = None
    yield partial(_find_combinations, connection, description)
    for grain in grains_from(description.grain):
        yield partial(_find_spells, connection, grain, finer)
        yield partial(_find_wandering, connection, grain, description)
        yield from count(connection, tables, description, grain)
        yield partial(_forget_wandering, connection, grain)
        finer = grain


def block_by_block(
    connection: Connection, tables: Sequence[CubeTable], description: Description, grain: Grain
) -> Iterator[Step]:
    """A step for each block and each of its tables: DuckDB groups fastest by few narrow columns as they lie."""
    for block in blocks(tables, description, grain):
        yield partial(_sum_block, connection, grain, block, description)
        for table in block.tables:
            values = {"value1": category_of_place(table.a, "a"), "value2": category_of_place(table.b, "b")}
            rows = {"settled": "people_block", "wandering": f"wandering_{grain}", "a": table.a, "b": table.b, **values}
            yield partial(_count_people, connection, grain, rows, {"table_number": str(table.number), "table_key": ""})


def all_tables_at_once(
    connection: Connection, tables: Sequence[CubeTable], description: Description, grain: Grain
) -> Iterator[Step]:
    """One step: a cluster shuffles once rather than once for each table."""
    sums = ("people", "person_xx", "person_xn", "person_nn")
    settled = _of_each_table(_settled(grain, description), tables, sums, ("",))
    wandering = _of_each_table(f"wandering_{grain}", tables, ("person", "n", "x"), ("", "_varies"))
    values = {"value1": category_of_text("a", "a"), "value2": category_of_text("b", "b")}
    rows = {"settled": settled, "wandering": wandering, "a": "a", "b": "b", **values}
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


def _find_combinations(connection: Connection, description: Description) -> None:
    """In one_way extracts a row of a combination may be of everyone in one measure and not in another."""
    split, _ = _columns(description)
    keys = ("combination",) if description.tables == "crossed" else ("combination", "measure")
    connection.execute(statement("combinations").format(columns=", ".join((*keys, *split))))


def _find_spells(connection: Connection, grain: Grain, finer: Grain | None) -> None:
    """Make the spells of one grain, from the rows or from the spells of the grain before."""
    spells = statement("spells").format(
        spells=f"spells_{grain}",
        period=period_of("period", grain),
        low="combination" if finer is None else "low",
        high="combination" if finer is None else "high",
        rows="facts\nWHERE NOT hidden" if finer is None else f"spells_{finer}",
    )
    connection.execute(spells)
    if finer is not None:
        connection.execute(f"DROP TABLE spells_{finer}")


def _find_wandering(connection: Connection, grain: Grain, description: Description) -> None:
    """Make the tables of the spells in which some group changes."""
    split, whole = _columns(description)
    names = {name: f"{name}_{grain}" for name in ("spells", "stays", "wanderers", "wandering")}
    facts = followed_by(f"facts.{column}" for column in split)
    connection.execute(statement("stays").format(**names, period=period_of("facts.period", grain), strata=facts))
    held = [f"CASE WHEN {_holds(c)} THEN max({c}) END AS {c}" for c in split]
    varies = [f"count({c}) > 0 AND NOT ({_holds(c)}) AS {c}_varies" for c in split]
    connection.execute(statement("wanderers").format(**names, strata=followed_by([*held, *varies])))
    strata = [f"stays.{c}, wanderers.{c}_varies" for c in split]
    strata += [f"'' AS {c}, FALSE AS {c}_varies" for c in whole]
    connection.execute(statement("wandering").format(**names, strata=followed_by(strata)))
    connection.execute(f"DROP TABLE {names['stays']}")


def _forget_wandering(connection: Connection, grain: Grain) -> None:
    connection.execute(f"DROP TABLE wanderers_{grain}")
    connection.execute(f"DROP TABLE wandering_{grain}")


def _holds(column: str) -> str:
    """Whether a group is one and the same in all rows of a spell, as SQL; a row may have none."""
    return f"count({column}) = count(*) AND min({column}) = max({column})"


def _columns(description: Description) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of ``facts`` that may change within a spell, and those that are the same in all rows."""
    strata = strata_columns(description)
    return (strata, (EVERYONE, UNSPLIT)) if description.tables == "crossed" else ((*strata, EVERYONE), (UNSPLIT,))


def _settled(grain: Grain, description: Description) -> str:
    """The spells as SQL to select from, with the groups that hold in each."""
    split, whole = _columns(description)
    same = [f"'' AS {column}" for column in whole]
    also = "" if description.tables == "crossed" else " AND combinations.measure = spells.measure"
    return (
        statement("settled")
        .format(
            spells=f"spells_{grain}",
            wanderers=f"wanderers_{grain}",
            also=also,
            settled=followed_by([*(f"combinations.{column}" for column in split), *same], indent=8),
            held=followed_by([*split, *same], indent=8),
        )
        .strip()
    )


def _sum_block(connection: Connection, grain: Grain, block: Block, description: Description) -> None:
    block_sql = statement("people_block").format(settled=_settled(grain, description), **block.slots(description))
    connection.execute(block_sql)


def _count_people(connection: Connection, grain: Grain, rows: Mapping[str, str], number: Mapping[str, str]) -> None:
    people = statement("people").format(**rows, **number, label=LABELS[grain], has_period=has_period(grain))
    connection.execute(people, {"grain": grain})
