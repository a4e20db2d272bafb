"""Opening, upgrading, locking, and being killed."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError

from equity.notes.nouns import NOTE
from equity.store import migrations
from equity.store.files.disk import DiskFullError
from equity.store.records import shelf
from equity.store.records.annotations import annotate, annotations_in
from equity.store.workspace import audit_log
from equity.store.workspace import database as store
from equity.store.workspace.database import Database, open_database, read_url, sqlite_url
from equity.store.workspace.note_rows import parent_of_dataset
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.tables import Base, MemberRow
from equity.store.workspace.workspaces import HOME_WORKSPACE, workspaces_of
from equity.vocabulary import PlainError

ROOT = Path(__file__).parents[3]


def test_the_migrations_make_exactly_the_tables_that_the_program_uses(database: Database) -> None:
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(found, Base.metadata) == []


def test_the_newest_migration_is_the_one_the_program_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.LATEST]


def test_a_new_store_has_the_home_workspace_of_the_local_owner(database: Database) -> None:
    [(home, role)] = workspaces_of(database, LOCAL_OWNER.id)
    assert (home.id, role) == (HOME_WORKSPACE, "owner")


def test_a_store_of_a_newer_program_is_left_alone(database: Database, store_url: URL) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(PlainError, match="newer version of this program"):
        open_database(store_url)
    with database.reading() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_store_of_an_older_program_is_upgraded_with_its_log(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "workspace.db")
    engine = store._sqlite(tmp_path / "workspace.db")
    with engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        migrations.upgrade(connection, "0001")
    older = Database(engine, tmp_path)
    audit_log.record(older, HOME_WORKSPACE, LOCAL_OWNER, "uploaded", "file.csv")
    older.close()
    upgraded = open_database(url)
    assert audit_log.kinds(upgraded, HOME_WORKSPACE) == ("uploaded",)
    assert audit_log.held_against_chain(upgraded) == audit_log.Check(1, None)
    with upgraded.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    upgraded.close()


def test_notes_of_an_older_program_are_records_with_their_words(tmp_path: Path) -> None:
    engine = store._sqlite(tmp_path / "workspace.db")
    with engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        migrations.upgrade(connection, "0005")
        connection.execute(
            text(
                "INSERT INTO notes (id, workspace_id, version, dataset, card, choices, words, author, author_id,"
                " created, edited_by, edited) VALUES (:id, 'home', 3, 'Visits', 'scan', '{\"measure\": \"M\"}',"
                " '<b>Look</b>', 'Ada', 'a', '2025-01-02 03:04:05.000000', 'Ben', '2025-02-02 00:00:00.000000')"
            ),
            {"id": "7" * 32},
        )
    engine.dispose()
    upgraded = open_database(sqlite_url(tmp_path / "workspace.db"))
    [kept] = shelf.listed(upgraded, HOME_WORKSPACE, NOTE, parent=parent_of_dataset("Visits"))
    assert (kept.id, kept.version, kept.author, kept.edited_by, kept.readers) == ("7" * 32, 3, "Ada", "Ben", "team")
    assert kept.content.words == "<b>Look</b>"
    assert kept.content.link == {"measure": "M", "dataset": "Visits", "card": "scan"}
    assert kept.content.kept == "2025-01-02T03:04:05+00:00"
    assert [old.version for old in shelf.earlier(upgraded, HOME_WORKSPACE, NOTE, kept.id)] == [3]
    upgraded.close()


def test_what_a_block_wrote_before_it_failed_is_not_kept(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        session.execute(text("UPDATE workspaces SET name = 'half done'"))
        raise RuntimeError("something else went wrong")
    [(home, _)] = workspaces_of(database, LOCAL_OWNER.id)
    assert home.name != "half done"


def test_rows_cannot_refer_to_what_is_not_there(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(MemberRow(workspace_id=HOME_WORKSPACE, person_id="nobody", role="owner"))


def test_many_threads_write_and_read_at_once(database: Database) -> None:
    def work(number: int) -> int:
        annotate(database, HOME_WORKSPACE, "2024-03", f"{number}", by=LOCAL_OWNER)
        return len(annotations_in(database, HOME_WORKSPACE))

    with ThreadPoolExecutor(12) as pool:
        seen = list(pool.map(work, range(60)))
    assert min(seen) >= 1
    assert {a.words for a in annotations_in(database, HOME_WORKSPACE)} == {str(n) for n in range(60)}


def test_threads_that_open_at_once_share_one_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    monkeypatch.delenv(store.URL_SETTING, raising=False)
    ready = threading.Barrier(6)

    def opened(_: int) -> Database:
        ready.wait()
        return store.workspace_database()

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(opened, range(6)))
    [one] = found
    assert (tmp_path / "workspace.db").exists()
    one.close()


OPEN_AND_COUNT = """
import sys
from sqlalchemy import make_url, text
from equity.store.workspace.database import open_database
opened = open_database(make_url(sys.argv[1]))
with opened.reading() as session:
    print(session.scalar(text("SELECT count(*) FROM workspaces")))
