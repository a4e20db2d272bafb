"""Notes: kept with the question of their card; two people who edit one both keep their words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from equity.store.records.notes import Note, add_note, delete_note, edit_note, notes_in, notes_on
from equity.store.workspace.conflict import Conflict
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError
from tests.workspace_stores import HOSTILE_TEXTS, somebody

ROOT = Path(__file__).parents[3]
QUESTION = json.dumps({"measure": "Controlled blood pressure", "by": "race", "reference": "best"})


def noted(database: Database, words: str, by: Person, dataset: str = "Visits", card: str = "disparities") -> Note:
    return add_note(database, HOME_WORKSPACE, words, by=by, card=card, choices=QUESTION, dataset=dataset)


def test_a_note_stays_with_its_card_and_its_question(database: Database) -> None:
    ada = somebody(database, "Ada")
    first = noted(database, "What did patients tell us?", ada)
    second = noted(database, "They asked for evening hours.", ada)
    elsewhere = noted(database, "Another card", ada, card="trends")
    assert notes_on(database, HOME_WORKSPACE, "Visits", "disparities") == (first, second)
    assert notes_on(database, HOME_WORKSPACE, "Births", "disparities") == ()
    assert notes_in(database, HOME_WORKSPACE) == (elsewhere, second, first)
    assert json.loads(first.choices)["by"] == "race"
    assert (first.author, first.version) == ("Ada", 1)


def test_the_second_of_two_who_edit_is_told_and_holds_both_texts(database: Database) -> None:
    ada, ben = somebody(database, "Ada"), somebody(database, "Ben")
    note = noted(database, "Evening hours", ada)
    edit_note(database, HOME_WORKSPACE, note.id, "Evening hours on Tuesdays", seen_version=1, by=ada)
    with pytest.raises(Conflict) as told:
        edit_note(database, HOME_WORKSPACE, note.id, "Evening hours, and a bus", seen_version=1, by=ben)
    assert told.value.yours == "Evening hours, and a bus"
    assert (told.value.theirs, told.value.theirs_by, told.value.version) == ("Evening hours on Tuesdays", "Ada", 2)
    with pytest.raises(Conflict):
        delete_note(database, HOME_WORKSPACE, note.id, seen_version=1)
    [kept] = notes_in(database, HOME_WORKSPACE)
    assert kept.words == "Evening hours on Tuesdays"
    delete_note(database, HOME_WORKSPACE, note.id, seen_version=2)
    with pytest.raises(Conflict, match="deleted this note") as gone:
        edit_note(database, HOME_WORKSPACE, note.id, "Too late", seen_version=2, by=ben)
    assert gone.value.yours == "Too late"


ADD_A_WORD = """
import sys
from sqlalchemy import make_url
from equity.store.workspace.conflict import Conflict
from equity.store.workspace.database import open_database
from equity.store.records.notes import edit_note
from equity.store.workspace.person import LOCAL_OWNER
opened = open_database(make_url(sys.argv[1]))
note, words, seen, told = sys.argv[2], "start", 1, 0
for number in range(10):
    while True:
        try:
            kept = edit_note(opened, "home", note, f"{words} {sys.argv[3]}{number}", seen_version=seen, by=LOCAL_OWNER)
        except Conflict as conflict:
            seen, words, told = conflict.version, conflict.theirs, told + 1
        else:
            seen, words = kept.version, kept.words
            break
"""


def test_processes_that_edit_one_note_lose_no_word(database: Database, store_url: URL) -> None:
    note = noted(database, "start", somebody(database, "Ada"))
    command = [sys.executable, "-c", ADD_A_WORD, store_url.render_as_string(hide_password=False), note.id]
    writers = [subprocess.Popen([*command, name], cwd=ROOT) for name in "abc"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    [kept] = notes_in(database, HOME_WORKSPACE)
    assert set(kept.words.split()) == {"start", *(f"{name}{number}" for name in "abc" for number in range(10))}


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_words_are_kept_as_they_are(database: Database, hostile: str) -> None:
    question = json.dumps({hostile: hostile})
    note = add_note(
        database,
        HOME_WORKSPACE,
        hostile,
        by=somebody(database, hostile),
        card=hostile,
        choices=question,
        dataset=hostile,
    )
    [found] = notes_on(database, HOME_WORKSPACE, hostile, hostile)
    assert found == note
    assert (found.words, found.choices, found.author) == (hostile, question, hostile)


def test_another_workspace_can_neither_see_nor_change_it(database: Database) -> None:
    ada = somebody(database, "Ada")
    other = make_workspace(database, "Other", by=ada)
    note = noted(database, "Ours", ada)
    assert notes_in(database, other.id) == ()
    with pytest.raises(Conflict) as told:
        edit_note(database, other.id, note.id, "Theirs", seen_version=1, by=ada)
    assert told.value.theirs == ""
    with pytest.raises(Conflict):
        delete_note(database, other.id, note.id, seen_version=1)
    assert notes_in(database, HOME_WORKSPACE) == (note,)


@pytest.mark.parametrize("choices", ["", "[]", "{", "7", '{"a": "' + "x" * 20_000 + '"}'])
def test_a_question_that_is_none_is_refused(database: Database, choices: str) -> None:
    with pytest.raises(PlainError, match="question of the card"):
        add_note(database, HOME_WORKSPACE, "Words", by=somebody(database, "Ada"), card="", choices=choices, dataset="")
