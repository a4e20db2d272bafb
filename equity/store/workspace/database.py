"""The workspace store: one SQLite file in the home folder, or the PostgreSQL that ``EQUITY_DATABASE_URL`` names.

A :class:`Database` may be shared by all threads: each ``reading()`` or ``writing()`` block has a connection of its own.
Whoever writes holds the write lock from the first statement (SQLite) or checks versions row by row (PostgreSQL), so
what a block has read is still true when it commits. When ``writing()`` has ended without an exception, what was
written is on the disk: SQLite runs with a write-ahead log and ``synchronous=FULL``.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from equity.store.files.disk import DiskFullError
from equity.store.files.home import home_folder
from equity.store.files.owner_file import somebody_owns_data_in
from equity.store.migrations import bring_up_to_date, is_new
from equity.store.workspace.log_seal import Newest, Seal
from equity.vocabulary import PlainError

URL_SETTING = "EQUITY_DATABASE_URL"
FILE_NAME = "workspace.db"
BUSY_SECONDS = 30.0
SEAL, LOGGED = "seal", "logged"
"""What a writing session carries: the seal of the log, and the newest entry that it has added."""

_joined: ContextVar[tuple[Database, Session] | None] = ContextVar("joined", default=None)
"""The work that this thread keeps as a whole, and the session that it is done in."""

_open: dict[str, Database] = {}
_opening = threading.Lock()


class Database:
    """An open workspace store whose tables are up to date. ``home`` is the folder of the datasets that it tells of."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self.engine = engine
        self.home = home
        self.seal = Seal(home)
        self._writing_engine = engine.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the store; whatever it changes is thrown away.

        Inside :meth:`together` it sees what was written there so far.
        """
        joined = self._whole()
        if joined is not None:
            joined.expire_all()
            with _said_plainly():
                yield joined
            return
        with _said_plainly(), Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose work is kept whole when the block ends, or not at all when it raises.

        Inside :meth:`together` it is kept when that ends.
        Raises :class:`DiskFullError`, and :class:`PlainError` when the store is busy for over 30 seconds or gone.
        """
        joined = self._whole()
        if joined is not None:
            with _said_plainly(), _part_of(joined):
                yield joined
            return
        with _said_plainly(), Session(self._writing_engine, info={SEAL: self.seal}) as session:
            with session.begin():
                yield session
            logged: Newest | None = session.info.get(LOGGED)
            if logged is not None:
                self.seal.tell(logged)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several actions kept whole when the block ends, or none of them when it raises or the process is killed.

        What this thread reads and writes in the block is one transaction, so nobody else sees half of it.
        """
        if self._whole() is not None:
            yield
            return
        with self.writing() as session:
            before = _joined.set((self, session))
            try:
                yield
            finally:
                _joined.reset(before)

    def _whole(self) -> Session | None:
        """The session of the work around, where this thread keeps some as a whole."""
        joined = _joined.get()
        return joined[1] if joined is not None and joined[0] is self else None

    def answers(self) -> None:
        """Ask it something; raises :class:`PlainError` when it does not answer."""
        with self.reading() as session:
            session.execute(text("SELECT 1"))

    def close(self) -> None:
        """Let all connections go."""
        self.engine.dispose()


@contextmanager
def _part_of(session: Session) -> Iterator[None]:
    """A part of a larger work: undone alone when it raises, and the log's newest entry with it."""
    logged = session.info.get(LOGGED)
    try:
        with session.begin_nested():
            yield
    except BaseException:
        session.info[LOGGED] = logged
        raise


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig)
        if "disk is full" in reason or "No space left" in reason:
            raise DiskFullError from error
        raise PlainError("The workspace store does not answer just now: please try again in a moment.") from error


def workspace_database() -> Database:
    """The store that this process uses, opened once; raises :class:`PlainError` when it cannot be opened."""
    url = database_url()
    shown = url.render_as_string(hide_password=False)
    with _opening:
        if shown not in _open:
            _open[shown] = open_database(url, home_folder())
        return _open[shown]


