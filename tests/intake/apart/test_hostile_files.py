"""Files made to take a server down are read or refused within limits, and never by a traceback.

They are smaller here than an attacker's, and so are the limits; `python -m benchmarks.hostile` takes them whole.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from equity.intake.apart.limits import Limits
from equity.intake.apart.looking import proposed
from equity.intake.apart.process import Apart
from equity.intake.formats.open_table import open_table
from equity.intake.proposal.proposal_parts import Proposal
from equity.vocabulary import PlainError
from tests.intake.apart import hostile_files as hostile


def looked_at(path: Path, folder: Path, memory: int = 1 << 30) -> Proposal:
    found: Proposal = Apart(path.name, folder, Limits(memory, 60, threading.Semaphore(1)))(proposed, path, "")
    return found


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda f: hostile.one_huge_cell(f, 20), r"cell\.parquet, column “race”: a cell is longer than 1,000,000 ch"),
        (hostile.packed_over_and_over, r"nested\.csv\.gz is packed more than 3 times over"),
        (hostile.many_digits, r"digits\.json holds a number of thousands of digits"),
        (lambda f: hostile.many_columns(f, 6000, 2), r"columns\.csv has 6,000 columns, and at most 5,000 are read"),
        (lambda f: hostile.one_line(f, 70), r"line\.csv\.gz, line 2: the line is longer than 67,108,864 characters"),
    ],
    ids=["a huge cell", "packed over and over", "many digits", "many columns", "one line"],
)
def test_what_is_too_much_is_said(tmp_path: Path, make: Callable[[Path], Path], sentence: str) -> None:
    path = make(tmp_path)
    (tmp_path / "work").mkdir()
    with pytest.raises(PlainError, match=sentence):
        open_table(path, tmp_path / "work")


@pytest.mark.parametrize(
    "make", [lambda f: hostile.the_same_huge_cell(f, 10), lambda f: hostile.packed_json(f, 15)], ids=["cells", "lists"]
)
def test_what_takes_memory_is_ended(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    with pytest.raises(PlainError, match=r"needs more than the 0\.4 GB of memory"):
        looked_at(make(tmp_path), tmp_path, 400 << 20)


def test_a_cell_in_the_last_place_of_a_sheet_is_one_cell(tmp_path: Path) -> None:
    table = open_table(hostile.a_far_cell(tmp_path), tmp_path)
    assert table.header[:2] == ("race", "x")
    rows = list(table.rows())
    assert [row[:2] for _, row in rows[:2]] == [["White", "1"], ["Black", "2"]]
    assert (rows[-1][0], len(rows)) == (1_048_576, 3)


def test_digits_that_are_none_are_texts(tmp_path: Path) -> None:
    found = looked_at(hostile.digits_that_are_none(tmp_path), tmp_path)
    assert [column.name for column in found.profile] == ["measure", "year", "race", "x", "n"]
