"""A note on a card: words, from a lens, with the card's recipe and with the sentence as it was when they were written.

It keeps no number but what that sentence says, so it is for the team: whoever reads releases alone never gets one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from equity.store.records.kept import Readers
from equity.vocabulary import PlainError
from equity.vocabulary.lenses import LENSES, TEAM
from equity.vocabulary.written import is_written

LONGEST_WORDS = 4_000
READERS: tuple[Readers, ...] = ("team", "author")
"""Who may read a note: the sentence of its card holds the workspace's own numbers, so nobody beyond the team."""

SUBJECT_PARTS = ("dataset", "card", "measure", "by", "second", "third", "within", "group", "standard")
"""What makes two cards one subject to talk about; period, filter, comparison and version may differ."""


@dataclass(frozen=True)
class Note:
    """One note, or an answer to one.

    words    what was written
    lens     from which view
    link     how the card is made again, as the parameters of a link; empty for an answer
    asked    the card's question, as a sentence, with its data and their version
    finding  the card's sentence as it was
    kept     when it was put there, as an ISO moment; empty while it is a draft, which only its author sees
    named    ids of the people whom it names with @
    closed   whether the talk under it is over
    linked   ids of other notes that belong to it
    """

    words: str = ""
    lens: str = TEAM
    link: dict[str, str] = field(default_factory=dict)
    asked: str = ""
    finding: str = ""
    kept: str = ""
    named: tuple[str, ...] = ()
    closed: bool = False
    linked: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether nobody but its author can see it yet."""
        return not self.kept

    @property
    def dataset(self) -> str:
        """The dataset of its card; empty for an answer."""
        return self.link.get("dataset", "")

    @property
    def page(self) -> str:
        """The page of its card; empty for an answer."""
        return self.link.get("card", "").partition(".")[0]


def subject(link: Mapping[str, str]) -> tuple[str, ...]:
    """What a card is about, of the parameters of its link."""
    return tuple(link.get(part, "") for part in SUBJECT_PARTS)


def begun(link: Mapping[str, str], asked: str, finding: str) -> Note:
    """The draft of a note on a card."""
    return Note(link=dict(link), asked=asked, finding=finding)


def drafted(before: Note, words: str, lens: str) -> Note:
    """A draft with what its form holds."""
    return replace(before, words=words, lens=_lens(lens))


def placed(draft: Note, named: tuple[str, ...], moment: dt.datetime) -> Note:
    """The draft as a note that others read.

    Raises:
        PlainError: nothing is written, or more than there is room for.
    """
    return replace(reworded(draft, draft.words, named), kept=moment.isoformat())


def reworded(before: Note, words: str, named: tuple[str, ...]) -> Note:
    """The note in other words; raises :class:`PlainError` when nothing is written, or too much."""
    if not is_written(words):
        raise PlainError("Write a sentence first: this note is empty.")
    if len(words) > LONGEST_WORDS:
        raise PlainError(f"This note has {len(words):,} characters: {LONGEST_WORDS:,} is the most.")
    return replace(before, words=words, named=named)


def linked_with(before: Note, other: str) -> Note:
    """The note with another one that belongs to it."""
    return before if other in before.linked else replace(before, linked=(*before.linked, other))


def _lens(lens: str) -> str:
    if lens != TEAM and lens not in LENSES:
        raise PlainError(f"There is no lens “{lens[:40]}”: choose among {', '.join(LENSES)}.")
    return lens


@dataclass(frozen=True)
class NotesRead:
    """Up to which moment somebody has read the notes; its author alone reads it."""

    until: str = ""
