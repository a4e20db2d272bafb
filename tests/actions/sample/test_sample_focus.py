"""The made-up team's story is one: a focus with its spread and dissent, one aim that goes well, one that does not."""

from __future__ import annotations

import datetime as dt

import pytest

from equity.access.here import Here
from equity.actions.sample import sample_team
from equity.actions.work import aims, focus
from equity.actions.work.work_in_hand import work_in_hand
from equity.cube import Cube
from equity.focus.room import spreads
from equity.improvement.progress import progress
from equity.store.workspace.database import Database
from equity.vocabulary.lenses import TEAM
from tests.actions.work.test_focus import at
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]


@pytest.fixture
def ada(database: Database, sample_cube: Cube) -> Here:
    here = at(database, "Ada")
    assert sample_team.put_at_first(database, here.workspace, sample_cube)
    return here


def test_one_focus_with_its_spread_its_dissent_and_the_day_to_look_again(ada: Here, sample_cube: Cube) -> None:
    [kept] = focus.decisions(ada)
    held = focus.current_focus(ada)
    assert held == kept
    choice = kept.content.choice
    assert choice is not None
    assert "made-up" in choice.decided_by
    assert "second aim" in choice.dissent
    assert dt.date.fromisoformat(choice.look_again) > sample_team.AS_OF
    seen = focus.weighed(ada, kept)
    assert (len(seen.all), seen.own) == (6, None)
    widest = spreads(kept.content, seen.all)[0]
    assert {lens for lens, _ in widest.points} == {TEAM, "patient-facing care"}, "a lens of one is the team"
    answer = focus.compared(ada, kept, sample_cube)
    assert answer.people == 6
    assert answer.rows["area"][int(answer.rows["first"].argmax())] == choice.area == "Hypertension"
    assert 0.5 < answer.rows["first"].max() < 1, "some ways to weigh it say otherwise, as two of them did"


def test_one_aim_goes_well_and_one_does_not(ada: Here, sample_cube: Cube) -> None:
    stalled, well = (progress(sample_cube, each.content) for each in aims.aims(ada))
    assert (stalled.verdict, well.verdict) == ("too_early", "on_the_way")
    assert "broken" not in {found.state for found in well.watched}
    assert all("made-up" in each.content.with_whom for each in aims.aims(ada))
    found = work_in_hand(ada, lambda _: sample_cube)
    assert found.focus is not None
    assert found.focus.now == "Chosen by a made-up team of six."
    assert ["% of the change is reached" in aim.now for aim in found.aims] == [False, True]
