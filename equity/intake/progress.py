"""How a long reading tells where it is, and how a person stops it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import duckdb

from equity.cube.engines.connection import Connection
from equity.vocabulary import PlainError

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]


class LoadingCancelled(PlainError):  # noqa: N818 - it is a choice and no error
    """A person stopped the loading; nothing that was there before is changed."""

    def __init__(self) -> None:
        super().__init__("Loading was cancelled: nothing was changed.")


class Watch:
    """Progress and cancelling for one reading. ``share`` runs from 0 to 1, ``words`` say what is being done."""

    def __init__(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def say(self, share: float, words: str) -> None:
        """Tell how far the reading is; raises :class:`LoadingCancelled` when a person has stopped it."""
        self.check()
        if self._progress is not None:
            self._progress(min(max(share, 0.0), 1.0), words)

    def check(self) -> None:
        """Raise :class:`LoadingCancelled` when a person has stopped the reading."""
        if self._cancelled is not None and self._cancelled():
            raise LoadingCancelled

    def run(self, connection: Connection, sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        """Run one statement, interrupted within a fifth of a second when a person stops the reading."""
        self.check()
        if self._cancelled is None:
            return connection.execute(sql, parameters).fetchall()
        done = threading.Event()
        guard = threading.Thread(target=self._guard, args=(connection, done), daemon=True)
        guard.start()
        try:
            return connection.execute(sql, parameters).fetchall()
        except duckdb.InterruptException:
            raise LoadingCancelled from None
        finally:
            done.set()
            guard.join()

    def _guard(self, connection: Connection, done: threading.Event) -> None:
        while not done.wait(0.2):
            if self._cancelled is not None and self._cancelled():
                connection.interrupt()
                return
