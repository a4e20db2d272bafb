"""How the making of a release tells where it is, and how a person stops it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from equity.vocabulary import LongWork, PlainError

Item = TypeVar("Item")


class ReleaseCancelled(PlainError):  # noqa: N818 - it is a choice and no error
    """A person stopped it; nothing is released."""

    def __init__(self) -> None:
        super().__init__("It was canceled: nothing was released.")


class Watch(LongWork):
    """Progress and cancelling of one release; raises :class:`ReleaseCancelled`."""

    def stopped(self) -> ReleaseCancelled:
        """The sentence of :class:`ReleaseCancelled`."""
        return ReleaseCancelled()

    def drawn(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, asking before each whether a person has stopped it."""
        for item in items:
            self.check()
            yield item

    def part(self, begin: float, end: float) -> Watch:
        """The watch over a step that is this stretch of the whole."""
        return Watch(lambda share, words: self.say(begin + share * (end - begin), words), self._cancelled)
