"""Distinct people and the sums over people that a design-based variance needs, per cell and grain.

A person's rows meet in one *spell* per measure and period. Most spells are of one group in each stratifier (race,
language): these are settled, and count once in the cells of their groups with no second look at their rows. Only where
a group changes within a spell (two sites in one quarter) are the person's rows grouped again, for the tables of that
stratifier; in the others that spell, too, is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from equity.cube.blocks import TableBlock, blocks
from equity.cube.engines.connection import Connection
from equity.cube.facts import (
    CubeTable,
    category_of_place,
    category_of_text,
    columns_within_a_spell,
    grains_from,
    same_in_all_rows,
)
from equity.cube.quoting import followed_by, statement
from equity.cube.returning import returning_steps
from equity.cube.stretches import Stretch, of_grain, run_of_all_years
from equity.vocabulary import Description

Step = Callable[[], None]
Counting = Callable[[Connection, Sequence[CubeTable], Description, Stretch], Iterator[Step]]


def people_steps(
    connection: Connection,
    tables: Sequence[CubeTable],
    description: Description,
    count: Counting,
    category: Callable[[str, str], str],
) -> Iterator[Step]:
    """The steps that fill ``people`` from ``facts``: the finest grain first, whose spells the coarser ones join.

    Runs of years are counted from the spells of years (``returning.py``).

    ``count`` is :func:`block_by_block` or :func:`all_tables_at_once`; the numbers are the same. ``category`` turns a
    column of ``facts`` into text.
    """
    finer: Stretch | None = None
    run = run_of_all_years(description)
    yield partial(_find_combinations, connection, description)
    for stretch in (of_grain(grain) for grain in grains_from(description.grain)):
        counted: Iterable[Step] = (
            partial(_find_spells, connection, stretch, finer),
            partial(_find_wandering, connection, stretch, description),
            *count(connection, tables, description, stretch),
            partial(_forget_wandering, connection, stretch),
        )
        yield from _AllTime(connection, run).steps(counted) if run is not None and stretch.grain == "all" else counted
        if stretch.size == "year":
            yield from returning_steps(connection, tables, description, category)
        if finer is not None:
            yield partial(_forget_spells, connection, finer)
        finer = stretch


@dataclass
class _AllTime:
    """All time where a run of all years is counted already: that is the same, unless some rows have no period."""

    connection: Connection
    run: Stretch

    @cached_property
    def is_the_run(self) -> bool:
        return self.connection.execute("SELECT count(*) FROM facts WHERE period IS NULL").fetchone() == (0,)

    def steps(self, counted: Iterable[Step]) -> Iterator[Step]:
        """All time counted by these steps, or taken from the run."""
        yield from (partial(self._counted, step) for step in counted)
        yield self._taken

    def _counted(self, step: Step) -> None:
        if not self.is_the_run:
            step()

    def _taken(self) -> None:
        if self.is_the_run:
            self.connection.execute(statement("all_time").format(run=self.run.label), {"grain": self.run.grain})


def block_by_block(
    connection: Connection, tables: Sequence[CubeTable], description: Description, stretch: Stretch
) -> Iterator[Step]:
    """A step for each block and each of its tables: DuckDB groups fastest by few narrow columns as they lie."""
    for block in blocks(tables, description, stretch.size):
        yield partial(_sum_block, connection, stretch, block, description)
        for table in block.tables:
            values = {"value1": category_of_place(table.a, "a"), "value2": category_of_place(table.b, "b")}
            rows = {
                "settled": "people_block",
                "wandering": f"wandering_{stretch.name}",
                "a": table.a,
                "b": table.b,
                **values,
            }
            yield partial(
                _count_people, connection, stretch, rows, {"table_number": str(table.number), "table_key": ""}
            )


def all_tables_at_once(
    connection: Connection, tables: Sequence[CubeTable], description: Description, stretch: Stretch
) -> Iterator[Step]:
    """One step: a cluster shuffles once rather than once for each table."""
    sums = ("people", "person_xx", "person_xn", "person_nn")
    settled = _of_each_table(_settled(stretch, description), tables, sums, ("",))
    wandering = _of_each_table(f"wandering_{stretch.name}", tables, ("person", "n", "x"), ("", "_varies"))
    values = {"value1": category_of_text("a", "a"), "value2": category_of_text("b", "b")}
    rows = {"settled": settled, "wandering": wandering, "a": "a", "b": "b", **values}
    yield partial(
        _count_people, connection, stretch, rows, {"table_number": "table_number", "table_key": "table_number, "}
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
    split, _ = columns_within_a_spell(description)
    keys = ("combination",) if description.tables == "crossed" else ("combination", "measure")
    connection.execute(statement("combinations").format(columns=", ".join((*keys, *split))))


def _find_spells(connection: Connection, stretch: Stretch, finer: Stretch | None) -> None:
    """Make the spells of one grain, from the rows or from the spells of the grain before."""
    rows = "facts\nWHERE NOT hidden" if finer is None else f"spells_{finer.name}"
    spells = statement("spells").format(
        spells=f"spells_{stretch.name}",
        period=stretch.period_of("period"),
        low="combination" if finer is None else "low",
        high="combination" if finer is None else "high",
        rows=rows,
    )
    connection.execute(spells)


def _forget_spells(connection: Connection, stretch: Stretch) -> None:
    connection.execute(f"DROP TABLE spells_{stretch.name}")


def _find_wandering(connection: Connection, stretch: Stretch, description: Description) -> None:
    """Make the tables of the spells in which some group changes."""
    split, whole = columns_within_a_spell(description)
    names = {name: f"{name}_{stretch.name}" for name in ("spells", "stays", "wanderers", "wandering")}
    facts = followed_by(f"facts.{column}" for column in split)
    connection.execute(statement("stays").format(**names, period=stretch.period_of("facts.period"), strata=facts))
    held = [f"CASE WHEN {same_in_all_rows(c)} THEN max({c}) END AS {c}" for c in split]
    varies = [f"count({c}) > 0 AND NOT ({same_in_all_rows(c)}) AS {c}_varies" for c in split]
    connection.execute(statement("wanderers").format(**names, strata=followed_by([*held, *varies])))
    strata = [f"stays.{c}, wanderers.{c}_varies" for c in split]
    strata += [f"'' AS {c}, FALSE AS {c}_varies" for c in whole]
    connection.execute(statement("wandering").format(**names, strata=followed_by(strata)))
    connection.execute(f"DROP TABLE {names['stays']}")


def _forget_wandering(connection: Connection, stretch: Stretch) -> None:
    connection.execute(f"DROP TABLE wanderers_{stretch.name}")
    connection.execute(f"DROP TABLE wandering_{stretch.name}")


def _settled(stretch: Stretch, description: Description) -> str:
    """The spells as SQL to select from, with the groups that hold in each."""
    split, whole = columns_within_a_spell(description)
    same = [f"'' AS {column}" for column in whole]
    also = "" if description.tables == "crossed" else " AND combinations.measure = spells.measure"
    return (
        statement("settled")
        .format(
            spells=f"spells_{stretch.name}",
            wanderers=f"wanderers_{stretch.name}",
            also=also,
            settled=followed_by([*(f"combinations.{column}" for column in split), *same], indent=8),
            held=followed_by([*split, *same], indent=8),
        )
        .strip()
    )


def _sum_block(connection: Connection, stretch: Stretch, block: TableBlock, description: Description) -> None:
    block_sql = statement("people_block").format(settled=_settled(stretch, description), **block.slots(description))
    connection.execute(block_sql)


def _count_people(connection: Connection, stretch: Stretch, rows: Mapping[str, str], number: Mapping[str, str]) -> None:
    people = statement("people").format(**rows, **number, label=stretch.label, has_period=stretch.holds())
    connection.execute(people, {"grain": stretch.grain})
