"""Notes that tests put there without a page."""

from __future__ import annotations

from equity.notes.note import Note
from equity.notes.nouns import NOTE
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.database import Database
from equity.store.workspace.note_rows import parent_of_dataset
from equity.store.workspace.person import Person


def add_note(database: Database, workspace: str, words: str, *, by: Person, dataset: str) -> Kept[Note]:
    """A note on a card of a dataset, read by the team."""
    link = {"dataset": dataset, "card": "disparities.groups"}
    note = Note(words=words, link=link, finding="A gap.", kept="2026-01-05T09:00:00+00:00")
    return shelf.add(database, workspace, NOTE, note, by=by, parent=parent_of_dataset(dataset))


def notes_in(database: Database, workspace: str) -> tuple[Kept[Note], ...]:
    """All notes of a workspace, the oldest first."""
    return shelf.listed(database, workspace, NOTE)
