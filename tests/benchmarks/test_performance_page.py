"""docs/performance.md says what was measured and nothing else; new lines replace the old ones of their sizes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.parts import PARTS
from benchmarks.performance import FILE, page
from benchmarks.result import FOLDER, Aim, Result, keep, kept

TAKEN = ("2026-01-02", "2 cores (x86_64), 25 GB of memory, Linux, Python 3.11.7", 0.2)
LINE = Result(
    what="A question",
    size="10,000,000 rows",
    unit="ms",
    ours=1.5,
    peer="DuckDB over Parquet",
    theirs=180.0,
    ratio=118.0,
    aims=(Aim("ratio", "least", 100), Aim("ours", "most", 1)),
    rows=10_000_000,
    rounds=15,
    taken=TAKEN,
)


def test_the_page_is_what_the_kept_lines_say() -> None:
    assert FILE.read_text(encoding="utf-8") == page({name: kept(name) for name in PARTS})


def test_every_part_was_measured_and_every_kept_file_is_a_part() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == set(PARTS)


def test_a_line_says_its_ratio_its_aims_and_which_of_them_it_misses() -> None:
    written = page({"views": [LINE]})
    row = (
        "| A question | 10,000,000 rows | 1.50 ms | DuckDB over Parquet | 180 ms | 118× faster | 15 | "
        "≥ 100×; ≤ 1 ms | yes; **no** |"
    )
    assert row in written.splitlines()
    assert "Measured on 2026-01-02: 2 cores (x86_64), 25 GB of memory, Linux, Python 3.11.7." in written.splitlines()
    assert "Other work was running" not in written


def test_the_page_says_when_other_work_was_running() -> None:
    busy = replace(LINE, taken=(*TAKEN[:2], 7.5))
    assert "Other work was running: up to 7.5 processes wanted the 2 cores." in page({"views": [LINE, busy]})


@pytest.mark.parametrize(("ratio", "met"), [(1.2, True), (1.21, False), (None, False)])
def test_an_aim_at_a_ratio_is_met_up_to_its_limit_and_never_without_one(ratio: float | None, met: bool) -> None:
    assert replace(LINE, ratio=ratio).meets(Aim("ratio", "most", 1.2)) is met


def test_lines_of_other_sizes_stay_and_those_of_the_same_size_are_replaced(tmp_path: Path) -> None:
    small, large = replace(LINE, rows=10_000, size="10,000 rows"), replace(LINE, rows=100_000_000)
    keep("views", [large, LINE], tmp_path)
    keep("views", [small], tmp_path)
    keep("views", [replace(LINE, ours=2.0)], tmp_path)
    assert kept("views", tmp_path) == (small, replace(LINE, ours=2.0), large)
