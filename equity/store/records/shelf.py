"""One way to keep a record, whatever it is about: list, add, edit, withdraw, bring back, and meet a conflict.

A record belongs to a workspace and may hang on another record (``parent``). Each saving has a version; saving over a
version that one has not seen is a conflict, which holds both texts. What somebody saves again and again while they
write (a draft) counts as one version of its history. A withdrawn record is gone from every list and kept for 30 days.
Each action is in the audit log, by its kind and id; what a record says never is.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from equity.store.records.kept import Earlier, Kept, Readers, RecordConflict
from equity.store.records.nouns import Noun
from equity.store.workspace import audit_log
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.store.workspace.tables import RecordRow, RecordVersionRow, WorkspaceRow, new_id
from equity.vocabulary import PlainError

T = TypeVar("T")

ONE_SITTING = dt.timedelta(minutes=10)
"""Savings by one person closer than this are one version of the history, and one entry of the log."""
KEPT_FOR = dt.timedelta(days=30)
"""How long a withdrawn record can be brought back."""
LONGEST_CONTENT = 200_000


def add(
    database: Database,
    workspace: str,
    noun: Noun[T],
    content: T,
    *,
    by: Person | None,
    parent: str = "",
    readers: Readers = "team",
) -> Kept[T]:
    """Keep a new record. ``by`` None keeps no author anywhere.

    Raises:
        PlainError: the workspace is gone, or what was written is too long.
    """
    with database.writing() as session:
        return add_within(session, workspace, noun, content, by=by, parent=parent, readers=readers)


def add_within(
    session: Session,
    workspace: str,
    noun: Noun[T],
    content: T,
    *,
    by: Person | None,
    parent: str = "",
    readers: Readers = "team",
) -> Kept[T]:
    """The same inside a transaction, for an action that keeps several things or none."""
    if session.get(WorkspaceRow, workspace) is None:
        raise PlainError("This workspace is not there any more: please choose another.")
    moment, name = now(), "" if by is None else by.shown_name
    row = RecordRow(
        id=new_id(),
        workspace_id=workspace,
        noun=noun.name,
        parent=parent,
        content=_written(noun, content),
        readers=readers,
        author=name,
        author_id="" if by is None else by.id,
        created=moment,
        edited_by=name,
        edited_by_id="" if by is None else by.id,
        edited=moment,
    )
    session.add(row)
    session.flush()
    session.add(_history(row))
    _log(session, row, by, "record_added")
    return _kept(noun, row)


def listed(database: Database, workspace: str, noun: Noun[T], *, parent: str | None = None) -> tuple[Kept[T], ...]:
    """The records of a noun, the oldest first: all of them, or those that hang on one parent."""
    query = select(RecordRow).where(_are_of(workspace, noun, parent), RecordRow.withdrawn.is_(None))
    with database.reading() as session:
        rows = session.scalars(query.order_by(RecordRow.created, RecordRow.id))
        return tuple(_kept(noun, row) for row in rows)


def withdrawn(database: Database, workspace: str, noun: Noun[T], *, parent: str | None = None) -> tuple[Kept[T], ...]:
    """The records of a noun that can still be brought back, the last one withdrawn first."""
    query = select(RecordRow).where(_are_of(workspace, noun, parent), RecordRow.withdrawn.is_not(None))
    with database.reading() as session:
        rows = session.scalars(query.order_by(RecordRow.withdrawn.desc(), RecordRow.created, RecordRow.id))
        return tuple(_kept(noun, row) for row in rows)


def days_written(database: Database, workspace: str) -> dict[str, list[dt.datetime]]:
    """When the records of each noun were first written, by the noun's name; withdrawn ones are left out."""
    query = select(RecordRow.noun, RecordRow.created).where(
        RecordRow.workspace_id == workspace, RecordRow.withdrawn.is_(None)
    )
    days: dict[str, list[dt.datetime]] = {}
    with database.reading() as session:
        for noun, created in session.execute(query):
            days.setdefault(noun, []).append(created)
    return days


def one(database: Database, workspace: str, noun: Noun[T], record: str) -> Kept[T]:
    """One record; raises :class:`PlainError` when it is not there (any more)."""
    with database.reading() as session:
        row = _row(session, workspace, noun, record)
        if row is None or row.withdrawn is not None:
            raise PlainError(f"{noun.what.capitalize()} is not there any more: somebody withdrew it.")
        return _kept(noun, row)


def anywhere(database: Database, noun: Noun[T], record: str) -> Kept[T] | None:
    """A record by its id in whatever workspace it is, for whoever holds a link to it; None when there is none."""
    with database.reading() as session:
        row = session.get(RecordRow, record)
        return None if row is None or row.noun != noun.name or row.withdrawn is not None else _kept(noun, row)


def workspace_that_shares(database: Database, noun: str, record: str) -> str:
    """The workspace whose leaders may read a record; empty for one that is not shared with them, or not there."""
    with database.reading() as session:
        row = session.get(RecordRow, record)
        known = row is not None and row.noun == noun and row.withdrawn is None
        return row.workspace_id if row is not None and known and row.readers in ("leaders", "network") else ""


def edit(
    database: Database,
    workspace: str,
    noun: Noun[T],
    record: str,
    content: T,
    *,
    seen_version: int,
    by: Person | None,
    readers: Readers | None = None,
    milestone: bool = False,
) -> Kept[T]:
    """Save a record anew; a ``milestone`` is a version of the history even within one sitting.

    ``by`` None keeps no author anywhere.

    Raises:
        RecordConflict: the record changed or went since ``seen_version`` was read.
    """
    with database.writing() as session:
        before = _row(session, workspace, noun, record)
        values: dict[str, Any] = {"content": _written(noun, content), "readers": readers}
        kept = {name: value for name, value in values.items() if value is not None}
        row = _changed(session, before, seen_version, by, kept, sitting=dt.timedelta(0) if milestone else ONE_SITTING)
        if row is None:
            raise _conflict(session, workspace, noun, record, content)
        return _kept(noun, row)


