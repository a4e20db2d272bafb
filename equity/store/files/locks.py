"""Locks between threads and processes: a file that one holder at a time has under ``flock``.

The operating system frees a lock when its holder ends, however it ends. A lock file may be unlinked by its holder, so
whoever gets a lock checks that the file is still the one at its path.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def acquire(path: Path, *, exclusive: bool = True) -> int | None:
    """Take the lock at this path (made when missing) and give its file descriptor; None when somebody else has it.

    ``exclusive`` keeps everyone else out; otherwise others that are not ``exclusive`` may hold it at the same
    time. Close the descriptor to free the lock. Raises FileNotFoundError when the folder around it is gone.
    """
    kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
    while True:
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(held, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
            return None
        except BaseException:
            os.close(held)
            raise
        if _is_still_at(path, held):
            return held
        os.close(held)


@contextmanager
def exclusive_lock(path: Path, patience: float = 0.1) -> Iterator[None]:
    """Hold the lock at this path for the time of a ``with`` block, waiting for whoever has it."""
    while (lock := acquire(path)) is None:
        time.sleep(patience)
    try:
        yield
    finally:
        os.close(lock)


def _is_still_at(path: Path, held: int) -> bool:
    try:
        at_path = path.stat()
    except FileNotFoundError:
        return False
    mine = os.fstat(held)
    return (at_path.st_dev, at_path.st_ino) == (mine.st_dev, mine.st_ino)
