"""People who come back in other years: counted once in every run of whole years, from one row a person.

Over a run of years the cells of its years are added up, and what people who come back change in that is added: a person
of three years counts once and not three times, and their sum is squared and not each year's. A row holds what such a
person has in each year (``n_1``, ``x_1``, ``n_2`` …), and what they have in a run is the sum of a few of these columns,
so that all runs are counted in one pass. A pass for each run would look at everybody as often as there are runs,
forty-five times in ten years. As within a year (``people.py``), whoever stays in one group of each stratifier is added
up in blocks; so are the stays of those of whom one group alone changes, and only those of whom several change are
grouped again for each table of what they change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from equity.cube.blocks import TableBlock, blocks
from equity.cube.engines.connection import Connection
from equity.cube.facts import EVERYONE, CubeTable, columns_within_a_spell, period_of, same_in_all_rows
from equity.cube.quoting import followed_by, statement
from equity.cube.stretches import RUNS, Stretch, as_day, runs_of_years, years_of_runs
from equity.vocabulary import Description

Step = Callable[[], None]
SUMS = ("people", "person_xx", "person_xn", "person_nn")
PRODUCTS = (("x", "x"), ("x", "n"), ("n", "n"))
MADE = ("years_of_people", "stays_of_movers", "movers", "moves", "stays_of_one_change", "runs_block")


def returning_steps(
    connection: Connection,
    tables: Sequence[CubeTable],
    description: Description,
    category: Callable[[str, str], str],
) -> Iterator[Step]:
    """The steps that fill ``people`` for every run of years, while the spells of years are there.

    ``category`` turns a column of ``facts`` into text (``category_of_place``, ``category_of_text``).
    """
    runs = runs_of_years(description)
    if not runs:
        return
    yield partial(_find_years, connection, runs)
    yield partial(_find_movers, connection, runs, description)
    for block in blocks(tables, description, "year"):
        yield partial(_sum_block, connection, runs, block, description)
        for table in block.tables:
            yield partial(_count_people, connection, runs, table, description, category)
    yield partial(_add_to_years, connection, runs)
    yield partial(_forget, connection)


def _find_years(connection: Connection, runs: Sequence[Stretch]) -> None:
    needed = " OR ".join(dict.fromkeys(run.is_needed() for run in runs))
    within = f"{_within(runs, 'period')} AND ({needed})"
    connection.execute(statement("years_of_people").format(years=_by_year(runs), within=within))


def _find_movers(connection: Connection, runs: Sequence[Stretch], description: Description) -> None:
    split, whole = columns_within_a_spell(description)
    stays = statement("stays_of_movers").format(
        year=period_of("facts.period", "year"),
        strata=followed_by(f"facts.{column}" for column in split),
        within=_within(runs, "facts.period"),
    )
    connection.execute(stays)
    held = [f"CASE WHEN {same_in_all_rows(c)} THEN max({c}) END AS {c}" for c in split]
    varies = [f"count({c}) > 0 AND NOT ({same_in_all_rows(c)}) AS {c}_varies" for c in split]
    connection.execute(
        statement("movers").format(strata=followed_by([*held, *varies], indent=8), varying=_only_change(split))
    )
    strata = [f"stays.{c}, movers.{c}_varies" for c in split]
    strata += [f"CAST('' AS everyone_names) AS {c}, FALSE AS {c}_varies" for c in whole]
    connection.execute(statement("moves").format(strata=followed_by(strata)))
    stays_of_one_change = statement("stays_of_one_change").format(
        strata=followed_by(f"stays.{c}" for c in split), years=_by_year(runs)
    )
    connection.execute(stays_of_one_change)


def _only_change(split: Sequence[str]) -> str:
    """The number of the column that alone does not hold, counted from 1; 0 where several do not, as SQL."""
    several = " + ".join(("0", *(f"CAST({column}_varies AS INTEGER)" for column in split)))
    numbers = " ".join(f"WHEN {column}_varies THEN {number}" for number, column in enumerate(split, start=1))
    return f"CASE WHEN {several} > 1 THEN 0 {numbers} END"


def _sum_block(connection: Connection, runs: Sequence[Stretch], block: TableBlock, description: Description) -> None:
    crossed = description.tables == "crossed"
    split = block.columns if crossed else (*block.columns, EVERYONE)
    made = statement("runs_block").format(
        **block.slots(description),
        **_of_runs(runs),
        settled="".join(f", combinations.{column}" for column in split),
        held="".join(f", movers.{column}" for column in split),
        stayed="".join(f", stays.{column}" for column in split),
        also="" if crossed else " AND combinations.measure = years.measure",
    )
    connection.execute(made)


def _count_people(
    connection: Connection,
    runs: Sequence[Stretch],
    table: CubeTable,
    description: Description,
    category: Callable[[str, str], str],
) -> None:
    split, _ = columns_within_a_spell(description)
    varying = [number for number, column in enumerate(split, start=1) if column in (table.a, table.b)]
    people = statement("people_of_runs").format(
        **_of_runs(runs),
        a=table.a,
        b=table.b,
        value1=category(table.a, "a"),
        value2=category(table.b, "b"),
        table_number=table.number,
        years=_by_year(runs),
        varying=", ".join(map(str, (0, *varying))),
    )
    connection.execute(people)


def _add_to_years(connection: Connection, runs: Sequence[Stretch]) -> None:
    held = [
        f"SELECT {run.label} AS period, '{first[:4]}' AS year"
        for run in runs
        for first, _ in years_of_runs(runs)
        if run.has(first)
    ]
    connection.execute(statement("runs").format(years_of_runs=f"({' UNION ALL '.join(held)})"), {"grain": RUNS})


def _forget(connection: Connection) -> None:
    for name in MADE:
        connection.execute(f"DROP TABLE {name}")


def _by_year(runs: Sequence[Stretch]) -> str:
    """What stands in rows of one year each, as a column for each year."""
    return followed_by(
        f"sum(CASE WHEN period = {as_day(first)} THEN {value} END) AS {value}_{year}"
        for year, (first, _) in enumerate(years_of_runs(runs), start=1)
        for value in ("n", "x")
    )


def _of_runs(runs: Sequence[Stretch]) -> dict[str, str]:
    """What a statement about runs is filled with: what a person has in each, the sums over people of each run and of
    each year, and for each run its own less those of its years."""
    of_years = range(1, len(years_of_runs(runs)) + 1)
    sums = [f"count(n_{year}) AS people_of_{year}" for year in of_years]
    sums += [
        f"coalesce(sum({one}_{year} * {other}_{year}), 0) AS person_{one}{other}_of_{year}"
        for year in of_years
        for one, other in PRODUCTS
    ]
    each = [f"{value}_{year}" for year in of_years for value in ("n", "x")]
    cases: dict[str, list[str]] = {name: [] for name in SUMS}
    for number, run in enumerate(runs, start=1):
        years = [year for year, (first, _) in enumerate(years_of_runs(runs), start=1) if run.has(first)]
        each.append(f"coalesce({', '.join(f'n_{year}' for year in years)}) AS present_{number}")
        each += [f"{_added(value, years)} AS {value}_in_{number}" for value in ("n", "x")]
        sums.append(f"count(present_{number}) AS people_{number}")
        sums += [
            f"sum({one}_in_{number} * {other}_in_{number}) AS person_{one}{other}_{number}" for one, other in PRODUCTS
        ]
        for name in SUMS:
            less = " - ".join(f"{name}_of_{year}" for year in years)
            cases[name].append(f"WHEN {number} THEN {name}_{number} - {less}")
    of_run = [f"CASE run {' '.join(cases[name])} END AS {name}" for name in SUMS]
    rows = [f"SELECT {number} AS run, {run.label} AS period" for number, run in enumerate(runs, start=1)]
    return {
        "runs": followed_by(each),
        "sums": followed_by(sums),
        "of_run": followed_by(of_run),
        "all_runs": f"({' UNION ALL '.join(rows)})",
    }


def _added(value: str, years: Sequence[int]) -> str:
    return " + ".join(f"coalesce({value}_{year}, 0)" for year in years)


def _within(runs: Sequence[Stretch], column: str) -> str:
    """The condition for a date to lie in any of the runs, as SQL."""
    years = years_of_runs(runs)
    return f"{column} >= {as_day(years[0][0])} AND {column} < {as_day(years[-1][1])}"
