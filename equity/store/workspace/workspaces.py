"""Workspaces: a team's room, and what goes and stays when a dataset or a whole workspace is deleted.

The home workspace is there from the start, is owned by whoever runs the program and cannot be deleted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Delete, Select, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from equity.store.files.naming import clean_name
from equity.store.workspace import audit_log
from equity.store.workspace.conflict import Conflict
from equity.store.workspace.database import Database
from equity.store.workspace.note_rows import notes_about, notes_in
from equity.store.workspace.person import Person, Role, read_role
from equity.store.workspace.tables import (
    AnnotationRow,
    Base,
    CallRow,
    ChartFrameRow,
    LinkRow,
    MemberRow,
    RecordRow,
    ReplyRow,
    WorkspaceDatasetRow,
    WorkspaceRow,
)
from equity.store.workspace.texts import kept_name
from equity.vocabulary import PlainError

HOME_WORKSPACE = "home"
"""The id of the home workspace; the first migration makes it."""
UNNAMED = "Our workspace"
"""What it is called before its people name it; every server begins with one of this name."""


@dataclass(frozen=True)
class Workspace:
    """A team's room. ``version`` grows with each renaming."""

    id: str
    name: str
    created: dt.datetime
    version: int


@dataclass(frozen=True)
class Erasure:
    """What goes for good when a dataset or a workspace is deleted, counted, and a sentence on what stays."""

    chart_frames: int
    annotations: int
    notes: int
    links: int
    replies: int
    what_stays: str
    records: int = 0
    """Aims, projects, reflections and whatever else the team wrote but notes; of a dataset none."""
    calls: int = 0


def make_workspace(database: Database, name: str, *, by: Person) -> Workspace:
    """A new workspace, owned by the person who makes it."""
    with database.writing() as session:
        row = WorkspaceRow(name=kept_name(name, "the workspace"))
        session.add(row)
        session.flush()
        session.add(MemberRow(workspace_id=row.id, person_id=by.id, role="owner"))
        audit_log.append(session, row.id, by, "workspace_made", row.name)
        return _workspace(row)


def workspace(database: Database, workspace_id: str) -> Workspace:
    """The workspace with this id; raises :class:`PlainError` when there is none."""
    with database.reading() as session:
        return _workspace(_row(session, workspace_id))


def every_workspace(database: Database) -> tuple[Workspace, ...]:
    """All workspaces of this server, the oldest first: for whoever runs the program."""
    with database.reading() as session:
        rows = session.scalars(select(WorkspaceRow).order_by(WorkspaceRow.created, WorkspaceRow.id))
        return tuple(_workspace(row) for row in rows)


def workspaces_of(database: Database, person_id: str) -> tuple[tuple[Workspace, Role], ...]:
    """The workspaces that a person is in, with their role in each: the one joined first comes first."""
    with database.reading() as session:
        memberships = session.execute(_MEMBERSHIPS, {"person": person_id}).all()
    return tuple((Workspace(row.id, row.name, row.created, row.version), read_role(row.role)) for row in memberships)


# Asked at every run of every page: columns, which are read in half the time of rows that could be changed.
_MEMBERSHIPS = (
    select(WorkspaceRow.id, WorkspaceRow.name, WorkspaceRow.created, WorkspaceRow.version, MemberRow.role)
    .join(MemberRow, MemberRow.workspace_id == WorkspaceRow.id)
    .where(MemberRow.person_id == bindparam("person"))
    .order_by(MemberRow.since, func.lower(WorkspaceRow.name), WorkspaceRow.id)
)


def rename_workspace(database: Database, workspace_id: str, name: str, *, seen_version: int, by: Person) -> Workspace:
    """Give a workspace another name; raises :class:`Conflict` when somebody else has renamed it meanwhile."""
    name = kept_name(name, "the workspace")
    with database.writing() as session:
        before = _row(session, workspace_id).name
        renamed = session.execute(
            update(WorkspaceRow)
            .where(WorkspaceRow.id == workspace_id, WorkspaceRow.version == seen_version)
            .values(name=name, version=seen_version + 1)
            .returning(WorkspaceRow.id)
            .execution_options(synchronize_session=False)
        ).first()
        session.expire_all()
        row = _row(session, workspace_id)
        if renamed is None:
            raise Conflict("this workspace’s name", name, row.name, "", row.version)
        audit_log.append(session, workspace_id, by, "workspace_renamed", name, {"from": before})
        return _workspace(row)


def dataset_erasure(database: Database, workspace_id: str, dataset: str) -> Erasure:
    """What would go if a dataset were deleted, to be shown before anybody says yes."""
    with database.reading() as session:
        return _dataset_erasure(session, workspace_id, clean_name(dataset))


