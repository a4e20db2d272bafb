"""The audit log: who did what and when. Entries are added, never changed or deleted.

Triggers in the database refuse every UPDATE and DELETE (and TRUNCATE). A chain of keyed hashes shows a change made
behind their back, when somebody checks it, and the newest entry is known outside the table too (log_seal.py). An entry
names things and never holds data. It refers to nothing, so it outlives what it names. However long the log is, a page
of it, filtered or not, is a few steps down an index.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Row, func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from equity.store.workspace.clock import now
from equity.store.workspace.database import LOGGED, SEAL, Database
from equity.store.workspace.log_seal import Newest, Seal
from equity.store.workspace.person import Person
from equity.store.workspace.tables import AuditRow

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
    "call_opened",
    "call_ended",
    "backed_up",
    "restored",
    "store_begun",
    "log_checked",
    "invited",
    "invitation_withdrawn",
    "member_added",
    "role_changed",
    "member_removed",
    "record_added",
    "record_edited",
    "record_withdrawn",
    "record_brought_back",
]

AT_A_TIME = 1000
FIRST_BROKEN, CUT = "first broken entry", "missing entry"
"""What the entry of a check says of a log that is not as it was written."""

_BEFORE_ALL = "0" * 64
_LOCK = 0x65717569 + 1


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
    last = newest_in(session) or Newest(0, _BEFORE_ALL)
    seal: Seal = session.info[SEAL]
    row.chain = _link(last.chain, row, seal.key(last.number).secret)
    session.add(row)
    session.flush()
    if _has(session, seal.newest()):
        session.info[LOGGED] = Newest(row.id, row.chain)


def entries(
    database: Database,
    workspace: str,
    *,
    before: int | None = None,
    most: int = 200,
    action: Action | None = None,
    actor_id: str | None = None,
) -> tuple[AuditEntry, ...]:
    """The newest entries of a workspace first, at most so many; ``before`` goes on from the number of an entry.

    ``action`` and ``actor_id`` leave those of one kind, and of one person ("" for readers who came by a link).
    """
    query = select(AuditRow).where(AuditRow.workspace_id == workspace).order_by(AuditRow.id.desc()).limit(most)
    for column, wanted in ((AuditRow.action, action), (AuditRow.actor_id, actor_id)):
        if wanted is not None:
            query = query.where(column == wanted)
    if before is not None:
        query = query.where(AuditRow.id < before)
    with database.reading() as session:
        return tuple(_entry(row) for row in session.scalars(query))


def kinds(database: Database, workspace: str) -> tuple[Action, ...]:
    """The kinds of event that a workspace's log has, by name."""
    with database.reading() as session:
        return tuple(cast("Action", kind) for kind in session.scalars(select(_each(AuditRow.action, workspace))))


