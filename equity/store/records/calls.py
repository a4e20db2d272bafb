"""Learning calls in the store: whose they are, what opens them, and the log of each.

A log is only ever added to. An entry's number follows the one before without a gap: whoever adds holds the call's lock
(SQLite's write lock, PostgreSQL's lock on the call's row) and sees every entry that is there. When :func:`add_event`
has returned, the entry is on the disk. Followers ask for the newest numbers, or listen where the database can tell.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from equity.store.workspace import audit_log
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.store.workspace.tables import CallEventRow, CallRow, CallTokenRow, WorkspaceRow
from equity.store.workspace.texts import kept_label, kept_name
from equity.vocabulary import PlainError

CHANNEL = "equity_call"
"""Where PostgreSQL tells the id of a call whose log has grown."""
OPEN_FOR = dt.timedelta(days=7)
"""How long a link or a code opens a call; the facilitator can make a new one."""
LEAD_FOR = dt.timedelta(days=1)
"""How long a key leads a call, if the role of whom it was given to lasts."""
_IN_USE = "This code is in use by another call just now: please ask for another."
TokenKind = Literal["link", "code", "lead"]


@dataclass(frozen=True)
class Call:
    """A call as its team sees it; what opens it is not here."""

    id: str
    workspace: str
    title: str
    dataset: str
    release_id: str
    opened_by: str
    opened: dt.datetime
    ended: dt.datetime | None


@dataclass(frozen=True)
class Admission:
    """What a token opens: a call, in which way, and whether its time is over; a key, to whom it was given."""

    call: Call
    kind: TokenKind
    is_over: bool
    given_to: str = ""


@dataclass(frozen=True)
class LogEntry:
    """An entry of a call's log; ``kind`` and ``body`` are as `equity/calls` writes them."""

    seq: int
    at: dt.datetime
    kind: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class NewEntry:
    """What is to be added. ``client`` is the hash of the id that a browser made, so that sending twice adds once."""

    kind: str
    body: Mapping[str, Any]
    client: str | None = None


def open_call(
    database: Database, workspace: str, *, by: Person, title: str, dataset: str, release_id: str, opening: NewEntry
) -> Call:
    """A new call with the first entry of its log; logged."""
    with database.writing() as session:
        if session.get(WorkspaceRow, workspace) is None:
            raise PlainError("This workspace is not there any more: please choose another.")
        row = CallRow(
            workspace_id=workspace,
            title=kept_name(title, "the call"),
            dataset=kept_name(dataset, "the dataset"),
            release_id=kept_label(release_id, "the release"),
            opened_by=by.shown_name,
            opened_by_id=by.id,
        )
        session.add(row)
        session.flush()
        session.add(_row(row.id, 1, opening))
        audit_log.append(session, workspace, by, "call_opened", row.title, {"call": row.id, "release": release_id})
        return _call(row)


def admit(database: Database, call_id: str, kind: Literal["link", "code"], token: str = "") -> str:
    """A new token that opens a call, which nobody can look up again; ``token`` is a code that was chosen for it.

    Raises :class:`PlainError` when another call has that code just now.
    """
    return _kept_token(
        database,
        token or secrets.token_urlsafe(24),
        CallTokenRow(call_id=call_id, kind=kind, expires=now() + OPEN_FOR, given_to=""),
    )


def key_for(database: Database, call_id: str, person: Person) -> str:
    """A new key with which a person leads a call, which nobody can look up again."""
    row = CallTokenRow(call_id=call_id, kind="lead", expires=now() + LEAD_FOR, given_to=person.id)
    return _kept_token(database, secrets.token_urlsafe(24), row)


def _kept_token(database: Database, token: str, row: CallTokenRow) -> str:
    row.token_hash = hash_of(token)
    try:
        with database.writing() as session:
            mine = CallTokenRow.token_hash == row.token_hash
            session.execute(delete(CallTokenRow).where(mine, CallTokenRow.expires <= now()))
            if session.scalar(select(CallTokenRow.call_id).where(mine)) is not None:
                raise PlainError(_IN_USE)
            session.add(row)
    except IntegrityError:  # two calls took one code at once
        raise PlainError(_IN_USE) from None
    return token


def admission(database: Database, token: str) -> Admission | None:
    """What a token opens; None for any other text."""
    with database.reading() as session:
        row = session.get(CallTokenRow, hash_of(token))
        call = None if row is None else session.get(CallRow, row.call_id)
        if row is None or call is None:
            return None
        return Admission(_call(call), cast("TokenKind", row.kind), row.expires <= now(), row.given_to)


