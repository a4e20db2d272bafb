"""Aims through the store: none is overwritten, a change has its reason, two who write at once are both kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.work import aims as actions
from equity.cube import Cube
from equity.improvement.progress import baseline_of
from equity.store.records.kept import RecordConflict
from equity.store.workspace.database import Database
from equity.vocabulary import PlainError
from tests.actions.work.test_focus import at
from tests.improvement.test_aims import AIM
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]


@pytest.fixture
def ada(database: Database) -> Here:
    return at(database, "Ada")


def test_a_draft_is_set_changed_with_a_reason_and_closed(ada: Here, sample_cube: Cube) -> None:
    kept = actions.begin_aim(ada, AIM)
    with pytest.raises(PlainError, match="parts are open"):
        actions.set_aim(ada, kept, AIM, sample_cube)
    whole = replace(AIM, baseline=baseline_of(sample_cube, AIM, "2022"))
    kept = actions.save_draft(ada, kept, whole)
    kept = actions.set_aim(ada, kept, whole, sample_cube)
    with pytest.raises(PlainError, match="change it with a reason"):
        actions.save_draft(ada, kept, whole)
    with pytest.raises(PlainError, match="why the aim changes"):
        actions.change_aim(ada, kept, replace(whole, target=0.9), " ", sample_cube)
    kept = actions.change_aim(ada, kept, replace(whole, target=0.9), "We got there early", sample_cube)
    kept = actions.close_aim(ada, kept, "Reached")
    told = [(e.content.status, e.content.target, e.content.why_changed) for e in actions.history(ada, kept)]
    assert told[:3] == [("closed", 0.9, "Reached"), ("set", 0.9, "We got there early"), ("set", 0.85, "")]
    assert actions.aims(ada) == (kept,)


def test_a_closed_aim_stays_as_it_is_until_it_is_reopened_with_a_reason(ada: Here, sample_cube: Cube) -> None:
    whole = replace(AIM, baseline=baseline_of(sample_cube, AIM, "2022"))
    draft = actions.begin_aim(ada, whole)
    with pytest.raises(PlainError, match="is a draft: set it first"):
        actions.close_aim(ada, draft, "Let go")
    kept = actions.set_aim(ada, draft, whole, sample_cube)
    with pytest.raises(PlainError, match="not closed"):
        actions.reopen_aim(ada, kept, "Again")
    closed = actions.close_aim(ada, kept, "Pressed by mistake")
    for again in (
        lambda: actions.set_aim(ada, closed, whole, sample_cube),
        lambda: actions.change_aim(ada, closed, replace(whole, target=0.9), "More", sample_cube),
        lambda: actions.close_aim(ada, closed, "Twice"),
        lambda: actions.save_draft(ada, closed, whole),
        lambda: actions.reopen_aim(ada, closed, "\u200b"),
    ):
        with pytest.raises(PlainError, match=r"is closed|is reopened"):
            again()
    assert actions.aims(ada) == (closed,)
    kept = actions.reopen_aim(ada, closed, " It was not over ")
    assert kept.content == replace(whole, status="set", why_changed="It was not over")
    assert [e.content.status for e in actions.history(ada, kept)] == ["set", "closed", "set", "draft"]


def test_two_who_write_at_once_are_both_kept(ada: Here, database: Database) -> None:
    ben = at(database, "Ben")
    kept = actions.begin_aim(ada, AIM)
    actions.save_draft(ada, kept, replace(AIM, where="here"))
    with pytest.raises(RecordConflict) as told:
        actions.save_draft(ben, kept, replace(AIM, where="there"))
    assert told.value.yours_content == replace(AIM, where="there", status="draft")


def test_who_is_not_of_the_team_sees_and_does_nothing(ada: Here, database: Database, sample_cube: Cube) -> None:
    kept, outside = actions.begin_aim(ada, AIM), at(database, "Out", "leader")
    for action in (
        lambda: actions.aims(outside),
        lambda: actions.begin_aim(outside, AIM),
        lambda: actions.save_draft(outside, kept, AIM),
        lambda: actions.set_aim(outside, kept, AIM, sample_cube),
        lambda: actions.change_aim(outside, kept, AIM, "why", sample_cube),
        lambda: actions.close_aim(outside, kept, "why"),
        lambda: actions.reopen_aim(outside, kept, "why"),
        lambda: actions.history(outside, kept),
        lambda: actions.progress_of(outside, kept, sample_cube),
    ):
        with pytest.raises(NotAllowed):
            action()
