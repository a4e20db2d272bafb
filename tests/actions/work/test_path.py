"""The path through the store, and the made-up team: whole, said to be made up, taken away again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.evidence.making import make_pack
from equity.actions.network import membership
from equity.actions.sample import sample_team
from equity.actions.work import aims, cycles, drivers, focus, projects
from equity.actions.work import path as actions
from equity.cube import Cube
from equity.focus.nouns import DECISION
from equity.improvement.aims import Aim
from equity.improvement.drivers import placed, served_by_nothing
from equity.improvement.milestones import MILESTONES
from equity.improvement.path import Journey
from equity.improvement.projects import Project
from equity.store.records import exchange, shelf
from equity.store.workspace.database import Database
from equity.vocabulary import PlainError
from equity.words.work import evidence as evidence_words
from equity.words.work import path as words
from tests.actions.work.test_focus import at
from tests.improvement.test_drivers import crossings
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]


@pytest.fixture
def ada(database: Database) -> Here:
    return at(database, "Ada")


def test_a_path_begins_on_a_day_and_can_begin_anew(ada: Here, tmp_path: Path) -> None:
    assert actions.our_path(ada, tmp_path).month is None
    first = actions.begin_journey(ada, Journey("2026-01-05"))
    again = actions.begin_journey(ada, Journey("2026-02-05"))
    assert (first.id, again.version) == (again.id, 2)
    assert actions.our_path(ada, tmp_path).month is not None
    with pytest.raises(PlainError, match="Choose the day"):
        actions.begin_journey(ada, Journey())


def test_the_made_up_team_is_fifteen_months_in(ada: Here, sample_cube: Cube, tmp_path: Path) -> None:
    sample_team.fill(ada, sample_cube)
    found = actions.our_path(ada, tmp_path)
    assert (found.month, found.quarter) == (16, 6)
    assert words.quarter_line(found, found.quarters[2]) == (
        "Quarter 3, April to June 2024: 1 reflection, 2 aims set, 1 driver diagram, 2 projects, "
        "3 tests of change begun, 1 view on progress"
    )
    assert {name for name in MILESTONES if found.milestones[name]} == set(MILESTONES)
    assert [words.evidence(each) for each in found.milestones["capability"]] == [
        "1 version of your data, on October 1, 2023"
    ]
    every = projects.all_projects(ada)
    assert [row.project.state for row in every.rows] == [
        "idea",
        "planning",
        "testing",
        "implementing",
        "implementing",
        "stopped",
    ]
    assert sum(row.late for row in every.rows) == 1  # as of the day that it stands still at
    assert {each.author for each in projects.projects(ada)} == {"Sample team (made up)"}
    kept = drivers.diagram(ada, aims.aims(ada)[0].id)
    assert kept is not None
    assert crossings(kept.content, placed(kept.content)) <= 1
    assert [d.id for d in served_by_nothing(kept.content, drivers.tried(ada, kept.parent))] == ["i4"]
    told = [each.content for row in every.rows for each in cycles.cycles(ada, row.id)]
    assert all(each.opened and each.opened[:10] < each.begins for each in told)


def test_the_made_up_team_comes_with_the_sample_data_and_once(ada: Here, sample_cube: Cube, tmp_path: Path) -> None:
    assert sample_team.put_at_first(ada.database, ada.workspace, sample_cube)
    assert not sample_team.put_at_first(ada.database, ada.workspace, sample_cube)
    assert not sample_team.may_fill(ada)
    assert "Not for anybody’s use" in evidence_words.about(make_pack(ada, tmp_path))
    with pytest.raises(PlainError, match="made-up team’s work stands in this workspace"):
        membership.standing_of(ada, tmp_path, "")
    every = projects.all_projects(ada)
    assert len(every.rows) == 6
    assert {each.author_id for each in projects.projects(ada)} == {sample_team.TEAM.id}
    sample_team.remove(ada)
    assert sample_team.may_fill(ada)
    assert not make_pack(ada, tmp_path).made_up
    assert membership.standing_of(ada, tmp_path, "").held


def test_an_earlier_programs_made_up_team_is_renewed(ada: Here, sample_cube: Cube) -> None:
    assert not sample_team.renew(ada.database, ada.workspace, sample_cube)  # nothing was there, or it was taken away
    sample_team.fill(ada, sample_cube)
    [chosen] = shelf.listed(ada.database, ada.workspace, DECISION)
    two = exchange.line_of(DECISION, chosen.content, "", by=sample_team.TEAM, on=chosen.created)
    exchange.put(ada.database, ada.workspace, [(DECISION, two)], by=ada.person, what="made-up team")
    own = focus.open_decision(ada, replace(chosen.content, title="Ours", stage="preparing", choice=None, revealed=()))
    assert sample_team.renew(ada.database, ada.workspace, sample_cube)
    rooms = shelf.listed(ada.database, ada.workspace, DECISION)
    assert sorted(kept.content.title for kept in rooms) == sorted(["Ours", chosen.content.title])
    assert own.id in {kept.id for kept in rooms}
    assert len(aims.aims(ada)) == 2


def test_made_up_work_that_people_wrote_on_is_not_renewed(ada: Here, sample_cube: Cube) -> None:
    sample_team.fill(ada, sample_cube)
    before = [kept.id for kept in aims.aims(ada)]
    own = projects.begin_project(ada, before[0], Project("Ours"))
    assert not sample_team.renew(ada.database, ada.workspace, sample_cube)
    assert [kept.id for kept in aims.aims(ada)] == before
    projects.withdraw_project(ada, own)
    sample_team.remove(ada)
    assert not sample_team.renew(ada.database, ada.workspace, sample_cube)
    assert aims.aims(ada) == ()


def test_the_made_up_team_goes_into_an_empty_workspace_and_away_again(ada: Here, sample_cube: Cube) -> None:
    sample_team.fill(ada, sample_cube)
    with pytest.raises(PlainError, match="work of its own"):
        sample_team.fill(ada, sample_cube)
    own = projects.begin_project(ada, aims.aims(ada)[0].id, Project("Ours"))
    sample_team.remove(ada)
    assert projects.projects(ada) == (own,)
    assert shelf.days_written(ada.database, ada.workspace).keys() == {"project"}
    assert aims.aims(ada) == ()


def test_whoever_has_begun_anything_is_not_filled_up_with_the_made_up(ada: Here, sample_cube: Cube) -> None:
    aims.begin_aim(ada, Aim(dataset=sample_cube.description.dataset))
    assert not sample_team.may_fill(ada)
    assert not sample_team.put_at_first(ada.database, ada.workspace, sample_cube)
    assert len(aims.aims(ada)) == 1


def test_work_on_the_sample_data_is_no_evidence(ada: Here, sample_cube: Cube, tmp_path: Path) -> None:
    made_up = (sample_cube.description.dataset,)
    [going_well] = sample_team.made_up_aims(sample_cube)[1:]
    aims.set_aim(ada, aims.begin_aim(ada, Aim(dataset=made_up[0])), going_well, sample_cube)
    assert not any(actions.our_path(ada, tmp_path, made_up).milestones.values())
    assert actions.our_path(ada, tmp_path).milestones["aims"][0].count == 1


def test_of_the_made_up_team_itself_the_work_counts(ada: Here, sample_cube: Cube, tmp_path: Path) -> None:
    sample_team.fill(ada, sample_cube)
    found = actions.our_path(ada, tmp_path, (sample_cube.description.dataset,))
    assert [(each.kind, each.count) for each in found.milestones["aims"]] == [("aim", 2), ("drivers", 1)]
    sample_team.remove(ada)
    assert aims.aims(ada) == ()


def test_who_is_not_of_the_team_sees_and_does_nothing(database: Database, sample_cube: Cube, tmp_path: Path) -> None:
    outside = at(database, "Out", "leader")
    for action in (
        lambda: actions.journey(outside),
        lambda: actions.begin_journey(outside, Journey("2026-01-05")),
        lambda: actions.our_path(outside, tmp_path),
        lambda: sample_team.may_fill(outside),
        lambda: sample_team.fill(outside, sample_cube),
        lambda: sample_team.remove(outside),
    ):
        with pytest.raises(NotAllowed):
            action()
