"""What is asked for and was not written: an invisible character is no answer to any question of the work."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from equity.focus import nouns as focus_nouns
from equity.focus import room
from equity.improvement import aims, cycles, path, progress_scale, projects
from equity.improvement import nouns as work_nouns
from equity.improvement.dates import day
from equity.improvement.team import history, letters, pairing, reflections, team, team_nouns
from equity.store.records.nouns import NOUNS
from equity.store.workspace import texts
from equity.vocabulary import Measure, PlainError

KNOWN = (focus_nouns, work_nouns, team_nouns)
"""The rooms whose records are known once they are imported."""
UNSEEN, TODAY = "\u200b", dt.date(2026, 11, 30)
ASKED = (cycles.CycleQuestion(UNSEEN, "4 of 5"),)
PLAN = cycles.Cycle(who="Ana", begins="2026-11-01", questions=(cycles.CycleQuestion("Do they come?", UNSEEN),))
LETTER = letters.Letter("Ana", "Chief", promises={"time": "4 h"}, text="We promise")
STATEMENT = history.Acknowledgement("Redlining", "It was", "Many", now="We pay")


@pytest.mark.parametrize(
    "kept",
    [
        lambda: projects.checked(projects.Project(UNSEEN)),
        lambda: projects.checked(projects.Project("Calls", state="testing", owner=UNSEEN)),
        lambda: projects.moved(projects.Project("Calls"), "stopped", UNSEEN),
        lambda: progress_scale.checked(progress_scale.ProgressScore(2.0, "team", UNSEEN)),
        lambda: cycles.do_opened(PLAN, dt.datetime(2026, 11, 1, tzinfo=dt.UTC)),
        lambda: cycles.do_opened(replace(PLAN, questions=ASKED), dt.datetime(2026, 11, 1, tzinfo=dt.UTC)),
        lambda: cycles.acted(cycles.Cycle(stage="act"), "adopt", UNSEEN, ""),
        lambda: team.joined(team.TeamPerson(UNSEEN), (), TODAY),
        lambda: team.joined(team.TeamPerson(f"Ana{UNSEEN}"), (team.TeamPerson("Ana"),), TODAY),
        lambda: letters.signed(replace(LETTER, signatory=UNSEEN), TODAY, TODAY),
        lambda: letters.signed(replace(LETTER, promises={"time": UNSEEN}), TODAY, TODAY),
        lambda: letters.signed(replace(LETTER, text=UNSEEN), TODAY, TODAY),
        lambda: history.placed(history.HistoryEvent("1999", UNSEEN, source="Ana"), TODAY),
        lambda: history.placed(history.HistoryEvent("1999", "It was", source=UNSEEN), TODAY),
        lambda: history.placed(history.HistoryEvent("١٩٩٩", "It was", source="Ana"), TODAY),
        lambda: history.approved(STATEMENT, UNSEEN, TODAY),
        lambda: history.approved(replace(STATEMENT, now=UNSEEN), "The board", TODAY),
        lambda: reflections.raised(reflections.OpenPoint(UNSEEN), "2026-Q3"),
        lambda: reflections.closed(reflections.OpenPoint("Call"), UNSEEN, TODAY),
        lambda: reflections.answered(reflections.LeaderReply("Ana", UNSEEN, "")),
        lambda: room.prepared(room.FocusRoom("", "D", 1, areas=("A", "B"), criteria=(room.Criterion("Cost", UNSEEN),))),
        lambda: texts.kept_name(UNSEEN, "this link"),
    ],
)
def test_an_invisible_answer_is_none(kept: Callable[[], Any]) -> None:
    with pytest.raises(PlainError):
        kept()


def test_an_aim_lacks_what_nobody_sees() -> None:
    aim = aims.Aim(where=UNSEEN, with_whom="the council", benefits=UNSEEN, burdened=UNSEEN)
    assert {"where", "benefits", "burdened"} <= set(aims.missing(aim))
    assert "with_whom" not in aims.missing(aim)


def test_what_was_written_can_be_seen() -> None:
    assert cycles.do_opened(
        replace(PLAN, questions=(cycles.CycleQuestion("Do they come?", "4 of 5"),)),
        dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    ).opened
    assert letters.signed(LETTER, TODAY, TODAY).is_signed
    assert history.approved(STATEMENT, "The board", TODAY).approved


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "20240101", "2024-W01-1", "2024-02-30", "soon"])
def test_a_day_is_one_of_the_calendar_in_its_one_form(text: str) -> None:
    with pytest.raises(PlainError):
        day(text)


@pytest.mark.parametrize("size", [0, 1, 5])
def test_groups_have_a_size_that_can_be_drawn(size: int) -> None:
    with pytest.raises(PlainError, match="cannot be drawn"):
        pairing.draw(["a", "b", "c"], (), frozenset(), size, 1)


def test_whoever_left_stays_so_when_their_words_are_corrected() -> None:
    gone = team.gone(team.TeamPerson("Ana", account="x"), TODAY)
    edited = team.reworded(gone, replace(gone, commitment="4 h", account="y"), (team.TeamPerson("Ana"),), TODAY)
    assert (edited.left, edited.commitment, edited.account) == ("2026-11-30", "4 h", "x")


@pytest.mark.parametrize("reading", [cycles.Reading("2024-01-01", float("nan")), cycles.Reading("2024-01-01", 1.0, -3)])
def test_a_number_by_hand_is_one(reading: cycles.Reading) -> None:
    with pytest.raises(PlainError, match="2024-01-01"):
        cycles.checked(cycles.Cycle(readings=(reading,)))


@pytest.mark.parametrize("part", ["target", "stretch", "floor"])
def test_an_aim_in_no_number_is_not_set(part: str) -> None:
    base = aims.Baseline(40.0, 900, "2024", 1)
    aim = aims.Aim("D", "Wait", "race", "B", baseline=base, target=30.0, stretch=25.0, by_when="2027", where="here",
                   with_whom="all", benefits="B", burdened="no one", floor=1.0)  # fmt: skip
    measure = Measure("Wait", "mean", "lower_better")
    assert aims.as_set(aim, measure).status == "set"
    with pytest.raises(PlainError, match="are numbers"):
        aims.as_set(replace(aim, **{part: float("nan")}), measure)


@pytest.mark.parametrize(
    ("noun", "content"),
    [
        ("project", projects.Project("Calls", begins="9999-12-31")),
        ("project", projects.Project("Calls", next_date="soon")),
        ("cycle", cycles.Cycle(begins="soon")),
        ("aim", aims.Aim(by_when="later")),
        ("aim", aims.Aim(baseline=aims.Baseline(0.5, 10, "then", 1))),
        ("journey", path.Journey("0001-01-01")),
        ("history_event", history.HistoryEvent("long ago", placed=True)),
        ("acknowledgement", history.Acknowledgement("T", approved="once")),
        ("letter", letters.Letter(signed="2024-01-01", valid_until="always")),
        ("team_person", team.TeamPerson("Ana", left="2024-13-01")),
        ("reflection", reflections.Reflection("2026")),
        ("open_point", reflections.OpenPoint("Call", by_when="2026-13-01", since="2026-Q1")),
        ("open_point", reflections.OpenPoint("Call", since="")),
        ("leader_reply", reflections.LeaderReply("Ana", "All", "", by_when="soon")),
        ("practice_round", pairing.Round("now", (), "", 5, 0)),
        ("decision", room.FocusRoom("", "D", 1, period="then")),
        ("decision", room.FocusRoom("", "D", 1, choice=room.Choice("A", "r", "", "we", "later"))),
    ],
)
def test_a_file_with_a_day_that_is_none_is_refused(noun: str, content: object) -> None:
    """Else one line of a file takes a page from everybody."""
    kind = NOUNS.named(noun)
    assert isinstance(content, kind.holds)
    with pytest.raises(PlainError):
        kind.checked(json.loads(kind.written(content)))


def test_drafts_without_any_day_come_in() -> None:
    drafts = (("project", projects.Project()), ("cycle", cycles.Cycle()), ("aim", aims.Aim()),
              ("history_event", history.HistoryEvent("some time")), ("letter", letters.Letter()),
              ("decision", room.FocusRoom("", "D", 1)), ("journey", path.Journey()))  # fmt: skip
    for noun, content in drafts:
        kind = NOUNS.named(noun)
        kind.checked(json.loads(kind.written(content)))
