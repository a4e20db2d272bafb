"""Share links: a random token opens one release, until a day, unless somebody revokes it.

The token is 256 random bits and is shown once. What is kept is its SHA-256: a stolen database opens nothing, and a fast
hash without salt is right here, because nobody can try 2²⁵⁶ tokens, two tokens are never the same, and a link must be
found by its hash. (A passcode is short and chosen by a person; passcodes.py hashes it slowly and with salt.)
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from equity.store.workspace import audit_log, passcodes
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.store.workspace.tables import LinkRow, WorkspaceReleaseRow, WorkspaceRow
from equity.store.workspace.texts import json_object, kept_name
from equity.vocabulary import PlainError

USUAL_DAYS = 90
MOST_DAYS = 731
WRONG_PASSCODES_ALLOWED = 5
LOCKED_FOR = dt.timedelta(minutes=15)

LinkState = Literal["open", "expired", "revoked"]
Outcome = Literal["opened", "wrong passcode", "locked", "not open"]


@dataclass(frozen=True)
class Link:
    """A link as the team sees it. ``choices`` is the question it opens with, a JSON object; the token is not here."""

    id: str
    workspace: str
    release_id: str
    title: str
    choices: str
    has_passcode: bool
    made_by: str
    created: dt.datetime
    expires: dt.datetime
    revoked: dt.datetime | None
    revoked_by: str
    opened_count: int
    last_opened: dt.datetime | None
    wrong_passcodes: int
    state: LinkState


def make_link(
    database: Database,
    workspace: str,
    release_id: str,
    *,
    by: Person,
    title: str,
    choices: str = "{}",
    days: int = USUAL_DAYS,
    passcode: str = "",
) -> tuple[Link, str]:
    """A new link to a release and its token, which nobody can look up again. An empty ``passcode`` asks for none.

    The caller has made sure that there is such a release (`equity/release`). Raises :class:`PlainError` for one that is
    another workspace's, fewer than 1 or more than 731 days, a passcode under 6 characters, and choices that are no JSON
    object.
    """
    if not 1 <= days <= MOST_DAYS:
        raise PlainError(f"A link is open for 1 to {MOST_DAYS} days: {days} is not.")
    token = secrets.token_urlsafe(32)
    row = LinkRow(
        workspace_id=workspace,
        release_id=kept_name(release_id, "the release"),
        title=kept_name(title, "the link"),
        choices=json_object(choices, "the question that the link opens with"),
        token_hash=_hash_of_token(token),
        passcode_hash=passcodes.hash_of_passcode(passcode) if passcode else None,
        made_by=by.shown_name,
        made_by_id=by.id,
        expires=now() + dt.timedelta(days=days),
    )
    with database.writing() as session:
        if session.get(WorkspaceRow, workspace) is None:
            raise PlainError("This workspace is not there any more: please choose another.")
        owner = session.get(WorkspaceReleaseRow, release_id)
        if owner is not None and owner.workspace_id != workspace:
            raise PlainError("This release is not one of this workspace: please choose another.")
        session.add(row)
        session.flush()
        facts: dict[str, str | int] = {"link": row.id, "days": days, "passcode": "yes" if passcode else "no"}
        audit_log.append(session, workspace, by, "link_made", release_id, facts)
        return _link(row), token


def links_in(database: Database, workspace: str) -> tuple[Link, ...]:
    """All links of a workspace, the newest first."""
    query = select(LinkRow).where(LinkRow.workspace_id == workspace).order_by(LinkRow.created.desc(), LinkRow.id)
    with database.reading() as session:
        return tuple(_link(row) for row in session.scalars(query))


def link_by_token(database: Database, token: str) -> Link | None:
    """The link that a token opens, open or not; None for any other text."""
    sought = _hash_of_token(token)
    with database.reading() as session:
        row = session.scalars(select(LinkRow).where(LinkRow.token_hash == sought)).one_or_none()
        return _link(row) if row is not None and hmac.compare_digest(row.token_hash, sought) else None


def link_by_id(database: Database, link_id: str) -> Link | None:
    """The link with this id, which opens nothing by itself."""
    with database.reading() as session:
        row = session.get(LinkRow, link_id)
        return None if row is None else _link(row)


def revoke_link(database: Database, workspace: str, link_id: str, *, by: Person) -> Link:
    """Close a link at once and for good, also for those who are reading; one that is revoked already stays as it is."""
    with database.writing() as session:
        row = session.get(LinkRow, link_id, with_for_update=True)
        if row is None or row.workspace_id != workspace:
            raise PlainError("This link is not there any more: please look at the list again.")
        _revoke(session, row, by)
        return _link(row)


def revoke_links_to(database: Database, workspace: str, release_id: str, *, by: Person) -> int:
    """Close every link to a release, as revoking the release does; gives how many were closed."""
    query = (
        select(LinkRow)
        .where(LinkRow.workspace_id == workspace, LinkRow.release_id == release_id, LinkRow.revoked.is_(None))
        .order_by(LinkRow.id)
        .with_for_update()
    )
    with database.writing() as session:
        rows = session.scalars(query).all()
        for row in rows:
            _revoke(session, row, by)
        return len(rows)


def is_right_passcode(database: Database, link_id: str, passcode: str) -> bool:
    """Whether a link would take this passcode; one without a passcode takes any. What comes of it is not said here."""
    with database.reading() as session:
        row = session.get(LinkRow, link_id)
        kept = None if row is None else row.passcode_hash
    return kept is None or passcodes.is_passcode(passcode, kept)


def settle_opening(database: Database, link_id: str, *, right_passcode: bool) -> Outcome:
    """Count and log an opening, or a wrong passcode.

    After 5 wrong passcodes a link takes none for 15 minutes, and then one every 15 minutes until the right one comes.
    Guesses that are made at the same moment are settled one after the other, and none is told right or wrong while the
    link is locked, so making many at once gains nothing. The count is in the database: restarting does not reset it.
    """
    with database.writing() as session:
        row = session.get(LinkRow, link_id, with_for_update=True)
        moment = now()
        if row is None or _state(row) != "open":
            return "not open"
        if row.locked_until is not None and row.locked_until > moment:
            return "locked"
        if not right_passcode:
            row.wrong_passcodes += 1
            if row.wrong_passcodes >= WRONG_PASSCODES_ALLOWED:
                row.locked_until = moment + LOCKED_FOR
            count: dict[str, str | int] = {"link": link_id, "in a row": row.wrong_passcodes}
            audit_log.append(session, row.workspace_id, None, "passcode_refused", row.release_id, count)
            return "wrong passcode"
        row.opened_count += 1
        row.last_opened, row.wrong_passcodes, row.locked_until = moment, 0, None
        audit_log.append(session, row.workspace_id, None, "link_opened", row.release_id, {"link": link_id})
        return "opened"


def _revoke(session: Session, row: LinkRow, by: Person) -> None:
    if row.revoked is None:
        row.revoked, row.revoked_by = now(), by.shown_name
        audit_log.append(session, row.workspace_id, by, "link_revoked", row.release_id, {"link": row.id})


def _hash_of_token(token: str) -> str:
    return hashlib.sha256(token[:200].encode("utf-8", "replace")).hexdigest()


def _state(row: LinkRow) -> LinkState:
    if row.revoked is not None:
        return "revoked"
    return "expired" if row.expires <= now() else "open"


def _link(row: LinkRow) -> Link:
    return Link(
        id=row.id,
        workspace=row.workspace_id,
        release_id=row.release_id,
        title=row.title,
        choices=row.choices,
        has_passcode=row.passcode_hash is not None,
        made_by=row.made_by,
        created=row.created,
        expires=row.expires,
        revoked=row.revoked,
        revoked_by=row.revoked_by,
        opened_count=row.opened_count,
        last_opened=row.last_opened,
        wrong_passcodes=row.wrong_passcodes,
        state=_state(row),
    )
