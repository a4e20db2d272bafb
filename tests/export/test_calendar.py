"""All calls of a cohort as a calendar reads them: UTC, one event each under a name that stays, hostile text as text."""

from __future__ import annotations

import datetime as dt

import icalendar

from equity.export.calendar import meetings_calendar
from equity.network.members import Meeting

MADE = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)


def test_every_call_is_an_event_that_changes_when_it_moves() -> None:
    title = "Our; first call,\r\nBEGIN:VALARM"
    first = Meeting(title, "2026-12-03T11:00:00-05:00", 45, "By video", "What we learned")
    second = Meeting("Second call", "2027-01-07T16:00:00+00:00")
    read = icalendar.Calendar.from_ical(meetings_calendar({"a": first, "b": second}, MADE))
    one, other = read.walk("VEVENT")
    assert read.walk("VALARM") == []
    assert (str(one["uid"]), str(other["uid"])) == ("a@equity-lens", "b@equity-lens")
    assert one.decoded("dtstart") == dt.datetime(2026, 12, 3, 16, 0, tzinfo=dt.UTC)
    assert one.decoded("dtend") - one.decoded("dtstart") == dt.timedelta(minutes=45)
    assert (str(one["summary"]), str(one["location"])) == ("Our; first call, BEGIN:VALARM", "By video")
    assert str(one["description"]) == "What we learned"
    assert other.decoded("dtend") == dt.datetime(2027, 1, 7, 17, 0, tzinfo=dt.UTC)
    assert one.decoded("dtstamp") == MADE
