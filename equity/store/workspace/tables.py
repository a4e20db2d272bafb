"""The tables of the workspace store. Nothing but this room sees these classes.

Ids are random texts, so that none can be guessed from another. Texts that people wrote stand as written. A row that
people edit carries a ``version`` that grows by one with each edit. All that belongs to a workspace goes with it, except
the audit log, which refers to nothing and can neither be changed nor deleted (triggers, see the first migration).
"""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import ForeignKey, Index, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from equity.store.workspace.clock import UtcTime, now


def new_id() -> str:
    """A random id: 128 bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


class Base(DeclarativeBase):
    """What all tables share: how a text, a time and a constraint are written."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text(), dt.datetime: UtcTime()}  # noqa: RUF012


def _id() -> Mapped[str]:
    return mapped_column(String(32), primary_key=True, default=new_id)


def _workspace() -> Mapped[str]:
    return mapped_column(String(32), ForeignKey("workspaces.id", ondelete="CASCADE"))


class WorkspaceRow(Base):
    """A team's room."""

    __tablename__ = "workspaces"

    id: Mapped[str] = _id()
    name: Mapped[str]
    created: Mapped[dt.datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)


class WorkspaceDatasetRow(Base):
    """Which workspace a dataset on disk belongs to: one at most."""

    __tablename__ = "workspace_datasets"

    dataset: Mapped[str] = mapped_column(String(300), primary_key=True)
    workspace_id: Mapped[str] = _workspace()
    since: Mapped[dt.datetime] = mapped_column(default=now)