def call_by_id(database: Database, call_id: str) -> Call:
    """The call with this id; raises :class:`PlainError` when there is none."""
    with database.reading() as session:
        row = session.get(CallRow, call_id[:32])
        if row is None:
            raise PlainError(
                f"There is no call “{call_id[:40]}”: “python -m equity call open” says the id of a new one."
            )
        return _call(row)


def workspace_of_call(database: Database, call_id: str) -> str:
    """The id of the workspace that a call belongs to; empty where there is no such call."""
    with database.reading() as session:
        return session.scalar(select(CallRow.workspace_id).where(CallRow.id == call_id[:32])) or ""


def calls_in(database: Database, workspace: str) -> tuple[Call, ...]:
    """The calls of a workspace, the newest first."""
    query = select(CallRow).where(CallRow.workspace_id == workspace).order_by(CallRow.opened.desc(), CallRow.id)
    with database.reading() as session:
        return tuple(_call(row) for row in session.scalars(query))


def add_event(
    database: Database, call_id: str, known: int, decide: Callable[[Sequence[LogEntry]], NewEntry | None]
) -> tuple[LogEntry, ...]:
    """Add an entry to a log: ``decide`` is told what came after ``known`` and says what to add, or None for nothing.

    Nobody else adds meanwhile. Gives all entries after ``known``, the new one last; it is then on the disk.
    """
    with database.writing() as session:
        row = session.get(CallRow, call_id, with_for_update=True)
        if row is None:
            raise PlainError("This call is not there any more.")
        before = _after(session, call_id, known)
        wanted = decide(before)
        if wanted is None:
            return before
        added = _row(call_id, (before[-1].seq if before else known) + 1, wanted)
        session.add(added)
        if wanted.kind == "ended" and row.ended is None:
            row.ended = added.at
        if wanted.kind == "withdrawn":
            _forget_words(session, call_id, str(wanted.body["id"]))
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("SELECT pg_notify(:channel, :call)"), {"channel": CHANNEL, "call": call_id})
        session.flush()
        return (*before, _entry(added))


def events_after(database: Database, call_id: str, seq: int) -> tuple[LogEntry, ...]:
    """The entries of a log after this number."""
    with database.reading() as session:
        return _after(session, call_id, seq)


def newest(database: Database, call_ids: Sequence[str]) -> dict[str, int]:
    """The number of the newest entry of each of these calls."""
    query = (
        select(CallEventRow.call_id, func.max(CallEventRow.seq))
        .where(CallEventRow.call_id.in_(call_ids))
        .group_by(CallEventRow.call_id)
    )
    with database.reading() as session:
        return {row[0]: row[1] for row in session.execute(query)}


def hash_of(token: str) -> str:
    """The SHA-256 under which a token, a key or a browser's id is kept."""
    return hashlib.sha256(token[:200].encode("utf-8", "replace")).hexdigest()


def _after(session: Session, call_id: str, seq: int) -> tuple[LogEntry, ...]:
    query = select(CallEventRow).where(CallEventRow.call_id == call_id, CallEventRow.seq > seq)
    return tuple(_entry(row) for row in session.scalars(query.order_by(CallEventRow.seq)))


def _forget_words(session: Session, call_id: str, contribution: str) -> None:
    """Empty the words of a withdrawn contribution where they were written; the entries stay in their places."""
    query = select(CallEventRow).where(
        CallEventRow.call_id == call_id,
        CallEventRow.kind.in_(("contributed", "edited")),
        CallEventRow.body.contains(contribution, autoescape=True),
    )
    for row in session.scalars(query):
        body = json.loads(row.body)
        if body["id"] == contribution:
            row.body = json.dumps({**body, "words": ""}, ensure_ascii=False)


def _row(call_id: str, seq: int, wanted: NewEntry) -> CallEventRow:
    body = json.dumps(dict(wanted.body), ensure_ascii=False)
    return CallEventRow(call_id=call_id, seq=seq, client_id=wanted.client, at=now(), kind=wanted.kind, body=body)


def _entry(row: CallEventRow) -> LogEntry:
    return LogEntry(row.seq, row.at, row.kind, json.loads(row.body))


def _call(row: CallRow) -> Call:
    return Call(row.id, row.workspace_id, row.title, row.dataset, row.release_id, row.opened_by, row.opened, row.ended)
