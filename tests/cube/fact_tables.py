"""Random small fact tables, and one as it lies in an engine elsewhere."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from equity.cube import build_cube, build_cube_elsewhere
from equity.cube.engines.remote_engine import RemoteEngine
from equity.vocabulary import Description
from tests.cube.oracle import describe, month, write_facts

STRATA = ["race", "site", "age"]
CATEGORIES = ["Asian", "", "a'b\"c\\d", "{x} ${y} %s :z ?", "人"]
MONTHS = [month(2022, 12), month(2023, 1), month(2023, 3), month(2023, 4), month(2024, 2)]


def crossed(seed: int, rows: int) -> tuple[list[dict[str, Any]], Description]:
    """A crossed table by month, in which few people meet often and some rows are hidden."""
    chance = random.Random(seed)
    table = [_row(chance, MONTHS) | {s: chance.choice(CATEGORIES) for s in STRATA} for _ in range(rows)]
    return table, describe(table, STRATA, has_person=True)


def one_way(seed: int, rows: int) -> tuple[list[dict[str, Any]], Description]:
    """A one-way table by year, for one measure of which nobody gave the total."""
    chance = random.Random(seed)
    table = []
    for _ in range(rows):
        row = _row(chance, [dt.date(2022, 1, 1), dt.date(2023, 1, 1)])
        own = chance.choice([*STRATA, None] if row["measure"] == "A1c" else STRATA)
        table.append(row | {s: chance.choice(CATEGORIES) if s == own else None for s in STRATA})
    return table, describe(table, STRATA, grain="year", tables="one_way", has_person=True)


def _row(chance: random.Random, periods: list[dt.date]) -> dict[str, Any]:
    return {
        "measure": chance.choice(["A1c", "{m}"]),
        "period": chance.choice([None, *periods]),
        "x": chance.uniform(-3, 5),
        "n": chance.uniform(0.1, 9),
        "person": chance.choice([None, 1, 2, 3, 2**64 - 1]),
        "hidden": chance.random() < 0.2,
    }


def as_it_lies(rows: list[dict[str, Any]], strata: list[str]) -> pa.Table:
    """The rows as the table ``extract`` of an engine (:func:`equity.cube.facts.view_facts`)."""
    kinds = {"measure": pa.string(), "period": pa.date32(), "x": pa.float64(), "n": pa.float64(), "hidden": pa.bool_()}
    columns = {name: pa.array([row[name] for row in rows], kind) for name, kind in kinds.items()}
    people = [None if row["person"] is None else f"{row['person']:016x}" for row in rows]
    for place, name in enumerate(strata, start=1):
        columns[f"stratum_{place}"] = pa.array([row[name] for row in rows], pa.string())
    numbers = pa.array(range(1, len(rows) + 1), pa.int64())
    return pa.table(
        columns | {"person": pa.array(people, pa.string()), "file": ["f"] * len(rows), "source_row": numbers}
    )


def cubes_here_and_there(
    connection: RemoteEngine[Any], rows: list[dict[str, Any]], description: Description, folder: Path
) -> tuple[Path, Path]:
    """The cube of the rows by DuckDB, and by the engine."""
    strata = [s.name for s in description.stratifiers]
    write_facts(rows, strata, folder / "extract.parquet")
    here, there = folder / "here.parquet", folder / "there.parquet"
    build_cube(folder / "extract.parquet", description, here, threads=1)
    with connection:
        connection.send("extract", as_it_lies(rows, strata))
        build_cube_elsewhere(connection, description, there)
    return here, there


def assert_same_cubes(here: Path, there: Path) -> None:
    """The same cells in the same order; whole numbers are the same, and sums to 1e-12 of their size."""
    one, other = pd.read_parquet(here), pd.read_parquet(there)
    whole = ["rows", "people", "hidden_at_source"]
    pd.testing.assert_frame_equal(one, other, check_exact=False, rtol=1e-12, atol=0)
    pd.testing.assert_frame_equal(one[whole], other[whole])
