"""The focus and the aims of a workspace, each in a sentence and with the page that shows more."""

from __future__ import annotations

from dataclasses import replace

from equity.access.here import Here
from equity.actions.work import aims, focus
from equity.actions.work.work_in_hand import work_in_hand
from equity.cube import Cube
from equity.focus.candidates import GapCandidate
from equity.focus.room import Choice, OwnWeights
from equity.improvement.progress import baseline_of
from equity.store.workspace.database import Database
from equity.vocabulary import PlainError
from tests.actions.work.test_focus import ROOM, at
from tests.improvement.test_aims import AIM
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]


def decided(here: Here, area: str, gaps: tuple[GapCandidate, ...] = ()) -> None:
    room = replace(ROOM, criteria=(), ratings={}, gaps=gaps)
    kept = focus.move_decision(here, focus.open_decision(here, room), "weighing")
    focus.save_weights(here, kept, OwnWeights("data", {"burden": 100.0}, finished=True))
    kept = focus.move_decision(here, kept, "revealed")
    focus.choose(here, kept, Choice(area, "Ours", "", "All", "2999-01-01"), "said")


def test_it_follows_what_was_chosen_and_set(database: Database, sample_cube: Cube) -> None:
    here = at(database, "Ada")
    assert work_in_hand(here, lambda _: sample_cube) == work_in_hand(here, lambda _: sample_cube)
    found = work_in_hand(here, lambda _: sample_cube)
    assert (found.focus, found.aims) == (None, ())
    decided(here, "Diabetes")
    first = work_in_hand(here, lambda _: sample_cube).focus
    assert first is not None
    assert (first.said, first.page) == ("Our focus is Diabetes. We look again on January 1, 2999.", "areas")
    gap = GapCandidate("Postpartum visit", "race", "Black or African American")
    decided(here, "Postpartum visit, Black or African American", (gap,))
    second = work_in_hand(here, lambda _: sample_cube).focus
    assert second is not None
    assert (second.page, second.asks["measure"], second.asks["by"]) == ("disparities", "Postpartum visit", "race")
    whole = replace(AIM, baseline=baseline_of(sample_cube, AIM, "2022"))
    aims.set_aim(here, aims.begin_aim(here, whole), whole, sample_cube)
    aims.begin_aim(here, AIM)
    [aim] = work_in_hand(here, lambda _: sample_cube).aims
    assert "from 57" in aim.said
    assert "Postpartum visit, 2024: " in aim.now
    assert (aim.page, aim.asks["group"]) == ("trends", AIM.group)


def test_an_aim_whose_data_are_gone_is_told_without_them(database: Database, sample_cube: Cube) -> None:
    here = at(database, "Ada")
    whole = replace(AIM, baseline=baseline_of(sample_cube, AIM, "2022"))
    aims.set_aim(here, aims.begin_aim(here, whole), whole, sample_cube)

    def gone(name: str) -> Cube:
        raise PlainError(f"There is no dataset “{name}”.")

    [aim] = work_in_hand(here, gone).aims
    assert (aim.now, aim.said.startswith("Postpartum visit")) == ("", True)
