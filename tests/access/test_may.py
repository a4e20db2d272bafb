"""Role × action, written down once more by hand; and everybody who is nobody."""

from __future__ import annotations

from typing import get_args

import pytest
from sqlalchemy import text

from equity.access.may import NotAllowed, may, require
from equity.access.roles import IN_WORDS, MAY, Action, roles_that_may
from equity.access.who import person_from_claims
from equity.store.workspace.database import Database
from equity.store.workspace.people import change_role, remove_member
from equity.store.workspace.person import LOCAL_OWNER, ROLES, Person, Role
from equity.store.workspace.tables import MemberRow
from equity.store.workspace.workspaces import HOME_WORKSPACE, Workspace, make_workspace
from equity.vocabulary import PlainError
from tests.workspace_stores import HOSTILE_TEXTS, somebody

#                          owner analyst member leader facilitator
GRID = """
see_workspace                 x     x       x      .        .
export                        x     x       x      .        .
read_notes                    x     x       x      .        .
edit_notes                    x     x       x      .        .
edit_annotations              x     x       x      .        .
edit_chart_frames             x     x       x      .        .
lead_call                     x     x       x      .        .
decide                        x     x       x      .        .
do_work                       x     x       x      .        .
write_records                 x     x       x      .        .
read_shared                   x     x       x      x        x
answer_reflection             x     x       x      x        .
write_sql                     x     x       .      .        .
upload                        x     x       .      .        .
load                          x     x       .      .        .
roll_back                     x     x       .      .        .
delete_dataset                x     x       .      .        .
create_release                x     x       .      .        .
revoke_release                x     x       .      .        .
make_link                     x     x       .      .        .
revoke_link                   x     x       .      .        .
read_release                  x     x       x      x        x
export_release                x     x       x      x        x
reply_to_release              x     x       x      x        x
read_replies                  x     x       x      .        .
share_with_network            x     x       .      .        .
see_network                   x     x       x      .        x
lead_network                  x     .       .      .        x
rename_workspace              x     .       .      .        .
delete_workspace              x     .       .      .        .
manage_people                 x     .       .      .        .
read_audit_log                x     .       .      .        .
"""
CASES = [
    (line.split()[0], role, mark == "x")
    for line in GRID.strip().splitlines()
    for role, mark in zip(ROLES, line.split()[1:], strict=True)
]


def test_the_grid_and_the_table_have_the_same_actions_each_said_in_words() -> None:
    assert {action for action, _, _ in CASES} == set(get_args(Action)) == set(MAY) == set(IN_WORDS)


@pytest.fixture
def heart(database: Database) -> Workspace:
    """A workspace with one person in each role, who is named like it."""
    ada = somebody(database, "owner")
    room = make_workspace(database, "Heart", by=ada)
    others = [MemberRow(workspace_id=room.id, person_id=somebody(database, role).id, role=role) for role in ROLES[1:]]
    with database.writing() as session:
        session.add_all(others)
    return room


def test_each_role_may_what_the_grid_says_and_nothing_else(database: Database, heart: Workspace) -> None:
    people = {role: somebody(database, role) for role in ROLES}
    for action, role, allowed in CASES:
        person = people[role]
        assert may(database, person, heart.id, action) is allowed, (action, role)  # type: ignore[arg-type]
        if allowed:
            assert require(database, person, heart.id, action) == person  # type: ignore[arg-type]
        else:
            with pytest.raises(NotAllowed, match=f"As an? {role} you may not "):
                require(database, person, heart.id, action)  # type: ignore[arg-type]


def test_a_role_holds_in_its_own_workspace_only(database: Database, heart: Workspace) -> None:
    owner = somebody(database, "owner")
    lungs = make_workspace(database, "Lungs", by=somebody(database, "Ben"))
    for other in (lungs.id, HOME_WORKSPACE, "", "gone", *HOSTILE_TEXTS):
        for action in MAY:
            assert not may(database, owner, other, action)
    with pytest.raises(NotAllowed) as of_another:
        require(database, owner, lungs.id, "read_release")
    with pytest.raises(NotAllowed) as of_none:
        require(database, owner, "gone", "read_release")
    assert str(of_another.value) == str(of_none.value)


def test_somebody_who_has_not_signed_in_may_nothing(database: Database, heart: Workspace) -> None:
    made_up = Person(id="made up", name="owner", email="owner@example.org", issuer="x", subject="owner")
    for action in MAY:
        assert not may(database, None, heart.id, action)
        assert not may(database, made_up, heart.id, action)
    with pytest.raises(NotAllowed, match="sign in first"):
        require(database, None, heart.id, "see_workspace")


def test_an_action_that_is_not_in_the_table_is_nobodys(database: Database, heart: Workspace) -> None:
    owner = somebody(database, "owner")
    for action in ("", "owner", "see_Workspace", "*", *HOSTILE_TEXTS):
        assert roles_that_may(action) == frozenset()
        assert not may(database, owner, heart.id, action)  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            require(database, owner, heart.id, action)  # type: ignore[arg-type]


def test_a_role_written_into_the_database_by_hand_gives_nothing(database: Database, heart: Workspace) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE members SET role = 'superowner' WHERE role = 'owner'"))
    with pytest.raises(PlainError, match="no role"):
        may(database, somebody(database, "owner"), heart.id, "see_workspace")


def test_a_role_that_is_taken_away_is_gone_with_the_next_click(database: Database, heart: Workspace) -> None:
    owner, analyst = somebody(database, "owner"), somebody(database, "analyst")
    assert may(database, analyst, heart.id, "load")
    change_role(database, heart.id, analyst.id, "leader", seen="analyst", by=owner)
    assert not may(database, analyst, heart.id, "load")
    assert may(database, analyst, heart.id, "read_release")
    remove_member(database, heart.id, analyst.id, by=owner)
    assert not may(database, analyst, heart.id, "read_release")


@pytest.mark.parametrize("claimed", ["owner", ["owner"], {"heart": "owner"}, True])
def test_a_role_in_a_token_counts_for_nothing(database: Database, heart: Workspace, claimed: object) -> None:
    claims: dict[str, object] = {"iss": "https://id.example.org", "sub": "eve", "name": "Eve"}
    forged = dict.fromkeys(("role", "roles", "groups", "scope", "workspace", "id", "person_id"), claimed)
    eve = person_from_claims(database, {**forged, **claims})
    assert not any(may(database, eve, heart.id, action) for action in MAY)


def test_the_local_owner_owns_the_home_workspace_and_no_other(database: Database, heart: Workspace) -> None:
    assert all(may(database, LOCAL_OWNER, HOME_WORKSPACE, action) for action in MAY)
    assert not any(may(database, LOCAL_OWNER, heart.id, action) for action in MAY)


def test_leaders_and_facilitators_never_get_full_numbers() -> None:
    outside: frozenset[Role] = frozenset({"leader", "facilitator"})
    reading = {action for action, roles in MAY.items() if roles & outside}
    network = {"see_network", "lead_network"}
    assert (
        reading == {"read_release", "export_release", "reply_to_release", "read_shared", "answer_reflection"} | network
    )
