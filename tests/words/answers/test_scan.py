"""What is said of every gap at once."""

from __future__ import annotations

from dataclasses import replace

from equity.words import numbers
from equity.words.answers import areas
from equity.words.answers import scan as words
from tests.crossed_answers_for_tests import scan


def test_the_finding_counts_the_comparisons_and_names_the_top() -> None:
    assert words.finding(scan()) == ("Largest gaps, 2024: 6 gaps are clear among 14 comparisons.")


def test_a_line_says_how_sure_its_place_is_and_what_is_not_known() -> None:
    said = words.listed(scan())
    assert said[3] == (
        "Controlled blood pressure, Black or African American patients: 14.0 points lower (worse) than Asian "
        "patients (highest rate); about 309 more patients (95% range 242–376); rank 4, could be 4 to 5. Race and "
        "ethnicity recorded for 91%: use with caution."
    )
    assert said[4] == (
        "Left without being seen, people whose language is Spanish: 5.0 points higher (worse) than people whose "
        "language is English (lowest rate); about 70 fewer visits (95% range 48–92); rank 5."
    )
    assert said[5].endswith(
        "19.9 minutes higher (worse) than people whose language is English (lowest average); "
        "not ranked among the counts."
    )


def test_complete_data_take_nothing_off() -> None:
    assert not any("with caution" in line for line in words.listed(scan(known=0.95)))
    assert "In 4 of the lines, the group is recorded for less than 95%." in words.not_known(scan())
    assert not any("95%" in s for s in words.not_known(scan(known=0.95)))


def test_the_rule_for_many_comparisons_is_said_plainly() -> None:
    plain = (
        "Looking at 14 comparisons at once turns up some gaps by chance. About 1 in 10 of the gaps called clear "
        "may be chance (a false discovery rate of 10%)."
    )
    assert words.how_sure(scan()) == plain
    picked = {at: replace(reference, picked=True) for at, reference in scan().references.items()}
    assert words.how_sure(replace(scan(), references=picked)) == (
        f"{plain} The group with the best rate was itself picked out, so gaps from it must pass a stricter test."
    )


def test_a_scan_that_finds_nothing_is_quiet() -> None:
    answer = scan()
    calm = replace(answer, rows=answer.rows.assign(rank=float("nan"), worst=0))
    assert words.finding(calm) == "Clear gaps, 2024: none of 14 comparisons shows one."
    assert words.listed(calm) == ()
    assert words.chart_title(calm) == "No clear gap in any measure"
    assert words.quiet(calm) == (
        "No clear gap, however patients are grouped: controlled blood pressure, left without being seen, minutes "
        "from arrival to clinician and HIV diagnoses."
    )
    assert words.quiet(answer) == ""


def test_each_measure_has_a_row_of_its_own_and_its_first_gap_stands_in_the_cell() -> None:
    answer = scan()
    cells = words.cells(answer)
    assert list(cells) == [(m.name, s.name) for m in answer.measures for s in answer.stratifiers]
    first: dict[tuple[str, str], str] = {}
    for placed in areas.clear(answer):
        c = placed.compared
        first.setdefault((c.measure.name, c.stratifier.name), numbers.short_gap(c.measure, c.row.gap, c.row.n))
    assert {at: cell.gap for at, cell in cells.items() if cell.state == "gap"} == first


def test_the_table_has_a_row_a_clear_gap() -> None:
    table = words.table(scan())
    assert table["Could be"].tolist() == ["1", "2 to 5", "3 to 5", "4 to 5", "5", ""]
    assert table["Known"].tolist() == ["91%", "91%", "91%", "91%", "99%", "99%"]
