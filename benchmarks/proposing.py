"""How long it takes to propose a mapping for a wide file, beside the same with half the columns."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pairs import of_pairs, seconds
from benchmarks.result import Aim, Result, beside
from equity.intake.proposal.propose import propose

SIZES, ROWS = (200, 400), 500
FIRST = ("visit_date", "race", "sex", "site", "met_target")


def run() -> list[Result]:
    """The lines of this part's table."""
    with TemporaryDirectory(prefix="proposing-") as made:
        return [_of(columns, Path(made)) for columns in SIZES]


def _of(columns: int, folder: Path) -> Result:
    whole, half = (wide_file(folder / f"{count}.csv", count) for count in (columns, columns // 2))
    times = of_pairs([(seconds(lambda: propose(whole)), seconds(lambda: propose(half)))])
    size = f"{columns} columns, {ROWS} lines"
    return beside(
        "A mapping proposed", size, "s", times, "half the columns", (Aim("ratio", "most", 2.5),), rows=columns
    )


def wide_file(path: Path, columns: int, rows: int = ROWS) -> Path:
    """A file of visits with that many columns: the usual ones, and others of mixed kinds in turn."""
    drawn = random.Random(columns)  # noqa: S311 - made-up data
    kinds = list(_KINDS)
    names = [f"{kinds[at % len(kinds)]}_{at}" for at in range(columns - len(FIRST))]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([*FIRST, *names])
        for _ in range(rows):
            usual = [
                f"{drawn.randint(2022, 2024)}-{drawn.randint(1, 12):02d}-{drawn.randint(1, 28):02d}",
                drawn.choice(("White", "Black", "Asian", "Samoan")),
                drawn.choice(("Female", "Male")),
                drawn.choice(("Harbor", "Mill", "Point")),
                drawn.randint(0, 1),
            ]
            out.writerow([*usual, *(_KINDS[name.rpartition("_")[0]](drawn) for name in names)])
    return path


_KINDS: dict[str, Callable[[random.Random], object]] = {
    "flag": lambda drawn: drawn.choice(("Yes", "No", "")),
    "score": lambda drawn: drawn.randint(1, 5),
    "count": lambda drawn: drawn.randint(0, 4000),
    "amount": lambda drawn: round(drawn.gauss(120, 15), 1),
    "category": lambda drawn: f"Level {drawn.randint(1, 9)}",
    "day": lambda drawn: f"2023-{drawn.randint(1, 12):02d}-{drawn.randint(1, 28):02d}",
    "remark": lambda drawn: f"seen by {drawn.randint(1, 10**6)}",
    "share": lambda drawn: f"{drawn.randint(0, 100)}%",
}
