"""Notes with their answers as threads: who is named, what is new to somebody, what is looked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from equity.notes.note import Note, subject
from equity.store.records.kept import Kept

State = Literal["open", "closed", "all"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Thread:
    """A note with its answers, the oldest first. ``drafts`` are answers that their author has not put there yet."""

    note: Kept[Note]
    answers: tuple[Kept[Note], ...] = ()
    drafts: tuple[Kept[Note], ...] = ()

    @property
    def everything(self) -> tuple[Kept[Note], ...]:
        """The note and its answers."""
        return (self.note, *self.answers)

    @property
    def latest(self) -> str:
        """When something was last put there."""
        return max(each.content.kept for each in self.everything)


@dataclass(frozen=True)
class Wanted:
    """Which threads are looked for; an empty part means all of them."""

    page: str = ""
    author: str = ""
    lens: str = ""
    state: State = "open"


def threads(notes: Iterable[Kept[Note]]) -> tuple[Thread, ...]:
    """The threads among notes that one person may read, the one with the latest word first. Drafts begin none."""
    beginning: list[Kept[Note]] = []
    answers: dict[str, list[Kept[Note]]] = {}
    for kept in notes:
        if kept.content.link:
            beginning.append(kept)
        else:
            answers.setdefault(kept.parent, []).append(kept)
    begun = [_thread(kept, answers.get(kept.id, [])) for kept in beginning if not kept.content.is_draft]
    return tuple(sorted(begun, key=lambda thread: (thread.latest, thread.note.id), reverse=True))


def _thread(note: Kept[Note], below: Sequence[Kept[Note]]) -> Thread:
    put = sorted((each for each in below if not each.content.is_draft), key=lambda each: (each.content.kept, each.id))
    return Thread(note, tuple(put), tuple(each for each in below if each.content.is_draft))


def drafts(notes: Iterable[Kept[Note]]) -> tuple[Kept[Note], ...]:
    """Notes on cards that their author has not put there yet."""
    return tuple(kept for kept in notes if kept.content.link and kept.content.is_draft)


def about(among: Iterable[Thread], link: Mapping[str, str]) -> tuple[Thread, ...]:
    """The threads on a card: on the same question, of whatever period and version."""
    return tuple(thread for thread in among if subject(thread.note.content.link) == subject(link))


def chosen(among: Iterable[Thread], wanted: Wanted) -> tuple[Thread, ...]:
    """The threads that are looked for. A person or a lens counts where it wrote any word of the thread."""
    return tuple(thread for thread in among if _fits(thread, wanted))


def _fits(thread: Thread, wanted: Wanted) -> bool:
    return (
        wanted.page in ("", thread.note.content.page)
        and (not wanted.author or any(each.author == wanted.author for each in thread.everything))
        and (not wanted.lens or any(each.content.lens == wanted.lens for each in thread.everything))
        and (wanted.state == "all" or thread.note.content.closed == (wanted.state == "closed"))
    )


def new_to(among: Iterable[Thread], person: str, until: str) -> tuple[Kept[Note], ...]:
    """What others put there after a moment, the latest first; what names the person stands before the rest."""
    fresh = [
        each for thread in among for each in thread.everything if each.content.kept > until and each.author_id != person
    ]
    fresh.sort(key=lambda each: each.content.kept, reverse=True)
    return tuple(sorted(fresh, key=lambda each: person not in each.content.named))


def named_in(words: str, people: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The ids of those whom words name with @: by the whole name, or by a first name that only one person has.

    ``people`` are pairs of an id and a name. Nobody is guessed: an @ that could be two people names neither.
    """
    whole = {name.casefold(): key for key, name in people if name.strip()}
    first = Counter(name.split()[0].casefold() for _, name in people if name.strip())
    by_first = {
        name.split()[0].casefold(): key
        for key, name in people
        if name.strip() and first[name.split()[0].casefold()] == 1
    }
    ids: list[str] = []
    for at in re.finditer("@", words):
        key = _named_here(words[at.end() :].casefold(), whole) or _named_here(words[at.end() :].casefold(), by_first)
        if key and key not in ids:
            ids.append(key)
    return tuple(ids)


def _named_here(rest: str, names: Mapping[str, str]) -> str:
    """Whose name a text begins with, the longest first; empty for nobody's."""
    for name in sorted(names, key=len, reverse=True):
        if rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum():
            return names[name]
    return ""
