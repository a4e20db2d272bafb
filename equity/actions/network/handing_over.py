"""A new team's workspace: owned by whoever accepted it, and by its own people alone as soon as one of them owns it."""

from __future__ import annotations

from dataclasses import replace

from equity.access.here import Here
from equity.access.may import require
from equity.actions.network.membership import enter
from equity.actions.network.places import led_place, members_in
from equity.network.members import Member
from equity.network.nouns import BELONGING, MEMBER
from equity.store.records import shelf
from equity.store.workspace import people
from equity.store.workspace.database import Database
from equity.store.workspace.people import Invitation
from equity.store.workspace.workspaces import make_workspace
from equity.vocabulary import PlainError


def begin_team(here: Here, name: str) -> str:
    """A workspace for a team that was accepted, in the cohort; gives its id. Whoever accepts it takes care of it."""
    require(here.database, here.person, here.workspace, "lead_network")
    space = led_place(here).workspace
    with here.database.together():
        team = make_workspace(here.database, name, by=here.person).id
        member = Member(name, caretaker=here.person.id)
        kept = shelf.add(here.database, space, MEMBER, member, by=here.person, readers="network")
        enter(here.database, space, kept, team, by=here.person)
    return team


def invite_owner(here: Here, team: str, email: str) -> tuple[Invitation, str]:
    """Invite the first owner of a team's own; the code is shown once. The caretaker goes as soon as it is taken up.

    Raises:
        PlainError: whoever invites does not take care of this workspace (any more), or that is no address.
    """
    require(here.database, here.person, here.workspace, "lead_network")
    cared = [kept for kept in members_in(here).values() if kept.content.workspace == team]
    if not cared or cared[0].content.caretaker != here.person.id:
        raise PlainError("This team’s workspace is its own by now: its owners invite their people.")
    return people.invite(here.database, team, email, "owner", by=here.person)


def settle(database: Database, team: str) -> None:
    """Take the caretaker out of a workspace that has an owner of its own; asked whenever an invitation is taken up."""
    owners = {member.person.id: member.person for member in people.members(database, team) if member.role == "owner"}
    for belonging in shelf.listed(database, team, BELONGING):
        if belonging.content.is_elsewhere:
            continue
        try:
            kept = shelf.one(database, belonging.content.workspace, MEMBER, belonging.content.member)
        except PlainError:
            continue
        caretaker = kept.content.caretaker
        own = [person for name, person in owners.items() if name != caretaker]
        if kept.content.workspace != team or not caretaker or not own:
            continue
        done, space = replace(kept.content, caretaker=""), belonging.content.workspace
        with database.together():
            if caretaker in owners:
                people.remove_member(database, team, caretaker, by=own[0])
            shelf.edit(database, space, MEMBER, kept.id, done, seen_version=kept.version, by=own[0])
