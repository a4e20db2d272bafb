"""What is safely on disk, and a sentence when the disk is full."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from equity.vocabulary import PlainError

FULL = (errno.ENOSPC, errno.EDQUOT)


class DiskFullError(PlainError):
    """There is no room left for what was asked; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "The disk that holds the data folder is full, and nothing was changed: free some space and try again."
        )


@contextmanager
def full_disk_said() -> Iterator[None]:
    """Raise :class:`DiskFullError` in place of the operating system's word for it."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFullError from error
        raise


def write_text(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a file in one step: whoever reads the path sees the old text or the new, never half of it."""
    beside = path.with_name(f".{path.name}.new")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as file:  # noqa: PTH123
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            beside.unlink()
            raise
    beside.replace(path)
    fsync(path.parent)


def fsync(path: Path) -> None:
    """Have the disk hold a file's bytes, or a folder's entries, before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fsync_tree(folder: Path) -> None:
    """Settle every file below a folder, and the folders themselves."""
    for path in sorted(folder.rglob("*"), reverse=True):
        fsync(path)
    fsync(folder)
