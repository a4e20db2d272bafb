"""What is said of gaps over time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.words.answers import trends as words
from tests.answers_for_tests import INTERPRETER, released, trends

BLACK = "Black or African American"


def test_closing_by_lifting_shows_the_range_that_earns_the_word() -> None:
    answer = trends({BLACK: "closing_by_lifting"})
    assert words.finding(answer) == (
        "Controlled blood pressure, 2022–2024: the gap for Black or African American patients narrowed by 10.0 "
        "points. 95% range: 6.0–14.0."
    )
    assert words.chart_title(answer) == (
        "Controlled blood pressure: the gap for Black or African American patients narrowed: the group improved, "
        "compared with Asian patients (highest rate)"
    )
    assert words.prompt(answer) == (
        "What did we change in our care for Black or African American patients, and how do we keep it up?"
    )


def test_levelling_down_is_not_called_success() -> None:
    answer = trends({"White": "levelling_down"})
    assert words.finding(answer) == (
        "Controlled blood pressure, 2022–2024: the rate for Asian patients fell. So the gap for White patients "
        "narrowed."
    )
    assert words.what_it_comes_to(answer) == (
        "The gap narrowed by 8.0 points (95% range 4.0–12.0), for this reason only. This is not an improvement.",
    )
    assert words.chart_title(answer) == (
        "Controlled blood pressure: the gap for White patients narrowed, but only because others got worse, "
        "compared with Asian patients (highest rate)"
    )
    assert words.how_sure(answer) == (
        "The gap got smaller only because the others got worse. This is not an improvement. We say so only when "
        "the 95% range rules out no change."
    )


def test_widening() -> None:
    assert words.finding(trends({BLACK: "widening"})) == (
        "Controlled blood pressure, 2022–2024: the gap for Black or African American patients grew by 8.0 "
        "points. 95% range: 4.0–12.0."
    )


def test_no_clear_change_says_where_the_gap_stands() -> None:
    answer = trends({BLACK: "no_clear_change"})
    assert words.finding(answer) == (
        "Controlled blood pressure, 2022–2024: no clear change. The gap for Black or African American patients is "
        "now 15.0 points."
    )
    assert words.chart_title(answer) == (
        "Controlled blood pressure: no clear change in any gap from Asian patients (highest rate)"
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("side_unclear", "but it is not clear which side moved."),
        ("no_gap_to_close", "there was no gap to close for Black or African American patients"),
        ("group_still_ahead", "did as well as Asian patients (highest rate) or better"),
    ],
)
def test_each_reason_for_no_clear_change_has_its_own_sentence(reason: str, said: str) -> None:
    answer = trends({BLACK: "no_clear_change"})
    assert said in words.finding(replace(answer, changes=answer.changes.assign(reason=reason)))


def test_without_a_clear_gap_no_group_is_singled_out() -> None:
    answer = trends({BLACK: "no_clear_change"})
    small = answer.changes.assign(gap_last=0.01, gap_last_lower=-0.02, gap_last_upper=0.04)
    assert words.finding(replace(answer, changes=small)) == (
        "Controlled blood pressure, 2022–2024: no clear change in any gap by race and ethnicity."
    )
    assert words.focus(replace(answer, changes=small)) == BLACK


@pytest.mark.parametrize("changes", [{}, {"White": ""}])
def test_too_few_periods(changes: dict[str, str]) -> None:
    answer = trends(changes, grain="year")
    assert words.finding(answer) == (
        "Controlled blood pressure, 2022–2024: too few periods to say whether a gap is closing."
    )
    assert (
        words.chart_title(answer) == "Controlled blood pressure over time, compared with Asian patients (highest rate)"
    )


def test_a_neutral_measure_gets_no_word() -> None:
    answer = trends({BLACK: "no_clear_change"}, measure=INTERPRETER)
    assert words.finding(answer) == (
        "Interpreter used, 2022–2024: neither side is better, so no gap is called closing."
    )


def test_the_clear_changes_come_first() -> None:
    answer = trends({"White": "no_clear_change", BLACK: "closing_by_lifting"})
    first, second = words.every_change(answer)
    assert "Black or African American" in first
    assert "no clear change" in second


def test_holes_are_named() -> None:
    assert words.not_known(released(trends(), "nhs", 8)) == (
        "12 points are not shown to protect privacy (fewer than 8).",
        "1 value is missing: a break in the line, not a zero.",
    )


def test_alt_text_gives_the_ends_of_every_line() -> None:
    told = words.alt_text(trends())
    assert "Black or African American: 55% in Q1 2022, 66% in Q4 2024" in told
    assert "Native Hawaiian or Pacific Islander: nothing to show" in told


def test_the_table_holds_every_point() -> None:
    answer = trends()
    table = words.table(answer)
    assert len(table) == len(answer.rows)
    assert table.iloc[1].to_dict() == {
        "Period": "Q1 2022",
        "Group": BLACK,
        "Rate": "55%",
        "Range": "52% to 58%",
        "Number": "500",
        "Gap": "14 points lower (worse)",
        "Gap range": "10 to 18 points",
    }
    hidden = table[table["Group"].str.startswith("Native")].iloc[0]
    assert hidden["Rate"] == "Not shown: hidden in the source"
    assert (hidden[["Range", "Number", "Gap", "Gap range"]] == "").all()


def test_the_changes_as_a_table() -> None:
    assert words.changes_table(trends()).iloc[0].to_dict() == {
        "Group": BLACK,
        "Change in the gap": "10.0 points narrower",
        "Its range": "6.0 to 14.0 points narrower",
        "Group's own change": "up 10.0 points",
        "Reference's change": "no change",
        "In a word": "narrowed: the group improved",
    }
