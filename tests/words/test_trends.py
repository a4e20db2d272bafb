"""What is said of gaps over time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.words import trends as words
from tests.answers_for_tests import INTERPRETER, released, trends

BLACK = "Black or African American"


def test_closing_by_lifting_shows_the_range_that_earns_the_word() -> None:
    answer = trends({BLACK: "closing_by_lifting"})
    assert words.finding(answer) == (
        "The gap for Black or African American patients in controlled blood pressure narrowed by 10.0 points "
        "(6.0 to 14.0) from Q1 2022 to Q4 2024, and it closed by lifting: their own results got better by 10.0 points "
        "(6.0 to 14.0)."
    )
    assert words.chart_title(answer) == (
        "Black or African American patients: gap in controlled blood pressure closing by lifting, "
        "beside the best group, Asian"
    )
    assert words.prompt(answer) == (
        "What did we change in our care for Black or African American patients, and how do we keep it up?"
    )


def test_levelling_down_is_not_called_success() -> None:
    answer = trends({"White": "levelling_down"})
    assert words.finding(answer) == (
        "The gap for White patients in controlled blood pressure narrowed by 8.0 points (4.0 to 12.0) from Q1 2022 to "
        "Q4 2024, but by levelling down: results for the best group, Asian, got worse by 8.0 points (4.0 to 12.0)."
    )
    assert words.chart_title(answer) == (
        "White patients: gap in controlled blood pressure levelling down, which is not success, "
        "beside the best group, Asian"
    )
    assert words.how_sure(answer) == (
        "The gap got smaller because the others got worse. That is not success. "
        "We use such a word only when its range leaves out no change at all."
    )


def test_widening() -> None:
    assert words.finding(trends({BLACK: "widening"})) == (
        "The gap for Black or African American patients in controlled blood pressure grew by 8.0 points (4.0 to 12.0) "
        "from Q1 2022 to Q4 2024."
    )


def test_no_clear_change_says_where_the_gap_stands() -> None:
    answer = trends({BLACK: "no_clear_change"})
    assert words.finding(answer) == (
        "The gap for Black or African American patients in controlled blood pressure did not clearly change from "
        "Q1 2022 to Q4 2024 (3.0 points narrower to 5.0 points wider), and it stands at 15.0 points."
    )
    assert words.chart_title(answer) == (
        "Controlled blood pressure: no clear change in any gap from the best group, Asian"
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("side_unclear", "but it is not clear which side moved."),
        ("no_gap_to_close", "There was no gap to close for Black or African American patients"),
        ("group_still_ahead", "did as well as the best group, Asian or better"),
    ],
)
def test_each_reason_for_no_clear_change_has_its_own_sentence(reason: str, said: str) -> None:
    answer = trends({BLACK: "no_clear_change"})
    assert said in words.finding(replace(answer, changes=answer.changes.assign(reason=reason)))


def test_without_a_clear_gap_no_group_is_singled_out() -> None:
    answer = trends({BLACK: "no_clear_change"})
    small = answer.changes.assign(gap_last=0.01, gap_last_lower=-0.02, gap_last_upper=0.04)
    assert words.finding(replace(answer, changes=small)) == (
        "No gap in controlled blood pressure by race and ethnicity clearly changed from Q1 2022 to Q4 2024."
    )
    assert words.focus(replace(answer, changes=small)) == BLACK


@pytest.mark.parametrize("changes", [{}, {"White": ""}])
def test_too_few_periods(changes: dict[str, str]) -> None:
    answer = trends(changes, grain="year")
    assert words.finding(answer) == (
        "There are too few periods to say whether a gap in controlled blood pressure is closing."
    )
    assert words.chart_title(answer) == "Controlled blood pressure over time, beside the best group, Asian"


def test_a_neutral_measure_gets_no_word() -> None:
    answer = trends({BLACK: "no_clear_change"}, measure=INTERPRETER)
    assert words.finding(answer) == (
        "For interpreter used, neither side is better, so the lines are shown without saying which gap is closing."
    )
    assert "worse" not in words.gap_chart_title(answer)


def test_the_clear_changes_come_first() -> None:
    answer = trends({"White": "no_clear_change", BLACK: "closing_by_lifting"})
    first, second = words.every_change(answer)
    assert "Black or African American" in first
    assert "did not clearly change" in second


def test_holes_are_named() -> None:
    assert words.not_known(released(trends(), "nhs", 8)) == (
        "12 points are not shown to protect privacy (fewer than 8).",
        "1 point is without data: a hole in the line, not a zero.",
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
        "n": "500",
        "Gap": "14 points worse",
        "Gap range": "10 to 18 points",
    }
    hidden = table[table["Group"].str.startswith("Native")].iloc[0]
    assert hidden["Rate"] == "Not shown: hidden in the source"
    assert (hidden[["Range", "n", "Gap", "Gap range"]] == "").all()


def test_the_changes_as_a_table() -> None:
    assert words.changes_table(trends()).iloc[0].to_dict() == {
        "Group": BLACK,
        "Change in the gap": "10.0 points narrower",
        "Its range": "6.0 to 14.0 points narrower",
        "Group's own change": "10.0 points better",
        "Reference's change": "0.0 points worse",
        "In a word": "closing by lifting",
    }
