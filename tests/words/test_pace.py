"""What is said of what it would take to close a gap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.words import pace as words
from equity.words import tables
from tests.answers_for_tests import LEFT, MINUTES
from tests.crossed_answers_for_tests import pace
from tests.words.test_reading_grade import HIGHEST_GRADE, RACE, VISIT, grade

GAP = "the gap for Black or African American patients in controlled blood pressure"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("closes", f"At the pace so far, {GAP} (14 points) would close in Q1 2027."),
        (
            "may_never_close",
            f"At the pace so far, {GAP} (14 points) might close in Q1 2027, "
            "but the trend is too unsure to count on it.",
        ),
        ("never_at_this_pace", f"At the pace so far, {GAP} (14 points) would never close."),
        ("closed_already", f"T{GAP[1:]} is closed: they do as well as the best group, White, or better."),
        ("", f"There are too few periods to say at what pace {GAP} moves."),
    ],
)
def test_each_way_in_which_a_gap_can_move(status: str, said: str) -> None:
    assert words.finding(pace(status)) == said


def test_a_gap_that_closes_beyond_twenty_years() -> None:
    far = replace(pace(), closes_in="")
    assert words.finding(far).endswith("would take more than twenty years to close.")


def test_what_it_would_take_is_said_in_people() -> None:
    assert words.needed(pace()) == (
        "To close it by Q4 2026, it would take about 16 more each quarter than in the one before (7.8 to 19), "
        "and 124 more a quarter at the end."
    )
    assert "16 fewer each quarter" in words.needed(pace(measure=LEFT))
    assert words.needed(replace(pace(measure=MINUTES), gap=16.0)) == (
        "To close it by Q4 2026, the average would have to get better by 2.0 minutes every quarter."
    )
    assert words.needed(pace("closed_already")) == ""


def test_when_a_chart_could_tell() -> None:
    assert words.when_told(pace()) == ("If it came about evenly, a chart would most likely show it after 16 quarters.")
    assert words.when_told(replace(pace(), periods_to_tell=None)).endswith("not surely show it within 36 quarters.")
    assert words.when_told(pace(told=False)) == ""


def test_it_is_printed_with_the_warning_that_it_is_no_forecast() -> None:
    said = tables.finding_and_table(pace())
    assert said.startswith("At the pace so far")
    assert "12 quarters  60%" in said
    assert said.endswith("it is not a forecast.")


@pytest.mark.parametrize("status", ["closes", "may_never_close", "never_at_this_pace", "closed_already", ""])
def test_the_reading_grade(status: str) -> None:
    answer = replace(pace(status, measure=VISIT), stratifier=RACE, group="Black")
    said = " ".join([words.finding(answer), *words.not_known(answer)])
    assert grade(said) <= HIGHEST_GRADE, (grade(said), said)
