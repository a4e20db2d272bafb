"""The audit log under somebody who can write to its table: cut, rewritten, chained anew. The check finds all of it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from equity.commands.line import run
from equity.store.workspace import audit_log
from equity.store.workspace.audit_log import Check, held_against_chain, record
from equity.store.workspace.backup import back_up
from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.log_seal import HEAD_FILE, KEY_FILE, Newest, Seal
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.tables import AuditRow
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError


@pytest.fixture
def database(tmp_path: Path, sqlite_template: Path) -> Iterator[Database]:
    """A store with six entries in its log, whose guards somebody took away."""
    shutil.copy(sqlite_template, tmp_path / "workspace.db")
    opened = open_database(sqlite_url(tmp_path / "workspace.db"))
    for number in range(6):
        record(opened, HOME_WORKSPACE, LOCAL_OWNER, "exported", f"file {number}")
    with opened.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_log_no_update"))
        connection.execute(text("DROP TRIGGER audit_log_no_delete"))
    yield opened
    opened.close()


def changed(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(statement))


def chained_anew(database: Database, key: bytes = b"") -> None:
    """Make the chain fit again, as somebody does who knows how it is made and not the key."""
    before = "0" * 64
    with database.engine.begin() as connection:
        for row in connection.execute(select(*AuditRow.__table__.columns).order_by(AuditRow.id)).all():
            before = audit_log._link(before, row, key)
            connection.execute(text("UPDATE audit_log SET chain = :c WHERE id = :n"), {"c": before, "n": row.id})


def test_as_it_was_written_it_is_whole(database: Database) -> None:
    assert held_against_chain(database) == Check(6, None)
    assert held_against_chain(database).is_whole


def test_entries_cut_from_the_end_are_missed(database: Database) -> None:
    changed(database, "DELETE FROM audit_log WHERE id > 4")
    assert held_against_chain(database) == Check(4, None, cut=6)


def test_all_entries_cut_are_missed(database: Database) -> None:
    changed(database, "DELETE FROM audit_log")
    assert held_against_chain(database) == Check(0, None, cut=6)


@pytest.mark.parametrize("numbered_on", [True, False])
def test_entries_cut_are_still_missed_when_others_follow(database: Database, numbered_on: bool) -> None:
    changed(database, "DELETE FROM audit_log WHERE id > 4")
    if not numbered_on:
        changed(database, "UPDATE sqlite_sequence SET seq = 4 WHERE name = 'audit_log'")
    for number in range(4):
        record(database, HOME_WORKSPACE, LOCAL_OWNER, "exported", f"later {number}")
    assert held_against_chain(database).cut == 6
    record(database, HOME_WORKSPACE, LOCAL_OWNER, "exported", "latest")
    assert held_against_chain(database).cut == 6


@pytest.mark.parametrize("key", [b"", b"guessed", bytes(32)])
def test_a_chain_made_anew_without_the_key_does_not_fit(database: Database, key: bytes) -> None:
    changed(database, "UPDATE audit_log SET subject = 'another' WHERE id = 2")
    chained_anew(database, key)
    assert held_against_chain(database).broken == 1


def test_a_key_that_was_taken_away_does_not_make_the_old_entries_fit(database: Database) -> None:
    changed(database, "UPDATE audit_log SET subject = 'another' WHERE id = 2")
    (database.home / KEY_FILE).unlink()
    record(database, HOME_WORKSPACE, LOCAL_OWNER, "exported", "later")
    assert held_against_chain(database).broken == 1


@pytest.mark.parametrize("content", ["", "{}", '{"key": "zz", "unkeyed": 0}', "[" * 5000, '{"key": 5, "unkeyed": 0}'])
def test_a_key_that_cannot_be_read_is_a_sentence(database: Database, content: str) -> None:
    (database.home / KEY_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(PlainError, match=r"log\.key"):
        record(database, HOME_WORKSPACE, LOCAL_OWNER, "exported", "later")


def test_key_and_newest_are_their_owners_alone(database: Database) -> None:
    for name in (KEY_FILE, HEAD_FILE):
        assert (database.home / name).stat().st_mode & 0o077 == 0


def test_entries_from_before_there_was_a_key_are_held_against_their_own_chain(tmp_path: Path) -> None:
    opened = open_database(sqlite_url(tmp_path / "old" / "workspace.db"))
    with opened.engine.begin() as connection:
        before = "0" * 64
        for number in range(1, 4):
            said = [before, "2026-01-01T00:00:00+00:00", "home", "", "Ada", "exported", str(number), "{}"]
            before = hashlib.sha256(json.dumps(said).encode()).hexdigest()
            columns = "(at, workspace_id, actor_id, actor, action, subject, details, chain)"
            values = f"('2026-01-01 00:00:00', 'home', '', 'Ada', 'exported', '{number}', '{{}}', '{before}')"
            connection.execute(text(f"INSERT INTO audit_log {columns} VALUES {values}"))
    record(opened, HOME_WORKSPACE, LOCAL_OWNER, "exported", "with a key")
    assert held_against_chain(opened) == Check(4, None)
    with opened.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_log_no_update"))
        connection.execute(text("UPDATE audit_log SET subject = 'another' WHERE id = 2"))
    assert held_against_chain(opened).broken == 2
    chained_anew(opened)
    assert held_against_chain(opened).broken == 4
    opened.close()


def test_a_backup_knows_how_far_the_log_went(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    back_up(tmp_path, database, tmp_path / "kept.tar")
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    assert run(["check-log", "--backup", str(tmp_path / "kept.tar")]) == 0
    assert "All 8 entries" in capsys.readouterr().out
    changed(database, "DELETE FROM audit_log WHERE id > 4")
    (tmp_path / HEAD_FILE).unlink()
    assert held_against_chain(database).is_whole  # with the file gone too, only the backup knows
    assert run(["check-log", "--backup", str(tmp_path / "kept.tar")]) == 2
    assert "is not there any more" in capsys.readouterr().err


def test_the_newest_entry_is_never_told_to_be_an_older_one(tmp_path: Path) -> None:
    seal = Seal(tmp_path)
    for number in (5, 3):
        seal.tell(Newest(number, f"chain {number}"))
    assert seal.newest() == Newest(5, "chain 5")
