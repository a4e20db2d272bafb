"""Folders of work in progress. Nothing in them is visible as data, and none outlives its holder.

Beside each folder lies a lock (``<random>.lock``) that its holder has. The operating system frees it when the process
ends, even when killed; a folder whose lock nobody has is swept by the next that comes along.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from equity.store.files.disk import full_disk_said
from equity.store.files.home import home_folder
from equity.store.files.locks import acquire

_held: dict[Path, int] = {}


def new_folder(home: Path | None = None) -> Path:
    """A new empty folder, held by this process until :func:`discard` or the process's end. Sweeps what nobody holds."""
    staging = (home_folder() if home is None else home) / "staging"
    with full_disk_said():
        staging.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(staging.parent)
        lock = None
        while lock is None:  # a sweep may look at the lock just made
            folder = staging / secrets.token_hex(8)
            lock = acquire(_lock_of(folder))
        _held[folder] = lock
        folder.mkdir(mode=0o700)
    return folder


def discard(folder: Path) -> None:
    """Remove a folder that :func:`new_folder` gave, with all in it, and let go of it. Gone already is fine."""
    shutil.rmtree(folder, ignore_errors=True)
    _lock_of(folder).unlink(missing_ok=True)
    lock = _held.pop(folder, None)
    if lock is not None:
        os.close(lock)


@contextmanager
def staged_folder(home: Path) -> Iterator[Path]:
    """A new folder for the time of a ``with`` block: removed at its end, unless it was moved away by then."""
    folder = new_folder(home)
    try:
        yield folder
    finally:
        discard(folder)


def sweep(home: Path) -> int:
    """Remove the folders that nobody holds, and say how many there were."""
    staging, removed = home / "staging", 0
    folders = {path.with_suffix("") for path in staging.iterdir()} if staging.is_dir() else set()
    for folder in folders:
        if folder in _held:  # asked one by one: other threads take folders and let go of them meanwhile
            continue
        lock = acquire(_lock_of(folder))
        if lock is None:
            continue
        removed += folder.is_dir()
        shutil.rmtree(folder, ignore_errors=True)
        _lock_of(folder).unlink(missing_ok=True)
        os.close(lock)
    return removed


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")
