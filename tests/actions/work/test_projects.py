"""Projects, tests of change, drivers and scores through the store: kept whole, conflicts hold both texts, by role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.work import aims
from equity.actions.work import cycles as tests
from equity.actions.work import drivers as diagrams
from equity.actions.work import projects as actions
from equity.cube import Cube
from equity.improvement.cycles import Cycle, CycleQuestion, Shown
from equity.improvement.drivers import Driver
from equity.improvement.nouns import CYCLE, DRIVERS, PROJECT, SCORE
from equity.improvement.progress_scale import ProgressScore
from equity.improvement.projects import Project
from equity.store.records import shelf
from equity.store.records.exchange import export_records, import_records
from equity.store.records.kept import Kept, RecordConflict
from equity.store.workspace import audit_log
from equity.store.workspace.database import Database
from equity.store.workspace.person import Role
from equity.store.workspace.tables import RecordRow
from equity.store.workspace.workspaces import make_workspace
from equity.vocabulary import PlainError
from tests.actions.work.test_focus import at
from tests.improvement.test_aims import AIM
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]

PROJECT_MADE = Project("Call back in Spanish", "A nurse calls back.", owner="Rosa")
PLAN = Cycle(
    objective="Five calls", questions=(CycleQuestion("Do they come?", "4 of 5"),), who="Rosa", begins="2024-03-01"
)


@pytest.fixture
def ada(database: Database) -> Here:
    return at(database, "Ada")


@pytest.fixture
def begun(ada: Here) -> Kept[Project]:
    return actions.begin_project(ada, aims.begin_aim(ada, AIM).id, PROJECT_MADE)


def test_a_project_goes_from_an_idea_to_its_end_and_its_history_tells_it(ada: Here, begun: Kept[Project]) -> None:
    moved = actions.move_project(ada, begun, "testing")
    saved = actions.save_project(ada, moved, replace(moved.content, next_step="Look"))
    done = actions.move_project(ada, saved, "finished", "It is how we work now")
    assert actions.project(ada, begun.id) == done
    assert [e.content.state for e in actions.history(ada, done)] == ["finished", "testing", "idea"]
    assert actions.all_projects(ada, dt.date(2027, 1, 1)).rows[0].project.why_moved == "It is how we work now"
    actions.withdraw_project(ada, done)
    assert actions.projects(ada) == ()
    assert [each.id for each in actions.withdrawn_projects(ada)] == [begun.id]
    assert actions.bring_back_project(ada, begun.id).content == done.content


def test_a_project_stands_under_an_aim_that_is_there(ada: Here) -> None:
    with pytest.raises(PlainError, match="not there any more"):
        actions.begin_project(ada, "0" * 32, PROJECT_MADE)
    with pytest.raises(PlainError, match="no title"):
        actions.begin_project(ada, aims.begin_aim(ada, AIM).id, Project())


def test_a_cycle_goes_round_and_the_next_begins_filled_in(ada: Here, begun: Kept[Project], sample_cube: Cube) -> None:
    kept = tests.begin_cycle(ada, begun.id, PLAN)
    assert kept.content.shown == Shown("Sample", AIM.measure, "race", AIM.group)
    with pytest.raises(PlainError, match="not closed yet"):
        tests.begin_next(ada, kept)
    assert tests.measured_in(ada, kept, sample_cube).group == AIM.group
    kept = tests.open_do(ada, kept)
    with pytest.raises(PlainError, match="stay as they were written"):
        tests.save_cycle(ada, kept, replace(kept.content, questions=(CycleQuestion("Do they come?", "All"),)))
    kept = tests.open_study(ada, tests.save_cycle(ada, kept, replace(kept.content, unplanned="One had moved")))
    told = tuple(replace(q, result="3 of 5", outcome="in_part") for q in kept.content.questions)
    kept = tests.open_act(ada, tests.save_cycle(ada, kept, replace(kept.content, questions=told)))
    kept = tests.act(ada, kept, "adopt", "It helps", "Five more")
    after = tests.begin_next(ada, kept)
    assert (after.content.number, after.content.scale, after.content.what) == (2, "five", "Five more")
    assert [each.content.number for each in tests.cycles(ada, begun.id)] == [1, 2]
    stages = [e.content.stage for e in shelf.earlier(ada.database, ada.workspace, CYCLE, kept.id)]
    assert list(dict.fromkeys(stages)) == ["closed", "act", "study", "do", "plan"]
    tests.withdraw_cycle(ada, after)
    assert len(tests.cycles(ada, begun.id)) == 1
    assert [each.id for each in tests.withdrawn_cycles(ada, begun.id)] == [after.id]
    assert tests.bring_back_cycle(ada, after.id).content == after.content


def test_an_aim_has_one_diagram_and_shows_what_is_tried(ada: Here, begun: Kept[Project]) -> None:
    assert diagrams.diagram(ada, begun.parent) is None
    kept = diagrams.begin_diagram(ada, begun.parent)
    assert diagrams.begin_diagram(ada, begun.parent) == kept
    kept = diagrams.put_driver(ada, kept, Driver("p", "primary", "Visits"), (), ())
    kept = diagrams.put_driver(ada, kept, Driver("s", "secondary", "Evenings"), ("p",), ())
    assert diagrams.tried(ada, begun.parent) == frozenset()
    project = actions.save_project(ada, begun, replace(begun.content, serves=("s",)))
    assert diagrams.tried(ada, begun.parent) == frozenset()  # it is an idea yet
    project = actions.move_project(ada, project, "testing")
    assert diagrams.tried(ada, begun.parent) == {"s"}
    actions.move_project(ada, project, "stopped", "No time")
    assert diagrams.tried(ada, begun.parent) == frozenset()
    kept = diagrams.take_out(ada, kept, "s")
    assert [d.id for d in kept.content.drivers] == ["p"]
    assert len(shelf.earlier(ada.database, ada.workspace, DRIVERS, kept.id)) == 4


def test_scores_stand_beside_each_other(ada: Here, begun: Kept[Project]) -> None:
    actions.set_score(ada, begun.id, ProgressScore(2.0, "team", "Baseline measured"))
    actions.set_score(ada, begun.id, ProgressScore(2.5, "team", "Two tests"))
    actions.set_score(ada, begun.id, ProgressScore(2.0, "advisor", "One test", "Dr. Lee"))
    assert [each.content.value for each in actions.scores(ada, begun.id)] == [2.0, 2.5, 2.0]
    row = actions.all_projects(ada).rows[0]
    assert (row.standing.differ, row.standing.team_days) == (True, 0)
    with pytest.raises(PlainError, match="not there any more"):
        actions.set_score(ada, "0" * 32, ProgressScore(2.0, "team", "x"))


def test_two_who_write_at_once_are_both_kept(ada: Here, begun: Kept[Project], database: Database) -> None:
    ben, cycle = at(database, "Ben"), tests.begin_cycle(ada, begun.id, PLAN)
    drawn = diagrams.begin_diagram(ada, begun.parent)
    actions.save_project(ada, begun, replace(begun.content, site="East"))
    tests.open_do(ada, cycle)
    diagrams.put_driver(ada, drawn, Driver("p", "primary", "Visits"), (), ())
    for action, yours, theirs in (
        (lambda: actions.save_project(ben, begun, replace(begun.content, site="West")), "West", "East"),
        (lambda: tests.save_cycle(ben, cycle, replace(cycle.content, who="Ben")), "Ben", '"do"'),
        (lambda: diagrams.put_driver(ben, drawn, Driver("p", "primary", "Trust"), (), ()), "Trust", "Visits"),
    ):
        with pytest.raises(RecordConflict) as told:
            action()
        assert yours in told.value.yours
        assert theirs in told.value.theirs


@pytest.mark.parametrize("role", ["leader", "facilitator"])
def test_who_is_not_of_the_team_sees_and_does_nothing(
    ada: Here, begun: Kept[Project], database: Database, sample_cube: Cube, role: Role
) -> None:
    cycle, drawn = tests.begin_cycle(ada, begun.id, PLAN), diagrams.begin_diagram(ada, begun.parent)
    outside = at(database, "Out", role)
    every: tuple[Callable[[], object], ...] = (
        lambda: actions.projects(outside),
        lambda: actions.project(outside, begun.id),
        lambda: actions.all_projects(outside),
        lambda: actions.begin_project(outside, begun.parent, PROJECT_MADE),
        lambda: actions.save_project(outside, begun, PROJECT_MADE),
        lambda: actions.move_project(outside, begun, "testing"),
        lambda: actions.withdraw_project(outside, begun),
        lambda: actions.bring_back_project(outside, begun.id),
        lambda: actions.withdrawn_projects(outside),
        lambda: actions.history(outside, begun),
        lambda: actions.scores(outside, begun.id),
        lambda: actions.set_score(outside, begun.id, ProgressScore(2.0, "team", "x")),
        lambda: tests.cycles(outside, begun.id),
        lambda: tests.begin_cycle(outside, begun.id, PLAN),
        lambda: tests.save_cycle(outside, cycle, PLAN),
        lambda: tests.open_do(outside, cycle),
        lambda: tests.open_study(outside, cycle),
        lambda: tests.open_act(outside, cycle),
        lambda: tests.act(outside, cycle, "adopt", "x", ""),
        lambda: tests.withdraw_cycle(outside, cycle),
        lambda: tests.withdrawn_cycles(outside, begun.id),
        lambda: tests.bring_back_cycle(outside, cycle.id),
        lambda: tests.measured_in(outside, cycle, sample_cube),
        lambda: diagrams.diagram(outside, begun.parent),
        lambda: diagrams.begin_diagram(outside, begun.parent),
        lambda: diagrams.put_driver(outside, drawn, Driver("p", "primary", "x"), (), ()),
        lambda: diagrams.take_out(outside, drawn, "p"),
        lambda: diagrams.tried(outside, begun.parent),
    )
    for action in every:
        with pytest.raises(NotAllowed):
            action()
    assert actions.project(ada, begun.id) == begun
    assert tests.cycles(ada, begun.id) == (cycle,)


def test_all_of_the_work_goes_out_and_comes_back(ada: Here, begun: Kept[Project], tmp_path: Path) -> None:
    tests.open_do(ada, tests.begin_cycle(ada, begun.id, PLAN))
    actions.set_score(ada, begun.id, ProgressScore(2.0, "team", "Baseline measured"))
    diagrams.put_driver(ada, diagrams.begin_diagram(ada, begun.parent), Driver("p", "primary", "<b>=cmd()</b>"), (), ())
    nouns = (PROJECT, CYCLE, DRIVERS, SCORE)
    before = [shelf.listed(ada.database, ada.workspace, noun) for noun in nouns]
    assert all(before)
    export_records(ada.database, ada.workspace, tmp_path, by=ada.person)
    with ada.database.writing() as session:
        for row in session.query(RecordRow):
            session.delete(row)
    elsewhere = make_workspace(ada.database, "Elsewhere", by=ada.person).id
    import_records(ada.database, elsewhere, tmp_path, by=ada.person)
    after = [shelf.listed(ada.database, elsewhere, noun) for noun in nouns]
    assert after == [tuple(replace(each, workspace=elsewhere) for each in of_noun) for of_noun in before]


def test_a_day_that_is_none_does_not_come_in_by_a_file(ada: Here, begun: Kept[Project], tmp_path: Path) -> None:
    """Else one line of a file would take the page from everybody."""
    export_records(ada.database, ada.workspace, tmp_path / "whole", by=ada.person)
    text = (tmp_path / "whole" / "project.jsonl").read_text("utf-8")
    text = text.replace(begun.id, "f" * 32).replace('"begins":""', '"begins":"9999-12-31"')
    (tmp_path / "project.jsonl").write_text(text, "utf-8")
    with pytest.raises(PlainError, match=r"project\.jsonl, line 1 cannot be taken: 9999-12-31 is too far away"):
        import_records(ada.database, ada.workspace, tmp_path, by=ada.person)
    assert actions.projects(ada) == (begun,)


def test_the_log_tells_actions_and_no_words(ada: Here, begun: Kept[Project]) -> None:
    actions.move_project(ada, begun, "testing")
    entries = [e for e in audit_log.entries(ada.database, ada.workspace) if e.subject == "project"]
    assert [e.action for e in entries] == ["record_edited", "record_added"]
    assert "Spanish" not in str(entries)