def erase_dataset(database: Database, workspace_id: str, dataset: str, *, by: Person) -> Erasure:
    """Delete all that is said about a dataset, and log that it is being deleted.

    Its files are `equity/store/files/versions.py`'s to delete next. Its name stays the workspace's until they are gone
    (:func:`equity.store.workspace.ownership.give_up_dataset`), so that nobody else ever owns what is left of them.
    """
    dataset = clean_name(dataset)
    with database.writing() as session:
        erasure = _dataset_erasure(session, workspace_id, dataset)
        for table in (ChartFrameRow, AnnotationRow):
            session.execute(delete(table).where(table.workspace_id == workspace_id, table.dataset == dataset))
        session.execute(_forget_notes(workspace_id, dataset))
        audit_log.append(session, workspace_id, by, "dataset_deleted", dataset, _counts(erasure))
        return erasure


def workspace_erasure(database: Database, workspace_id: str) -> Erasure:
    """What would go if a workspace were deleted, to be shown before anybody says yes."""
    with database.reading() as session:
        return _workspace_erasure(session, workspace_id)


def delete_workspace(database: Database, workspace_id: str, *, by: Person) -> Erasure:
    """Delete a workspace with all that is said in it; its audit log stays.

    Raises :class:`PlainError` for the home workspace, and while datasets are in it: their files go first, each with its
    own goodbye, and never end up in somebody else's workspace.
    """
    if workspace_id == HOME_WORKSPACE:
        raise PlainError("The first workspace cannot be deleted: it belongs to this installation.")
    with database.writing() as session:
        row = _row(session, workspace_id)
        held = session.scalar(_count(WorkspaceDatasetRow, WorkspaceDatasetRow.workspace_id == workspace_id))
        if held:
            raise PlainError(f"“{row.name}” still has datasets ({held}): delete those first, then the workspace.")
        erasure = _workspace_erasure(session, workspace_id)
        audit_log.append(session, workspace_id, by, "workspace_deleted", row.name, _counts(erasure))
        session.execute(delete(WorkspaceRow).where(WorkspaceRow.id == workspace_id))
        return erasure


def _workspace(row: WorkspaceRow) -> Workspace:
    return Workspace(row.id, row.name, row.created, row.version)


def _row(session: Session, workspace_id: str) -> WorkspaceRow:
    row = session.get(WorkspaceRow, workspace_id)
    if row is None:
        raise PlainError("This workspace is not there any more: please choose another.")
    return row


def _dataset_erasure(session: Session, workspace_id: str, dataset: str) -> Erasure:
    said = (AnnotationRow.workspace_id == workspace_id, AnnotationRow.dataset == dataset)
    here = (ChartFrameRow.workspace_id == workspace_id, ChartFrameRow.dataset == dataset)
    return Erasure(
        chart_frames=session.scalar(_frames(*here)) or 0,
        annotations=session.scalar(_count(AnnotationRow, *said)) or 0,
        notes=session.scalar(_count(RecordRow, notes_about(workspace_id, dataset))) or 0,
        links=0,
        replies=0,
        what_stays="Releases made from it stay, with their links and replies, until they are revoked; "
        "annotations that hold for every dataset stay; the audit log stays for good.",
    )


def _workspace_erasure(session: Session, workspace_id: str) -> Erasure:
    annotations, links, replies = (
        session.scalar(_count(table, table.workspace_id == workspace_id)) or 0
        for table in (AnnotationRow, LinkRow, ReplyRow)
    )
    return Erasure(
        chart_frames=session.scalar(_frames(ChartFrameRow.workspace_id == workspace_id)) or 0,
        annotations=annotations,
        notes=session.scalar(_count(RecordRow, notes_in(workspace_id))) or 0,
        records=session.scalar(_count(RecordRow, RecordRow.workspace_id == workspace_id, ~notes_in(workspace_id))) or 0,
        calls=session.scalar(_count(CallRow, CallRow.workspace_id == workspace_id)) or 0,
        links=links,
        replies=replies,
        what_stays="Its releases stay on the disk, open to nobody; the people stay known here; "
        "the audit log stays for good.",
    )


def _forget_notes(workspace_id: str, dataset: str) -> Delete:
    """Notes and answers go in one statement: an answer is found by its note."""
    return delete(RecordRow).where(notes_about(workspace_id, dataset)).execution_options(synchronize_session=False)


def _count(table: type[Base], *conditions: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(table).where(*conditions)


def _frames(*conditions: ColumnElement[bool]) -> Select[int]:
    """How many charts have a frame, however often it was saved."""
    return select(func.count(ChartFrameRow.key_hash.distinct())).where(*conditions)


def _counts(erasure: Erasure) -> dict[str, str | int]:
    return {
        "chart frames": erasure.chart_frames,
        "annotations": erasure.annotations,
        "notes": erasure.notes,
        "links": erasure.links,
        "replies": erasure.replies,
        "records": erasure.records,
        "calls": erasure.calls,
    }
