"""An invitation for a calendar (RFC 5545)."""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event

from equity.words.escaping import one_line
from equity.words.labels.export import EXPORT_TEXTS


def as_calendar(call_id: str, title: str, start: dt.datetime, minutes: int, address: str, code: str) -> bytes:
    """One event: ``start`` is aware, the address opens the call, the code is said aloud."""
    event = Event()
    event.add("uid", f"{call_id}@equity-lens")
    event.add("summary", one_line(title, 200))
    event.add("dtstamp", dt.datetime.now(dt.UTC))
    event.add("dtstart", start.astimezone(dt.UTC))
    event.add("dtend", (start + dt.timedelta(minutes=minutes)).astimezone(dt.UTC))
    event.add("location", address)
    said = EXPORT_TEXTS["join_in_the_browser_or_type"].format(address=address, code=code)
    event.add("description", said)
    calendar = Calendar()
    calendar.add("prodid", "-//Equity Lens//Learning call//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
