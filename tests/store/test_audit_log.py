"""The audit log: nothing in it changes or goes, and its export is harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from equity.store.audit_log import CSV_COLUMNS, _harmless, csv_export, entries, first_broken_entry, record
from equity.store.database import Database, open_database, sqlite_url
from equity.store.person import LOCAL_OWNER
from equity.store.workspaces import HOME_WORKSPACE, make_workspace
from tests.workspace_stores import HOSTILE_TEXTS, somebody


def test_entries_come_newest_first_and_in_portions(database: Database) -> None:
    ada = somebody(database, "Ada")
    for number in range(5):
        record(database, HOME_WORKSPACE, ada, "uploaded", f"file {number}.csv", {"bytes": number})
    newest = entries(database, HOME_WORKSPACE, most=2)
    assert [entry.subject for entry in newest] == ["file 4.csv", "file 3.csv"]
    older = entries(database, HOME_WORKSPACE, before=newest[-1].number)
    assert [entry.subject for entry in older] == ["file 2.csv", "file 1.csv", "file 0.csv"]
    assert (newest[0].actor, newest[0].action, newest[0].details) == ("Ada", "uploaded", {"bytes": 4})


def test_a_workspace_sees_its_own_entries_only(database: Database) -> None:
    ada = somebody(database, "Ada")
    other = make_workspace(database, "Other", by=ada)
    record(database, HOME_WORKSPACE, ada, "uploaded", "ours.csv")
    assert [entry.action for entry in entries(database, other.id)] == ["workspace_made"]
    assert "ours.csv" not in csv_export(database, other.id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET subject = 'something else'",
        "UPDATE audit_log SET actor = 'somebody else' WHERE id = 1",
        "DELETE FROM audit_log",
        "DELETE FROM audit_log WHERE id = 1",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_an_entry(database: Database, statement: str) -> None:
    record(database, HOME_WORKSPACE, LOCAL_OWNER, "uploaded", "file.csv")
    before = entries(database, HOME_WORKSPACE)
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as session:
        session.execute(text(statement))
    assert entries(database, HOME_WORKSPACE) == before


def test_sqlite_does_not_replace_an_entry_either(tmp_path: Path) -> None:
    opened = open_database(sqlite_url(tmp_path / "workspace.db"))
    record(opened, HOME_WORKSPACE, LOCAL_OWNER, "uploaded", "file.csv")
    with pytest.raises(DBAPIError, match="append-only"), opened.writing() as session:
        session.execute(text("INSERT OR REPLACE INTO audit_log SELECT * FROM audit_log"))
    opened.close()


def test_the_chain_shows_what_was_changed_behind_the_triggers(database: Database) -> None:
    for number in range(6):
        record(database, HOME_WORKSPACE, LOCAL_OWNER, "exported", f"file {number}")
    assert first_broken_entry(database) is None
    numbers = [entry.number for entry in reversed(entries(database, HOME_WORKSPACE))]
    with database.writing() as session:
        if database.engine.dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER audit_log_no_update"))
            session.execute(text("DROP TRIGGER audit_log_no_delete"))
        else:
            session.execute(text("ALTER TABLE audit_log DISABLE TRIGGER ALL"))
    with database.writing() as session:
        session.execute(text("UPDATE audit_log SET subject = 'another' WHERE id = :n"), {"n": numbers[4]})
    assert first_broken_entry(database) == numbers[4]
    with database.writing() as session:
        session.execute(text("DELETE FROM audit_log WHERE id = :n"), {"n": numbers[1]})
    assert first_broken_entry(database) == numbers[2]


def test_entries_made_at_once_are_one_chain(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: record(database, HOME_WORKSPACE, LOCAL_OWNER, "exported", str(n)), range(40)))
    assert len(entries(database, HOME_WORKSPACE)) == 40
    assert first_broken_entry(database) is None


@pytest.mark.parametrize("hostile", [*HOSTILE_TEXTS, "null \x00", "half \ud800", "x" * 100_000, "@SUM(A1)", "+1", "-1"])
def test_whatever_a_thing_is_called_it_is_logged(database: Database, hostile: str) -> None:
    record(database, HOME_WORKSPACE, somebody(database, "Ada"), "uploaded", hostile, {"name": hostile})
    [entry] = entries(database, HOME_WORKSPACE)
    assert entry.subject == hostile.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")[:2000]
    assert first_broken_entry(database) is None
    header, row = csv.reader(io.StringIO(csv_export(database, HOME_WORKSPACE), newline=""))
    assert tuple(header) == CSV_COLUMNS
    assert not row[4].startswith(("=", "+", "-", "@"))
    assert row[4] in (entry.subject, f"'{entry.subject}")


@given(st.text(max_size=20))
def test_no_cell_of_the_export_begins_like_a_formula(cell: str) -> None:
    written = _harmless(cell)
    assert written in (cell, f"'{cell}")
    assert not written.strip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
