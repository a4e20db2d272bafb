"""How a long reading tells where it is, and how a person stops it."""

from __future__ import annotations

import threading
from typing import Any

import duckdb

from equity.cube.engines.connection import Connection
from equity.vocabulary import LongWork, PlainError


class LoadingCancelled(PlainError):  # noqa: N818 - it is a choice and no error
    """A person stopped the loading; nothing that was there before is changed."""

    def __init__(self) -> None:
        super().__init__("Loading was canceled: nothing was changed.")


class Watch(LongWork):
    """Progress and cancelling for one reading; raises :class:`LoadingCancelled`."""

    def stopped(self) -> LoadingCancelled:
        """The sentence of :class:`LoadingCancelled`."""
        return LoadingCancelled()

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
