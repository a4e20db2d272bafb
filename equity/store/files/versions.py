"""Datasets and their versions on disk (docs/house.md: "A version on disk").

A version is a folder that appears whole, by one rename, and never changes afterwards. The current version is the one
with the highest number.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import errno
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from equity.store.files.checksums import DamagedError, checked_description, write_checksums
from equity.store.files.dataset_identity import identity_of, identity_sum
from equity.store.files.disk import fsync, fsync_tree, full_disk_said, write_text
from equity.store.files.locks import acquire
from equity.store.files.naming import clean_name, folder_name
from equity.store.files.owner_file import write_owner
from equity.store.files.step_log import StepLog
from equity.vocabulary import Description, PlainError

ENTRY, REVOKED_ENTRY = "entry.json", "revoked.json"
"""What the audit log says of a version or release, beside it, and of its being taken back (publishing.py)."""
PATIENCE = 0.05  # seconds between two looks at a lock that somebody else has
_NUMBER = re.compile(r"^\d{6}$")


@dataclass(frozen=True)
class Version:
    """One version of a dataset: its number (1 is the first) and the folder that holds it."""

    dataset: str
    number: int
    folder: Path

    def description(self) -> Description:
        """What the version holds; raises :class:`DamagedError` when its files are not as they were written."""
        return checked_description(self.folder)


@dataclass(frozen=True)
class Dataset:
    """A dataset that has at least one version, oldest first."""

    name: str
    folder: Path
    versions: tuple[Version, ...]

    @property
    def current(self) -> Version:
        """The version with the highest number."""
        return self.versions[-1]

    def __str__(self) -> str:
        return f"{self.name} (version {self.current.number})"


@dataclass(frozen=True)
class Holding:
    """A dataset that somebody holds while loading into it: it cannot be deleted under their hands."""

    name: str
    folder: Path

    def current(self) -> Version | None:
        """The version with the highest number; None in a dataset that is still without one."""
        return max(_versions(self.folder, self.name), key=lambda v: v.number, default=None)

    def person_key(self) -> bytes:
        """The dataset's own secret (32 bytes) that person ids are hashed with: made once, in its owner's file."""
        return identity_of(self.folder).person_key

    def publish(
        self,
        staged: Path,
        by: StepLog | None = None,
        action: Literal["loaded", "rolled_back"] = "loaded",
        facts: Mapping[str, str | int] = MappingProxyType({}),
    ) -> int:
        """Make a staged folder the dataset's next version, and give its number.

        ``description.json`` gets the dataset's name and the number. All is on disk before the one rename that makes it
        visible. Two who publish at once both succeed, one number after the other. ``by`` logs it, with these facts.
        Raises :class:`DiskFullError`; no version is there then.
        """
        versions = self.folder / "versions"
        with full_disk_said():
            versions.mkdir(mode=0o700, exist_ok=True)
            current = self.current()
            number = current.number if current else 0
            while True:
                number += 1
                _number(staged, self.name, number)
                if by is not None:
                    write_owner(self.folder, by.workspace)
                    by.announce(staged / ENTRY, action, self.name, {"version": number, **facts})
                write_checksums(staged)
                fsync_tree(staged)
                folder = versions / f"{number:06d}"
                try:
                    staged.rename(folder)
                except OSError as error:
                    if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                        raise
                else:
                    for around in (versions, *versions.parents[:3]):  # up to the home folder: all may be new
                        fsync(around)
                    break
        if by is not None:
            by.log(folder / ENTRY)
        return number


def datasets(home: Path) -> tuple[Dataset, ...]:
    """All datasets that have a version, by name."""
    held = [_dataset(folder) for folder in _entries(home / "datasets")]
    return tuple(sorted((d for d in held if d is not None and d.versions), key=lambda d: (d.name.casefold(), d.name)))


def dataset(home: Path, name: str) -> Dataset:
    """The dataset of this name; raises :class:`PlainError` that lists the names there are, or says it is damaged."""
    named = _dataset_of(dataset_folder(home, name))
    if named is None or not named.versions:
        names = ", ".join(f"“{d.name}”" for d in datasets(home)) or "none yet"
        raise PlainError(f"There is no dataset “{clean_name(name)}”. The datasets there are: {names}.")
    return named


def current_version(home: Path, name: str) -> Version:
    """The version of this dataset with the highest number; raises :class:`PlainError` when there is no such dataset."""
    return dataset(home, name).current


def version_folder(home: Path, name: str, number: int) -> Path:
    """The folder of one version; raises :class:`PlainError` when the dataset or the version is not there."""
    held = dataset(home, name)
    for version in held.versions:
        if version.number == number:
            return version.folder
    numbers = ", ".join(str(version.number) for version in held.versions)
    raise PlainError(f"“{held.name}” has no version {number}. The versions there are: {numbers}.")


def dataset_folder(home: Path, name: str) -> Path:
    """Where a dataset of this name lives, whether or not it is there."""
    return home / "datasets" / folder_name(name)


@contextmanager
def held_for_loading(home: Path, name: str, waiting: Callable[[], None] | None = None) -> Iterator[Holding]:
    """Make the dataset's folder when missing, and keep it from being deleted. Others may load at the same time.

    ``waiting`` is called several times a second while somebody else has the dataset alone; raising in it ends the wait.
    """
    with _held(home, name, waiting, exclusive=False) as holding:
        yield holding


@contextmanager
def held_for_changing(home: Path, name: str, waiting: Callable[[], None] | None = None) -> Iterator[Holding]:
    """As :func:`held_for_loading`, but alone: for who adds to the current version, which must stay the current one."""
    with _held(home, name, waiting, exclusive=True) as holding:
        yield holding


@contextmanager
def _held(home: Path, name: str, waiting: Callable[[], None] | None, *, exclusive: bool) -> Iterator[Holding]:
    folder = dataset_folder(home, name)
    with full_disk_said():
        lock = _enter(folder, waiting, exclusive)
        _introduce(folder, clean_name(name))
    try:
        yield Holding(clean_name(name), folder)
    finally:
        os.close(lock)
        _leave(folder)


def _enter(folder: Path, waiting: Callable[[], None] | None, exclusive: bool) -> int:
    while True:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            lock = acquire(folder / "lock", exclusive=exclusive)
        except FileNotFoundError:  # deleted between these two lines
            continue
        if lock is not None:
            return lock
        if waiting is not None:
            waiting()
        time.sleep(PATIENCE)


def _introduce(folder: Path, name: str) -> None:
    """Write ``dataset.json`` unless it is there: the first who does so decides on the key."""
    path = folder / "dataset.json"
    if path.exists():
        return
    own = folder / f".dataset.json.{secrets.token_hex(4)}"
    key = secrets.token_hex(32)
    raw = {"name": name, "person_key": key, "sha256": identity_sum(name, key)}
    write_text(own, json.dumps(raw, ensure_ascii=False, indent=1))
    with suppress(FileExistsError):
        path.hardlink_to(own)
    own.unlink()


def _leave(folder: Path) -> None:
    """Take a dataset away that is still without a version when the last who holds it leaves."""
    with suppress(OSError):
        lock = acquire(folder / "lock")
        if lock is not None:
            if not _versions(folder, ""):
                shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def now() -> str:
    """The time as versions and releases record it: UTC, ISO 8601, fine enough to tell two of one second apart."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def damaged_datasets(home: Path) -> tuple[tuple[Path, str], ...]:
    """The folders whose ``dataset.json`` is not as it was written, each with a sentence; they are not shown as data."""
    damaged: list[tuple[Path, str]] = []
    for folder in sorted(_entries(home / "datasets")):
        try:
            _dataset_of(folder)
        except DamagedError as damage:
            damaged.append((folder, str(damage)))
    return tuple(damaged)


def _dataset(folder: Path) -> Dataset | None:
    """The dataset in a folder; None where there is none, or one that is set apart because it is damaged."""
    try:
        return _dataset_of(folder)
    except DamagedError:
        return None


def _dataset_of(folder: Path) -> Dataset | None:
    try:
        name = identity_of(folder).name
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Dataset(name, folder, _versions(folder, name))


def _versions(folder: Path, name: str) -> tuple[Version, ...]:
    numbers = sorted(int(path.name) for path in _entries(folder / "versions") if _NUMBER.match(path.name))
    return tuple(Version(name, number, folder / "versions" / f"{number:06d}") for number in numbers)


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _number(staged: Path, name: str, number: int) -> None:
    path = staged / "description.json"
    description = Description.from_json(path.read_text(encoding="utf-8"))
    write_text(path, dataclasses.replace(description, dataset=name, version=number).to_json())
