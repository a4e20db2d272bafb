"""The records of notes."""

from __future__ import annotations

from equity.notes.looked import Looked
from equity.notes.note import Note, NotesRead
from equity.store.records.nouns import NOUNS, Noun
from equity.store.workspace.note_rows import NOTE_NOUN

NOTE: Noun[Note] = NOUNS.add(Noun(NOTE_NOUN, Note, "this note"))
NOTES_READ: Noun[NotesRead] = NOUNS.add(Noun("notes_read", NotesRead, "this mark"))
LOOKED: Noun[Looked] = NOUNS.add(Noun("looked", Looked, "this mark"))
