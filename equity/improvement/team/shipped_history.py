"""The events of US history that come with the product, read once from ``us_history.toml`` beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("us_history.toml")


@dataclass(frozen=True)
class ShippedEvent:
    """One event.

    ``date`` and ``until`` are as exact as what was checked: a year, a month or a day. ``second_hand`` says that no
    source is the event's own document, ``checked`` is the day on which the sources were read, ``violence`` that a note
    stands before it, ``question`` is what a team can talk about.
    """

    key: str
    date: str
    said: str
    sources: tuple[str, ...]
    checked: str
    question: str
    until: str = ""
    second_hand: bool = False
    violence: bool = False


@cache
def shipped_events() -> tuple[ShippedEvent, ...]:
    """The shipped events, the oldest first."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))["event"]
    events = [ShippedEvent(**{**each, "sources": tuple(each["sources"])}) for each in read]
    return tuple(sorted(events, key=lambda event: event.date))
