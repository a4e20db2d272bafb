"""The audit log: nothing in it changes or goes, and its export is harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, insert, text
from sqlalchemy.exc import DBAPIError

from equity.store.workspace.audit_log import (
    Check,
    check,
    entries,
    held_against_chain,
    kinds,
    last_check,
    people,
    record,
)
from equity.store.workspace.audit_log_csv import CSV_COLUMNS, csv_export
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.tables import AuditRow
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary.plain_cells import harmless, spreadsheet_cell
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


def test_entries_are_found_by_kind_and_by_person(database: Database) -> None:
    ada, bo = somebody(database, "Ada"), somebody(database, "bo")
    other = make_workspace(database, "Other", by=bo)
    for number in range(3):
        record(database, HOME_WORKSPACE, ada, "uploaded", f"file {number}")
        record(database, HOME_WORKSPACE, bo, "exported", f"slides {number}")
        record(database, HOME_WORKSPACE, None, "link_opened", "r1")
    record(database, HOME_WORKSPACE, replace(ada, name="Ada L."), "exported", "page")
    assert kinds(database, HOME_WORKSPACE) == ("exported", "link_opened", "uploaded")
    assert people(database, HOME_WORKSPACE) == {"": "A reader with a link", ada.id: "Ada L.", bo.id: "bo"}
    assert kinds(database, other.id) == ("workspace_made",)
    assert [e.subject for e in entries(database, HOME_WORKSPACE, action="exported", most=2)] == ["page", "slides 2"]
    assert {e.action for e in entries(database, HOME_WORKSPACE, actor_id="")} == {"link_opened"}
    newest = entries(database, HOME_WORKSPACE, actor_id=bo.id, action="exported", most=1)[0]
    rest = entries(database, HOME_WORKSPACE, actor_id=bo.id, action="exported", before=newest.number)
    assert [e.subject for e in rest] == ["slides 1", "slides 0"]
    assert entries(database, HOME_WORKSPACE, actor_id=bo.id, action="uploaded") == ()


def test_a_page_of_a_long_log_is_no_more_work_than_one_of_a_short_log(tmp_path: Path) -> None:
    work = []
    for name, length in (("short", 300), ("long", 10_000)):
        opened = open_database(sqlite_url(tmp_path / f"{name}.db"))
        with opened.writing() as session:
            session.execute(insert(AuditRow), [made_up(number) for number in range(length)])
        asked = Steps(opened)
        assert len(entries(opened, HOME_WORKSPACE, most=101)) == 101
        assert len(entries(opened, HOME_WORKSPACE, before=250, most=101)) == 101
        assert len(entries(opened, HOME_WORKSPACE, most=40, action="exported")) == 40
        assert len(entries(opened, HOME_WORKSPACE, most=40, actor_id="p1")) == 40
        assert len(entries(opened, HOME_WORKSPACE, most=40, actor_id="p1", action="exported")) == 40
        assert len(entries(opened, HOME_WORKSPACE, actor_id="p3")) == 1
        assert entries(opened, HOME_WORKSPACE, actor_id="p2", action="exported") == ()
        assert (len(kinds(opened, HOME_WORKSPACE)), len(people(opened, HOME_WORKSPACE))) == (2, 4)
        assert last_check(opened, HOME_WORKSPACE) is None
        work.append(asked.taken)
        opened.close()
    assert work[0] > 1000
    assert work[1] < 1.1 * work[0]


class Steps:
    """The steps that SQLite's machine takes for what a store is asked from now on."""

    def __init__(self, database: Database) -> None:
        self.taken = 0
        event.listen(database.engine, "checkout", lambda connection, *_: connection.set_progress_handler(self._step, 1))

    def _step(self) -> int:
        self.taken += 1
        return 0


def made_up(number: int) -> dict[str, object]:
    who, kind = (
        ("p3", "uploaded") if number == 0 else (("p1", "exported"), ("p2", "uploaded"), ("", "uploaded"))[number % 3]
    )
    names = {"actor_id": who, "actor": who.upper(), "action": kind, "subject": "s", "details": "{}", "chain": ""}
    return {"at": now(), "workspace_id": HOME_WORKSPACE, **names}


def test_a_check_reads_every_entry_and_is_an_entry_itself(database: Database) -> None:
    ada = somebody(database, "Ada")
    assert last_check(database, HOME_WORKSPACE) is None
    for number in range(5):
        record(database, HOME_WORKSPACE, ada, "exported", f"file {number}")
    told: list[float] = []
    assert check(database, HOME_WORKSPACE, ada, told.append) == Check(5, None)
    last = last_check(database, HOME_WORKSPACE)
    assert last is not None
    assert (last.actor, last.details, told) == ("Ada", {"entries": 5}, [1.0])
    tampered_with(database, entries(database, HOME_WORKSPACE)[-1].number)
    assert check(database, HOME_WORKSPACE, ada) == Check(1, last.number - 5)
    again = last_check(database, HOME_WORKSPACE)
    assert again is not None
    assert again.details == {"entries": 1, "first broken entry": last.number - 5}


def tampered_with(database: Database, number: int) -> None:
    """Change an entry behind the triggers."""
    with database.writing() as session:
        if database.engine.dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER audit_log_no_update"))
            session.execute(text("DROP TRIGGER audit_log_no_delete"))
        else:
            session.execute(text("ALTER TABLE audit_log DISABLE TRIGGER ALL"))
    with database.writing() as session:
        session.execute(text("UPDATE audit_log SET subject = 'another' WHERE id = :n"), {"n": number})


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
    assert held_against_chain(database).broken is None
    numbers = [entry.number for entry in reversed(entries(database, HOME_WORKSPACE))]
    tampered_with(database, numbers[4])
    assert held_against_chain(database).broken == numbers[4]
    with database.writing() as session:
        session.execute(text("DELETE FROM audit_log WHERE id = :n"), {"n": numbers[1]})
    assert held_against_chain(database).broken == numbers[2]


def test_entries_made_at_once_are_one_chain(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: record(database, HOME_WORKSPACE, LOCAL_OWNER, "exported", str(n)), range(40)))
    assert len(entries(database, HOME_WORKSPACE)) == 40
    assert held_against_chain(database).broken is None


@pytest.mark.parametrize("hostile", [*HOSTILE_TEXTS, "null \x00", "half \ud800", "x" * 100_000, "@SUM(A1)", "+1", "-1"])
def test_whatever_a_thing_is_called_it_is_logged(database: Database, hostile: str) -> None:
    record(database, HOME_WORKSPACE, somebody(database, "Ada"), "uploaded", hostile, {"name": hostile})
    [entry] = entries(database, HOME_WORKSPACE)
    assert entry.subject == hostile.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")[:2000]
    assert held_against_chain(database).broken is None
    header, row = csv.reader(io.StringIO(csv_export(database, HOME_WORKSPACE), newline=""))
    assert tuple(header) == CSV_COLUMNS
    assert not row[4].startswith(("=", "+", "-", "@"))
    assert row[4] in (harmless(entry.subject), f"'{harmless(entry.subject)}")


@given(st.text(max_size=20))
def test_no_cell_of_the_export_begins_like_a_formula(cell: str) -> None:
    written = spreadsheet_cell(cell)
    assert written in (harmless(cell), f"'{harmless(cell)}")
    assert not written.strip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
