"""The audit log: who did what and when. Entries are added, never changed or deleted.

Triggers in the database refuse every UPDATE and DELETE (and TRUNCATE); a chain of hashes shows a change made behind
their back. An entry names things and never holds data. It refers to nothing, so it outlives what it names.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from equity.store.clock import now
from equity.store.database import Database
from equity.store.person import Person
from equity.store.tables import AuditRow

Action = Literal[
    "workspace_made",
    "workspace_renamed",
    "workspace_deleted",
    "uploaded",
    "loaded",
    "rolled_back",
    "dataset_deleted",
    "release_created",
    "release_revoked",
    "release_read",
    "link_made",
    "link_revoked",
    "link_opened",
    "passcode_refused",
    "replied",
    "exported",
    "backed_up",
    "restored",
    "invited",
    "invitation_withdrawn",
    "member_added",
    "role_changed",
    "member_removed",
]

CSV_COLUMNS = ("number", "time", "person", "action", "subject", "details")

_BEFORE_ALL = "0" * 64
_LOCK = 0x65717569 + 1
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class AuditEntry:
    """One entry. ``number`` grows; ``subject`` is what was acted on (a name), ``details`` a few named facts."""

    number: int
    at: dt.datetime
    workspace: str
    actor_id: str
    actor: str
    action: Action
    subject: str
    details: Mapping[str, str | int]


def record(
    database: Database,
    workspace: str,
    actor: Person | None,
    action: Action,
    subject: str,
    details: Mapping[str, str | int] | None = None,
) -> None:
    """Add an entry; it is on the disk when this returns. ``actor`` None is a reader who came by a link."""
    with database.writing() as session:
        append(session, workspace, actor, action, subject, details)


def append(
    session: Session,
    workspace: str,
    actor: Person | None,
    action: Action,
    subject: str,
    details: Mapping[str, str | int] | None = None,
) -> None:
    """Add an entry to a transaction, so that what was done and that it was done are kept together or not at all."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})  # the chain has one end
    row = AuditRow(
        at=now(),
        workspace_id=workspace,
        actor_id="" if actor is None else actor.id,
        actor="A reader with a link" if actor is None else as_text(actor.shown_name),
        action=action,
        subject=as_text(subject),
        details=json.dumps(dict(details or {}), sort_keys=True),
    )
    last = session.scalar(select(AuditRow.chain).order_by(AuditRow.id.desc()).limit(1))
    row.chain = _link(last or _BEFORE_ALL, row)
    session.add(row)
    session.flush()


def entries(
    database: Database, workspace: str, *, before: int | None = None, most: int = 200
) -> tuple[AuditEntry, ...]:
    """The newest entries of a workspace first, at most so many; ``before`` goes on from the number of an entry."""
    query = select(AuditRow).where(AuditRow.workspace_id == workspace).order_by(AuditRow.id.desc()).limit(most)
    if before is not None:
        query = query.where(AuditRow.id < before)
    with database.reading() as session:
        return tuple(_entry(row) for row in session.scalars(query))


def csv_export(database: Database, workspace: str) -> str:
    """All entries of a workspace as CSV (columns ``CSV_COLUMNS``), oldest first.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(CSV_COLUMNS)
    query = select(AuditRow).where(AuditRow.workspace_id == workspace).order_by(AuditRow.id)
    with database.reading() as session:
        for row in session.scalars(query.execution_options(yield_per=1000)):
            at = row.at.strftime("%Y-%m-%d %H:%M:%S UTC")
            cells = (str(row.id), at, row.actor, row.action, row.subject, _details_in_words(row))
            lines.writerow([_harmless(cell) for cell in cells])
    return written.getvalue()


def first_broken_entry(database: Database) -> int | None:
    """The number of the first entry that is not as it was written or follows a missing one; None when all is well."""
    chain = _BEFORE_ALL
    with database.reading() as session:
        for row in session.scalars(select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000)):
            chain = _link(chain, row)
            if chain != row.chain:
                return row.id
    return None


def as_text(words: str) -> str:
    """Words in which nothing is left that a database cannot hold: a log never refuses. At most 2,000 characters."""
    return "".join(_letters(words[:2000]))


def _letters(words: str) -> Iterator[str]:
    for letter in words:
        yield "\ufffd" if letter == "\x00" or "\ud800" <= letter <= "\udfff" else letter


def _link(before: str, row: AuditRow) -> str:
    said = [before, row.at.isoformat(), row.workspace_id, row.actor_id, row.actor, row.action, row.subject, row.details]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _entry(row: AuditRow) -> AuditEntry:
    action = cast("Action", row.action)
    return AuditEntry(
        row.id, row.at, row.workspace_id, row.actor_id, row.actor, action, row.subject, json.loads(row.details)
    )


def _details_in_words(row: AuditRow) -> str:
    return ", ".join(f"{name}: {value}" for name, value in json.loads(row.details).items())


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_STARTS_A_FORMULA) else cell
