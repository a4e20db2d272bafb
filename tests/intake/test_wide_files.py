"""Proposing is linear in columns: twice as many are twice the work, counted in calls and not in seconds."""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from benchmarks.proposing import wide_file
from equity.intake.proposal.propose import propose

COLUMNS, ROWS = 40, 20


def wide_counts(path: Path, columns: int, rows: int) -> Path:
    """A line a site with the people who met the target, those who did not, and further counts."""
    drawn = random.Random(columns)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["site", "met", "not met", *(f"other {at}" for at in range(columns - 3))])
        for row in range(rows):
            out.writerow([f"Site {row}", *(drawn.randint(100, 900) for _ in range(columns - 1))])
    return path


def calls_of(work: Callable[[], object]) -> int:
    """How many functions are called on the way."""
    count = 0

    def heard(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(heard)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("make", [wide_file, wide_counts], ids=["visits", "counts"])
def test_twice_the_columns_are_twice_the_work(tmp_path: Path, make: Callable[[Path, int, int], Path]) -> None:
    files = [make(tmp_path / f"{columns}.csv", columns, ROWS) for columns in (20, COLUMNS, 2 * COLUMNS)]
    propose(files[0])  # what is worked out once is worked out now
    half, whole = (calls_of(lambda file=file: propose(file)) for file in files[1:])  # type: ignore[misc]
    assert half > 50_000
    assert whole < 2.15 * half
