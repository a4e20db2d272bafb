"""Small made-up extracts, straight into a cube: what the tests of lenses, words and pages ask their questions of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from equity.cube import Cube, build_cube, open_cube
from equity.vocabulary import Category, Description, Grain, Measure, Stratifier, period_label

FACTS = ("measure", "period", "x", "n", "person", "hidden", "source_row")
ESTIMATES = ("estimate", "se", "lower", "upper", "population")


def cube_of(
    folder: Path,
    facts: pd.DataFrame,
    measures: Sequence[Measure],
    stratifiers: Sequence[Stratifier],
    *,
    grain: Grain = "year",
    **described: Any,
) -> Cube:
    """The cube of a fact table (docs/house.md); columns that are left out are filled in."""
    folder.mkdir(parents=True, exist_ok=True)
    table = facts.copy()
    fillings = {"measure": measures[0].name, "period": None, "n": 1.0, "person": None, "hidden": False}
    for name, filling in fillings.items():
        if name not in table:
            table[name] = filling
    if "estimate" in table and "x" not in table:
        table["x"] = None
    table["source_row"] = range(1, len(table) + 1)
    estimated = [c for c in ESTIMATES if c in table] if "estimate" in table else []
    names = [s.name for s in stratifiers]
    schema = pa.schema(
        [
            ("measure", pa.string()),
            ("period", pa.date32()),
            ("x", pa.float64()),
            ("n", pa.float64()),
            ("person", pa.uint64()),
            ("hidden", pa.bool_()),
            ("source_row", pa.int64()),
            *((name, pa.string()) for name in names),
            *((name, pa.float64()) for name in (ESTIMATES if estimated else ())),
        ]
    )
    for name in ESTIMATES if estimated else ():
        if name not in table:
            table[name] = None
    pq.write_table(
        pa.Table.from_pandas(table[schema.names], schema=schema, preserve_index=False), folder / "extract.parquet"
    )
    days = sorted({day for day in table["period"] if day is not None})
    description = Description(
        dataset="Made up",
        version=1,
        created="2026-01-01T00:00:00",
        shape="estimates" if estimated else "rows",
        tables=described.pop("tables", "crossed"),
        values="estimates" if estimated else "counts",
        grain=grain if days else "all",
        periods=tuple(dict.fromkeys(period_label(day, grain) for day in days)),
        has_person=bool(table["person"].notna().any()),
        rows_in=len(table),
        rows_used=len(table),
        rows_set_aside=0,
        measures=tuple(measures),
        stratifiers=tuple(stratifiers),
        **described,
    )
    (folder / "description.json").write_text(description.to_json(), encoding="utf-8")
    build_cube(folder / "extract.parquet", description, folder / "cube.parquet")
    return open_cube(folder)


def stratifier(name: str, *values: str, ordered: bool = False, **kinds: str) -> Stratifier:
    """A stratifier of these groups, then of values that are not groups: ``("race", "A", Unknown="unknown")``."""
    others = tuple(Category(value, kind) for value, kind in kinds.items())  # type: ignore[arg-type]
    label = name.replace("_", " ").capitalize()
    return Stratifier(name, label, ordered, (*(Category(value) for value in values), *others))


def year(number: int) -> dt.date:
    """The first day of a year."""
    return dt.date(number, 1, 1)
