"""History through the store: who may write and read, two who write at once, and out of the workspace and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.work import history as actions
from equity.improvement.team.history import Acknowledgement
from equity.improvement.team.team_nouns import ACKNOWLEDGEMENT, EVENT
from equity.store.records import shelf
from equity.store.records.exchange import export_records, import_records
from equity.store.records.kept import Readers, RecordConflict
from equity.store.workspace.database import Database
from equity.store.workspace.tables import RecordRow
from equity.store.workspace.workspaces import make_workspace
from equity.vocabulary import PlainError
from tests.actions.work.test_focus import at
from tests.improvement.team.test_history import OWN
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]

WORDS = Acknowledgement("Northside", "We turned people away", "Black families", "The board signed", "A council")


@pytest.fixture
def ada(database: Database) -> Here:
    return at(database, "Ada")


def test_a_draft_is_on_the_line_only_when_it_was_put_there(ada: Here) -> None:
    kept = actions.begin_event(ada, replace(OWN, date="", placed=True))
    assert all(m.whose == "country" for m in actions.line_of_time(actions.events(ada)))
    kept = actions.save_event(ada, kept, replace(OWN, date="195"))
    with pytest.raises(PlainError, match="no date here"):
        actions.place_event(ada, kept, kept.content)
    kept = actions.place_event(ada, kept, OWN)
    assert [m.record for m in actions.line_of_time((kept,), "ours")] == [kept.id]
    with pytest.raises(PlainError, match="no date here"):
        actions.save_event(ada, kept, replace(OWN, date="195"))
    actions.withdraw_event(ada, kept)
    assert actions.events(ada) == ()


def test_two_who_write_at_once_are_both_kept(ada: Here, database: Database) -> None:
    ben = at(database, "Ben")
    kept, statement = actions.begin_event(ada, OWN), actions.begin_statement(ada, WORDS)
    actions.save_event(ada, kept, replace(OWN, our_part="Ours"))
    with pytest.raises(RecordConflict) as told:
        actions.save_event(ben, kept, replace(OWN, our_part="Theirs"))
    assert told.value.yours_content == replace(OWN, our_part="Theirs")
    actions.save_statement(ada, statement, replace(WORDS, now="One"))
    with pytest.raises(RecordConflict):
        actions.save_statement(ben, statement, replace(WORDS, now="Two"))


def test_an_approval_goes_with_other_words(ada: Here) -> None:
    kept = actions.approve_statement(ada, actions.begin_statement(ada, WORDS), "The board")
    assert kept.content.is_approved
    kept = actions.save_statement(ada, kept, replace(WORDS, title="Southside"))
    assert not kept.content.is_approved


@pytest.mark.parametrize(
    ("readers", "team", "leader", "facilitator"),
    [("author", 0, 0, 0), ("team", 1, 0, 0), ("leaders", 1, 1, 0), ("network", 1, 1, 1)],
)
def test_a_statement_is_read_by_whom_it_was_shared_with(
    ada: Here, database: Database, readers: Readers, team: int, leader: int, facilitator: int
) -> None:
    kept = actions.begin_statement(ada, WORDS)
    actions.choose_readers(ada, kept, readers)
    seen = {role: len(actions.statements(at(database, role, role))) for role in ("member", "leader", "facilitator")}
    assert seen == {"member": team, "leader": leader, "facilitator": facilitator}
    assert len(actions.statements(ada)) == 1


def test_nobody_keeps_anothers_statement_to_themselves(ada: Here, database: Database) -> None:
    kept = actions.begin_statement(ada, WORDS)
    with pytest.raises(PlainError, match="Only whoever began"):
        actions.choose_readers(at(database, "Ben"), kept, "author")


def test_who_is_not_of_the_team_writes_nothing(ada: Here, database: Database) -> None:
    event, statement = actions.begin_event(ada, OWN), actions.begin_statement(ada, WORDS)
    outside = at(database, "Out", "leader")
    tried: tuple[Callable[[], object], ...] = (
        lambda: actions.events(outside),
        lambda: actions.begin_event(outside, OWN),
        lambda: actions.save_event(outside, event, OWN),
        lambda: actions.place_event(outside, event, OWN),
        lambda: actions.withdraw_event(outside, event),
        lambda: actions.begin_statement(outside, WORDS),
        lambda: actions.save_statement(outside, statement, WORDS),
        lambda: actions.approve_statement(outside, statement, "Me"),
        lambda: actions.choose_readers(outside, statement, "network"),
    )
    for action in tried:
        with pytest.raises(NotAllowed):
            action()


def test_history_goes_out_and_comes_back(ada: Here, database: Database, tmp_path: Path) -> None:
    event = actions.place_event(ada, actions.begin_event(ada, OWN), OWN)
    statement = actions.approve_statement(ada, actions.begin_statement(ada, WORDS), "The board")
    export_records(database, ada.workspace, tmp_path, by=ada.person)
    with database.writing() as session:
        for kept in (event, statement):
            session.delete(session.get_one(RecordRow, kept.id))
    elsewhere = make_workspace(database, "Elsewhere", by=ada.person).id
    import_records(database, elsewhere, tmp_path, by=ada.person)
    assert [k.content for k in shelf.listed(database, elsewhere, EVENT)] == [event.content]
    assert [k.content for k in shelf.listed(database, elsewhere, ACKNOWLEDGEMENT)] == [statement.content]
