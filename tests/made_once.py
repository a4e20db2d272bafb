"""What takes seconds to make is made once a run, by whichever worker comes first; everybody else copies it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from equity.store import migrations
from equity.store.files.locks import exclusive_lock
from equity.store.workspace.database import open_database, sqlite_url

ROOT = Path(__file__).resolve().parents[1]
LOAD_THE_SAMPLE = "from equity.server import sample_data; sample_data.load_when_absent()"


def copied(temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder of the caller's own that holds what ``make`` puts into an empty one; it is called once a run."""
    shared = _of_the_run(temporary)
    whole = shared / f"once-{name}"
    with exclusive_lock(shared / f"once-{name}.lock"):
        if not whole.exists():
            begun = shared / f"begun-{name}"
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun)
            begun.rename(whole)
    own = temporary.mktemp(name) / name
    shutil.copytree(whole, own)
    return own


def _of_the_run(temporary: pytest.TempPathFactory) -> Path:
    """The folder that all workers of a run have in common."""
    base = temporary.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def first_home(home: Path) -> None:
    """What a server's first start leaves in an empty home folder: the sample data and a made-up team's work on it."""
    environment = {**os.environ, "EQUITY_HOME": str(home)}
    subprocess.run([sys.executable, "-c", LOAD_THE_SAMPLE], cwd=ROOT, env=environment, check=True)
    assert (home / "sample_loaded").exists()


def copied_stores(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """New stores on SQLite begin with a copy of the tables that the migrations make, which take twenty times longer.

    Only for what opens a store by the way: upgrades to and from any other revision are the program's own.
    """
    file = folder / "workspace.db"
    open_database(sqlite_url(file)).close()
    with sqlite3.connect(file) as made:
        lines = [line for line in made.iterdump() if line not in ("BEGIN TRANSACTION;", "COMMIT;")]
    made.close()
    statements = sorted(lines, key=lambda line: not line.startswith("CREATE"))  # a row may name one of a later table
    program = migrations.upgrade

    def upgrade(connection: Connection, revision: str) -> None:
        new = (
            connection.dialect.name == "sqlite" and not connection.exec_driver_sql("SELECT 1 FROM sqlite_master").all()
        )
        if not new or revision != migrations.LATEST:
            program(connection, revision)
            return
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            connection.exec_driver_sql(statement)

    patch.setattr(migrations, "upgrade", upgrade)
