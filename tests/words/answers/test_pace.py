"""What is said of what it would take to close a gap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.words.answers import pace as words
from equity.words.answers import tables
from tests.answers_for_tests import LEFT, MINUTES
from tests.crossed_answers_for_tests import pace
from tests.words.test_reading_grade import HIGHEST_GRADE, RACE, VISIT, grade

BLACK = "Black or African American patients"
GAP = f"the gap for {BLACK}"
TREND = f"Controlled blood pressure: if this trend continues, {GAP} (14 points)"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("closes", f"Controlled blood pressure: at this pace, {GAP} (14 points) closes in Q1 2027."),
        (
            "may_never_close",
            f"{TREND} may never close.",
        ),
        ("never_at_this_pace", f"{TREND} may not close."),
        ("closed_already", f"Controlled blood pressure: no gap is left for {BLACK}."),
        ("", f"Controlled blood pressure: too few periods to say at what pace {GAP} moves."),
    ],
)
def test_each_way_in_which_a_gap_can_move(status: str, said: str) -> None:
    assert words.finding(pace(status)) == said


def test_a_gap_that_closes_beyond_twenty_years() -> None:
    far = replace(pace(), closes_in="")
    assert words.finding(far).endswith("takes over 20 years to close.")


def test_what_it_would_take_is_said_in_people() -> None:
    assert words.needed(pace()) == (
        "To close it by Q4 2026, each quarter about 16 more than the quarter before must meet the measure (95% "
        "range 7.8–19), reaching 124 more."
    )
    assert "about 16 fewer than the quarter before can have this outcome" in words.needed(pace(measure=LEFT))
    assert words.needed(replace(pace(measure=MINUTES), gap=16.0)) == (
        "To close it by Q4 2026, the average must fall by 2.0 minutes every quarter."
    )
    assert words.needed(pace("closed_already")) == ""


def test_when_a_chart_could_tell() -> None:
    assert words.when_told(pace()) == ("If it comes evenly, a control chart would likely show it after 16 quarters.")
    assert words.when_told(replace(pace(), periods_to_tell=None)).endswith("may not show it within 36 quarters.")
    assert words.when_told(pace(told=False)) == ""


def test_it_is_printed_with_the_warning_that_it_is_no_forecast() -> None:
    said = tables.finding_and_table(pace())
    assert said.startswith("Controlled blood pressure: at this pace")
    assert "12 quarters  60%" in said
    assert said.endswith("it is not a forecast.")


@pytest.mark.parametrize("status", ["closes", "may_never_close", "never_at_this_pace", "closed_already", ""])
def test_the_reading_grade(status: str) -> None:
    answer = replace(pace(status, measure=VISIT), stratifier=RACE, group="Black")
    said = " ".join([words.finding(answer), *words.not_known(answer)])
    assert grade(said) <= HIGHEST_GRADE, (grade(said), said)