def withdraw(database: Database, workspace: str, noun: Noun[T], record: str, *, seen_version: int, by: Person) -> None:
    """Take a record out of every list; raises :class:`RecordConflict` when it changed since it was read."""
    with database.writing() as session:
        row = _changed(session, _row(session, workspace, noun, record), seen_version, by, {"withdrawn": now()})
        if row is None:
            raise _conflict(session, workspace, noun, record, None)
        _log(session, row, by, "record_withdrawn")


def bring_back(database: Database, workspace: str, noun: Noun[T], record: str, *, by: Person) -> Kept[T]:
    """Put a withdrawn record back; raises :class:`PlainError` when its 30 days are over."""
    with database.writing() as session:
        row = _row(session, workspace, noun, record)
        if row is None:
            raise PlainError(f"{noun.what.capitalize()} is gone for good: it was withdrawn over 30 days ago.")
        row.withdrawn, row.version = None, row.version + 1
        session.flush()
        _log(session, row, by, "record_brought_back")
        return _kept(noun, row)


def earlier(database: Database, workspace: str, noun: Noun[T], record: str) -> tuple[Earlier[T], ...]:
    """How a record stood at each saving, the latest first."""
    query = (
        select(RecordVersionRow)
        .join(RecordRow, RecordRow.id == RecordVersionRow.record_id)
        .where(RecordRow.workspace_id == workspace, RecordRow.noun == noun.name, RecordRow.id == record)
        .order_by(RecordVersionRow.version.desc())
    )
    with database.reading() as session:
        return tuple(
            Earlier(row.version, noun.read(row.content), row.edited_by, row.edited) for row in session.scalars(query)
        )


def forget_withdrawn(database: Database) -> int:
    """Delete for good what was withdrawn over 30 days ago, and say how many records that were."""
    with database.writing() as session:
        gone: ColumnElement[bool] = RecordRow.withdrawn < now() - KEPT_FOR
        return len(session.execute(delete(RecordRow).where(gone).returning(RecordRow.id)).all())


def _written(noun: Noun[T], content: T) -> str:
    text = noun.written(content)
    if len(text) > LONGEST_CONTENT:
        raise PlainError(f"What you wrote for {noun.what} is too long: {LONGEST_CONTENT:,} characters are the most.")
    if "\\u0000" in text:
        raise PlainError(f"What you wrote for {noun.what} holds a character that is not text: please type it again.")
    return text


def _are_of(workspace: str, noun: Noun[Any], parent: str | None) -> ColumnElement[bool]:
    """Which rows are the noun's, withdrawn ones too: all of them, or those that hang on one parent."""
    of_noun = and_(RecordRow.workspace_id == workspace, RecordRow.noun == noun.name)
    return of_noun if parent is None else and_(of_noun, RecordRow.parent == parent)


def _row(session: Session, workspace: str, noun: Noun[Any], record: str) -> RecordRow | None:
    row = session.get(RecordRow, record, populate_existing=True)
    return row if row is not None and row.workspace_id == workspace and row.noun == noun.name else None


def _changed(
    session: Session,
    before: RecordRow | None,
    seen_version: int,
    by: Person | None,
    values: dict[str, Any],
    *,
    sitting: dt.timedelta = dt.timedelta(0),
) -> RecordRow | None:
    """The row with new values and its history; None when it is not as it was seen."""
    if before is None or before.withdrawn is not None:
        return None
    name, person = ("", "") if by is None else (by.shown_name, by.id)
    same_sitting = before.edited_by_id == person and now() - before.edited < sitting and before.version > 1
    changed = session.execute(
        update(RecordRow)
        .where(RecordRow.id == before.id, RecordRow.version == seen_version, RecordRow.withdrawn.is_(None))
        .values(version=seen_version + 1, edited_by=name, edited_by_id=person, edited=now(), **values)
        .returning(RecordRow.id)
    ).first()
    if changed is None:
        return None
    row = session.get_one(RecordRow, before.id, populate_existing=True)
    if "withdrawn" not in values:
        if same_sitting:
            latest = RecordVersionRow.record_id == row.id, RecordVersionRow.version == seen_version
            session.execute(delete(RecordVersionRow).where(*latest))
        else:
            _log(session, row, by, "record_edited")
        session.add(_history(row))
    return row


def _history(row: RecordRow) -> RecordVersionRow:
    return RecordVersionRow(
        record_id=row.id, version=row.version, content=row.content, edited_by=row.edited_by, edited=row.edited
    )


def _conflict(session: Session, workspace: str, noun: Noun[T], record: str, yours: T | None) -> RecordConflict[T]:
    row = _row(session, workspace, noun, record)
    stands = row is not None and row.withdrawn is None
    return RecordConflict(noun, yours, _kept(noun, row) if row is not None and stands else None)


def _log(session: Session, row: RecordRow, by: Person | None, action: audit_log.Action) -> None:
    """By its kind and id. Somebody who keeps no name anywhere is not named here either."""
    if by is not None:
        audit_log.append(session, row.workspace_id, by, action, row.noun, {"id": row.id})


def _kept(noun: Noun[T], row: RecordRow) -> Kept[T]:
    return Kept(
        id=row.id,
        workspace=row.workspace_id,
        parent=row.parent,
        content=noun.read(row.content),
        readers=cast(Readers, row.readers),
        version=row.version,
        author=row.author,
        author_id=row.author_id,
        created=row.created,
        edited_by=row.edited_by,
        edited=row.edited,
        withdrawn=row.withdrawn,
    )