def people(database: Database, workspace: str) -> dict[str, str]:
    """The people in a workspace's log, by id, each with the name of their latest entry; sorted by name."""
    each = _each(AuditRow.actor_id, workspace)
    latest = (
        select(AuditRow.actor)
        .where(AuditRow.workspace_id == workspace, AuditRow.actor_id == each)
        .order_by(AuditRow.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    with database.reading() as session:
        named = [(str(who), str(name)) for who, name in session.execute(select(each, latest))]
    return dict(sorted(named, key=lambda one: (one[1].casefold(), one[0])))


def _each(column: InstrumentedAttribute[str], workspace: str) -> ColumnElement[str]:
    """The different values of a column, as a column of a table of their own.

    Each is looked up as the next one after the last, so that an index answers and the log is not read for it.
    """
    least = select(func.min(column).label("value")).where(AuditRow.workspace_id == workspace)
    each_value = least.cte("found", recursive=True)
    following = least.where(column > each_value.c.value).scalar_subquery()
    each_value = each_value.union_all(select(following).where(each_value.c.value.is_not(None)))
    known = select(each_value.c.value).where(each_value.c.value.is_not(None)).subquery()
    return cast("ColumnElement[str]", known.c.value)


@dataclass(frozen=True)
class Check:
    """What a check of the whole log found: how many entries it read, and the number of the first that is broken.

    ``cut`` is the number of the newest entry that is known outside the table, where the log does not have it.
    """

    read: int
    broken: int | None
    cut: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every entry is there, as it was written."""
        return self.broken is None and self.cut is None


def check(
    database: Database, workspace: str, by: Person, progress: Callable[[float], None] = lambda share: None
) -> Check:
    """Hold the whole log, of all workspaces, against its chain of hashes, and log what came of it.

    ``progress(share)`` is told how far it is; what it raises ends the check, and nothing is logged.
    """
    account = held_against_chain(database, progress)
    facts = {"entries": account.read}
    facts |= {} if account.broken is None else {FIRST_BROKEN: account.broken}
    facts |= {} if account.cut is None else {CUT: account.cut}
    record(database, workspace, by, "log_checked", "audit log", facts)
    return account


def last_check(database: Database, workspace: str) -> AuditEntry | None:
    """The entry of the latest check that somebody of this workspace made; None before the first."""
    return next(iter(entries(database, workspace, most=1, action="log_checked")), None)


def held_against_chain(
    database: Database, progress: Callable[[float], None] = lambda share: None, *, also: Newest | None = None
) -> Check:
    """Whether every entry is as it was written and follows the one that it followed then, up to the newest known.

    ``also`` is an entry that a backup knows; a link of the chain is never used twice, so it is in the log or missing.
    """
    known = [one for one in (database.seal.newest(), also) if one is not None]  # read first: the log may grow meanwhile
    chain, read, here = _BEFORE_ALL, 0, set[Newest]()
    rows = select(*AuditRow.__table__.columns).order_by(AuditRow.id)
    with database.reading() as session:
        last = session.scalar(select(func.max(AuditRow.id))) or 0
        key = database.seal.key(last)
        for some in session.execute(rows.execution_options(yield_per=AT_A_TIME)).partitions():
            for row in some:
                read, chain = read + 1, _link(chain, row, key.secret if row.id > key.unkeyed else b"")
                if chain != row.chain:
                    return Check(read, row.id)
                here.update(one for one in known if one == Newest(row.id, row.chain))
            progress(min(1.0, row.id / max(1, last)))
    return Check(read, None, next((one.number for one in known if one not in here), None))


def as_text(words: str) -> str:
    """Words in which nothing is left that a database cannot hold: a log never refuses. At most 2,000 characters."""
    return "".join(_letters(words[:2000]))


def _letters(words: str) -> Iterator[str]:
    for letter in words:
        yield "\ufffd" if letter == "\x00" or "\ud800" <= letter <= "\udfff" else letter


def _has(session: Session, known: Newest | None) -> bool:
    """Whether the newest entry known outside is in the log. Where it is not, that is what the next check must miss, so
    nothing newer is made known."""
    if known is None:
        return True
    return session.scalar(select(AuditRow.chain).where(AuditRow.id == known.number)) == known.chain


def newest_in(session: Session) -> Newest | None:
    """The newest entry that a session sees; None in an empty log."""
    row = session.execute(select(AuditRow.id, AuditRow.chain).order_by(AuditRow.id.desc()).limit(1)).first()
    return None if row is None else Newest(*row)


def _link(before: str, row: AuditRow | Row[Any], key: bytes) -> str:
    """The next link of the chain; without a key for the entries of programs that had none."""
    said = [before, row.at.isoformat(), row.workspace_id, row.actor_id, row.actor, row.action, row.subject, row.details]
    words = json.dumps(said).encode()
    return hmac.digest(key, words, "sha256").hex() if key else hashlib.sha256(words).hexdigest()


def _entry(row: AuditRow) -> AuditEntry:
    action = cast("Action", row.action)
    return AuditEntry(
        row.id, row.at, row.workspace_id, row.actor_id, row.actor, action, row.subject, json.loads(row.details)
    )


def details_in_words(row: AuditRow) -> str:
    return ", ".join(f"{name}: {value}" for name, value in json.loads(row.details).items())
