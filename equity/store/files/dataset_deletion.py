"""A dataset taken away with all its versions and its key, and what was removed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from equity.store.files.disk import fsync
from equity.store.files.locks import acquire
from equity.store.files.staging import staged_folder
from equity.store.files.versions import dataset
from equity.vocabulary import PlainError


@dataclass(frozen=True)
class Removed:
    """What :func:`delete_dataset` took away."""

    name: str
    versions: int
    files: int
    bytes: int

    def __str__(self) -> str:
        return (
            f"Removed “{self.name}”: {self.versions} version{'s' if self.versions != 1 else ''}, {self.files} files, "
            f"{self.bytes:,} bytes, and the key that its person ids were hashed with."
        )


def delete_dataset(home: Path, name: str, *, first: Callable[[], None] = lambda: None) -> Removed:
    """Take a dataset away with all its versions and its key, and say what was removed.

    It is gone by one rename, then its bytes. ``first`` is called when nothing stands in the way any more, before
    anything is taken away. Raises :class:`PlainError` when it is not there, or is being loaded.
    """
    held = dataset(home, name)
    lock = acquire(held.folder / "lock")
    if lock is None:
        raise PlainError(f"“{held.name}” is being loaded right now: delete it when that has finished.")
    try:
        first()
        with staged_folder(home) as staged:
            gone = staged / "deleted"
            held.folder.rename(gone)
            fsync(held.folder.parent)
            files = [path for path in gone.rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files)
            return Removed(held.name, len(held.versions), len(files), size)
    finally:
        os.close(lock)
