"""Notes, action by action: begun as a draft on a card, put there for others, answered, closed, linked, read.

A draft is its author's alone. Words are changed by whoever wrote them; a thread is closed by anybody who may read it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from equity.access.here import Here
from equity.access.may import require
from equity.access.reading import readable
from equity.notes import note as rules
from equity.notes import threads as reading
from equity.notes.note import READERS, Note, NotesRead
from equity.notes.nouns import NOTE, NOTES_READ
from equity.store.records import shelf
from equity.store.records.kept import Kept, Readers
from equity.store.workspace.clock import now
from equity.store.workspace.note_rows import parent_of_dataset
from equity.store.workspace.people import members
from equity.vocabulary import PlainError
from equity.words.labels.server import SERVER_TEXTS

NOT_YOURS = SERVER_TEXTS["somebody_else_wrote_this_note_answer"]
OTHERS_ANSWERED = SERVER_TEXTS["others_have_answered_this_note_change"]


def readable_notes(here: Here) -> tuple[Kept[Note], ...]:
    """Every note and answer that whoever is here may read, their own drafts among them."""
    require(here.database, here.person, here.workspace, "read_notes")
    return readable(here, shelf.listed(here.database, here.workspace, NOTE))


def open_on_dataset(here: Here, dataset: str) -> tuple[Kept[Note], ...]:
    """Notes on the cards of one dataset that are put there and not closed, without their answers: to be counted."""
    require(here.database, here.person, here.workspace, "read_notes")
    notes = readable(here, shelf.listed(here.database, here.workspace, NOTE, parent=parent_of_dataset(dataset)))
    return tuple(kept for kept in notes if not kept.content.is_draft and not kept.content.closed)


def people_to_name(here: Here) -> tuple[tuple[str, str], ...]:
    """Whom a note may name with @: the id and the name of everybody who may read notes."""
    require(here.database, here.person, here.workspace, "read_notes")
    people = members(here.database, here.workspace)
    return tuple((m.person.id, m.person.shown_name) for m in people if m.role in ("owner", "analyst", "member"))


def begin_note(here: Here, note: Note) -> Kept[Note]:
    """Keep the draft of a note on a card."""
    require(here.database, here.person, here.workspace, "edit_notes")
    if not note.link:
        raise PlainError("A note is written on a card: choose one first.")
    return _begin(here, note, parent_of_dataset(note.dataset))


def begin_answer(here: Here, thread: str) -> Kept[Note]:
    """Keep the draft of an answer; raises :class:`PlainError` when there is no such note to answer."""
    require(here.database, here.person, here.workspace, "edit_notes")
    return _begin(here, Note(), _begun(here, thread).id)


def save_draft(here: Here, kept: Kept[Note], note: Note) -> Kept[Note]:
    """Save a draft as it is typed. Raises :class:`RecordConflict` when it was changed in another window."""
    require(here.database, here.person, here.workspace, "edit_notes")
    _own(here, kept)
    if not kept.content.is_draft:
        raise PlainError("This note is put there already: change its words, or answer it.")
    return _edit(here, kept, rules.drafted(kept.content, note.words, note.lens))


def put_note(here: Here, kept: Kept[Note], note: Note, readers: Readers) -> Kept[Note]:
    """Put a draft there for whoever may read it; an answer is read by whoever reads its note.

    Raises:
        PlainError: nothing is written, or somebody beyond the team would read the workspace's own numbers.
    """
    require(here.database, here.person, here.workspace, "edit_notes")
    _own(here, kept)
    if not kept.content.link:
        readers = _begun(here, kept.parent).readers
    _within_the_team(readers)
    draft = rules.drafted(kept.content, note.words, note.lens)
    placed = rules.placed(draft, reading.named_in(draft.words, people_to_name(here)), now())
    return _edit(here, kept, placed, readers)


def reword_note(here: Here, kept: Kept[Note], words: str) -> Kept[Note]:
    """Change the words of one's own note; how it read before is kept."""
    require(here.database, here.person, here.workspace, "edit_notes")
    _own(here, kept)
    return _edit(here, kept, rules.reworded(kept.content, words, reading.named_in(words, people_to_name(here))))


def close_thread(here: Here, kept: Kept[Note]) -> Kept[Note]:
    """Say that the talk under a note is over."""
    require(here.database, here.person, here.workspace, "edit_notes")
    return _edit(here, _begun(here, kept.id), replace(kept.content, closed=True), seen=kept)


