"""The kinds of record: one registry, so that listing, export, import and the rules for readers walk over all of them.

A noun is a name and a frozen dataclass for what a record of it holds. The dataclass lives in the room whose rules it
follows (``equity/focus``, ``equity/improvement``) or beside this file; here it only is JSON that has that form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec

from equity.vocabulary import PlainError

T = TypeVar("T")


@dataclass(frozen=True)
class Noun(Generic[T]):
    """One kind of record.

    name    how it is called in files and commands: ``aim``, ``decision``
    holds   the frozen dataclass of what a record of it holds
    what    how a sentence calls one: "this aim"
    check   raises :class:`PlainError` for content of the right form that no page could show, such as a day that is none
    """

    name: str
    holds: type[T]
    what: str
    check: Callable[[T], object] | None = None

    def written(self, content: T) -> str:
        """The content as JSON."""
        return msgspec.json.encode(content).decode()

    def read(self, text: str) -> T:
        """The content that was written; raises :class:`PlainError` when it has another form."""
        try:
            return msgspec.json.decode(text, type=self.holds)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise PlainError(
                f"{self.what.capitalize()} cannot be read ({error}): it was written in another form."
            ) from None

    def checked(self, content: Any) -> T:
        """The content that came by a file as plain JSON values.

        Raises :class:`PlainError` when it has another form, or is one that no page could show.
        """
        try:
            converted = msgspec.convert(content, self.holds)
        except msgspec.ValidationError as error:
            raise PlainError(f"not a record of this kind ({error})") from None
        if self.check is not None:
            self.check(converted)
        return converted

    def schema(self) -> dict[str, Any]:
        """The form as a JSON Schema (draft 2020-12), written beside an export."""
        return msgspec.json.schema(self.holds)


@dataclass
class Registry:
    """The nouns by name."""

    _by_name: dict[str, Noun[Any]] = field(default_factory=dict)

    def add(self, noun: Noun[T]) -> Noun[T]:
        """Put a noun among the others; a name is given once."""
        if noun.name in self._by_name:
            raise ValueError(f"there is a noun {noun.name} already")
        self._by_name[noun.name] = noun
        return noun

    def __iter__(self) -> Iterator[Noun[Any]]:
        return iter(self._by_name.values())

    def named(self, name: str) -> Noun[Any]:
        """The noun of that name; raises :class:`PlainError` that lists those there are."""
        if name not in self._by_name:
            raise PlainError(f"There is no kind of record “{name}”: there are {', '.join(self._by_name)}.")
        return self._by_name[name]


NOUNS = Registry()
