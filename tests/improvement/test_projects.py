"""Projects: when one can be kept and moved, and all of them beside each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from equity.improvement import projects as rules
from equity.improvement.cycles import Cycle, CycleQuestion
from equity.improvement.portfolio import filtered, portfolio
from equity.improvement.progress_scale import ProgressScore
from equity.improvement.projects import Project, State
from equity.vocabulary import PlainError
from equity.words.work import projects as words
from tests.improvement.made_up import kept

TODAY = dt.date(2027, 3, 14)
PROJECT = Project(
    "Call back in Spanish",
    "A nurse calls back in the patient’s language.",
    owner="Rosa",
    team=("Ben", "Ada"),
    site="East clinic",
    next_step="Look at the first calls",
    next_date="2027-03-20",
    begins="2027-01-10",
)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title": " "}, "no title"),
        ({"ends": "2026-01-01"}, "lies before the beginning"),
        ({"next_date": "next week"}, "“next week” is not a day"),
        ({"state": "testing", "owner": ""}, "name its owner"),
    ],
)
def test_what_cannot_be_kept_is_said(change: dict[str, str], named: str) -> None:
    assert rules.checked(PROJECT) == PROJECT
    with pytest.raises(PlainError, match=named):
        rules.checked(replace(PROJECT, **change))


def test_a_project_moves_by_a_persons_word_and_ends_with_a_reason() -> None:
    testing = rules.moved(PROJECT, "testing")
    assert (testing.state, testing.why_moved) == ("testing", "")
    with pytest.raises(PlainError, match="Write why"):
        rules.moved(testing, "stopped", "  ")
    stopped = rules.moved(testing, "stopped", "Too few nurses")
    assert words.state_line(stopped) == "Stopped: Too few nurses"
    with pytest.raises(PlainError, match="Write why"):
        rules.moved(stopped, "testing")
    assert rules.moved(stopped, "testing", "Two nurses joined").state == "testing"
    for state, named in (("stopped", "in that state already"), ("lost", "There is no state")):
        with pytest.raises(PlainError, match=named):
            rules.moved(stopped, state)  # type: ignore[arg-type]
    with pytest.raises(PlainError, match="name its owner"):
        rules.moved(replace(PROJECT, owner=""), "planning")


def test_names_are_read_as_people_type_them() -> None:
    assert rules.people(" Ada, Ben;Cy ,, Ada ") == ("Ada", "Ben", "Cy")
    assert rules.people("") == ()


def test_a_portfolio_tells_what_hangs_on_each_project() -> None:
    asked, blind = CycleQuestion("Do they come?", "4 of 5"), CycleQuestion("Do they come?", why_none="New to us")
    cycles = [
        kept(Cycle(1, questions=(asked,), opened="2027-02-01T08:00:00+00:00", stage="closed", scale="one"), parent="p"),
        kept(Cycle(2, questions=(blind,), opened="2027-03-01T08:00:00+00:00", stage="do", scale="five"), parent="p"),
        kept(Cycle(3, scale="all", ends="2027-03-01"), parent="p"),
        kept(Cycle(1, ends="2027-03-02"), parent="q"),
    ]
    score = kept(ProgressScore(2.5, "team", "Two tests done"), parent="p", created=dt.date(2027, 1, 1))
    projects = [
        kept(replace(PROJECT, title="Late", next_date=""), record="q"),
        kept(replace(PROJECT, state="testing"), record="p"),
    ]
    found = portfolio(projects, cycles, [score], TODAY)
    late, own = found.rows
    assert (own.cycles, own.done, own.with_prediction, own.scale, own.late) == (3, 1, 1, "five", False)
    assert (own.standing.team, own.standing.team_days) == (score.content, 72)
    assert (late.next_date, late.late, late.scale) == ("2027-03-02", True, None)
    assert words.finding(found) == "2 projects, 1 under way. 1 project is past the day of its next step."
    assert words.tests_line(own) == "3 tests, 1 closed; tried with about five. 1 had a prediction before they began."
    assert words.in_short(late) == "Late · Rosa · due March 2, 2027 (day has passed)"
    assert list(words.table(found)["Progress (team)"]) == ["", "2.5"]


@pytest.mark.parametrize(("ends", "late"), [("2027-03-13", True), ("2027-03-14", False)])
def test_a_day_has_passed_when_it_is_over_and_a_closed_test_is_due_no_more(ends: str, late: bool) -> None:
    cycles = [
        kept(Cycle(1, ends="2027-01-31", stage="closed"), parent="p"),
        kept(Cycle(2, ends=ends), parent="p"),
    ]
    [row] = portfolio([kept(replace(PROJECT, next_date=""), record="p")], cycles, [], TODAY).rows
    assert (row.next_date, row.late) == (ends, late)


def test_a_portfolio_is_filtered_by_all_that_is_given() -> None:
    states: tuple[State, ...] = ("idea", "testing", "testing")
    many = [
        kept(replace(PROJECT, title=f"Project {i}", state=state, owner=f"Owner {i % 2}"), record=str(i), parent="aim")
        for i, state in enumerate(states)
    ]
    found = portfolio(many, [], [], TODAY)
    assert [r.id for r in filtered(found, words="SPANISH project").rows] == []
    assert [r.id for r in filtered(found, words="project EAST").rows] == ["0", "1", "2"]
    assert [r.id for r in filtered(found, states=("testing",), owner="Owner 0").rows] == ["2"]
    assert filtered(found, aim="another").rows == ()
    assert (found.owners, found.sites) == (("Owner 0", "Owner 1"), ("East clinic",))
    assert words.finding(filtered(found, site="West")) == "There is no project yet."
