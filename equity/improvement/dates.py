"""Days that people type or pick, as they are kept: YYYY-MM-DD, empty where none is set."""

from __future__ import annotations

import datetime as dt

from equity.vocabulary import PlainError


def day(text: str) -> dt.date | None:
    """The day; None for an empty text.

    Raises:
        PlainError: the text is no day of the calendar.
    """
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise PlainError(f"“{text[:40]}” is not a day: write it as 2027-03-31.") from None


def in_order(begins: str, ends: str) -> None:
    """Raise :class:`PlainError` when an end lies before its beginning, or one of them is no day."""
    first, last = day(begins), day(ends)
    if first is not None and last is not None and last < first:
        raise PlainError(f"The end ({ends}) lies before the beginning ({begins}): choose a later end.")
