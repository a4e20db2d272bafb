"""Dates written as one number: days, seconds or milliseconds since a beginning, as statistics programs export them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from equity.intake.spellings.missing import silence, squeeze
from equity.vocabulary.mapping import CountedFrom

FIRST_LIKELY = dt.date(1990, 1, 1)
YEARS_AHEAD = 2  # appointments are made ahead, and hardly for longer
FIT = 0.95
_DAY, _MILLISECONDS = 86_400, 1_000


class Count(NamedTuple):
    """What is counted: since when, how many a day, and how many digits such a number has."""

    begins: dt.date
    a_day: int
    digits: int


COUNTS: dict[CountedFrom, Count] = {
    "days_from_1900": Count(dt.date(1899, 12, 30), 1, 5),
    "days_from_1960": Count(dt.date(1960, 1, 1), 1, 5),
    "days_from_1970": Count(dt.date(1970, 1, 1), 1, 5),
    "seconds_from_1970": Count(dt.date(1970, 1, 1), _DAY, 10),
    "seconds_from_1960": Count(dt.date(1960, 1, 1), _DAY, 10),
    "milliseconds_from_1970": Count(dt.date(1970, 1, 1), _DAY * _MILLISECONDS, 13),
    "milliseconds_from_1960": Count(dt.date(1960, 1, 1), _DAY * _MILLISECONDS, 13),
}
"""Spreadsheets count from the end of 1899, SAS and Stata from 1960, R, Python and databases from 1970 (in UTC)."""

_NUMBER = re.compile(r"(?P<whole>\d+)(?:\.\d+)?")
_YEAR_AND_DAY = re.compile(r"(?P<year>\d\d)(?P<day>\d{3})(?:\.0+)?")
_OTHERWISE = (
    re.compile(r"(?:19|20)\d\d[1-4](?:\.0+)?"),  # a year and its quarter
    re.compile(r"[1-9](?:0[1-9]|[12]\d|3[01])(?:[0-2]\d|9\d)(?:\.0+)?"),  # month, day, year, without the first zero
    re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])(?:\.0+)?"),  # with the hour
)
_DATED = re.compile(
    r"(?<!\bto )(?<!\bper )\b(?:date|dt|dttm|datetime|dos|datum|fecha)$|^(?:date|dt)\b(?! (?:range|type|count))|"
    r"\b(?:visit|admit|adm|disch|discharge|svc|service|srv|enc|encounter)(?:date|dt)$"
)


def is_dated(name: str) -> bool:
    """Whether a name in small words says that its column holds dates (``visit dt``), and no year or month."""
    return bool(_DATED.search(name))


def counted_day(word: str, counted: CountedFrom) -> dt.date | None:
    """The day that a number is when it counts so; None for what has not as many digits, or is no day at all."""
    if counted == "year_and_day":
        return _year_and_day(word)
    number, count = _NUMBER.fullmatch(word), COUNTS[counted]
    if number is None or len(number["whole"]) != count.digits:
        return None
    return count.begins + dt.timedelta(days=int(number["whole"]) // count.a_day)


def meanings(values: Sequence[str], name: str, today: dt.date | None = None) -> tuple[CountedFrom, ...]:
    """What a column of numbers with the name of a date (in small words) can count, the likeliest first.

    Nearly all of its numbers must be days of likely years: from 1990 to two years after ``today``. Empty where none
    does, and where all of them can be written in another way (a year and its quarter).
    """
    if not is_dated(name):
        return ()
    words = [w for v in values if (w := squeeze(v).casefold()) and silence(w) is None]
    if not words or any(all(other.fullmatch(w) for w in words) for other in _OTHERWISE):
        return ()
    every: tuple[CountedFrom, ...] = (*COUNTS, "year_and_day")
    last = last_likely(today or dt.date.today())
    fits = {counted: sum(_is_likely(w, counted, last) for w in words) for counted in every}
    most = max(fits.values())
    return tuple(c for c, fit in fits.items() if fit == most) if most >= FIT * len(words) else ()


def last_likely(today: dt.date) -> dt.date:
    """The last day that a column of dates is likely to hold."""
    return dt.date(today.year + YEARS_AHEAD, 12, 31)


def _is_likely(word: str, counted: CountedFrom, last: dt.date) -> bool:
    day = counted_day(word, counted)
    return day is not None and FIRST_LIKELY <= day <= last


def _year_and_day(word: str) -> dt.date | None:
    """``24075``: the 75th day of 2024."""
    match = _YEAR_AND_DAY.fullmatch(word)
    if match is None:
        return None
    short, day = int(match["year"]), int(match["day"])
    year = 2000 + short if short < 70 else 1900 + short
    last = (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
    return dt.date(year, 1, 1) + dt.timedelta(days=day - 1) if 1 <= day <= last else None
