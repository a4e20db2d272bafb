"""What is asked before a chart is shown: plain words, from what was asked and nothing else."""

from __future__ import annotations

import dataclasses

import pytest

from equity.lens.choices import Choices
from equity.vocabulary import Category, Description, Measure, PeriodRange, Stratifier
from equity.words.answers import predictions
from equity.words.answers.predictions import Grid, Prediction, Rows, Times
from tests.words.test_reading_grade import HIGHEST_GRADE, RACE, VISIT, grade

SITE = Stratifier("site", "Site", categories=(Category("Mill"), Category("Point")))
WAIT = Measure("Time to be seen", "mean", "lower_better", "Heart care", unit="minutes")
HELD = Description(
    dataset="Sample", version=1, created="", shape="rows", tables="crossed", values="counts", grain="year",
    periods=("2022", "2023", "2024"), has_person=False, rows_in=1, rows_used=1, rows_set_aside=0,
    measures=(VISIT, WAIT), stratifiers=(RACE, SITE),
)  # fmt: skip
ASKED = Choices("Sample", 1, VISIT.name, "race", period=PeriodRange("2024", "2024"))
EVERY = {
    "groups": lambda c: predictions.groups_compared(c, HELD),
    "gaps": lambda c: predictions.gaps(c, HELD),
    "over time": lambda c: predictions.over_time(c, HELD),
    "signals": lambda c: predictions.signals(c, HELD),
    "pace": lambda c: predictions.pace(c, HELD),
    "areas": lambda c: predictions.areas(c, HELD),
    "scan": lambda c: predictions.scan(c, HELD),
    "most people": lambda c: predictions.most_people(c, HELD),
    "crossed": lambda c: predictions.crossed(c, ("race", "site"), HELD),
    "furthest": lambda c: predictions.furthest(c, ("race", "site"), HELD),
    "each place": lambda c: predictions.each_place(c, "site", HELD),
    "within or between": lambda c: predictions.within_or_between(c, "site", HELD),
    "known": lambda c: predictions.known(c, HELD),
    "known over time": lambda c: predictions.known_over_time(c, HELD),
    "bounds": lambda c: predictions.bounds(c, HELD),
    "overall": lambda c: predictions.overall(c, HELD),
    "overall over time": lambda c: predictions.overall_over_time(c, HELD),
}


@pytest.mark.parametrize("name", EVERY)
def test_each_is_a_question_in_plain_words(name: str) -> None:
    asked = EVERY[name](ASKED)
    assert "?" in asked.question
    assert grade(f"{asked.question} {predictions.ALOUD}") <= HIGHEST_GRADE
    assert (asked.alt == "") == (asked.frame is None)


def test_the_worst_end_follows_the_polarity() -> None:
    assert "the lowest rate of yearly check in 2024" in EVERY["groups"](ASKED).question
    waits = dataclasses.replace(ASKED, measure=WAIT.name)
    assert "the highest average of time to be seen in 2024" in EVERY["groups"](waits).question
    neutral = dataclasses.replace(HELD, measures=(dataclasses.replace(VISIT, polarity="neutral"),))
    said = predictions.groups_compared(ASKED, neutral).question
    assert "the highest" in said
    assert "the lowest" in said
    assert "far" not in said


def test_groups_stand_in_the_order_of_their_list_and_those_who_did_not_answer_are_none() -> None:
    assert EVERY["groups"](ASKED) == Prediction(
        EVERY["groups"](ASKED).question, Rows(("Black", "White"), "Yearly check", per_cent=True)
    )
    always = dataclasses.replace(ASKED, period=PeriodRange())
    assert EVERY["over time"](always).frame == Times(("Black", "White"), "2022", "2024", "Yearly check", True)
    some = EVERY["signals"](dataclasses.replace(ASKED, period=PeriodRange("2022", "2023"))).frame
    assert some == Times(("Black", "White"), "2022", "2023", "Yearly check", True)
    assert EVERY["crossed"](ASKED).frame == Grid(("Black", "White", "Unknown"), ("Mill", "Point"))
    assert EVERY["areas"](ASKED).frame == Grid(("Heart care",), ("Race", "Site"))
