"""How long work tells where it is, and how a person stops it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from equity.vocabulary.errors import PlainError

Progress = Callable[[float, str], None]
"""Told the share done, from 0 to 1, and what is being done, in words."""
Cancelled = Callable[[], bool]
"""Asked whether a person has stopped the work."""


class LongWork(ABC):
    """Progress and cancelling of one piece of work. Each room says by what it is ``stopped``."""

    def __init__(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def say(self, share: float, words: str) -> None:
        """Tell how far it is; raises what it is ``stopped`` by when a person has stopped it."""
        self.check()
        if self._progress is not None:
            self._progress(min(max(share, 0.0), 1.0), words)

    def check(self) -> None:
        """Raise what it is ``stopped`` by when a person has stopped it."""
        if self._cancelled is not None and self._cancelled():
            raise self.stopped()

    @abstractmethod
    def stopped(self) -> PlainError:
        """What is raised: a sentence that says what came of it."""
