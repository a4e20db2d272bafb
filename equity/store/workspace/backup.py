"""Everything there is as one file, made while the program is in use; and back again, into an empty home.

The file is a tar: ``datasets/`` and ``releases/`` as they lie on disk, ``workspace.db`` (a SQLite file whatever the
store is, so that a backup also moves a workspace to PostgreSQL), ``log.key``, and ``backup.json`` with the SHA-256 of
each file and the newest entry of the log. What is in such a file is read by backup_contents.py.

Files are copied first and rows afterwards, all rows as of one moment. So every dataset in the backup has its row, which
says whose it is; one that was deleted meanwhile is left out, and a release that was revoked meanwhile is revoked.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import Engine, delete, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from equity.store.files.disk import fsync, fsync_tree, full_disk_said, write_text
from equity.store.files.locks import acquire
from equity.store.files.sharing_key import KEY_FILE as SHARING_KEY
from equity.store.files.staging import staged_folder
from equity.store.files.versions import REVOKED_ENTRY, datasets, held_for_loading, now
from equity.store.workspace import audit_log
from equity.store.workspace.backup_contents import FOLDERS, FORMAT, KEY, LIST, SAMPLE_MARK, STORE, unpacked
from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.log_seal import Newest
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.tables import AuditRow, Base, PersonRow, WorkspaceRow
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError

ROWS_AT_A_TIME = 500


@dataclass(frozen=True)
class Contents:
    """What a backup holds: the names of its datasets, how many releases and files, and when it was made."""

    datasets: tuple[str, ...]
    releases: int
    files: int
    created: str

    def __str__(self) -> str:
        many = f"{len(self.datasets)} dataset{'' if len(self.datasets) == 1 else 's'}"
        frozen = f"{self.releases} release{'' if self.releases == 1 else 's'}"
        return f"{many}, {frozen}, {self.files} files and the workspace store, as of {self.created[:19]}+00:00"


def back_up(home: Path, database: Database, target: Path) -> Contents:
    """Write a backup to a file that is its owner's alone. It appears whole, by one rename; the log has begun and done.

    What a backup to this file left that was killed is removed. Raises :class:`PlainError` when the file is there
    already, cannot be written, or is being written by somebody else right now, and :class:`DiskFullError`.
    """
    if target.exists():
        raise PlainError(f"“{target}” is there already: name a file that is not, a backup is never written over.")
    beside = target.with_name(f".{target.name}.part")
    try:
        with full_disk_said(), _part_of_ours(beside) as file:
            audit_log.record(database, HOME_WORKSPACE, LOCAL_OWNER, "backed_up", target.name, {"step": "begun"})
            with tarfile.open(fileobj=file, mode="w", dereference=True) as tar:
                contents = _Writing(home, tar).everything(database)
            file.flush()
            os.fsync(file.fileno())
            beside.replace(target)
            fsync(target.parent)
    except OSError as error:
        raise PlainError(f"“{target}” cannot be written ({error.strerror}): name another file.") from error
    done: dict[str, str | int] = {"step": "done", "files": contents.files}
    audit_log.record(database, HOME_WORKSPACE, LOCAL_OWNER, "backed_up", target.name, done)
    return contents


@contextmanager
def _part_of_ours(beside: Path) -> Iterator[IO[bytes]]:
    """The unfinished file, empty and held by us; nobody holds one whose backup was killed, and it is taken up."""
    lock = acquire(beside)
    if lock is None:
        raise PlainError(f"A backup to “{beside.name[1:-5]}” is being written right now: wait for it to end.")
    try:
        with os.fdopen(lock, "wb", closefd=False) as file:
            file.truncate(0)
            yield file
    finally:
        beside.unlink(missing_ok=True)
        os.close(lock)


def restore(home: Path, database: Database, source: Path, *, files_only: bool = False) -> Contents:
    """Put a backup back, and log that. Nothing is changed unless every file in it is as it was written.

    ``files_only`` takes a backup without a workspace store too. Raises :class:`PlainError` when the home or the store
    holds anything already, and for a file that is no backup, not a whole one, or holds what no backup does.
    """
    _refuse_unless_empty(home, database)
    with staged_folder(home) as work, full_disk_said():
        listed = unpacked(source, work)
        if not (work / STORE).is_file() and not files_only:
            raise PlainError(
                f"“{source}” holds no workspace store, so no names, notes, links and log: restore its files "
                "alone with --files-only, if that is meant."
            )
        for gone in listed.gone:
            shutil.rmtree(work / "datasets" / gone, ignore_errors=True)
        if (work / STORE).is_file():
            _pour_from(source, work, database, listed.newest)
        fsync_tree(work)
        for name in FOLDERS:
            _put(work / name, home / name)
        if (work / SAMPLE_MARK).exists():
            shutil.copyfile(work / SAMPLE_MARK, home / SAMPLE_MARK)
        if (work / SHARING_KEY).exists():
            write_text(home / SHARING_KEY, (work / SHARING_KEY).read_text(encoding="utf-8", errors="replace"))
        fsync(home)
    audit_log.record(database, HOME_WORKSPACE, LOCAL_OWNER, "restored", source.name, {"made": listed.created})
    releases = len(list((home / "releases").glob("*/release.json")))
    return Contents(tuple(d.name for d in datasets(home)), releases, listed.files, listed.created)


def _pour_from(source: Path, work: Path, database: Database, known: Newest | None) -> None:
    """The rows of the backup's store into ours, and the key of its log, whose newest entry must be the one known."""
    try:
        copied = open_database(sqlite_url(work / STORE), work / "copy")
        try:
            with copied.reading() as session:
                newest = audit_log.newest_in(session)
            if known is not None and newest != known:
                raise PlainError(f"“{source}” holds another log than it was made with. Use another backup.")
            _pour(copied.engine, database)
        finally:
            copied.close()
    except PlainError:
        raise
    except (SQLAlchemyError, sqlite3.Error, ValueError, TypeError, OverflowError):
        raise PlainError(f"The workspace store in “{source}” cannot be read: use another backup.") from None
    key = work / KEY
    if key.is_file():
        (database.home / KEY).unlink(missing_ok=True)  # of a log that is empty
        database.seal.put_key(key.read_text(encoding="utf-8", errors="replace"))
    database.seal.begin_again(newest)