class WorkspaceReleaseRow(Base):
    """Which workspace a release on disk belongs to.

    It outlives the workspace, so that the release never becomes another's.
    """

    __tablename__ = "workspace_releases"

    release_id: Mapped[str] = mapped_column(String(300), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(String(32), index=True)
    since: Mapped[dt.datetime] = mapped_column(default=now)


class PersonRow(Base):
    """Somebody who has signed in, known by who vouches for them (issuer) and their name there (subject)."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = _id()
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(300))
    name: Mapped[str]
    email: Mapped[str]
    first_seen: Mapped[dt.datetime] = mapped_column(default=now)


class MemberRow(Base):
    """A person's role in a workspace."""

    __tablename__ = "members"

    workspace_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[str] = mapped_column(String(32), ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    since: Mapped[dt.datetime] = mapped_column(default=now)


class InvitationRow(Base):
    """An address that was asked to join, in a role. The token is kept as its SHA-256."""

    __tablename__ = "invitations"

    id: Mapped[str] = _id()
    workspace_id: Mapped[str] = _workspace()
    email: Mapped[str]
    role: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[str]
    created: Mapped[dt.datetime] = mapped_column(default=now)
    expires: Mapped[dt.datetime]
    accepted: Mapped[dt.datetime | None]
    withdrawn: Mapped[dt.datetime | None]


class ChartFrameRow(Base):
    """One saving of a chart's frame: rows are only ever added, and the highest version counts.

    ``key_hash`` is the SHA-256 of the key, because an index cannot hold names of any length.
    """

    __tablename__ = "chart_frames"
    __table_args__ = (UniqueConstraint("workspace_id", "key_hash", "version"),)

    id: Mapped[str] = _id()
    workspace_id: Mapped[str] = _workspace()
    key_hash: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    dataset: Mapped[str]
    measure: Mapped[str]
    by: Mapped[str]
    group: Mapped[str]
    body: Mapped[str]
    saved_by: Mapped[str]
    saved_by_id: Mapped[str] = mapped_column(String(32))
    saved: Mapped[dt.datetime] = mapped_column(default=now)


class AnnotationRow(Base):
    """Something that happened in a period; empty dataset, measure or by means all of them."""

    __tablename__ = "annotations"

    id: Mapped[str] = _id()
    workspace_id: Mapped[str] = mapped_column(String(32), ForeignKey("workspaces.id", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    period: Mapped[str] = mapped_column(String(10))
    words: Mapped[str]
    dataset: Mapped[str]
    measure: Mapped[str]
    by: Mapped[str]
    author: Mapped[str]
    author_id: Mapped[str] = mapped_column(String(32))
    created: Mapped[dt.datetime] = mapped_column(default=now)
    edited_by: Mapped[str]
    edited: Mapped[dt.datetime] = mapped_column(default=now)


class LinkRow(Base):
    """A share link to one release, and the question it opens with (``choices``, as JSON).

    Neither the token nor the passcode is kept, only what they are checked against.
    """

    __tablename__ = "links"

    id: Mapped[str] = _id()
    workspace_id: Mapped[str] = mapped_column(String(32), ForeignKey("workspaces.id", ondelete="CASCADE"), index=True)
    release_id: Mapped[str] = mapped_column(String(300))
    title: Mapped[str]
    choices: Mapped[str]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    passcode_hash: Mapped[str | None]
    made_by: Mapped[str]
    made_by_id: Mapped[str] = mapped_column(String(32))
    created: Mapped[dt.datetime] = mapped_column(default=now)
    expires: Mapped[dt.datetime]
    revoked: Mapped[dt.datetime | None]
    revoked_by: Mapped[str] = mapped_column(default="")
    opened_count: Mapped[int] = mapped_column(default=0)
    last_opened: Mapped[dt.datetime | None]
    wrong_passcodes: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[dt.datetime | None]


class ReplyRow(Base):
    """A reader's words about a release; they are never edited and outlive the link that they came by."""

    __tablename__ = "replies"
    __table_args__ = (Index(None, "workspace_id", "release_id"),)

    id: Mapped[str] = _id()
    workspace_id: Mapped[str] = _workspace()
    release_id: Mapped[str] = mapped_column(String(300))
    link_id: Mapped[str] = mapped_column(String(32))
    name: Mapped[str]
    words: Mapped[str]
    created: Mapped[dt.datetime] = mapped_column(default=now)


class CallRow(Base):
    """A learning call. What happens in it stands in its log; here is whose it is and what it may show."""

    __tablename__ = "calls"

    id: Mapped[str] = _id()
    workspace_id: Mapped[str] = mapped_column(String(32), ForeignKey("workspaces.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    dataset: Mapped[str]
    release_id: Mapped[str] = mapped_column(String(300))
    opened_by: Mapped[str]
    opened_by_id: Mapped[str] = mapped_column(String(32))
    opened: Mapped[dt.datetime] = mapped_column(default=now)
    ended: Mapped[dt.datetime | None]


class CallTokenRow(Base):
    """What opens a call's page, kept as its SHA-256: a link, a code that is said aloud, or a facilitator's key.

    ``given_to`` is the person to whom a facilitator's key was given, whose role it rests on; empty for the others.
    """

    __tablename__ = "call_tokens"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    call_id: Mapped[str] = mapped_column(String(32), ForeignKey("calls.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    expires: Mapped[dt.datetime]
    given_to: Mapped[str] = mapped_column(String(32), default="", server_default="")


class CallEventRow(Base):
    """One entry of a call's log: rows are only ever added. ``client_id`` is the hash of the id that a browser made."""

    __tablename__ = "call_events"
    __table_args__ = (UniqueConstraint("call_id", "client_id"),)

    call_id: Mapped[str] = mapped_column(String(32), ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[dt.datetime] = mapped_column(default=now)
    kind: Mapped[str] = mapped_column(String(20))
    body: Mapped[str]


class RecordRow(Base):
    """What a team decided, planned or wrote (`equity/store/records`): ``content`` is JSON in the form of its noun.

    ``parent`` is the record that it hangs on, empty for none. ``author`` and ``author_id`` are empty where nobody is
    named.
    """

    __tablename__ = "records"
    __table_args__ = (Index(None, "workspace_id", "noun", "parent"),)

    id: Mapped[str] = _id()
    workspace_id: Mapped[str] = _workspace()
    noun: Mapped[str] = mapped_column(String(40))
    parent: Mapped[str] = mapped_column(String(32), default="")
    content: Mapped[str]
    readers: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    author: Mapped[str]
    author_id: Mapped[str] = mapped_column(String(32))
    created: Mapped[dt.datetime] = mapped_column(default=now)
    edited_by: Mapped[str]
    edited_by_id: Mapped[str] = mapped_column(String(32))
    edited: Mapped[dt.datetime] = mapped_column(default=now)
    withdrawn: Mapped[dt.datetime | None]


class RecordVersionRow(Base):
    """How a record stood after one saving."""

    __tablename__ = "record_versions"

    record_id: Mapped[str] = mapped_column(String(32), ForeignKey("records.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str]
    edited_by: Mapped[str]
    edited: Mapped[dt.datetime]


class LoggedMarkRow(Base):
    """Something on the disk whose entry is in the log, by the entry's mark (`equity/store/workspace/publishing.py`)."""

    __tablename__ = "logged_marks"

    mark: Mapped[str] = mapped_column(String(32), primary_key=True)


class AuditRow(Base):
    """One entry of the audit log. ``chain`` is the SHA-256 of the entry and the chain before it."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index(None, "workspace_id", "id"),
        Index(None, "workspace_id", "action", "id"),
        Index(None, "workspace_id", "actor_id", "id"),
        Index(None, "workspace_id", "actor_id", "action", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    workspace_id: Mapped[str] = mapped_column(String(32))
    actor_id: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str]
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str]
    details: Mapped[str]
    chain: Mapped[str] = mapped_column(String(64))
