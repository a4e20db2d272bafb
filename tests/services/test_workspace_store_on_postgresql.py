"""What only a real PostgreSQL can show. All of tests/store and tests/access runs on it too with ``-m services``."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from equity.store.workspace.audit_log import entries, record
from equity.store.workspace.database import database_url, open_database, workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError
from tests.services.postgresql import PostgresqlServer
from tests.store.workspace.test_database import counted_by_processes

pytestmark = pytest.mark.services


def test_processes_that_open_an_empty_database_at_once_make_the_tables_once(
    postgresql_server: PostgresqlServer,
) -> None:
    assert counted_by_processes(postgresql_server.new_store()) == ["1\n"] * 3


def test_not_even_the_superuser_empties_the_audit_log(postgresql_server: PostgresqlServer) -> None:
    opened = open_database(postgresql_server.new_store())
    record(opened, HOME_WORKSPACE, LOCAL_OWNER, "uploaded", "file.csv")
    for statement in ("TRUNCATE audit_log", "DELETE FROM audit_log WHERE false", "UPDATE audit_log SET actor = ''"):
        with pytest.raises(DBAPIError, match="append-only"), opened.writing() as session:
            session.execute(text(statement))
    assert len(entries(opened, HOME_WORKSPACE)) == 1
    opened.close()


def test_the_setting_names_the_database(postgresql_server: PostgresqlServer, monkeypatch: pytest.MonkeyPatch) -> None:
    url = postgresql_server.new_store().set(drivername="postgresql")
    monkeypatch.setenv("EQUITY_DATABASE_URL", url.render_as_string(hide_password=False))
    opened = workspace_database()
    assert opened is workspace_database()
    assert (opened.engine.dialect.name, opened.engine.driver) == ("postgresql", "psycopg")
    assert database_url().port == postgresql_server.port
    opened.close()


def test_a_database_that_does_not_answer_is_said_plainly_and_without_its_password(
    postgresql_server: PostgresqlServer,
) -> None:
    right = postgresql_server.url()
    for wrong in (right.set(port=1), right.set(password="wrong"), right.set(database="none")):
        with pytest.raises(PlainError, match="does not answer") as refused:
            open_database(wrong)
        assert postgresql_server.password not in str(refused.value)


def test_a_connection_that_the_server_dropped_is_made_again(postgresql_server: PostgresqlServer) -> None:
    opened = open_database(postgresql_server.new_store())
    record(opened, HOME_WORKSPACE, LOCAL_OWNER, "uploaded", "before.csv")
    postgresql_server.drop_connections_to(opened.engine.url)
    record(opened, HOME_WORKSPACE, LOCAL_OWNER, "uploaded", "after.csv")
    assert [entry.subject for entry in entries(opened, HOME_WORKSPACE)] == ["after.csv", "before.csv"]
    opened.close()


def test_what_a_dropped_connection_was_writing_is_said_not_to_be_saved(postgresql_server: PostgresqlServer) -> None:
    opened = open_database(postgresql_server.new_store())
    with pytest.raises(PlainError, match="does not answer just now"), opened.writing() as session:
        session.execute(text("UPDATE workspaces SET name = 'half done'"))
        postgresql_server.drop_connections_to(opened.engine.url)
        session.execute(text("UPDATE workspaces SET name = 'done'"))
    with opened.reading() as session:
        assert session.scalar(text("SELECT name FROM workspaces")) == "Our workspace"
    opened.close()