def _put(unpacked: Path, target: Path) -> None:
    """Put a whole folder in its place, by one rename. An empty one there makes room for it."""
    if not unpacked.is_dir():
        return
    for folder in unpacked.rglob("*"):
        if folder.is_dir():
            folder.chmod(0o700)
    (target / "lock").unlink(missing_ok=True)
    try:
        unpacked.rename(target)
    except OSError as error:
        raise PlainError(f"“{target}” is not empty: restore into an empty folder (EQUITY_HOME).") from error


class _Writing:
    """A backup on its way into a tar: what has been added so far, and its SHA-256."""

    def __init__(self, home: Path, tar: tarfile.TarFile) -> None:
        self.home, self.tar = home, tar
        self.sums: dict[str, str] = {}

    def everything(self, database: Database) -> Contents:
        """Add the files, then the rows, then what has happened to the files meanwhile."""
        held_datasets = datasets(self.home)
        for held in held_datasets:
            with held_for_loading(self.home, held.name):  # so it is not deleted under our hands
                self._folder(held.folder)
        shelf = self.home / "releases"
        releases = [path for path in sorted(shelf.iterdir()) if path.is_dir()] if shelf.is_dir() else []
        for folder in releases:
            self._folder(folder)
        if (self.home / SAMPLE_MARK).exists():
            self._file(self.home / SAMPLE_MARK)
        if (self.home / SHARING_KEY).is_file():
            self._file(self.home / SHARING_KEY)
        newest = self._rows(database)
        if (database.home / KEY).is_file():
            self._file(database.home / KEY, KEY)
        gone = [held for held in held_datasets if not self._is_still(held.folder / "dataset.json")]
        for folder in releases:
            for path in (folder / REVOKED_ENTRY, folder / "revoked"):
                if path.exists() and self._name(path) not in self.sums:
                    self._file(path)
        created = now()
        listed = {
            "format": FORMAT,
            "created": created,
            "gone": [held.folder.name for held in gone],
            "log": {"number": newest.number, "chain": newest.chain} if newest else {"number": 0, "chain": ""},
            "sums": self.sums,
        }
        with staged_folder(self.home) as work:
            (work / LIST).write_text(json.dumps(listed, indent=1), encoding="utf-8")
            self.tar.add(work / LIST, LIST)
        names = tuple(held.name for held in held_datasets if held not in gone)
        return Contents(names, len(releases), len(self.sums), created)

    def _rows(self, database: Database) -> Newest | None:
        with staged_folder(self.home) as work:
            copy = open_database(sqlite_url(work / STORE), work / "copy")
            _pour(database.engine, copy)
            with copy.reading() as session:
                newest = audit_log.newest_in(session)
            copy.close()
            self._file(work / STORE, STORE)
        return newest

    def _folder(self, folder: Path) -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != "lock" and not path.name.startswith("."):
                self._file(path)

    def _file(self, path: Path, name: str = "") -> None:
        name = name or self._name(path)
        self.sums[name] = _sum(path)
        self.tar.add(path, name, recursive=False, filter=_nobodys)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.home).as_posix()

    def _is_still(self, path: Path) -> bool:
        """Whether a file is what was added: a dataset of the same name made since has another key."""
        return self._name(path) not in self.sums or (path.is_file() and _sum(path) == self.sums[self._name(path)])


def _nobodys(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """A file's entry without the names of this machine's users."""
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    return info


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_unless_empty(home: Path, database: Database) -> None:
    """Say no to a home in which there is anything: a restore adds nothing to what is there and replaces nothing."""
    with database.reading() as session:
        counts = [(session.scalar(select(func.count()).select_from(table)) or 0, at) for table, at in _UNUSED.items()]
    used = any(count > unused for count, unused in counts)
    if used or datasets(home) or any((home / "releases").glob("*/release.json")):
        raise PlainError(
            f"The home folder “{home}” or its store is in use: restore into an empty folder (EQUITY_HOME) and an empty "
            "store, before the server is started there."
        )


_UNUSED: dict[type[Base], int] = {AuditRow: 0, WorkspaceRow: 1, PersonRow: 1}
"""How many rows a store has that nobody has used yet."""


def _pour(source: Engine, target: Database) -> None:
    """Copy all rows, as of one moment, into a store that nobody has used yet; in one transaction."""
    level = {"isolation_level": "REPEATABLE READ"} if source.dialect.name == "postgresql" else {}
    with source.connect().execution_options(**level) as reading, target.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != AuditRow.__tablename__:  # which is empty, and lets nobody delete
                session.execute(delete(table))
        for table in Base.metadata.sorted_tables:
            rows = reading.execute(select(table).execution_options(yield_per=ROWS_AT_A_TIME)).mappings()
            for some in rows.partitions():
                session.execute(table.insert(), [dict(row) for row in some])
        _count_on(session)


def _count_on(session: Session) -> None:
    """Have PostgreSQL number the next entry of the log after the last; SQLite does so by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT setval(pg_get_serial_sequence('audit_log', 'id'), max(id)) FROM audit_log HAVING max(id) > 0")
        )
