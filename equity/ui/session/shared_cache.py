"""Answers that are worked out once and kept for everyone: the latest so many of each kind.

Streamlit's own cache takes a quarter of a millisecond to make a key of a question, several times a page; a question is
a value that can be looked up as it is. The shelves themselves stand in that cache, so what empties it empties them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

import streamlit as st

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def shared_cache(most: int) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """The same function of hashable values, which keeps its latest answers; whoever asks meanwhile waits for the first.

    An answer is shared, so nobody may change it. An error is not kept.
    """

    def keeping(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        name = f"{ask.__module__}.{ask.__qualname__}"

        @wraps(ask)
        def asked(*question: Asked.args, **named: Asked.kwargs) -> Answer:
            place = _shelves().of(name).place((question, tuple(named.items())), most)
            with place.lock:
                if not place.filled:
                    place.answer, place.filled = ask(*question, **named), True
            answer: Answer = place.answer
            return answer

        return asked

    return keeping


@dataclass
class _Place:
    lock: Lock = field(default_factory=Lock)
    filled: bool = False
    answer: Any = None


@dataclass
class _Shelf:
    """The places of one kind of answer, the one asked for longest ago first."""

    lock: Lock = field(default_factory=Lock)
    places: OrderedDict[Hashable, _Place] = field(default_factory=OrderedDict)

    def place(self, question: Hashable, most: int) -> _Place:
        with self.lock:
            place = self.places.setdefault(question, _Place())
            self.places.move_to_end(question)
            while len(self.places) > most:
                self.places.popitem(last=False)
        return place


@dataclass
class _Shelves:
    lock: Lock = field(default_factory=Lock)
    held: dict[str, _Shelf] = field(default_factory=dict)

    def of(self, name: str) -> _Shelf:
        with self.lock:
            return self.held.setdefault(name, _Shelf())


@st.cache_resource(show_spinner=False)
def _shelves() -> _Shelves:
    return _Shelves()
