"""How much a witness must say before it is believed: sums that agree by chance, columns that tell some rows apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from equity.intake.columns.profile import ColumnProfile, profile
from equity.intake.formats.open_table import open_table
from equity.intake.proposal.evidence import Evidence, multiplier_of
from equity.intake.proposal.groupings.totals import find_totals
from equity.intake.proposal.measures.answer_rows import answered_rates
from equity.intake.proposal.measures.denominators import find_denominator
from equity.intake.proposal.measures.likely_pair import likely_pair
from equity.intake.proposal.measures.statistics_down import tells_statistics
from equity.intake.proposal.repeats import telling_column
from equity.intake.proposal.stand_ins import stand_ins
from equity.intake.proposal.times.running import ask_running
from equity.intake.spellings.numbers import Marks
from equity.vocabulary import ColumnSource

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


def counts_of(folder: Path, header: Sequence[str], rows: Rows) -> tuple[Evidence, ColumnProfile, ColumnProfile]:
    """The evidence of a table, and its columns Numerator and Population."""
    evidence = evidence_of(folder, header, rows)
    return evidence, evidence.columns["Numerator"], evidence.columns["Population"]


def test_a_column_called_denominator_goes_before_a_population(tmp_path: Path) -> None:
    rows = [(g, 10 + k, 300 + 7 * k, 100 + 5 * k) for k, g in enumerate("ABCD")]
    evidence, x, population = counts_of(tmp_path, ("Race", "Numerator", "Population", "Denominator"), rows)
    found = find_denominator(evidence, x, population, ["Race"], [])
    assert found.denominator.column == "Denominator"
    assert found.question is not None
    assert "out of “Denominator”" in found.question.answers[0].label


def test_what_is_often_less_than_the_events_is_no_denominator(tmp_path: Path) -> None:
    rows = [(g, 10 + k, 300 + 7 * k, 5 + 9 * (k % 2)) for k, g in enumerate("ABCDEF")]
    evidence, x, population = counts_of(tmp_path, ("Race", "Numerator", "Population", "Patients"), rows)
    assert find_denominator(evidence, x, population, ["Race"], []).question is None


def test_exclusions_that_leave_fewer_than_the_events_were_taken_off_before(tmp_path: Path) -> None:
    rows = [(g, 90 + k, 100 + 2 * k, 30) for k, g in enumerate("ABCD")]
    evidence, x, population = counts_of(tmp_path, ("Race", "Numerator", "Population", "Exclusions"), rows)
    found = find_denominator(evidence, x, population, ["Race"], [])
    assert (found.denominator.minus, found.question) == ((), None)


@pytest.mark.parametrize(("falls", "asked"), [(False, True), (True, False)])
def test_counts_run_on_only_where_none_ever_falls(tmp_path: Path, falls: bool, asked: bool) -> None:
    series = {"White": (10, 20, 30, 40, 50), "Asian": (10, 25, 20 if falls else 30, 45, 60)}
    rows = [(f"2023-0{m + 1}", g, own[m]) for g, own in series.items() for m in range(5)]
    evidence = evidence_of(tmp_path, ("Month", "Race", "x"), rows)
    counts = (evidence.numbers("x"), None)
    found = ask_running(evidence, ColumnSource(column="Month"), ["Race"], counts, [], ["Month", "x"])
    assert (found is not None) == asked


@pytest.mark.parametrize(("days", "asked"), [(("2023-01-31", "2023-02-28"), True), (("2022", "2023"), False)])
def test_years_stand_apart_though_their_column_is_called_as_of(
    tmp_path: Path, days: tuple[str, str], asked: bool
) -> None:
    rows = [(day, g, 40 + k, 100 + 7 * k) for k, day in enumerate(days) for g in ("White", "Asian")]
    evidence = evidence_of(tmp_path, ("As of", "Race", "x", "n"), rows)
    counts = (evidence.numbers("x"), evidence.numbers("n"))
    found = ask_running(evidence, ColumnSource(column="As of"), ["Race"], counts, [], ["As of", "x"])
    assert (found is not None) == asked


def test_two_columns_are_a_pair_where_one_is_hardly_ever_more(tmp_path: Path) -> None:
    rows = [(g, 10 + k, 100 + k if k % 3 else 2) for k, g in enumerate("ABCDEFGHI")]
    evidence = evidence_of(tmp_path, ("Clinic", "First", "Second"), rows)
    assert likely_pair(evidence, [evidence.columns["First"], evidence.columns["Second"]]) is None


@pytest.mark.parametrize(("comma", "point", "mark"), [(9, 1, ","), (8, 1, ""), (1, 9, "."), (2, 0, ","), (0, 0, "")])
def test_nine_in_ten_settle_a_decimal_mark(comma: int, point: int, mark: str) -> None:
    assert Marks(comma, point, 0).mark == mark


@pytest.mark.parametrize(("times", "codes"), [(1, None), (2, (999.0,))])
def test_one_large_count_is_no_code(tmp_path: Path, times: int, codes: tuple[float, ...] | None) -> None:
    rows = [(k, n) for k, n in enumerate([10, 20, 31, 42, *[999] * times])]
    evidence = evidence_of(tmp_path, ("Clinic", "n"), rows)
    found = stand_ins(evidence, evidence.columns["n"], repeated=True)
    assert (found.codes if found else None) == codes


def test_yes_beside_a_third_answer_is_no_pair_of_rates(tmp_path: Path) -> None:
    rows = [("A", "Yes", 60), ("A", "No", 40), ("B", "Yes", 55), ("B", "Partly", 45), ("C", "Yes", 52), ("C", "No", 48)]
    evidence = evidence_of(tmp_path, ("Clinic", "Answer", "Percent"), rows)
    assert answered_rates(evidence, list(evidence.columns.values())) is None
    both = evidence_of(tmp_path, ("Clinic", "Answer", "Percent"), rows[:2] + rows[4:])
    found = answered_rates(both, list(both.columns.values()))
    assert found is not None
    assert (found[1], found[2]) == ("No", "Percent")


def test_a_rate_is_a_witness_where_it_shows_enough_rows_and_digits() -> None:
    """Two rows of ten, or rates of one digit, fit a multiplier by chance."""
    n = np.full(10, 400.0)
    x = np.array([12.0, 30.0, 44.0, 61.0, 75.0, 90.0, 20.0, 33.0, 50.0, 81.0])
    few = np.where(np.arange(10) < 2, x, 0.0)
    assert multiplier_of(x, n, 100 * x / n, 2, (100.0,)) == 100.0
    assert multiplier_of(few, n, 100 * few / n, 2, (100.0,)) is None
    rare = np.array([1.0, 1.0, 2.0, 1.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0])
    assert multiplier_of(rare, 10 * n, np.round(100 * rare / (10 * n), 1), 1, (100.0,)) is None


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (("Number", "Rate"), True),
        (("Number of persons", "Percent", "Low 95% confidence interval"), True),
        (("Number of cases", "Number of deaths"), False),
        (("Low income", "High income"), False),
        (("Rate", "White"), False),
        (("Rate",), False),
    ],
)
def test_statistics_are_told_by_a_rate_among_them(tmp_path: Path, values: tuple[str, ...], told: bool) -> None:
    rows = [(value, 10 + k) for k, value in enumerate(values * 3)]
    evidence = evidence_of(tmp_path, ("Type", "val"), rows)
    assert tells_statistics(evidence.columns["Type"]) == told
