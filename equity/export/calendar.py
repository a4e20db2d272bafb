"""Invitations for a calendar (RFC 5545): a learning call, and all calls of a cohort."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from icalendar import Calendar, Event

from equity.network.members import Meeting
from equity.words.escaping import one_line
from equity.words.labels.export import EXPORT_TEXTS

MIME: Final = "text/calendar"


def as_calendar(call_id: str, title: str, start: dt.datetime, minutes: int, address: str, code: str) -> bytes:
    """One event: ``start`` is aware, the address opens the call, the code is said aloud."""
    event = _event(call_id, title, start, minutes, address, dt.datetime.now(dt.UTC))
    event.add("description", EXPORT_TEXTS["join_in_the_browser_or_type"].format(address=address, code=code))
    return _written([event], "Learning call")


def meetings_calendar(meetings: Mapping[str, Meeting], made: dt.datetime) -> bytes:
    """The calls of a cohort by their records' ids; read again, an event takes the place of the one before it.

    ``made`` is the aware moment that the file says it was made.
    """
    events = []
    for record, meeting in meetings.items():
        begins = dt.datetime.fromisoformat(meeting.begins)
        event = _event(record, meeting.title, begins, meeting.minutes, one_line(meeting.where, 400), made)
        event.add("description", one_line(meeting.about, 2_000))
        events.append(event)
    return _written(events, "Calls for all teams")


def _event(record: str, title: str, start: dt.datetime, minutes: int, where: str, made: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{record}@equity-lens")
    event.add("summary", one_line(title, 200))
    event.add("dtstamp", made)
    event.add("dtstart", start.astimezone(dt.UTC))
    event.add("dtend", (start + dt.timedelta(minutes=minutes)).astimezone(dt.UTC))
    event.add("location", where)
    return event


def _written(events: list[Event], what: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//Equity Lens//{what}//EN")
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
