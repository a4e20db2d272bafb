"""A real PostgreSQL for the tests: in a temporary folder, on the loopback address, on a free port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL

SECONDS_TO_START = 60.0


@dataclass(frozen=True)
class PostgresqlServer:
    """A running server with one database; a store of its own is a schema in it (a database each is 300 files each)."""

    port: int
    password: str

    def url(self, database: str = "postgres") -> URL:
        """The address of a database on this server."""
        return URL.create("postgresql+psycopg", "tests", self.password, "127.0.0.1", self.port, database)

    def new_store(self) -> URL:
        """The address of a store without tables."""
        name = f"t{secrets.token_hex(8)}"
        self.run(f"CREATE SCHEMA {name}")
        return self.url().set(query={"options": f"-csearch_path={name}", "application_name": name})

    def run(self, statement: str) -> None:
        """Run one statement as the server's superuser, outside a transaction."""
        address = self.url().set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def drop_connections_to(self, store: URL) -> None:
        """End every connection to a store from the server's side."""
        name = store.query["application_name"]
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{name}'")


@contextmanager
def running_postgresql() -> Iterator[PostgresqlServer]:
    """Start a server and stop it again; raises RuntimeError with a sentence when there is none to start."""
    programs, user = _programs(), _user()
    folder = Path(tempfile.mkdtemp(prefix="equity-postgresql-"))
    try:
        server = PostgresqlServer(_free_port(), secrets.token_hex(16))
        process = _started(programs, user, folder, server)
        try:
            _wait_until_it_answers(server, process, folder / "log")
            yield server
        finally:
            process.send_signal(signal.SIGQUIT)  # "immediate": nothing is written out that is thrown away next
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    def by_version(folder: Path) -> float:
        return float(folder.parent.name)

    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=by_version, reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*installed, *([Path(on_path).resolve().parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise RuntimeError("These tests need PostgreSQL: install it (apt-get install -y postgresql) and run them again.")


def _user() -> str | None:
    """Whom the server runs as: PostgreSQL refuses to run as root; anybody else runs it themselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    found = next((name for name in ("postgres", "nobody") if name in names), None)
    if found is None:
        raise RuntimeError("PostgreSQL does not run as root: make a user named postgres, or run the tests as another.")
    return found


def _started(programs: Path, user: str | None, folder: Path, server: PostgresqlServer) -> subprocess.Popen[bytes]:
    password, data = folder / "password", folder / "data"
    password.write_text(server.password)
    if user is not None:
        shutil.chown(folder, user)
        shutil.chown(password, user)
    group = None if user is None else pwd.getpwnam(user).pw_gid
    extra: list[int] | None = None if user is None else []
    initdb = [programs / "initdb", "--pgdata", data, "--username", "tests", "--pwfile", password]
    initdb += ["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
    made = subprocess.run(
        initdb, cwd=folder, user=user, group=group, extra_groups=extra, capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        raise RuntimeError(f"initdb could not make a database: {made.stderr}")
    postgres: list[str | Path] = [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(server.port)]
    postgres += ["-c", "unix_socket_directories=", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            postgres, cwd=folder, user=user, group=group, extra_groups=extra, stdout=log, stderr=log
        )


def _wait_until_it_answers(server: PostgresqlServer, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        if process.poll() is not None:
            raise RuntimeError(f"PostgreSQL stopped at once: {log.read_text()}")
        try:
            server.run("SELECT 1")
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
