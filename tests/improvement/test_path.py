"""Our path: months and quarters counted, what stands for each milestone, one thing to do this week."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity.improvement import path as rules
from equity.improvement.milestones import MILESTONES
from equity.improvement.path import EVIDENCE, Journey, Kind
from equity.improvement.portfolio import portfolio
from equity.improvement.projects import Project
from equity.vocabulary import PlainError
from equity.words.work import path as words
from tests.improvement.made_up import kept

TODAY = dt.date(2025, 1, 10)
BEGAN = Journey("2023-10-31")
NOTHING = portfolio([], [], [], TODAY)


def test_every_kind_stands_for_one_milestone_and_has_its_words() -> None:
    kinds = [kind for of in EVIDENCE.values() for kind in of]
    assert len(kinds) == len(set(kinds))
    assert set(words._KINDS) == set(kinds)
    assert set(MILESTONES) == set(words.MILESTONE) == set(words.OFTEN_NEXT) == set(words.PAGES) == set(EVIDENCE)


def test_months_and_quarters_are_counted_from_the_first_day() -> None:
    found = rules.path(BEGAN, {}, NOTHING, TODAY)
    assert (found.month, found.quarter, found.is_over) == (15, 5, False)
    assert [quarter.begins for quarter in found.quarters] == [
        dt.date(2023, 10, 31),
        dt.date(2024, 1, 31),
        dt.date(2024, 4, 30),
        dt.date(2024, 7, 31),
        dt.date(2024, 10, 31),
        dt.date(2025, 1, 31),
    ]
    assert found.quarters[0].ends == dt.date(2024, 1, 30)
    assert words.quarter_name(found.quarters[0]) == "Quarter 1, October 2023 to January 2024"
    assert words.where(found).startswith("Month 15 of 18, quarter 5 of 6. The workspace holds something for 0 of 6")
    assert rules.path(Journey("2023-01-01"), {}, NOTHING, TODAY).is_over
    assert not rules.path(Journey("2023-08-01"), {}, NOTHING, TODAY).is_over  # the eighteenth month is one of them
    assert rules.path(Journey("2026-01-01"), {}, NOTHING, TODAY).month == 1
    still = rules.path(Journey("2023-10-31", "2023-12-01"), {}, NOTHING, TODAY)
    assert (still.month, still.today) == (2, dt.date(2023, 12, 1))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(first=st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)), months=st.integers(0, 60))
def test_so_many_months_later_is_so_many_months_between(first: dt.date, months: int) -> None:
    after = rules.later(first, months)
    assert rules.months_between(first, after) == months
    assert after.day == first.day or (after + dt.timedelta(days=1)).day == 1


def test_what_is_held_stands_at_its_milestone_and_in_its_quarter() -> None:
    held: dict[Kind, list[dt.date]] = {
        "call": [dt.date(2023, 11, 1), dt.date(2024, 1, 31)],
        "aim": [dt.date(2024, 3, 3)],
        "note": [],
    }
    found = rules.path(BEGAN, held, NOTHING, TODAY)
    [calls] = found.milestones["fluency"]
    assert words.evidence(calls) == "2 learning calls, November 1, 2023 to January 31, 2024"
    assert words.evidence(found.milestones["aims"][0]) == "1 aim set, on March 3, 2024"
    assert [quarter.written["fluency"] for quarter in found.quarters[:3]] == [(("call", 1),), (("call", 1),), ()]
    assert [words.quarter_line(found, quarter) for quarter in found.quarters[1:]] == [
        "Quarter 2, January to April 2024: 1 learning call, 1 aim set",
        "Quarter 3, April to July 2024: nothing written down",
        "Quarter 4, July to October 2024: nothing written down",
        "Quarter 5, October 2024 to January 2025 (now): nothing written down",
        "Quarter 6, January to April 2025: still to come",
    ]
    assert rules.path(Journey(), {}, NOTHING, TODAY).quarters == ()


def test_one_thing_to_do_is_what_waited_longest() -> None:
    all_held: dict[Kind, list[dt.date]] = {of[0]: [TODAY] for of in EVIDENCE.values()}
    late = kept(Project("Call back", next_step="Ask Rosa", next_date="2025-01-01"), record="late")
    later = kept(Project("Cuffs", next_step="Lend five", next_date="2025-02-01"), record="later")
    said = []
    for held, projects in ((all_held, [late, later]), ({}, [later]), (all_held, [later]), (all_held, [])):
        found = rules.path(BEGAN, held, portfolio(projects, [], [], TODAY), TODAY)
        said.append((found.todo.kind, found.todo.record, words.this_week(found)))
    assert said == [
        ("late", "late", "“Ask Rosa”: its day has passed. Do it, or choose another day."),
        ("begin", "", words.OFTEN_NEXT["history"][0]),
        ("next", "later", "Next in your projects: “Lend five”."),
        ("talk", "", "Hold a learning call on what the newest data say."),
    ]


@pytest.mark.parametrize(("began", "named"), [("", "Choose the day"), ("2027-01-01", "a year ahead"), ("x", "no")])
def test_a_journey_begins_on_a_day(began: str, named: str) -> None:
    with pytest.raises(PlainError, match=named if began != "x" else "is not a day"):
        rules.checked(Journey(began), TODAY)
