"""What a workspace holds, laid over charts of any grain."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.cards.chart_overlays import chart_overlays
from equity.cards.page_question import PageQuestion, resolve
from equity.improvement.cycles import Cycle, Shown, do_opened
from equity.improvement.cycles import CycleQuestion as Asked
from equity.improvement.nouns import CYCLE, PROJECT
from equity.improvement.projects import Project
from equity.lens.choices import PLAIN_FRAME
from equity.store.records.annotations import Scope, annotate
from equity.store.records.chart_frames import FrameKey, save_frame
from equity.store.records.frame_values import Baseline, KeptFrame
from equity.store.records.shelf import add, withdraw
from equity.store.workspace.clock import now
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.ui.session.workspace import here
from equity.vocabulary import PeriodRange, periods_between
from equity.words.answers.chart_frames import event_in_words
from tests.cards.test_question import described


@pytest.fixture
def question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PageQuestion:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    monkeypatch.delenv("EQUITY_DATABASE_URL", raising=False)
    return resolve(["Ours"], described(), {})


def test_a_workspace_that_nobody_touched_lays_nothing_over(question: PageQuestion) -> None:
    laid = chart_overlays(here(), question)
    assert laid.frame("Black", periods_between("2024-01", "2024-12")) == PLAIN_FRAME
    assert laid.events(("2024",)) == ()


def test_a_group_has_its_own_frame_or_the_one_of_all(question: PageQuestion) -> None:
    place = here()
    for group, first, target in (("", "2023", 0.6), ("Black", "2024", 0.8)):
        key = FrameKey("Ours", "Controlled blood pressure", "race", group)
        frame = KeptFrame(Baseline(PeriodRange(first, first)), target=target)
        save_frame(place.database, HOME_WORKSPACE, key, frame, seen_version=0, by=LOCAL_OWNER)
    laid, years = chart_overlays(here(), question), ("2023", "2024")
    assert (laid.frame("Black", years).baseline, laid.frame("Black", years).target) == ((False, True), 0.8)
    assert (laid.frame("White", years).baseline, laid.frame("White", years).target) == ((True, False), 0.6)
    quarters = periods_between("2023-Q3", "2024-Q2")
    assert dict(laid.by_group(quarters))["Black"].baseline == (False, False, True, True)


def test_a_test_of_change_stands_among_the_events_once_it_began(question: PageQuestion) -> None:
    place = here()
    annotate(place.database, HOME_WORKSPACE, "2024-05", "Later", by=LOCAL_OWNER)
    shown = Shown("Ours", "Controlled blood pressure", "race", "Black")
    planned = Cycle(objective="Call back", questions=(Asked("?", "yes"),), who="Rosa", begins="2024-02-10", shown=shown)
    project = add(place.database, HOME_WORKSPACE, PROJECT, Project("Call back"), by=LOCAL_OWNER)
    add(place.database, HOME_WORKSPACE, CYCLE, planned, by=LOCAL_OWNER, parent=project.id)
    assert chart_overlays(place, question).tests == ()
    add(place.database, HOME_WORKSPACE, CYCLE, do_opened(planned, now()), by=LOCAL_OWNER, parent=project.id)
    laid = chart_overlays(place, question)
    assert len(laid.annotations) == 1
    assert [event_in_words(event) for event in laid.events(periods_between("2024-01", "2024-12"))] == [
        "1: Test 1 began: Call back, February 2024",
        "2: Later, May 2024",
    ]
    withdraw(place.database, HOME_WORKSPACE, PROJECT, project.id, seen_version=1, by=LOCAL_OWNER)
    assert chart_overlays(place, question).tests == ()


def test_events_are_numbered_in_time_and_only_those_that_belong_here(question: PageQuestion) -> None:
    place = here()
    for period, words, dataset in (
        ("2024-05", "Later", ""),
        ("2024-02", "Earlier", "Ours"),
        ("2024-03", "Of other data", "Theirs"),
        ("2022-01", "Before the chart", ""),
    ):
        annotate(place.database, HOME_WORKSPACE, period, words, by=LOCAL_OWNER, scope=Scope(dataset))
    laid = chart_overlays(here(), question)
    quarters = periods_between("2024-Q1", "2024-Q4")
    assert [event_in_words(event) for event in laid.events(quarters)] == [
        "1: Earlier, February 2024",
        "2: Later, May 2024",
    ]
    assert [(event.first, event.last) for event in laid.events(quarters)] == [
        ("2024-Q1", "2024-Q1"),
        ("2024-Q2", "2024-Q2"),
    ]