def open_thread_again(here: Here, kept: Kept[Note]) -> Kept[Note]:
    """Take up a talk that was over."""
    require(here.database, here.person, here.workspace, "edit_notes")
    return _edit(here, _begun(here, kept.id), replace(kept.content, closed=False), seen=kept)


def link_threads(here: Here, kept: Kept[Note], other: str) -> Kept[Note]:
    """Say that two notes belong together; each then leads to the other."""
    require(here.database, here.person, here.workspace, "edit_notes")
    beside = _begun(here, other)
    if beside.id == kept.id:
        raise PlainError("A note cannot be linked with itself: choose another one.")
    _edit(here, beside, rules.linked_with(beside.content, kept.id))
    return _edit(here, _begun(here, kept.id), rules.linked_with(kept.content, other), seen=kept)


def choose_note_readers(here: Here, kept: Kept[Note], readers: Readers) -> Kept[Note]:
    """Say who may read one's own note from now on; nobody takes away what others have answered."""
    require(here.database, here.person, here.workspace, "edit_notes")
    _own(here, kept)
    _within_the_team(readers)
    if readers == "author":
        _unanswered(here, kept)
    return _edit(here, kept, kept.content, readers)


def withdraw_note(here: Here, kept: Kept[Note]) -> None:
    """Take one's own note away, or throw a draft away; a note that others have answered stays."""
    require(here.database, here.person, here.workspace, "edit_notes")
    _own(here, kept)
    _unanswered(here, kept)
    shelf.withdraw(here.database, here.workspace, NOTE, kept.id, seen_version=kept.version, by=here.person)


def new_notes(here: Here) -> tuple[Kept[Note], ...]:
    """What others put there since whoever is here said that they had read the notes, what names them first."""
    require(here.database, here.person, here.workspace, "read_notes")
    mark = _mark(here)
    until = "" if mark is None else mark.content.until
    return reading.new_to(reading.threads(readable_notes(here)), here.person.id, until)


def have_read(here: Here, until: dt.datetime) -> None:
    """Whoever is here has read what was there until a moment."""
    require(here.database, here.person, here.workspace, "edit_notes")
    mark, content = _mark(here), NotesRead(until.isoformat())
    if mark is None:
        whose = here.person.id
        shelf.add(here.database, here.workspace, NOTES_READ, content, by=here.person, parent=whose, readers="author")
    elif mark.content.until < content.until:
        shelf.edit(
            here.database, here.workspace, NOTES_READ, mark.id, content, seen_version=mark.version, by=here.person
        )


def _mark(here: Here) -> Kept[NotesRead] | None:
    marks = shelf.listed(here.database, here.workspace, NOTES_READ, parent=here.person.id)
    return next((kept for kept in readable(here, marks)), None)


def _begin(here: Here, note: Note, parent: str) -> Kept[Note]:
    draft = replace(note, kept="", closed=False, linked=(), named=())
    return shelf.add(here.database, here.workspace, NOTE, draft, by=here.person, parent=parent, readers="author")


def _begun(here: Here, thread: str) -> Kept[Note]:
    """A note that whoever is here may read, as it stands now; as one that never was for those who may not."""
    notes = readable(here, [shelf.one(here.database, here.workspace, NOTE, thread)])
    if not notes or not notes[0].content.link:
        raise PlainError("This note is not there any more: somebody withdrew it.")
    return notes[0]


def _own(here: Here, kept: Kept[Note]) -> None:
    if shelf.one(here.database, here.workspace, NOTE, kept.id).author_id != here.person.id:
        raise PlainError(NOT_YOURS)


def _unanswered(here: Here, kept: Kept[Note]) -> None:
    answers = shelf.listed(here.database, here.workspace, NOTE, parent=kept.id)
    if any(each.author_id != here.person.id and not each.content.is_draft for each in answers):
        raise PlainError(OTHERS_ANSWERED)


def _within_the_team(readers: Readers) -> None:
    if readers not in READERS:
        raise PlainError("A note holds the workspace’s own numbers: choose the team, or only yourself.")


def _edit(
    here: Here,
    kept: Kept[Note],
    content: Note,
    readers: Readers | None = None,
    *,
    seen: Kept[Note] | None = None,
) -> Kept[Note]:
    """Save over the note as it was seen."""
    return shelf.edit(
        here.database,
        here.workspace,
        NOTE,
        kept.id,
        content,
        seen_version=(seen or kept).version,
        by=here.person,
        readers=readers,
        milestone=not content.is_draft,
    )
