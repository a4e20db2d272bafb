"""Extracts of any size, made on the spot: twelve measures, thirty-six months, six stratifiers of seven groups.

Every value is drawn by a hash of the row's number, so the same size is always the same extract. DuckDB writes the rows
as it makes them: memory stays flat at a hundred million.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from equity.cube.quoting import literal
from equity.vocabulary import Category, Description, Measure, Stratifier, periods_between

MEASURES, STRATIFIERS, CATEGORIES, MONTHS = 12, 6, 7, 36
MEMORY_LIMIT = "2GB"  # of DuckDB's buffers, in ours and in the peers
BYTES_A_ROW = {"parquet": 20, "csv": 100}
SPILL = 2.0  # work on the disk besides the extract: as much again


@contextmanager
def room_for(rows: int, kind: str) -> Iterator[Path]:
    """A folder for an extract of so many rows and the work on it, gone with the block.

    Raises RuntimeError where the disk of temporary files is too small for it.
    """
    with TemporaryDirectory(prefix="benchmark-") as made:
        needed = rows * BYTES_A_ROW[kind] * SPILL
        if shutil.disk_usage(made).free < needed:
            raise RuntimeError(f"{rows:,} rows need {needed / 1e9:.0f} GB free in {made} (TMPDIR names another disk).")
        yield Path(made)


def described(rows: int) -> Description:
    """What the extract holds."""
    measures = tuple(Measure(f"Measure {i}", "proportion", "higher_better") for i in range(MEASURES))
    categories = tuple(Category(f"Group {i}") for i in range(CATEGORIES))
    stratifiers = tuple(Stratifier(f"s{i}", f"S{i}", False, categories) for i in range(STRATIFIERS))
    periods = periods_between("2022-01", "2024-12")
    return Description(
        "Made up", 1, "", "rows", "crossed", "counts", "month", periods, False, rows, rows, 0, measures, stratifiers
    )


def write_extract(file: Path, rows: int) -> Path:
    """Write the fact table (docs/house.md) as Parquet."""
    groups = ", ".join(f"{_drawn('Group', CATEGORIES, 11 + 2 * i)} AS s{i}" for i in range(STRATIFIERS))
    facts = f"""
        SELECT {_drawn("Measure", MEASURES, 3)} AS measure,
            CAST(DATE '2022-01-01' + to_months(CAST(hash(i * 5) % {MONTHS} AS INTEGER)) AS DATE) AS period,
            CAST(hash(i * 7) % 10 < 6 AS DOUBLE) AS x, CAST(1 AS DOUBLE) AS n, CAST(NULL AS UBIGINT) AS person,
            FALSE AS hidden, i + 1 AS source_row, {groups}
        FROM range({rows}) AS made(i)
    """
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = {literal(MEMORY_LIMIT)}")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(f"COPY ({facts}) TO {literal(str(file))} (FORMAT parquet)")
    return file


def write_version(folder: Path, rows: int) -> Path:
    """An extract with its description, ready for a cube; the extract's file."""
    folder.mkdir(exist_ok=True)
    (folder / "description.json").write_text(described(rows).to_json(), encoding="utf-8")
    return write_extract(folder / "extract.parquet", rows)


def _drawn(name: str, of: int, key: int) -> str:
    """One of so many names, drawn by a hash of the row's number and the column's own odd key."""
    names = ", ".join(literal(f"{name} {i}") for i in range(of))
    return f"list_extract([{names}], CAST(hash(i * {key}) % {of} AS BIGINT) + 1)"
