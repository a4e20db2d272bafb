"""The workspace store as tests meet it: on SQLite always, and on a real PostgreSQL when the services are asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import URL

from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.people import remember_person
from equity.store.workspace.person import Person

if TYPE_CHECKING:
    from tests.services.postgresql import PostgresqlServer

HOSTILE_TEXTS = (
    "'; DROP TABLE notes; --",
    "<script>alert(1)</script>",
    '=HYPERLINK("http://example.org","x")',
    "{{ 7 * 7 }} ${jndi:ldap://x} %s %(x)s :name ?",
    "\u202e right to left \u200f \u200b zero width \u0301 é ﷺ 𝔘 🧑🏽\u200d⚕️",
    "line\nbreak\r\ttab \\ \" ' `",
    "[click](javascript:alert(1)) ![x](http://example.org/x.png) $$x$$",
)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """One real PostgreSQL for the whole run."""
    from tests.services.postgresql import running_postgresql

    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite store with all tables, to copy."""
    file = tmp_path_factory.mktemp("store") / "workspace.db"
    open_database(sqlite_url(file)).close()
    return file


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> URL:
    """The address of a fresh store, and a home folder of its own for what is kept outside it."""
    if request.param == "postgresql":
        monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        return server.new_store()
    file = tmp_path / "workspace.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), file)
    return sqlite_url(file)


@pytest.fixture
def database(store_url: URL) -> Iterator[Database]:
    """A fresh store, open."""
    opened = open_database(store_url)
    yield opened
    opened.close()


def somebody(database: Database, name: str) -> Person:
    """A person who has signed in."""
    return remember_person(database, "https://id.example.org", name, name=name, email=f"{name.lower()}@example.org")
