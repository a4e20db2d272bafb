"""A workspace goes with all that was written in it: by its owner, when no cohort leans on it, and never the first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.network import membership
from equity.actions.network.cohorts import begin_cohort
from equity.actions.workspaces import delete_workspace
from equity.network.cohorts import Cohort
from equity.store.records import shelf
from equity.store.workspace.database import Database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace, workspaces_of
from equity.vocabulary import PlainError
from tests.actions.work.test_focus import at
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]


def made(database: Database, name: str) -> Here:
    return Here(database, make_workspace(database, name, by=LOCAL_OWNER).id, LOCAL_OWNER)


def test_it_is_gone_and_the_first_one_stays(database: Database) -> None:
    heart = made(database, "Heart")
    delete_workspace(heart)
    assert [held.id for held, _ in workspaces_of(database, LOCAL_OWNER.id)] == [HOME_WORKSPACE]
    with pytest.raises(PlainError, match="first workspace cannot be deleted"):
        delete_workspace(Here(database, HOME_WORKSPACE, LOCAL_OWNER))


def test_only_its_owner_may(database: Database) -> None:
    heart = made(database, "Heart")
    with pytest.raises(NotAllowed):
        delete_workspace(replace(heart, person=at(database, "Ada", "analyst").person))


def test_a_cohort_is_left_first_so_that_what_was_shared_goes_too(database: Database) -> None:
    lead, team = made(database, "Network"), made(database, "Heart")
    begin_cohort(lead, Cohort("Pursuing", starts="2026-01-01"))
    _, code = membership.invite_team(lead, "Heart")
    belonging = membership.join_cohort(team, code)
    with pytest.raises(PlainError, match="leave it on Network first"):
        delete_workspace(team)
    with pytest.raises(PlainError, match="take them out on Network first"):
        delete_workspace(lead)
    membership.leave(team, belonging)
    delete_workspace(team)
    assert not [kept for kept in membership.teams(lead) if kept.content.is_in]
    delete_workspace(lead)
    assert shelf.listed(database, lead.workspace, membership.MEMBER) == ()
