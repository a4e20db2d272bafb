"""People, roles and invitations."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from equity.store.workspace import people as store
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import Database
from equity.store.workspace.people import (
    accept_invitation,
    change_role,
    invitations,
    invite,
    members,
    person,
    remember_person,
    remove_member,
    role_of,
    withdraw_invitation,
)
from equity.store.workspace.person import Person, Role
from equity.store.workspace.workspaces import Workspace, make_workspace, workspaces_of
from equity.vocabulary import PlainError
from tests.workspace_stores import HOSTILE_TEXTS, somebody


def team(database: Database) -> tuple[Workspace, Person]:
    ada = somebody(database, "Ada")
    return make_workspace(database, "Heart team", by=ada), ada


def joined(database: Database, workspace: Workspace, name: str, role: Role, by: Person) -> Person:
    newcomer = somebody(database, name)
    _, token = invite(database, workspace.id, newcomer.email, role, by=by)
    accept_invitation(database, token, by=newcomer)
    return newcomer


def test_a_person_is_remembered_by_issuer_and_subject_with_the_latest_name(database: Database) -> None:
    first = remember_person(database, "https://a.example", "1", name="Ada", email="ada@example.org")
    again = remember_person(database, "https://a.example", "1", name="Ada L.", email="ada@example.org")
    other = remember_person(database, "https://b.example", "1", name="Ada", email="ada@example.org")
    assert (again.id, again.name) == (first.id, "Ada L.")
    assert other.id != first.id
    assert person(database, first.id) == again
    assert person(database, "nobody") is None


def test_somebody_who_signs_in_many_times_at_once_is_one_person(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: somebody(database, "Ada").id, range(16)))
    assert len(found) == 1


@pytest.mark.parametrize("hostile", [*HOSTILE_TEXTS, "null \x00", "half \ud800", "x" * 10_000, ""])
def test_a_strange_name_keeps_nobody_out(database: Database, hostile: str) -> None:
    found = remember_person(database, "https://a.example", "1", name=hostile, email=hostile)
    assert found.name == hostile.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")[:300]
    assert found.shown_name
    assert remember_person(database, "https://a.example", "1", name=hostile, email=hostile) == found


def test_an_invited_person_joins_in_the_role_they_were_invited_to(database: Database) -> None:
    heart, ada = team(database)
    ben = somebody(database, "Ben")
    invitation, token = invite(database, heart.id, "BEN@example.org", "analyst", by=ada)
    assert (invitation.state, invitation.invited_by) == ("open", "Ada")
    member = accept_invitation(database, token, by=ben)
    assert (member.person, member.role) == (ben, "analyst")
    assert [m.person.name for m in members(database, heart.id)] == ["Ada", "Ben"]
    assert workspaces_of(database, ben.id) == ((heart, "analyst"),)
    assert [i.state for i in invitations(database, heart.id)] == ["accepted"]
    with pytest.raises(PlainError, match="not open any more"):
        accept_invitation(database, token, by=ben)


def test_a_token_alone_lets_nobody_else_in(database: Database) -> None:
    heart, ada = team(database)
    _, token = invite(database, heart.id, "ben@example.org", "owner", by=ada)
    without_address = remember_person(database, "https://id.example.org", "x", name="X", email="")
    for stranger in (somebody(database, "Eve"), without_address):
        with pytest.raises(PlainError, match="another e-mail address"):
            accept_invitation(database, token, by=stranger)
        assert role_of(database, heart.id, stranger.id) is None
    accept_invitation(database, token, by=somebody(database, "Ben"))


def test_an_invitation_can_be_withdrawn_and_runs_out(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    heart, ada = team(database)
    ben = somebody(database, "Ben")
    withdrawn, token = invite(database, heart.id, ben.email, "member", by=ada)
    withdraw_invitation(database, heart.id, withdrawn.id, by=ada)
    with pytest.raises(PlainError, match="not open any more"):
        accept_invitation(database, token, by=ben)
    _, token = invite(database, heart.id, ben.email, "member", by=ada)
    with pytest.raises(PlainError, match="not there any more"):
        withdraw_invitation(database, "home", withdrawn.id, by=ada)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=15)
    monkeypatch.setattr(store, "now", lambda: later)
    assert [i.state for i in invitations(database, heart.id)] == ["expired", "withdrawn"]
    with pytest.raises(PlainError, match="not open any more"):
        accept_invitation(database, token, by=ben)


def test_an_invitation_does_not_lower_the_role_of_somebody_who_is_in(database: Database) -> None:
    heart, ada = team(database)
    _, token = invite(database, heart.id, ada.email, "leader", by=ada)
    assert accept_invitation(database, token, by=ada).role == "owner"


@pytest.mark.parametrize("email", ["", " \u200b", "@", "a@", "nobody", "a@b@c", "a b@c.org", "a@c.org\nBcc: x@y.org"])
def test_what_is_no_address_is_not_invited(database: Database, email: str) -> None:
    heart, ada = team(database)
    with pytest.raises(PlainError, match="e-mail address"):
        invite(database, heart.id, email, "member", by=ada)


def test_roles_change_and_members_go_and_all_of_it_is_logged(database: Database) -> None:
    heart, ada = team(database)
    ben = joined(database, heart, "Ben", "member", ada)
    change_role(database, heart.id, ben.id, "analyst", seen="member", by=ada)
    assert role_of(database, heart.id, ben.id) == "analyst"
    with pytest.raises(PlainError, match="made this person analyst meanwhile"):
        change_role(database, heart.id, ben.id, "leader", seen="member", by=ada)
    remove_member(database, heart.id, ben.id, by=ada)
    assert role_of(database, heart.id, ben.id) is None
    with pytest.raises(PlainError, match="not in the workspace any more"):
        remove_member(database, heart.id, ben.id, by=ada)
    logged = [(entry.action, entry.subject) for entry in reversed(entries(database, heart.id))]
    assert logged == [
        ("workspace_made", "Heart team"),
        ("invited", "ben@example.org"),
        ("member_added", "Ben"),
        ("role_changed", "Ben"),
        ("member_removed", "Ben"),
    ]


def test_a_workspace_is_never_without_an_owner(database: Database) -> None:
    heart, ada = team(database)
    joined(database, heart, "Ben", "analyst", ada)
    with pytest.raises(PlainError, match="needs an owner"):
        remove_member(database, heart.id, ada.id, by=ada)
    with pytest.raises(PlainError, match="needs an owner"):
        change_role(database, heart.id, ada.id, "member", seen="owner", by=ada)


def test_two_owners_who_leave_at_once_do_not_both_leave(database: Database) -> None:
    def leave(room: str, leaver: Person) -> bool:
        try:
            remove_member(database, room, leaver.id, by=leaver)
        except PlainError:
            return False
        return True

    for _ in range(8):
        heart, ada = team(database)
        ben = joined(database, heart, "Ben", "owner", ada)
        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(leave, (heart.id, heart.id), (ada, ben))) == [False, True]


def test_a_role_that_does_not_exist_is_refused(database: Database) -> None:
    heart, ada = team(database)
    with pytest.raises(PlainError, match="choose one of owner, analyst"):
        invite(database, heart.id, "ben@example.org", "admin", by=ada)  # type: ignore[arg-type]
    with pytest.raises(PlainError, match="choose one of owner, analyst"):
        change_role(database, heart.id, ada.id, "'; --", seen="owner", by=ada)  # type: ignore[arg-type]
