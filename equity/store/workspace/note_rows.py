"""What a note hangs on: the dataset that it is about, so that it goes with it; an answer hangs on its note."""

from __future__ import annotations

import hashlib

from sqlalchemy import ColumnElement, or_, select

from equity.store.workspace.tables import RecordRow

NOTE_NOUN = "note"


def parent_of_dataset(dataset: str) -> str:
    """The key under which what is said of a dataset stands: a name may be longer than a key."""
    return hashlib.sha256(dataset.encode("utf-8", "replace")).hexdigest()[:32]


def notes_in(workspace: str) -> ColumnElement[bool]:
    """The rows of a workspace's notes and answers."""
    return (RecordRow.workspace_id == workspace) & (RecordRow.noun == NOTE_NOUN)


def notes_about(workspace: str, dataset: str) -> ColumnElement[bool]:
    """The rows of the notes about a dataset and of their answers."""
    begun = select(RecordRow.id).where(notes_in(workspace), RecordRow.parent == parent_of_dataset(dataset))
    return notes_in(workspace) & or_(RecordRow.parent == parent_of_dataset(dataset), RecordRow.parent.in_(begun))
