"""Notes through the store: drafts are one's own, who reads them is chosen, answers, closing, links, what is new."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions import notes as actions
from equity.notes import note as rules
from equity.notes import threads as reading
from equity.notes.note import Note
from equity.notes.nouns import NOTE
from equity.store.records import shelf
from equity.store.records.exchange import export_records, import_records
from equity.store.records.kept import Kept, Readers, RecordConflict
from equity.store.workspace.database import Database
from equity.store.workspace.person import Role
from equity.store.workspace.tables import RecordRow
from equity.store.workspace.workspaces import erase_dataset, make_workspace
from equity.vocabulary import PlainError
from tests.actions.work.test_focus import at
from tests.notes.test_threads import LINK
from tests.workspace_stores import HOSTILE_TEXTS, database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]

DRAFT = replace(rules.begun(LINK, "Asked", "45 % and 60 %."), words="Look here", lens="data")


@pytest.fixture
def ada(database: Database) -> Here:
    return at(database, "Ada")


def put(here: Here, words: str = "Look here", readers: Readers = "team") -> Kept[Note]:
    draft = actions.begin_note(here, DRAFT)
    return actions.put_note(here, draft, replace(DRAFT, words=words), readers)


def answered(here: Here, thread: str, words: str) -> Kept[Note]:
    draft = actions.begin_answer(here, thread)
    return actions.put_note(here, draft, Note(words), "author")


def test_a_draft_is_its_authors_until_it_is_put_there(ada: Here, database: Database) -> None:
    ben = at(database, "Ben")
    draft = actions.begin_note(ada, DRAFT)
    saved = actions.save_draft(ada, draft, replace(DRAFT, words="Look he"))
    assert (actions.readable_notes(ben), actions.new_notes(ben), actions.open_on_dataset(ada, "Visits")) == ((), (), ())
    with pytest.raises(PlainError, match="Somebody else wrote"):
        actions.put_note(ben, saved, DRAFT, "team")
    kept = actions.put_note(ada, saved, DRAFT, "team")
    assert actions.readable_notes(ben) == (kept,) == actions.open_on_dataset(ben, "Visits")
    assert (kept.content.finding, kept.content.link, kept.author) == ("45 % and 60 %.", LINK, "Ada")
    with pytest.raises(PlainError, match="put there already"):
        actions.save_draft(ada, kept, DRAFT)


def test_two_windows_of_one_draft_keep_both_texts(ada: Here) -> None:
    draft = actions.begin_note(ada, DRAFT)
    actions.save_draft(ada, draft, replace(DRAFT, words="One"))
    with pytest.raises(RecordConflict) as told:
        actions.save_draft(ada, draft, replace(DRAFT, words="Two"))
    assert told.value.yours_content is not None
    assert told.value.theirs_kept is not None
    assert (told.value.yours_content.words, told.value.theirs_kept.content.words) == ("Two", "One")


def test_who_reads_a_note_is_chosen_and_never_goes_beyond_the_team(ada: Here, database: Database) -> None:
    ben = at(database, "Ben")
    own = put(ada, readers="author")
    assert actions.readable_notes(ada) == (own,)
    assert actions.readable_notes(ben) == ()
    with pytest.raises(PlainError, match="not there any more"):
        actions.begin_answer(ben, own.id)
    opened = actions.choose_note_readers(ada, own, "team")
    assert actions.readable_notes(ben) == (opened,)
    beyond: tuple[Readers, ...] = ("leaders", "network")
    for readers in beyond:
        with pytest.raises(PlainError, match="own numbers"):
            actions.choose_note_readers(ada, opened, readers)
        with pytest.raises(PlainError, match="own numbers"):
            put(ada, readers=readers)
    with pytest.raises(PlainError, match="Somebody else wrote"):
        actions.choose_note_readers(ben, opened, "author")


def test_answers_are_read_with_their_note_and_hold_it_there(ada: Here, database: Database) -> None:
    ben = at(database, "Ben")
    note = put(ada)
    reply = answered(ben, note.id, "Yes, since March")
    [thread] = reading.threads(actions.readable_notes(ada))
    assert (thread.note, thread.answers) == (note, (reply,))
    for action in (lambda: actions.withdraw_note(ada, note), lambda: actions.choose_note_readers(ada, note, "author")):
        with pytest.raises(PlainError, match="Others have answered"):
            action()
    with pytest.raises(PlainError, match="Somebody else wrote"):
        actions.withdraw_note(ada, reply)
    actions.withdraw_note(ben, reply)
    actions.withdraw_note(ada, note)
    assert actions.readable_notes(ada) == ()
    with pytest.raises(PlainError, match="not there any more"):
        actions.begin_answer(ben, note.id)


def test_a_thread_is_closed_by_anybody_and_opened_again(ada: Here, database: Database) -> None:
    ben = at(database, "Ben")
    note = put(ada)
    closed = actions.close_thread(ben, note)
    assert closed.content.closed
    assert actions.open_on_dataset(ada, "Visits") == ()
    with pytest.raises(RecordConflict):
        actions.reword_note(ada, note, "Meanwhile")
    again = actions.reword_note(ada, actions.open_thread_again(ada, closed), "Look there, @Ben")
    assert again.content.named == (ben.person.id,)
    assert [each.content.words for each in shelf.earlier(database, ada.workspace, NOTE, note.id)][-1] == "Look here"


def test_linked_threads_lead_to_each_other(ada: Here) -> None:
    one, two = put(ada), put(ada, "And here")
    linked = actions.link_threads(ada, one, two.id)
    by_id = {kept.id: kept.content.linked for kept in actions.readable_notes(ada)}
    assert by_id == {one.id: (two.id,), two.id: (one.id,)}
    for other in (one.id, "never was"):
        with pytest.raises(PlainError):
            actions.link_threads(ada, linked, other)


def test_what_is_new_is_told_until_one_says_that_it_was_read(ada: Here, database: Database) -> None:
    ben = at(database, "Ben")
    first = put(ada, "Hello")
    second = put(ada, "@Ben, by clinic?")
    assert [kept.id for kept in actions.new_notes(ben)] == [second.id, first.id]
    assert actions.new_notes(ada) == ()
    moment = dt.datetime.fromisoformat(second.content.kept)
    actions.have_read(ben, moment)
    assert actions.new_notes(ben) == ()
    third = answered(ada, second.id, "Never mind")
    actions.have_read(ben, moment - dt.timedelta(days=1))  # an older window says so later
    assert actions.new_notes(ben) == (third,)
    actions.have_read(ben, dt.datetime.fromisoformat(third.content.kept))
    assert actions.new_notes(ben) == ()


def test_notes_go_with_their_dataset_and_with_their_answers(ada: Here, database: Database) -> None:
    note = put(ada)
    answered(ada, note.id, "Yes")
    actions.begin_note(ada, replace(DRAFT, link={**LINK, "dataset": "Births"}))
    assert erase_dataset(database, ada.workspace, "Visits", by=ada.person).notes == 2
    assert [kept.content.dataset for kept in actions.readable_notes(ada)] == ["Births"]


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_words_go_out_and_come_back_as_they_are(ada: Here, database: Database, tmp_path: Path, hostile: str) -> None:
    kept = put(ada, hostile)
    put(ada, "Mine alone", "author")
    export_records(database, ada.workspace, tmp_path, by=ada.person)
    lines = (tmp_path / "note.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["content"]["words"] for line in lines] == [hostile]
    there = make_workspace(database, "Other", by=ada.person).id
    with database.writing() as session:
        session.delete(session.get_one(RecordRow, kept.id))
    import_records(database, there, tmp_path, by=ada.person)
    [found] = actions.readable_notes(Here(database, there, ada.person))
    assert found.content == kept.content


def test_another_workspace_neither_sees_nor_changes_a_note(ada: Here, database: Database) -> None:
    note = put(ada)
    elsewhere = Here(database, make_workspace(database, "Other", by=ada.person).id, ada.person)
    assert actions.readable_notes(elsewhere) == ()
    tries: tuple[Callable[[], object], ...] = (
        lambda: actions.begin_answer(elsewhere, note.id),
        lambda: actions.reword_note(elsewhere, note, "Theirs"),
        lambda: actions.close_thread(elsewhere, note),
        lambda: actions.withdraw_note(elsewhere, note),
        lambda: actions.link_threads(elsewhere, note, note.id),
    )
    for attempt in tries:
        with pytest.raises(PlainError):
            attempt()
    assert actions.readable_notes(ada) == (note,)


def test_leaders_and_facilitators_read_no_note(ada: Here, database: Database) -> None:
    put(ada)
    roles: tuple[Role, ...] = ("leader", "facilitator")
    for role in roles:
        with pytest.raises(NotAllowed):
            actions.readable_notes(at(database, role.title(), role=role))


def test_where_there_are_no_notes_a_page_reads_its_readers_role_once(ada: Here, database: Database) -> None:
    read: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *said: read.append(said[2]))
    assert actions.open_on_dataset(ada, "Visits") == ()
    assert len([statement for statement in read if statement.startswith("SELECT members.role")]) == 1
