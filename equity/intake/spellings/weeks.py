"""Weeks as extracts spell them, and the day by which a week belongs to a month: the middle one of its seven.

ISO 8601 weeks begin on Monday, epidemiological (MMWR) weeks on Sunday; both belong to the year of their middle day.
"""

from __future__ import annotations

import datetime as dt
import re

_WORD = r"(?:weeks?|wks?|w|kw|semaine|semana|settimana|uge|uke|vecka)"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_WEEK = r"(?P<week>0?[1-9]|[1-4]\d|5[0-3])"
_SPELLED = tuple(
    re.compile(f"^{text}$")
    for text in (
        rf"{_YEAR}[ \-/_.,]*(?P<epi>(?:epi|mmwr)[ \-]?)?{_WORD}\.?[ \-]?{_WEEK}",
        rf"(?P<epi>(?:epi|mmwr)[ \-]?)?{_WORD}\.? ?(?:no\.? ?|number ?)?{_WEEK}[ \-/,('of]*{_YEAR}\)?",
    )
)
_BARE = re.compile(rf"^{_YEAR}[ \-/_.]?{_WEEK}(?:\.0)?$")
_AROUND = re.compile(r"^(?:week (?:ending|ended|beginning|commencing|starting|of)|w/[ebc]) ?(?:on )?")
NAMED = re.compile(r"\b(?:epi |mmwr )?(?:weeks?|wks?|epiweek|yearweek|yrwk|yyyyww|kalenderwoche|kw|semaine|semana)\b")
EPIDEMIOLOGICAL = re.compile(r"\b(?:epi|mmwr|epiweek|epidemiological)\b")


def week_day(word: str, bare: bool, epidemiological: bool) -> dt.date | None:
    """The middle day of the week that a text in small letters names; None where it names none.

    ``bare``: the column holds weeks, so 202405 and 2024-05 are one. ``epidemiological``: its weeks begin on Sunday.

    Raises ValueError for a week that its year does not have.
    """
    match = next((m for p in _SPELLED if (m := p.match(word))), None)
    epi = epidemiological or bool(match and match["epi"])
    match = match or (_BARE.match(word) if bare else None)
    if match is None:
        return None
    year, week = int(match["year"]), int(match["week"])
    if not epi:
        return dt.date.fromisocalendar(year, week, 4)
    fourth = dt.date(year, 1, 4)  # always in the first week
    sunday = fourth - dt.timedelta(days=fourth.isoweekday() % 7)
    middle = sunday + dt.timedelta(weeks=week - 1, days=3)
    if middle.year != year:
        raise ValueError(f"{year} has no week {week}")
    return middle


def without_week_words(word: str) -> str:
    """A date without what says that it begins or ends a week (“week ending 7 Jan 2024”)."""
    return _AROUND.sub("", word)
