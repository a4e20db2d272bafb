"""The reminder read back by iCalendar's own rules: a day, a quarter apart, six times, hostile text as text."""

from __future__ import annotations

import datetime as dt

import icalendar
from dateutil.rrule import rrulestr

from equity.export.reminder import quarterly_reminder


def test_a_reminder_comes_two_weeks_after_each_quarter() -> None:
    words = "Half an hour; together,\nBEGIN:VALARM"
    made = quarterly_reminder("2026-Q3", "Reflection of Q3 2026", words, dt.datetime(2026, 11, 29, tzinfo=dt.UTC))
    [event] = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert (str(event["summary"]), str(event["description"])) == ("Reflection of Q3 2026", words)
    assert event["dtstart"].dt == dt.date(2026, 10, 14)
    rule = event["rrule"].to_ical().decode()
    days = list(rrulestr(rule, dtstart=dt.datetime(2026, 10, 14)))
    assert [day.date().isoformat() for day in days[:3]] == ["2026-10-14", "2027-01-14", "2027-04-14"]
    assert len(days) == 6
    [alarm] = icalendar.Calendar.from_ical(made).walk("VALARM")
    assert alarm["trigger"].dt == dt.timedelta(days=-1)
    assert b"\r\n" in made
