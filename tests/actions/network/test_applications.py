"""Applications through the store: a key opens one and no other, many are answered at once, one is a workspace then."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.network import applications as actions
from equity.actions.network import cohorts
from equity.network.cohorts import Cohort
from equity.store.workspace.database import Database
from equity.store.workspace.workspaces import workspaces_of
from equity.vocabulary import PlainError
from tests.actions.work.test_focus import at
from tests.network.test_applications import TEAM_GIVEN, WHOLE
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]


@pytest.fixture
def fay(database: Database) -> Here:
    return at(database, "Fay", "owner")


@pytest.fixture
def token(fay: Here) -> str:
    return cohorts.open_door(fay, cohorts.begin_cohort(fay, Cohort("Cohort 2027")))[1]


def sent(database: Database, token: str, home: Path = Path("/nowhere")) -> str:
    key = actions.begin_application(database, home, token).key
    actions.save_draft(database, home, key, WHOLE.answers, TEAM_GIVEN)
    assert actions.send(database, home, key).kept.content.state == "received"
    return key


def test_from_a_draft_to_a_workspace(database: Database, fay: Here, token: str, tmp_path: Path) -> None:
    key = sent(database, token)
    with pytest.raises(PlainError, match="can no longer be changed"):
        actions.save_draft(database, tmp_path, key, {}, [])
    (kept,) = actions.answer(fay, actions.applications(fay), "question_asked", "Who leads the team?")
    actions.save_draft(database, tmp_path, key, {**WHOLE.answers, "why_now": "Ada leads it."}, TEAM_GIVEN)
    assert actions.send(database, tmp_path, key).kept.content.received == kept.content.received
    (kept,) = actions.answer(fay, actions.applications(fay), "accepted", "Welcome")
    assert kept.content.workspace in {held.id for held, _ in workspaces_of(database, fay.person.id)}
    assert actions.opened(database, tmp_path, key).kept.content.state == "accepted"
    with pytest.raises(PlainError, match="accepted, so it cannot become"):
        actions.withdraw(database, tmp_path, key)


def test_a_key_opens_its_own_application_and_no_other(database: Database, token: str, tmp_path: Path) -> None:
    one, two = sent(database, token), sent(database, token)
    mixed = ".".join((*one.split(".")[:2], two.split(".")[2]))
    for wrong in ("", "x", token, mixed, one[:-1], one.replace(one.split(".")[0], "elsewhere")):
        with pytest.raises(PlainError, match="no such application"):
            actions.opened(database, tmp_path, wrong)


def test_a_closed_door_takes_none_and_what_was_sent_stays(
    database: Database, fay: Here, token: str, tmp_path: Path
) -> None:
    key = sent(database, token)
    kept = cohorts.cohort_of(fay)
    assert kept is not None
    kept, newer = cohorts.open_door(fay, kept)
    for door in (token, "", "home.x", f"{fay.workspace}."):
        with pytest.raises(PlainError, match="No applications are taken at this address"):
            actions.begin_application(database, tmp_path, door)
    actions.begin_application(database, tmp_path, newer)
    cohorts.close_door(fay, kept)
    assert actions.door(database, tmp_path, newer).closed
    assert actions.opened(database, tmp_path, key).kept.content.state == "received"


def test_many_are_answered_at_once_or_none(database: Database, fay: Here, token: str, tmp_path: Path) -> None:
    keys = [sent(database, token) for _ in range(3)]
    every = actions.applications(fay)
    actions.withdraw(database, tmp_path, keys[0])
    gone = actions.opened(database, tmp_path, keys[0]).kept
    now = [gone if kept.id == gone.id else kept for kept in every]
    with pytest.raises(PlainError, match="withdrawn, so it cannot become"):
        actions.answer(fay, now, "waiting", "Later")
    assert {kept.content.state for kept in actions.applications(fay)} == {"received", "withdrawn"}
    done = actions.answer(fay, [kept for kept in now if kept.id != gone.id], "waiting", "Later")
    assert [kept.content.state for kept in done] == ["waiting", "waiting"]


def test_drafts_have_a_limit_and_are_not_read_by_the_facilitator(
    database: Database, fay: Here, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_DRAFTS", 2)
    for _ in range(2):
        actions.begin_application(database, tmp_path, token)
    with pytest.raises(PlainError, match="Many applications are being written"):
        actions.begin_application(database, tmp_path, token)
    assert actions.applications(fay) == ()
    assert actions.drafts(fay) == 2


def test_who_does_not_lead_the_network_does_nothing(database: Database, fay: Here, token: str) -> None:
    sent(database, token)
    kept = cohorts.cohort_of(fay)
    assert kept is not None
    for role in ("analyst", "member", "leader"):
        other = at(database, f"No-{role}", role)
        for action in (
            lambda here=other: actions.applications(here),
            lambda here=other: actions.drafts(here),
            lambda here=other: actions.answer(here, [], "waiting", ""),
            lambda here=other: cohorts.open_door(here, kept),
            lambda here=other: cohorts.close_door(here, kept),
            lambda here=other: cohorts.begin_cohort(here, Cohort("Mine")),
        ):
            with pytest.raises(NotAllowed):
                action()
    leads = at(database, "Facilitator", "facilitator")
    assert len(actions.applications(leads)) == 1
    with pytest.raises(NotAllowed):
        cohorts.begin_cohort(leads, Cohort("Mine"))


def test_a_workspace_is_one_cohorts_and_needs_a_name(fay: Here, token: str) -> None:
    with pytest.raises(PlainError, match="a cohort’s already"):
        cohorts.begin_cohort(fay, Cohort("Again"))
    with pytest.raises(PlainError, match="name"):
        cohorts.begin_cohort(fay, Cohort(" "))
