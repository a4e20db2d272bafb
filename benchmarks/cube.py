"""Building the cube: linear in rows, in memory that is bounded by a setting, beside one bare statement of DuckDB.

The peer sums the same zero-, one- and two-way tables by month in one ``GROUP BY GROUPING SETS`` and writes them as
Parquet, with the same limit on memory. It makes neither the coarser grains nor the sums of squares, checks nothing and
sorts nothing. Each side runs in a process of its own, in turn.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks import alone
from benchmarks.made_up import MEMORY_LIMIT, STRATIFIERS, room_for, write_version
from benchmarks.pairs import of_pairs
from benchmarks.result import Aim, Result, beside
from equity.cube import build_cube, open_cube
from equity.cube.quoting import literal
from equity.vocabulary import Description

SIZES = (10_000_000,)
ROUNDS, FEW_ROUNDS, FEW_FROM = 3, 1, 50_000_000
LINEAR = Aim("ratio", "most", 12)  # ten times the rows, ten times the work, and a fifth for what grows with the disk
BESIDE_PEER = Aim("ratio", "most", 1)
BOUNDED = Aim("ours", "most", 3)  # the limit of 2 GB, and what Python and DuckDB need besides it


def run(sizes: Sequence[int] = SIZES) -> list[Result]:
    """The lines of this part's table."""
    return [line for size in sizes for line in _of_size(size)]


def _of_size(size: int) -> list[Result]:
    rounds = FEW_ROUNDS if size >= FEW_FROM else ROUNDS
    with room_for(size, "parquet") as folder:
        extract, tenth = write_version(folder / "whole", size), write_version(folder / "tenth", size // 10)
        sides = [("ours", extract), ("peer", extract), ("ours", tenth)]
        runs = alone.in_turn("benchmarks.cube", sides, folder, rounds)
    whole = of_pairs([(ours.seconds, peer.seconds) for ours, peer, _ in runs])
    linear = of_pairs([(ours.seconds, small.seconds) for ours, _, small in runs])
    scale = f"{size:,} rows"
    return [
        beside(
            "Extract to cube, opened",
            scale,
            "s",
            whole,
            "DuckDB, one GROUPING SETS by month",
            (BESIDE_PEER,),
            rows=size,
        ),
        beside("Ten times the rows", scale, "s", linear, f"the same on {size // 10:,} rows", (LINEAR,), rows=size),
        Result(
            what=f"Peak memory (DuckDB told {MEMORY_LIMIT})",
            size=scale,
            unit="GB",
            ours=max(ours.gigabytes for ours, _, _ in runs),
            aims=(BOUNDED,),
            rows=size,
        ),
    ]


def _ours(extract: Path, folder: Path) -> None:
    described = Description.from_json((extract.parent / "description.json").read_text(encoding="utf-8"))
    spilled = extract.parent / "spilled"
    build_cube(extract, described, extract.parent / "cube.parquet", memory_limit=MEMORY_LIMIT, temp_directory=spilled)
    open_cube(extract.parent)


def _peer(extract: Path, folder: Path) -> None:
    names = [f"s{i}" for i in range(STRATIFIERS)]
    splits = [(), *((name,) for name in names), *combinations(names, 2)]
    sets = ", ".join(f"({', '.join(['measure', 'period', *split])})" for split in splits)
    tables = (
        f"SELECT measure, period, {', '.join(names)}, count(*) AS rows, sum(n) AS n, sum(x) AS x, sum(x * x) AS xx "
        f"FROM read_parquet({literal(str(extract))}) GROUP BY GROUPING SETS ({sets})"
    )
    with TemporaryDirectory(dir=folder) as target, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = {literal(MEMORY_LIMIT)}")
        connection.execute(f"SET temp_directory = {literal(target)}")
        connection.execute(f"COPY ({tables}) TO {literal(str(Path(target) / 'peer.parquet'))} (FORMAT parquet)")


if __name__ == "__main__":
    alone.tell({"ours": _ours, "peer": _peer}, sys.argv[1:])
