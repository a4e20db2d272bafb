"""Who has signed in, who belongs to a workspace in which role, and who has been asked to.

This room keeps what it is told; whether somebody may change it is decided in `equity/access`. Each change is written to
the audit log in the same transaction.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from equity.store.workspace import audit_log
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person, Role, read_role
from equity.store.workspace.tables import InvitationRow, MemberRow, PersonRow, WorkspaceRow
from equity.store.workspace.texts import LONGEST_NAME, kept_name
from equity.vocabulary import PlainError
from equity.vocabulary.written import is_written

DAYS_TO_ACCEPT = 14
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True)
class Member:
    """A person in a workspace, by its id."""

    person: Person
    role: Role
    since: dt.datetime
    workspace: str = ""


@dataclass(frozen=True)
class Invitation:
    """An address asked to join. ``state`` is ``open``, ``accepted``, ``withdrawn`` or ``expired``."""

    id: str
    workspace: str
    email: str
    role: Role
    invited_by: str
    created: dt.datetime
    expires: dt.datetime
    state: Literal["open", "accepted", "withdrawn", "expired"]


def remember_person(database: Database, issuer: str, subject: str, *, name: str, email: str) -> Person:
    """The person whom an issuer vouches for: made at the first sign-in, and with the name and address of the latest."""
    issuer, subject = kept_name(issuer, "the sign-in provider"), kept_name(subject, "the signed-in person")
    told = (_shortened(name), _shortened(email))
    with database.reading() as session:
        row = _person_row(session, issuer, subject)
        if row is not None and (row.name, row.email) == told:
            return _person(row)
    try:
        return _remembered(database, issuer, subject, told)
    except IntegrityError:  # the same person signed in twice at once, and the other was first
        return _remembered(database, issuer, subject, told)


def _remembered(database: Database, issuer: str, subject: str, told: tuple[str, str]) -> Person:
    with database.writing() as session:
        row = _person_row(session, issuer, subject) or PersonRow(issuer=issuer, subject=subject)
        row.name, row.email = told
        session.add(row)
        session.flush()
        return _person(row)


def person(database: Database, person_id: str) -> Person | None:
    """The person with this id, if there is one."""
    with database.reading() as session:
        row = session.get(PersonRow, person_id)
        return None if row is None else _person(row)


def role_of(database: Database, workspace: str, person_id: str) -> Role | None:
    """The role that a person has in a workspace now; None for somebody who is not in it."""
    with database.reading() as session:
        role = session.scalar(_ROLE, {"workspace": workspace, "person": person_id})
    return None if role is None else read_role(role)


# Asked several times at every run of every page: a column, which is read in half the time of a row to be changed.
_ROLE = select(MemberRow.role).where(
    MemberRow.workspace_id == bindparam("workspace"), MemberRow.person_id == bindparam("person")
)


def members(database: Database, workspace: str) -> tuple[Member, ...]:
    """Everybody in a workspace, the longest there first."""
    query = (
        select(MemberRow, PersonRow)
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(MemberRow.workspace_id == workspace)
        .order_by(MemberRow.since, PersonRow.id)
    )
    with database.reading() as session:
        return tuple(Member(_person(p), read_role(m.role), m.since, workspace) for m, p in session.execute(query))


def change_role(database: Database, workspace: str, person_id: str, role: Role, *, seen: Role, by: Person) -> None:
    """Give a member another role.

    Raises :class:`PlainError` for an unknown role, when the role is no longer the one that was seen, when the person
    is no member, and when the workspace would be without an owner.
    """
    role = read_role(role)
    with database.writing() as session:
        _lock_workspace(session, workspace)
        row = _member_row(session, workspace, person_id)
        if row.role != seen:
            raise PlainError(
                f"Somebody has made this person {row.role} meanwhile: please look again before changing it."
            )
        _keep_an_owner(session, workspace, row, role)
        row.role = role
        changed = _shown_name(session, person_id)
        audit_log.append(session, workspace, by, "role_changed", changed, {"from": seen, "to": role})


def remove_member(database: Database, workspace: str, person_id: str, *, by: Person) -> None:
    """Take a person out of a workspace, from the next click on; their words stay. Raises like :func:`change_role`."""
    with database.writing() as session:
        _lock_workspace(session, workspace)
        row = _member_row(session, workspace, person_id)
        _keep_an_owner(session, workspace, row, None)
        session.delete(row)
        removed = _shown_name(session, person_id)
        audit_log.append(session, workspace, by, "member_removed", removed, {"role": row.role})


def invite(database: Database, workspace: str, email: str, role: Role, *, by: Person) -> tuple[Invitation, str]:
    """Ask an address to join: the invitation, and the token for its link, which is shown once and kept only hashed.

    Whoever accepts must hold the token **and** sign in with that address. Raises :class:`PlainError` for something that
    is no address and for an unknown role.
    """
    if not is_written(email):
        raise PlainError("Write the e-mail address of whom you invite, such as name@hospital.org.")
    email = kept_name(email.strip(), "the e-mail address")
    if _ADDRESS.fullmatch(email) is None:
        raise PlainError(f"“{email}” is not an e-mail address: write one such as name@hospital.org.")
    token = secrets.token_urlsafe(32)
    row = InvitationRow(
        workspace_id=workspace,
        email=email,
        role=read_role(role),
        token_hash=_token_hash(token),
        invited_by=by.shown_name,
        expires=now() + dt.timedelta(days=DAYS_TO_ACCEPT),
    )
    with database.writing() as session:
        _lock_workspace(session, workspace)
        session.add(row)
        audit_log.append(session, workspace, by, "invited", email, {"role": role})
        session.flush()
        return _invitation(row), token


def invitations(database: Database, workspace: str) -> tuple[Invitation, ...]:
    """All invitations of a workspace, the newest first."""
    query = (
        select(InvitationRow)
        .where(InvitationRow.workspace_id == workspace)
        .order_by(InvitationRow.created.desc(), InvitationRow.id)
    )
    with database.reading() as session:
        return tuple(_invitation(row) for row in session.scalars(query))


def withdraw_invitation(database: Database, workspace: str, invitation_id: str, *, by: Person) -> None:
    """Make an open invitation worthless; one that is not open is left as it is."""
    with database.writing() as session:
        row = session.get(InvitationRow, invitation_id, with_for_update=True)
        if row is None or row.workspace_id != workspace:
            raise PlainError("This invitation is not there any more: please look at the list again.")
        if _invitation(row).state == "open":
            row.withdrawn = now()
            audit_log.append(session, workspace, by, "invitation_withdrawn", row.email, {"role": row.role})


def accept_invitation(database: Database, token: str, *, by: Person) -> Member:
    """Join the workspace that an invitation is to; a person who is in it already keeps the role they have.

    Raises :class:`PlainError` when the token opens nothing (any more), and when the person signed in with another
    address than the one that was invited.
    """
    with database.writing() as session:
        query = select(InvitationRow).where(InvitationRow.token_hash == _token_hash(token)).with_for_update()
        row = session.scalars(query).one_or_none()
        if row is None or _invitation(row).state != "open":
            raise PlainError("This invitation is not open any more: please ask for a new one.")
        if by.email.casefold() != row.email.casefold():
            raise PlainError(
                "This invitation is for another e-mail address than the one you signed in with: "
                "sign in with that one, or ask for an invitation to yours."
            )
        row.accepted = now()
        member = session.get(MemberRow, (row.workspace_id, by.id))
        if member is None:
            member = MemberRow(workspace_id=row.workspace_id, person_id=by.id, role=row.role)
            session.add(member)
            audit_log.append(session, row.workspace_id, by, "member_added", by.shown_name, {"role": row.role})
        session.flush()
        return Member(by, read_role(member.role), member.since, row.workspace_id)


def _invitation(row: InvitationRow) -> Invitation:
    state: Literal["open", "accepted", "withdrawn", "expired"] = "open"
    if row.accepted is not None:
        state = "accepted"
    elif row.withdrawn is not None:
        state = "withdrawn"
    elif row.expires <= now():
        state = "expired"
    return Invitation(
        row.id, row.workspace_id, row.email, read_role(row.role), row.invited_by, row.created, row.expires, state
    )


def _person(row: PersonRow) -> Person:
    return Person(row.id, row.name, row.email, row.issuer, row.subject)


def _person_row(session: Session, issuer: str, subject: str) -> PersonRow | None:
    query = select(PersonRow).where(PersonRow.issuer == issuer, PersonRow.subject == subject)
    return session.scalars(query).one_or_none()


def _member_row(session: Session, workspace: str, person_id: str) -> MemberRow:
    row = session.get(MemberRow, (workspace, person_id))
    if row is None:
        raise PlainError("This person is not in the workspace any more: please look at the list again.")
    return row


def _shown_name(session: Session, person_id: str) -> str:
    row = session.get(PersonRow, person_id)
    return "" if row is None else _person(row).shown_name


def _lock_workspace(session: Session, workspace: str) -> None:
    """One change of members at a time, so that two owners cannot both leave last. SQLite has one writer anyway."""
    if session.get(WorkspaceRow, workspace, with_for_update=True) is None:
        raise PlainError("This workspace is not there any more: please choose another.")


def _keep_an_owner(session: Session, workspace: str, row: MemberRow, role: Role | None) -> None:
    if row.role != "owner" or role == "owner":
        return
    owners = select(func.count()).where(MemberRow.workspace_id == workspace, MemberRow.role == "owner")
    if session.scalar(owners) == 1:
        raise PlainError("A workspace needs an owner: make somebody else an owner first.")


def _token_hash(token: str) -> str:
    """SHA-256 is enough for 256 random bits, see links.py."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _shortened(text: str) -> str:
    """What a provider says about a person is not worth refusing a sign-in for: cut, and cleaned of what is no text."""
    return audit_log.as_text(text)[:LONGEST_NAME]