"""


def test_processes_that_open_a_new_store_at_once_make_it_once(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "workspace.db")
    assert counted_by_processes(url) == ["1\n"] * 3


def counted_by_processes(url: URL) -> list[str]:
    """What three processes that open the store at the same moment find in it."""
    command = [sys.executable, "-c", OPEN_AND_COUNT, url.render_as_string(hide_password=False)]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    return [process.communicate(timeout=60)[0] for process in started]


WRITE_UNTIL_KILLED = """
import sys
from sqlalchemy import make_url
from equity.store.records.annotations import annotate
from equity.store.workspace.database import open_database
from equity.store.workspace.person import LOCAL_OWNER
opened = open_database(make_url(sys.argv[1]))
for number in range(100_000):
    saved = annotate(opened, "home", "2024-03", f"words {number} " * 200, by=LOCAL_OWNER)
    print(saved.id, flush=True)
"""


def test_a_killed_process_loses_nothing_that_was_said_to_be_saved(store_url: URL) -> None:
    address = store_url.render_as_string(hide_password=False)
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE_UNTIL_KILLED, address], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    said = [writer.stdout.readline().strip() for _ in range(7)]
    writer.send_signal(signal.SIGKILL)
    said += [line.strip() for line in writer.stdout if line.endswith("\n")]
    writer.wait(timeout=30)

    again = open_database(store_url)
    kept = {annotation.id for annotation in annotations_in(again, HOME_WORKSPACE)}
    assert set(said) <= kept
    assert len(kept) <= len(said) + 1  # one may have been kept just before it could be said
    annotate(again, HOME_WORKSPACE, "2024-04", "life goes on", by=LOCAL_OWNER)
    again.close()


def test_the_file_is_its_owners_alone_and_keeps_a_log_of_what_it_writes(tmp_path: Path) -> None:
    opened = open_database(sqlite_url(tmp_path / "deep" / "workspace.db"))
    mode = stat.S_IMODE((tmp_path / "deep" / "workspace.db").stat().st_mode)
    assert mode == 0o600
    with opened.reading() as session:
        settings = {name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous")}
    assert settings == {"journal_mode": "wal", "synchronous": 2}
    opened.close()


def test_a_file_that_is_no_store_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "workspace.db"
    file.write_bytes(os.urandom(8192))
    with pytest.raises(PlainError, match=r"workspace\.db cannot be opened"):
        open_database(sqlite_url(file))


def test_addresses_of_other_databases_are_refused_without_repeating_them() -> None:
    for text_given in ("mysql://me:secret@host/db", "not an address", "sqlite://", "secret"):
        with pytest.raises(PlainError) as refused:
            read_url(text_given)
        assert "secret" not in str(refused.value)


def test_a_postgresql_address_gets_the_driver_that_we_use() -> None:
    for given in ("postgresql://u:p@h/d", "postgres://u:p@h/d", "postgresql+psycopg2://u:p@h/d"):
        assert read_url(given).render_as_string(hide_password=False) == "postgresql+psycopg://u:p@h/d"


def test_a_store_that_somebody_else_is_writing_to_is_said_to_be_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.2)
    one, other = open_database(sqlite_url(tmp_path / "w.db")), open_database(sqlite_url(tmp_path / "w.db"))
    with one.writing() as session:
        session.execute(text("UPDATE workspaces SET name = 'slowly'"))
        with pytest.raises(PlainError, match="try again in a moment"):
            annotate(other, HOME_WORKSPACE, "2024-03", "words", by=LOCAL_OWNER)
        assert annotations_in(other, HOME_WORKSPACE) == ()  # reading goes on meanwhile
    annotate(other, HOME_WORKSPACE, "2024-03", "words", by=LOCAL_OWNER)
    one.close()
    other.close()


def test_a_full_disk_is_said_plainly_and_nothing_is_half_saved(tmp_path: Path) -> None:
    opened = open_database(sqlite_url(tmp_path / "w.db"))
    with pytest.raises(DiskFullError), opened.writing() as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
        session.execute(text("UPDATE workspaces SET name = :long"), {"long": "x" * 1_000_000})
    again = open_database(sqlite_url(tmp_path / "w.db"))
    [(home, _)] = workspaces_of(again, LOCAL_OWNER.id)
    assert len(home.name) < 100
    again.close()
    opened.close()
