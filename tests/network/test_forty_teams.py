"""Forty teams on one page, gathered by as few questions to the store as one team."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import event

from equity.access.here import Here
from equity.actions.network import comparing
from equity.actions.network.cohorts import begin_cohort
from equity.actions.network.overview import overview
from equity.network.applications import Application
from equity.network.cohorts import Cohort
from equity.network.members import Ask, Member
from equity.network.nouns import APPLICATION, ASK, MEMBER, SHARED_PIECE
from equity.network.pieces import GroupingTold, MeasureTold, Piece, RateRow, ReleaseTold, Said, Standing
from equity.store.records import exchange, shelf
from equity.store.workspace.clock import now
from equity.store.workspace.person import LOCAL_OWNER
from equity.words.cohort import overview as words
from tests.network.servers import server

MOST_STATEMENTS = 12
"""For all teams together; `benchmarks/work.py` measures how long they take."""


def put_forty_teams(here: Here) -> None:
    """A cohort of forty teams with five pieces each, a question to each, thirty applications, in a workspace."""
    begin_cohort(here, Cohort("Cohort 2027"))
    written: list[tuple[object, exchange.Line]] = []

    def put(noun: object, content: object, parent: str = "") -> str:
        line = exchange.line_of(noun, content, parent, by=LOCAL_OWNER, on=now())  # type: ignore[arg-type]
        written.append((noun, line))
        return line.id

    for number in range(40):
        held = {"history": number % 3, "aims": number % 2, "portfolio": 4}
        told = Standing(
            "2026-11-01", 1 + number % 18, held, "2026-Q3" if number % 4 else "", help="How?" * (number % 5)
        )
        member = put(MEMBER, Member(f"Team {number}", f"w{number}", "2026-01-01", standing=told))
        for piece in range(5):
            text = (Said("Learning", "What we learned " * 40),)
            shared = put(
                SHARED_PIECE, Piece(f"{number}-{piece}", "project", "P", "2026-11-02", "s", words=text), member
            )
        put(ASK, Ask("p", "How did you do it?", "Somebody"), shared)
    for number in range(30):
        day = f"2026-11-{1 + number % 28:02d}"
        put(APPLICATION, Application({"organization": f"O{number}"}, state="received", received=day))
    exchange.put(here.database, here.workspace, written, by=LOCAL_OWNER, what="forty teams")  # type: ignore[arg-type]


def put_forty_rates(here: Here) -> None:
    """Forty more teams by package, each with four rates by six groups for comparisons."""
    measures = tuple(MeasureTold(f"Measure {number}", "proportion", "higher_better") for number in range(4))
    written: list[tuple[object, exchange.Line]] = []

    def put(noun: object, content: object, parent: str = "") -> str:
        line = exchange.line_of(noun, content, parent, by=LOCAL_OWNER, on=now())  # type: ignore[arg-type]
        written.append((noun, line))
        return line.id

    for team in range(40):
        member = put(MEMBER, Member(f"Elsewhere {team}", joined="2026-01-15", key="made up", team=f"t{team}"))
        rows: list[RateRow] = []
        for at, group in ((at, group) for at in range(4) for group in range(6)):
            n, rate = 380.0 + 61 * ((team * 7 + group) % 40), 0.5 + 0.005 * ((team * 5 + at * 3 + group) % 40)
            rows.append((at, 0, f"G{group}", "2024", n, round(n * rate), n, rate, rate - 0.05, rate + 0.05))
        told = ReleaseTold(f"r{team}", "2026-11-02", "Hidden", measures, (GroupingTold("race", "race"),), tuple(rows))
        put(SHARED_PIECE, Piece(f"p{team}", "release", "Rates", "2026-11-02", "s", "comparison", release=told), member)
    exchange.put(here.database, here.workspace, written, by=LOCAL_OWNER, what="forty rates")  # type: ignore[arg-type]


def make_every_comparison(here: Here, home: Path) -> int:
    """A comparison of each rate that can be compared; how many."""
    asked = [question for question, _ in comparing.comparable(here, home)]
    for question in asked:
        comparing.make_comparison(here, home, question)
    return len(asked)


def test_a_page_works_out_no_more_comparisons_than_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on = server(tmp_path / "rates")
    here = on.workspace("Cohort 2027")
    begin_cohort(here, Cohort("Cohort 2027"))
    put_forty_rates(here)
    asked = [question for question, _ in comparing.comparable(here, on.home)][:3]
    made = [comparing.make_comparison(here, on.home, question).id for question in asked]
    drawn: list[object] = []
    as_it_is = comparing.rules.picture
    monkeypatch.setattr(comparing.rules, "picture", lambda *of: drawn.append(of) or as_it_is(*of))
    assert [seen.kept for seen in comparing.comparisons(here, on.home, 2)] == made[:0:-1]
    assert len(drawn) == 2
    assert len(comparing.comparisons(here, on.home)) == 3


def test_a_team_owes_no_reflection_on_a_quarter_before_it_joined(tmp_path: Path) -> None:
    here = server(tmp_path / "joined").workspace("Cohort 2027")
    begin_cohort(here, Cohort("Cohort 2027"))
    for joined in ("2026-09-30", "2026-10-01"):
        shelf.add(here.database, here.workspace, MEMBER, Member(joined, f"w{joined}", joined), by=LOCAL_OWNER)
    on = {day: overview(here, dt.date.fromisoformat(day)) for day in ("2026-11-30", "2027-01-02")}
    due = {day: [(team.kept.content.name, team.reflection_due) for team in seen.teams] for day, seen in on.items()}
    assert due["2026-11-30"] == [("2026-09-30", "2026-Q3"), ("2026-10-01", "")]
    assert due["2027-01-02"] == [("2026-09-30", "2026-Q4"), ("2026-10-01", "2026-Q4")]


def test_forty_teams_are_gathered_by_a_few_statements_and_worded(tmp_path: Path) -> None:
    here = server(tmp_path / "forty").workspace("Cohort 2027")
    put_forty_teams(here)
    asked: list[str] = []
    event.listen(here.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    seen = overview(here)
    assert sum(statement != "BEGIN" for statement in asked) <= MOST_STATEMENTS
    rows = [words.row(team) for team in seen.teams]
    asking = words.asking(seen)
    assert len(rows) == 40
    assert all(team.pieces == 5 and team.unanswered == 1 for team in seen.teams)
    assert sum(count for _, count in seen.ages) == 30
    assert "40 teams. Asking for help: 32. Reflections due: " in words.in_short(seen)
    assert rows[0]["Help asked for"]
    assert not rows[-1]["Help asked for"]
    assert len(asking) == 32
    assert "Team 1: How?" in asking
    assert "by age" in words.ages(seen)
