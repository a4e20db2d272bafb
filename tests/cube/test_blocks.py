"""Blocks hold every table of a cube once, stay within their number of cells, and save walks over the rows."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from equity.cube.blocks import MOST_CELLS, TableBlock, blocks
from equity.cube.facts import cube_tables
from equity.vocabulary import GRAINS, Category, Description, Grain, Measure, Stratifier


def described(sizes: list[int], rows: int, periods: int = 36, measures: int = 4) -> Description:
    strata = [
        Stratifier(f"s{place}", f"S{place}", False, tuple(Category(f"v{value}") for value in range(size)))
        for place, size in enumerate(sizes)
    ]
    return Description(
        dataset="Made up",
        version=1,
        created="",
        shape="rows",
        tables="crossed",
        values="counts",
        grain="month",
        periods=tuple(f"{2020 + p // 12}-{p % 12 + 1:02}" for p in range(periods)),
        has_person=False,
        rows_in=rows,
        rows_used=rows,
        rows_set_aside=0,
        measures=tuple(Measure(f"m{number}") for number in range(measures)),
        stratifiers=tuple(strata),
    )


MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12, "all": 60}  # the most that any of these extracts has


def found(held: Description) -> tuple[TableBlock, ...]:
    return blocks(cube_tables(held), held)


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 400), max_size=9),
    st.integers(0, 10**8),
    st.integers(0, 60),
    st.integers(1, 50),
    st.booleans(),
    st.sampled_from(GRAINS),
)
def test_every_table_is_in_one_block_that_has_its_columns(
    sizes: list[int], rows: int, periods: int, measures: int, crossed: bool, grain: Grain
) -> None:
    held = replace(described(sizes, rows, periods, measures), tables="crossed" if crossed else "one_way")
    tables = cube_tables(held)
    made = blocks(tables, held, grain)
    assert sorted(table.number for block in made for table in block.tables) == [table.number for table in tables]
    for block in made:
        for table in block.tables:
            own = {column for column, name in ((table.a, table.by1), (table.b, table.by2)) if name}
            assert own <= set(block.columns)
        grown = len(block.columns) > 2
        cells = max(1, math.ceil(periods / MONTHS[grain])) * measures
        for column in block.columns:
            cells *= sizes[int(column.removeprefix("stratum_")) - 1]
        assert not grown or cells <= MOST_CELLS


def test_six_stratifiers_take_three_walks_over_ten_million_rows() -> None:
    assert len(found(described([6, 6, 4, 3, 4, 12], 10_000_000))) == 3


def test_for_all_time_six_stratifiers_fit_into_one_block() -> None:
    held = described([6, 6, 4, 3, 4, 12], 10_000_000)
    assert len(blocks(cube_tables(held), held, "all")) == 1


def test_few_rows_are_walked_once_a_table() -> None:
    assert all(len(block.columns) <= 2 for block in found(described([6, 6, 4, 3], 100)))
