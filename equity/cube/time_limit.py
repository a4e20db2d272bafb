"""A statement that ends: interrupted when its time is up, or when somebody stops it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_LOOK = 0.05


@contextmanager
def interrupted_after(
    seconds: float, connection: duckdb.DuckDBPyConnection, stop: threading.Event | None = None
) -> Iterator[None]:
    """Interrupt what runs inside once the time is up, and again until it ends (a call before it begins is lost).

    Setting ``stop`` interrupts it within a twentieth of a second.
    """
    done = threading.Event()

    def watch() -> None:
        end = time.monotonic() + seconds
        while not done.wait(_LOOK if stop is not None else max(_LOOK, end - time.monotonic())):
            if time.monotonic() >= end or (stop is not None and stop.is_set()):
                connection.interrupt()

    guard = threading.Thread(target=watch, daemon=True)
    guard.start()
    try:
        yield
    finally:
        done.set()
        guard.join()
