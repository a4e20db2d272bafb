"""Days as people read them: December 29, 2026; a month or a year where no more is known."""

from __future__ import annotations

import calendar
import datetime as dt

from equity.words.escaping import one_line


def describe_day(day: dt.date) -> str:
    """A day: December 29, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


def describe_moment(moment: dt.datetime) -> str:
    """A moment, which is kept in UTC: December 29, 2026, 14:30 UTC."""
    return f"{describe_day(moment.date())}, {moment:%H:%M} UTC"


def describe_date(text: str) -> str:
    """A date that is written down (``1946``, ``1946-08``, ``1946-08-13``, a moment); empty for none, other text stays.

    1946, August 1946, August 13, 1946.
    """
    year, *rest = text[:10].split("-")
    try:
        if len(rest) == 2:
            return describe_day(dt.date.fromisoformat(text[:10]))
        if len(rest) == 1:
            return f"{calendar.month_name[int(rest[0])]} {int(year)}"
    except (ValueError, IndexError):
        pass
    return one_line(text)


def is_past(text: str, today: dt.date) -> bool:
    """Whether a date that is written down to the day lies before today; another text never does."""
    try:
        return dt.date.fromisoformat(text[:10]) < today
    except ValueError:
        return False
