"""History through the store: who may write and read, two who write at once, and out of the workspace and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions import history as deeds
from equity.improvement.history import Acknowledgement
from equity.improvement.team_nouns import ACKNOWLEDGEMENT, EVENT
from equity.store.records import shelf
from equity.store.records.exchange import export_records, import_records
from equity.store.records.shelf import Readers, RecordConflict
from equity.store.workspace.database import Database
from equity.store.workspace.tables import RecordRow
from equity.store.workspace.workspaces import make_workspace
from equity.vocabulary import PlainError
from tests.actions.test_focus import at
from tests.improvement.test_history import OWN
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]

WORDS = Acknowledgement("Northside", "We turned people away", "Black families", "The board signed", "A council")


@pytest.fixture
def ada(database: Database) -> Here:
    return at(database, "Ada")


def test_a_draft_is_on_the_line_only_when_it_was_put_there(ada: Here) -> None:
    kept = deeds.begin_event(ada, replace(OWN, date="", placed=True))
    assert all(m.whose == "country" for m in deeds.line_of_time(deeds.events(ada)))
    kept = deeds.save_event(ada, kept, replace(OWN, date="195"))
    with pytest.raises(PlainError, match="no date here"):
        deeds.place_event(ada, kept, kept.content)
    kept = deeds.place_event(ada, kept, OWN)
    assert [m.record for m in deeds.line_of_time((kept,), "ours")] == [kept.id]
    with pytest.raises(PlainError, match="no date here"):
        deeds.save_event(ada, kept, replace(OWN, date="195"))
    deeds.withdraw_event(ada, kept)
    assert deeds.events(ada) == ()


def test_two_who_write_at_once_are_both_kept(ada: Here, database: Database) -> None:
    ben = at(database, "Ben")
    kept, statement = deeds.begin_event(ada, OWN), deeds.begin_statement(ada, WORDS)
    deeds.save_event(ada, kept, replace(OWN, our_part="Ours"))
    with pytest.raises(RecordConflict) as told:
        deeds.save_event(ben, kept, replace(OWN, our_part="Theirs"))
    assert told.value.yours_content == replace(OWN, our_part="Theirs")
    deeds.save_statement(ada, statement, replace(WORDS, now="One"))
    with pytest.raises(RecordConflict):
        deeds.save_statement(ben, statement, replace(WORDS, now="Two"))


def test_an_approval_goes_with_other_words(ada: Here) -> None:
    kept = deeds.approve_statement(ada, deeds.begin_statement(ada, WORDS), "The board")
    assert kept.content.is_approved
    kept = deeds.save_statement(ada, kept, replace(WORDS, title="Southside"))
    assert not kept.content.is_approved


@pytest.mark.parametrize(
    ("readers", "team", "leader", "facilitator"),
    [("author", 0, 0, 0), ("team", 1, 0, 0), ("leaders", 1, 1, 0), ("network", 1, 1, 1)],
)
def test_a_statement_is_read_by_whom_it_was_shared_with(
    ada: Here, database: Database, readers: Readers, team: int, leader: int, facilitator: int
) -> None:
    kept = deeds.begin_statement(ada, WORDS)
    deeds.choose_readers(ada, kept, readers)
    seen = {role: len(deeds.statements(at(database, role, role))) for role in ("member", "leader", "facilitator")}
    assert seen == {"member": team, "leader": leader, "facilitator": facilitator}
    assert len(deeds.statements(ada)) == 1


def test_nobody_keeps_anothers_statement_to_themselves(ada: Here, database: Database) -> None:
    kept = deeds.begin_statement(ada, WORDS)
    with pytest.raises(PlainError, match="Only whoever began"):
        deeds.choose_readers(at(database, "Ben"), kept, "author")


def test_who_is_not_of_the_team_writes_nothing(ada: Here, database: Database) -> None:
    event, statement = deeds.begin_event(ada, OWN), deeds.begin_statement(ada, WORDS)
    outside = at(database, "Out", "leader")
    tried: tuple[Callable[[], object], ...] = (
        lambda: deeds.events(outside),
        lambda: deeds.begin_event(outside, OWN),
        lambda: deeds.save_event(outside, event, OWN),
        lambda: deeds.place_event(outside, event, OWN),
        lambda: deeds.withdraw_event(outside, event),
        lambda: deeds.begin_statement(outside, WORDS),
        lambda: deeds.save_statement(outside, statement, WORDS),
        lambda: deeds.approve_statement(outside, statement, "Me"),
        lambda: deeds.choose_readers(outside, statement, "network"),
    )
    for deed in tried:
        with pytest.raises(NotAllowed):
            deed()


def test_history_goes_out_and_comes_back(ada: Here, database: Database, tmp_path: Path) -> None:
    event = deeds.place_event(ada, deeds.begin_event(ada, OWN), OWN)
    statement = deeds.approve_statement(ada, deeds.begin_statement(ada, WORDS), "The board")
    export_records(database, ada.workspace, tmp_path, by=ada.person)
    with database.writing() as session:
        for kept in (event, statement):
            session.delete(session.get_one(RecordRow, kept.id))
    elsewhere = make_workspace(database, "Elsewhere", by=ada.person).id
    import_records(database, elsewhere, tmp_path, by=ada.person)
    assert [k.content for k in shelf.listed(database, elsewhere, EVENT)] == [event.content]
    assert [k.content for k in shelf.listed(database, elsewhere, ACKNOWLEDGEMENT)] == [statement.content]
