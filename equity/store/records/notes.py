"""Notes: what people say about a card, kept with the question that the card answered.

``choices`` is that question as a JSON object, whatever `equity/ui` writes there; it is kept as text and only read as
JSON, so that a note of today still opens its card when questions have learnt more words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from equity.store.workspace.clock import now
from equity.store.workspace.conflict import Conflict
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.store.workspace.tables import NoteRow, WorkspaceRow
from equity.store.workspace.texts import json_object, kept_label, kept_words
from equity.vocabulary import PlainError

_WHAT = "this note"


@dataclass(frozen=True)
class Note:
    """One note. ``card`` names the card it is on (a page's name); ``version`` grows with each edit."""

    id: str
    dataset: str
    card: str
    choices: str
    words: str
    version: int
    author: str
    author_id: str
    created: dt.datetime
    edited_by: str
    edited: dt.datetime


def add_note(
    database: Database, workspace: str, words: str, *, by: Person, card: str, choices: str, dataset: str
) -> Note:
    """Keep a new note. Raises :class:`PlainError` for empty words and for choices that are no JSON object."""
    with database.writing() as session:
        if session.get(WorkspaceRow, workspace) is None:
            raise PlainError("This workspace is not there any more: please choose another.")
        row = NoteRow(
            workspace_id=workspace,
            dataset=kept_label(dataset, "the dataset"),
            card=kept_label(card, "the card"),
            choices=json_object(choices, "the question of the card"),
            words=kept_words(words, _WHAT),
            author=by.shown_name,
            author_id=by.id,
            edited_by=by.shown_name,
        )
        session.add(row)
        session.flush()
        return _note(row)


def notes_in(database: Database, workspace: str) -> tuple[Note, ...]:
    """All notes of a workspace, the newest first."""
    with database.reading() as session:
        query = select(NoteRow).where(NoteRow.workspace_id == workspace)
        return tuple(_note(row) for row in session.scalars(query.order_by(NoteRow.created.desc(), NoteRow.id)))


def notes_on(database: Database, workspace: str, dataset: str, card: str) -> tuple[Note, ...]:
    """The notes on one card of one dataset, the oldest first, as a conversation reads."""
    query = select(NoteRow).where(NoteRow.workspace_id == workspace, NoteRow.dataset == dataset, NoteRow.card == card)
    with database.reading() as session:
        return tuple(_note(row) for row in session.scalars(query.order_by(NoteRow.created, NoteRow.id)))


def edit_note(database: Database, workspace: str, note_id: str, words: str, *, seen_version: int, by: Person) -> Note:
    """Change a note's words.

    Raises :class:`Conflict`, which holds both texts, when somebody else has changed or deleted it since it was read.
    """
    words = kept_words(words, _WHAT)
    with database.writing() as session:
        changed = session.execute(
            update(NoteRow)
            .where(NoteRow.id == note_id, NoteRow.workspace_id == workspace, NoteRow.version == seen_version)
            .values(words=words, version=seen_version + 1, edited_by=by.shown_name, edited=now())
            .returning(NoteRow.id)
        ).first()
        if changed is None:
            raise _conflict(session, workspace, note_id, words)
        return _note(session.scalars(select(NoteRow).where(NoteRow.id == note_id)).one())


def delete_note(database: Database, workspace: str, note_id: str, *, seen_version: int) -> None:
    """Delete a note for good; raises :class:`Conflict` when somebody else has changed it since it was read."""
    with database.writing() as session:
        gone = session.execute(
            delete(NoteRow)
            .where(NoteRow.id == note_id, NoteRow.workspace_id == workspace, NoteRow.version == seen_version)
            .returning(NoteRow.id)
        ).first()
        if gone is None:
            raise _conflict(session, workspace, note_id, "")


def _conflict(session: Session, workspace: str, note_id: str, yours: str) -> Conflict:
    row = session.get(NoteRow, note_id, populate_existing=True)
    if row is None or row.workspace_id != workspace:
        return Conflict(_WHAT, yours, "", "", 0)
    return Conflict(_WHAT, yours, row.words, row.edited_by, row.version)


def _note(row: NoteRow) -> Note:
    return Note(
        id=row.id,
        dataset=row.dataset,
        card=row.card,
        choices=row.choices,
        words=row.words,
        version=row.version,
        author=row.author,
        author_id=row.author_id,
        created=row.created,
        edited_by=row.edited_by,
        edited=row.edited,
    )
