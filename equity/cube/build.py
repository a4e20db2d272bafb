"""The extract into the cube: every zero-, one- and two-way table, at every grain.

The statements in ``sql/`` are written once, in DuckDB's SQL. They run on DuckDB, or in an engine elsewhere
(``engines/``). They never meet an uploaded name: stratifiers are numbered on the way in and named again on the way
out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from equity.cube.blocks import TableBlock, blocks
from equity.cube.engine import open_workshop
from equity.cube.engines.connection import Connection
from equity.cube.facts import (
    ESTIMATE_COLUMNS,
    LABELS,
    CubeTable,
    category_of_place,
    category_of_text,
    check_names,
    cube_tables,
    grains_from,
    has_period,
    read_facts_table,
    strata_columns,
    view_facts,
)
from equity.cube.people import Counting, all_tables_at_once, block_by_block, people_steps
from equity.cube.quoting import followed_by, statement
from equity.cube.stretches import Stretch, of_grain, runs_of_years
from equity.vocabulary import Description, PlainError

Step = Callable[[], None]


@dataclass(frozen=True)
class Way:
    """What differs by where the rows lie: how people are counted, and how a column of ``facts`` is turned into text."""

    count: Counting
    category: Callable[[str, str], str]

    def values(self, table: CubeTable) -> dict[str, str]:
        """What a statement about a table is filled with to give its categories as text."""
        return {"value1": self.category(table.a, table.a), "value2": self.category(table.b, table.b)}


HERE, ELSEWHERE = Way(block_by_block, category_of_place), Way(all_tables_at_once, category_of_text)


def build_cube(
    extract: Path,
    description: Description,
    target: Path,
    *,
    memory_limit: str | None = None,
    threads: int | None = None,
    temp_directory: Path | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> None:
    """Write the cube of a fact table to ``target`` as Parquet (columns of both: docs/house.md).

    With person ids there are cells for runs of whole years too (``stretches.py``), over which people come back.

    **Counts.** A row belongs to every table whose stratifiers it has a value for. In ``one_way`` extracts the zero-way
    table of a measure is its rows that belong to no stratifier; where a measure has none, the rows of the one
    stratifier with the largest denominator in all, so that nobody is counted once per stratifier. Hidden rows count in
    ``rows`` and ``hidden_at_source`` only. A row without a person id, in an extract that has them, is a person of its
    own. A row without a period counts in all time only.

    **Estimates.** A cell is the row itself, at the extract's own grain: nothing is ever summed. A row belongs to the
    table of exactly those stratifiers that it has a value for; a row of three or more has no table.

    ``progress`` is told the share done (0 to 1) and what is being done; an exception that it raises stops the work.
    Work beyond ``memory_limit`` (text such as ``2GB``) spills to ``temp_directory``.

    Raises :class:`PlainError` for stratifier names that one table cannot hold, for two estimates of one cell, and when
    the disk or the memory does not suffice.
    """
    check_names(description)
    with open_workshop(memory_limit=memory_limit, threads=threads, temp_directory=temp_directory) as connection:
        read = partial(read_facts_table, connection, extract, description)
        _take(_steps(connection, read, description, target, HERE), progress)


def build_cube_elsewhere(
    connection: Connection,
    description: Description,
    target: Path,
    *,
    progress: Callable[[float, str], None] | None = None,
) -> None:
    """Write the cube of the table ``extract`` of an engine (:func:`equity.cube.facts.view_facts` says its columns).

    The statements are those of :func:`build_cube`, so the cube is the same; whatever meets a row runs in the engine,
    and only cells come here. Raises :class:`PlainError` as :func:`build_cube` does, and where the engine stops.
    """
    view = partial(view_facts, connection, description)
    _take(_steps(connection, view, description, target, ELSEWHERE), progress)


def _take(steps: Iterator[Step], progress: Callable[[float, str], None] | None) -> None:
    listed = list(steps)
    for done, step in enumerate(listed, start=1):
        step()
        if progress is not None:
            progress(done / len(listed), "Counting every group in every period")


def _steps(connection: Connection, read: Step, description: Description, target: Path, way: Way) -> Iterator[Step]:
    """The work as steps of about a second per ten million rows, so that it can be followed and stopped."""
    tables = cube_tables(description)
    yield read
    yield partial(_make_storage, connection, tables)
    if description.values == "estimates":
        yield from (partial(_place_estimates, connection, table, description, way) for table in tables)
        yield partial(_refuse_unplaced_estimates, connection, description)
    else:
        for block in blocks(tables, description):
            yield partial(_sum_block, connection, block, description)
            yield from (partial(_sum_cells, connection, table, way) for table in block.tables)
        grains = [of_grain(grain) for grain in grains_from(description.grain)]
        runs = runs_of_years(description) if description.has_person else ()
        yield from (partial(_roll_up, connection, stretch) for stretch in (*grains, *runs))
        if description.has_person:
            yield from people_steps(connection, tables, description, way.count, way.category)
    yield partial(_write_cube, connection, description, target)


def _make_storage(connection: Connection, tables: Sequence[CubeTable]) -> None:
    connection.execute(statement("storage"))
    connection.executemany("INSERT INTO cube_tables VALUES (?, ?, ?)", [[t.number, t.by1, t.by2] for t in tables])


def _sum_block(connection: Connection, block: TableBlock, description: Description) -> None:
    connection.execute(statement("block").format(**block.slots(description)))


def _sum_cells(connection: Connection, table: CubeTable, way: Way) -> None:
    cells = statement("cells").format(a=table.a, b=table.b, **way.values(table))
    connection.execute(cells, {"table_number": table.number})


def _roll_up(connection: Connection, stretch: Stretch) -> None:
    """The whole run of years needs its rows only where some row has no period, which the cells of facts tell."""
    needed = "EXISTS (SELECT 1 FROM cells WHERE period IS NULL)" if stretch.whole else "TRUE"
    roll_up = statement("roll_up").format(label=stretch.label, has_period=f"{stretch.holds()} AND {needed}")
    connection.execute(roll_up, {"grain": stretch.grain})


def _place_estimates(connection: Connection, table: CubeTable, description: Description, way: Way) -> None:
    others = [f"{column} IS NULL" for column in strata_columns(description) if column not in (table.a, table.b)]
    place = statement("estimates").format(
        a=table.a,
        b=table.b,
        **way.values(table),
        label=LABELS[description.grain],
        belongs=" AND ".join([has_period(description.grain), *others]),
    )
    connection.execute(place, {"table_number": table.number, "grain": description.grain})


def _refuse_unplaced_estimates(connection: Connection, description: Description) -> None:
    repeated = connection.execute(statement("repeated_estimates")).fetchone()
    if repeated is not None:
        measure, period, first, last = repeated
        during = f" in {period}" if period else ""
        raise PlainError(
            f"The measure “{measure}” has more than one estimate for the same group{during} (rows {first} and {last}): "
            "keep one of them in the file, or map the column that tells them apart."
        )
    placed = connection.execute("SELECT count(*) FROM graded_cells").fetchone()
    if placed == (0,):
        raise PlainError(
            f"No estimate of the dataset “{description.dataset}” is for one or two groupings at a time, and estimates "
            "cannot be added up: map at most two stratifiers."
        )


def _write_cube(connection: Connection, description: Description, target: Path) -> None:
    columns = [f"cell.{name}" for name in ESTIMATE_COLUMNS] if description.values == "estimates" else []
    write = statement("cube").format(estimates=followed_by(columns, indent=8))
    connection.execute(write, {"target": str(target)})
