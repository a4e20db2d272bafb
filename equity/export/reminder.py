"""A reminder for a calendar: half an hour each quarter for the reflection, as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime as dt

from icalendar import Alarm, Calendar, Event

from equity.vocabulary.period import add_months, period_start

MIME = "text/calendar; charset=utf-8"
AFTER = dt.timedelta(days=13)
"""When in the month after a quarter: by then its numbers are often there."""
TIMES = 6
"""How many quarters: eighteen months."""


def quarterly_reminder(quarter: str, title: str, words: str, made: dt.datetime) -> bytes:
    """An all-day event two weeks after the quarter, and each quarter from then on, with a reminder the day before.

    ``title`` and ``words`` are plain text; ``made`` is the moment that the file says it was made.
    """
    first = add_months(period_start(quarter), 3) + AFTER
    event = Event()
    event.add("uid", f"reflection-{quarter}@equity-lens")
    event.add("dtstamp", made)
    event.add("dtstart", first)
    event.add("dtend", first + dt.timedelta(days=1))
    event.add("summary", title)
    event.add("description", words)
    event.add("rrule", {"freq": "monthly", "interval": 3, "count": TIMES})
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", dt.timedelta(days=-1))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Equity Lens//Reflections//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
