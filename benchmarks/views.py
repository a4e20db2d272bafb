"""A page's data question put to the cube, to DuckDB over the Parquet extract, and to pandas in memory, at sizes.

The question is the Disparities page's: the sums of every group of one stratifier on one measure in one year. The cube
should answer it in the same time whatever the extract's size.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.pairs import paired
from equity.cube import Cube, build_cube, open_cube
from equity.vocabulary import Category, Description, Measure, PeriodRange, Stratifier, periods_between

SIZES = (10_000, 1_000_000, 10_000_000)
MEASURES, STRATIFIERS, CATEGORIES, MONTHS = 12, 6, 7, 36
YEAR = PeriodRange.parse("2024")
ROUNDS = 15


def run() -> list[str]:
    """The lines of this benchmark's table."""
    lines = []
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="benchmark_") as folder:
            cube = made_up_cube(Path(folder), size)
            lines += _against_peers(cube, Path(folder) / "extract.parquet", size)
    return lines


def _against_peers(cube: Cube, extract: Path, size: int) -> list[str]:
    connection = duckdb.connect()
    question = """
        SELECT s0, sum(n), sum(x), sum(x * x) FROM read_parquet($file)
        WHERE measure = $measure AND period BETWEEN DATE '2024-01-01' AND DATE '2024-12-31' GROUP BY s0
    """

    def ours() -> object:
        return cube.groups(["Measure 3"], ("s0",), YEAR)

    def parquet() -> object:
        return connection.execute(question, {"file": str(extract), "measure": "Measure 3"}).fetchall()

    frame = pd.read_parquet(extract, columns=["measure", "period", "s0", "n", "x"])
    first, last = dt.date(2024, 1, 1), dt.date(2024, 12, 31)

    def in_memory() -> object:
        chosen = frame[(frame["measure"] == "Measure 3") & (frame["period"] >= first) & (frame["period"] <= last)]
        return chosen.assign(xx=chosen["x"] ** 2).groupby("s0")[["n", "x", "xx"]].sum()

    return [
        str(paired(f"{size:>11,} rows, peer DuckDB over Parquet", ours, parquet, ROUNDS)),
        str(paired(f"{size:>11,} rows, peer pandas in memory", ours, in_memory, 3)),
    ]


def made_up_cube(folder: Path, size: int) -> Cube:
    """An extract of so many rows with six stratifiers, and its cube."""
    measures = tuple(Measure(f"Measure {i}", "proportion", "higher_better") for i in range(MEASURES))
    categories = tuple(Category(f"Group {i}") for i in range(CATEGORIES))
    stratifiers = tuple(Stratifier(f"s{i}", f"S{i}", False, categories) for i in range(STRATIFIERS))
    periods = periods_between("2022-01", "2024-12")
    description = Description(
        "Made up", 1, "", "rows", "crossed", "counts", "month", periods, False, size, size, 0, measures, stratifiers
    )
    _write_extract(folder / "extract.parquet", size)
    (folder / "description.json").write_text(description.to_json(), encoding="utf-8")
    build_cube(folder / "extract.parquet", description, folder / "cube.parquet", temp_directory=folder)
    return open_cube(folder)


def _write_extract(file: Path, size: int) -> None:
    generator = np.random.default_rng(7)
    months = np.array([f"{2022 + i // 12}-{i % 12 + 1:02d}-01" for i in range(MONTHS)], dtype="datetime64[D]")
    names = pa.array([f"Measure {i}" for i in range(MEASURES)])
    groups = pa.array([f"Group {i}" for i in range(CATEGORIES)])
    with pq.ParquetWriter(file, _schema()) as writer:
        for start in range(0, size, 1_000_000):
            rows = min(1_000_000, size - start)
            columns = [
                names.take(pa.array(generator.integers(0, MEASURES, rows))),
                pa.array(months[generator.integers(0, MONTHS, rows)]),
                pa.array((generator.random(rows) < 0.6).astype(float)),
                pa.array(np.ones(rows)),
                pa.nulls(rows, pa.uint64()),
                pa.array(np.zeros(rows, dtype=bool)),
                pa.array(np.arange(start + 1, start + rows + 1)),
                *(groups.take(pa.array(generator.integers(0, CATEGORIES, rows))) for _ in range(STRATIFIERS)),
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=_schema()))


def _schema() -> pa.Schema:
    fixed = [
        ("measure", pa.string()),
        ("period", pa.date32()),
        ("x", pa.float64()),
        ("n", pa.float64()),
        ("person", pa.uint64()),
        ("hidden", pa.bool_()),
        ("source_row", pa.int64()),
    ]
    return pa.schema([*fixed, *((f"s{i}", pa.string()) for i in range(STRATIFIERS))])
