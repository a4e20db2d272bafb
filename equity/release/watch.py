"""How the making of a release tells where it is, and how a person stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from equity.vocabulary import PlainError

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]
Item = TypeVar("Item")


class ReleaseCancelled(PlainError):  # noqa: N818 - it is a choice and no error
    """A person stopped it; nothing is released."""

    def __init__(self) -> None:
        super().__init__("It was cancelled: nothing was released.")


class Watch:
    """Progress and cancelling of one release. ``share`` runs from 0 to 1, ``words`` say what is being done."""

    def __init__(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def say(self, share: float, words: str) -> None:
        """Tell how far it is; raises :class:`ReleaseCancelled` when a person has stopped it."""
        self.check()
        if self._progress is not None:
            self._progress(min(max(share, 0.0), 1.0), words)

    def check(self) -> None:
        """Raise :class:`ReleaseCancelled` when a person has stopped it."""
        if self._cancelled is not None and self._cancelled():
            raise ReleaseCancelled

    def drawn(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, asking before each whether a person has stopped it."""
        for item in items:
            self.check()
            yield item

    def part(self, begin: float, end: float) -> Watch:
        """The watch over a step that is this stretch of the whole."""
        return Watch(lambda share, words: self.say(begin + share * (end - begin), words), self._cancelled)
