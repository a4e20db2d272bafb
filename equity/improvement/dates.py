"""Days that people type or pick, as they are kept: YYYY-MM-DD, empty where none is set."""

from __future__ import annotations

import datetime as dt
import re

from equity.vocabulary import PlainError

EARLIEST, LATEST = 1900, 2199
"""The years in which work is planned and was done; the team's history has its own dates."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day(text: str) -> dt.date | None:
    """The day; None for an empty text.

    Raises:
        PlainError: the text is no day of the calendar, or lies in another age.
    """
    if not text:
        return None
    try:
        parsed = dt.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        parsed = None
    if parsed is None:
        raise PlainError(f"“{text[:40]}” is not a day: write it as 2027-03-31.")
    if not EARLIEST <= parsed.year <= LATEST:
        raise PlainError(f"{text} is too far away: choose a day from {EARLIEST} to {LATEST}.")
    return parsed


def days(*texts: str) -> None:
    """Raise :class:`PlainError` when one of the texts is no day."""
    for text in texts:
        day(text)


def in_order(begins: str, ends: str) -> None:
    """Raise :class:`PlainError` when an end lies before its beginning, or one of them is no day."""
    first, last = day(begins), day(ends)
    if first is not None and last is not None and last < first:
        raise PlainError(f"The end ({ends}) lies before the beginning ({begins}): choose a later end.")
