"""Records as they are handed around: as one stands, as it stood once, and two texts that met."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar, get_args

from equity.store.records.nouns import Noun
from equity.store.workspace.conflict import Conflict

T = TypeVar("T")

Readers = Literal["author", "team", "leaders", "network"]
"""Who may read a record: whoever wrote it, the team, its leaders too, or all that the team shares with."""
READERS: tuple[Readers, ...] = get_args(Readers)


@dataclass(frozen=True)
class Kept(Generic[T]):
    """A record as it stands. ``author`` and ``author_id`` are empty for one without an author."""

    id: str
    workspace: str
    parent: str
    content: T
    readers: Readers
    version: int
    author: str
    author_id: str
    created: dt.datetime
    edited_by: str
    edited: dt.datetime
    withdrawn: dt.datetime | None


@dataclass(frozen=True)
class Earlier(Generic[T]):
    """How a record stood once."""

    version: int
    content: T
    edited_by: str
    edited: dt.datetime


class RecordConflict(Conflict, Generic[T]):
    """A conflict over a record: ``theirs_kept`` is what stands now, None when it was withdrawn meanwhile."""

    def __init__(self, noun: Noun[T], yours: T | None, theirs: Kept[T] | None) -> None:
        self.yours_content, self.theirs_kept = yours, theirs
        super().__init__(
            noun.what,
            "" if yours is None else noun.written(yours),
            "" if theirs is None else noun.written(theirs.content),
            "" if theirs is None else theirs.edited_by,
            0 if theirs is None else theirs.version,
        )