def database_url() -> URL:
    """Where the store is: ``EQUITY_DATABASE_URL``, else ``workspace.db`` in the home folder."""
    given = os.environ.get(URL_SETTING, "").strip()
    return read_url(given) if given else sqlite_url(home_folder() / FILE_NAME)


def sqlite_url(file: Path) -> URL:
    """The address of a SQLite file."""
    return URL.create("sqlite+pysqlite", database=str(file))


def read_url(address: str) -> URL:
    """Read an address of SQLite or PostgreSQL; the refusal never repeats it, for it may hold a password."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise PlainError(f"{URL_SETTING} is not a database address: write postgresql://USER@HOST/DATABASE.") from None
    kind = url.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and url.database:
        return url.set(drivername="sqlite+pysqlite")
    raise PlainError(
        f"{URL_SETTING} must name a PostgreSQL database or a SQLite file: postgresql://USER@HOST/DATABASE."
    )


def open_database(url: URL, home: Path | None = None) -> Database:
    """Open the store at an address, making or upgrading its tables first.

    ``home`` is the folder of the datasets that it tells of: the one beside a SQLite file, where it is not named.

    Raises :class:`PlainError` when the driver is missing, the database does not answer, a newer program wrote it, or
    it is new and empty while the home folder holds data that another store knew (:func:`begin_store` begins one).
    """
    return _opened(url, home, _refuse_beside_data)


def begin_store(url: URL, home: Path) -> Database:
    """Begin an empty store beside data that another one knew: the log begins again, and other workspaces' data stays
    closed to the first one.

    Raises :class:`PlainError` as :func:`open_database` does, and for a store that is not empty.
    """

    def refuse_used(engine: Engine, home: Path) -> None:
        if not is_new(engine):
            raise PlainError("There is a workspace store already, so none is begun.")

    begun = _opened(url, home, refuse_used)
    begun.seal.begin_again(None)
    return begun


def _refuse_beside_data(engine: Engine, home: Path) -> None:
    if is_new(engine) and somebody_owns_data_in(home):
        raise PlainError(
            f"The workspace store is missing or empty, but “{home}” holds data that it knew: put the store back "
            f"({FILE_NAME}, or what {URL_SETTING} names) or restore a backup. If there is none, python -m equity "
            "begin-store begins an empty one; other workspaces' data stays closed then."
        )


def _opened(url: URL, home: Path | None, first: Callable[[Engine, Path], None]) -> Database:
    on_file = url.get_backend_name() == "sqlite"
    engine = _sqlite(Path(str(url.database))) if on_file else _postgresql(url)
    home = home or (Path(str(url.database)).absolute().parent if on_file else home_folder())
    try:
        first(engine, home)
        bring_up_to_date(engine.execution_options(begin="BEGIN IMMEDIATE"))
    except OperationalError:
        engine.dispose()
        raise PlainError(
            f"The database at {url.render_as_string()} does not answer: check {URL_SETTING}, and that it runs."
        ) from None
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, home)


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise PlainError("PostgreSQL needs psycopg: pip install -r requirements-postgresql.txt.") from None


def _sqlite(file: Path) -> Engine:
    file = file.absolute()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))  # it holds names and addresses: its owner's alone
        _use_write_ahead_log(file)
    except (OSError, sqlite3.Error) as error:
        raise PlainError(f"The workspace store {file} cannot be opened for writing: {error}.") from None
    engine = create_engine(sqlite_url(file), connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _use_write_ahead_log(file: Path) -> None:
    """Switch the file to a write-ahead log, which stays so. SQLite does not wait for others here, so we do."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        connection = sqlite3.connect(file, timeout=BUSY_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.05)
        finally:
            connection.close()


def _on_connect(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver would begin by itself, late and without the write lock
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA trusted_schema = OFF")


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql(str(connection.get_execution_options().get("begin", "BEGIN")))
