"""How much a witness must say before it is believed: sums that agree by chance, columns that tell some rows apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from equity.intake.columns.profile import profile
from equity.intake.formats.open_table import open_table
from equity.intake.proposal.evidence import Evidence
from equity.intake.proposal.repeats import telling_column
from equity.intake.proposal.totals import find_totals

Rows = Sequence[Sequence[object]]


def evidence_of(folder: Path, header: Sequence[str], rows: Rows) -> Evidence:
    path = folder / "extract.csv"
    path.write_text("\n".join(",".join(map(str, line)) for line in (header, *rows)) + "\n", encoding="utf-8")
    return Evidence(profile(open_table(path, folder)))


def totals_of(folder: Path, rows: Rows) -> tuple[str, ...]:
    evidence = evidence_of(folder, ("Year", "Clinic", "x", "n"), rows)
    counts = [evidence.numbers("x"), evidence.numbers("n")]
    return find_totals(evidence, "Clinic", ["Year"], counts, np.ones(len(rows), dtype=np.bool_)).totals


@pytest.mark.parametrize(("times", "totals"), [(1, ()), (4, ("C",))])
def test_a_sum_of_few_events_in_one_year_proves_no_total(tmp_path: Path, times: int, totals: tuple[str, ...]) -> None:
    """1 + 2 = 3 and 10 + 20 = 30 happen by chance; 4 + 8 = 12 of 120 hardly."""
    parts = (("A", 1, 10), ("B", 2, 20), ("C", 3, 30), ("D", 4, 55))
    assert totals_of(tmp_path, [(2023, c, times * x, times * n) for c, x, n in parts]) == totals


@pytest.mark.parametrize(("agree", "totals"), [(5, ("C",)), (3, ())])
def test_a_total_is_the_sum_in_every_year(tmp_path: Path, agree: int, totals: tuple[str, ...]) -> None:
    rows = []
    for year in range(5):
        a, b = (20 + year, 100 + 3 * year), (30 + 2 * year, 200 + 7 * year)
        off = 0 if year < agree else 11
        rows += [
            (2019 + year, "A", *a),
            (2019 + year, "B", *b),
            (2019 + year, "C", a[0] + b[0] + off, a[1] + b[1] + off),
        ]
    assert totals_of(tmp_path, rows) == totals


def test_a_column_that_tells_only_half_of_the_rows_apart_is_not_named(tmp_path: Path) -> None:
    rows = [(2020 + k // 4, "White", "ab"[k % 2] if k < 8 else "a", k) for k in range(16)]
    evidence = evidence_of(tmp_path, ("Year", "Race", "Part", "x"), rows)
    free = [evidence.columns["Part"]]
    assert telling_column(evidence, ["Year", "Race"], evidence.numbers("x"), free) is None


def test_a_note_is_named_last_of_the_columns_that_tell_rows_apart(tmp_path: Path) -> None:
    rows = [(2020 + k // 3, "White", "ab"[k % 3 // 2] + "ab"[k % 3 % 2], "abc"[k % 3], k) for k in range(12)]
    evidence = evidence_of(tmp_path, ("Year", "Race", "Notes", "Intent", "x"), rows)
    free = [evidence.columns["Notes"], evidence.columns["Intent"]]
    found = telling_column(evidence, ["Year", "Race"], evidence.numbers("x"), free)
    assert found is not None
    assert found.name == "Intent"
