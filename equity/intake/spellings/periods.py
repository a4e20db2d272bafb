"""Periods as extracts spell them: years, fiscal years, quarters, months, days, and what stands beside them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from equity.intake.spellings.missing import silence, squeeze

PeriodGrain = Literal["day", "month", "quarter", "year"]
PeriodState = Literal["value", "missing", "total", "impossible", "text"]
FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
_MONTH_WORD = "(?P<word>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_SHORT = r"(?P<short>\d\d)"
_EITHER = rf"(?:{_YEAR}|'?{_SHORT})"
_FISCAL = r"(?:fy|ffy|sfy|cy|fiscal\ year|calendar\ year|financial\ year|reporting\ year|year|yr)\ ?"
_NUMBER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_TOTALS = frozenset(
    [
        "total",
        "totals",
        "all",
        "all years",
        "overall",
        "grand total",
        "all periods",
        "all time",
        "all dates",
        "all months",
    ]
)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile("^" + text + "$")


_YEAR_SHAPES = [
    _pattern(rf"(?:{_FISCAL})?{_YEAR}(?:\.0+)?"),
    _pattern(rf"{_FISCAL}'?{_SHORT}"),
]
_SPANS = [
    _pattern(rf"(?:{_FISCAL})?(?P<from>(?:19|20|21)\d\d) ?(?:-|–|—|/|to|through) ?(?P<to>(?:19|20|21)\d\d)"),
    _pattern(rf"(?:{_FISCAL})?(?P<from>(?:19|20|21)\d\d) ?(?:-|–|—|/) ?(?P<to>\d\d)"),
]
_QUARTERS = [
    _pattern(rf"(?:{_FISCAL})?{_YEAR}[ \-/_.]?(?:q|qtr|quarter|qtr\.) ?(?P<q>[1-4])"),
    _pattern(rf"{_FISCAL}'?{_SHORT}[ \-/_]?(?:q|qtr|quarter) ?(?P<q>[1-4])"),
    _pattern(rf"(?:q|qtr|quarter|qtr\.) ?(?P<q>[1-4])[ \-/_,']*(?:of )?(?:{_FISCAL})?{_EITHER}"),
    _pattern(rf"(?P<q>[1-4]) ?(?:q|qtr)[ \-/_']?(?:{_FISCAL})?{_EITHER}"),
    _pattern(
        rf"(?P<nth>1st|2nd|3rd|4th|first|second|third|fourth) (?:quarter|qtr)[ ,]*(?:of )?(?:{_FISCAL})?{_EITHER}"
    ),
    _pattern(rf"{_YEAR}[ ,\-]*(?P<nth>1st|2nd|3rd|4th|first|second|third|fourth) (?:quarter|qtr)"),
    _pattern(
        r"(?P<three>jan\w*|apr\w*|jul\w*|oct\w*)\.? ?(?:-|–|—|to|through) ?(?P<end>mar\w*|jun\w*|sep\w*|"
        rf"dec\w*)\.?[ ,]*{_YEAR}"
    ),
]
_MONTH_SHAPES = [
    _pattern(rf"{_YEAR}[\-/. _](?P<m>\d{{1,2}})"),
    _pattern(rf"{_YEAR} ?m ?(?P<m>\d{{1,2}})"),
    _pattern(rf"{_YEAR}(?P<m>0[1-9]|1[0-2])"),
    _pattern(rf"(?P<m>\d{{1,2}})[\-/. ]{_YEAR}"),
    _pattern(rf"{_MONTH_WORD}[ \-/,_']*{_YEAR}"),
    _pattern(rf"{_MONTH_WORD}[ \-/'_]+{_SHORT}"),
    _pattern(rf"{_YEAR}[ \-/,_]*{_MONTH_WORD}"),
]
_DAYS = [
    _pattern(rf"{_YEAR}[\-/.](?P<m>\d{{1,2}})[\-/.](?P<d>\d{{1,2}})"),
    _pattern(rf"{_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"),
    _pattern(rf"(?P<d>\d{{1,2}})[ \-/.]?{_MONTH_WORD}[ \-/.,]*{_EITHER}"),
    _pattern(rf"(?:\w+day,? )?{_MONTH_WORD} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}"),
]
_TWO_PARTS = _pattern(rf"(?P<a>\d{{1,2}})[\-/.](?P<b>\d{{1,2}})[\-/.]{_EITHER}")
_CLOCK = re.compile(r"[ t]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?$")
_ASIDE = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\]|[*†‡§¶^#]+|\b[pr]$|preliminary|provisional)\s*$")
_IMPOSSIBLE_DATE = _pattern(
    r"(?:\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2}|\d{1,2}[\-/.]\d{1,2}[\-/.](?:\d{2}|\d{4})|\d{4}[\-/.]\d{1,2}|\d{4})"
)


@dataclass(frozen=True)
class Spelling:
    """What a whole column tells about its spelling.

    ``day_first``: 13/02/2024 stands in it, so 03/02/2024 is in February. ``fiscal``: 2013-14 stands in it, so 2010-11
    is a year and no month.
    """

    day_first: bool = False
    fiscal: bool = False
    ambiguous: bool = False


@dataclass(frozen=True)
class ParsedPeriod:
    """A cell read as a period: ``day`` is the first day of the month, quarter or year (the day itself for a date).

    ``last_year`` says that a span of years (2018-2022, 2022/23) was read as its last year.
    """

    day: dt.date | None
    grain: PeriodGrain | None
    state: PeriodState
    last_year: bool = False


def spelling_of(values: Iterable[str]) -> Spelling:
    """Read a column's distinct values for how it writes days and fiscal years."""
    day_first = month_first = parts = fiscal = False
    for value in values:
        word = _CLOCK.sub("", squeeze(value).casefold())
        found = _TWO_PARTS.match(word)
        if found:
            parts = True
            day_first = day_first or int(found["a"]) > 12
            month_first = month_first or int(found["b"]) > 12
        short = _SPANS[1].match(word)
        if short and int(short["to"]) > 12 and (int(short["from"]) + 1) % 100 == int(short["to"]):
            fiscal = True
    return Spelling(day_first and not month_first, fiscal, parts and day_first == month_first)


def parse_period(text: str, spelling: Spelling = Spelling()) -> ParsedPeriod:
    """Read one cell as a year, quarter, month or day."""
    word = squeeze(text).casefold()
    if word in _TOTALS:
        return ParsedPeriod(None, None, "total")
    if silence(word) is not None:
        return ParsedPeriod(None, None, "missing")
    word = _CLOCK.sub("", word)
    for attempt in (word, _ASIDE.sub("", word)):
        found = _read(attempt, spelling)
        if found is not None:
            return found
    impossible = _IMPOSSIBLE_DATE.match(_ASIDE.sub("", word))
    return ParsedPeriod(None, None, "impossible" if impossible else "text")


def _read(word: str, spelling: Spelling) -> ParsedPeriod | None:
    span = next((m for p in _SPANS if (m := p.match(word))), None)
    if span and (len(span["to"]) == 4 or spelling.fiscal or int(span["to"]) > 12):
        start, end = int(span["from"]), int(span["to"])
        end = end if end > 100 else start - start % 100 + end + (100 if end < start % 100 else 0)
        return ParsedPeriod(dt.date(end, 1, 1), "year", "value", last_year=True) if start < end <= LAST_YEAR else None
    for patterns, grain in ((_YEAR_SHAPES, "year"), (_QUARTERS, "quarter"), (_MONTH_SHAPES, "month"), (_DAYS, "day")):
        for pattern in patterns:
            found = pattern.match(word)
            if found:
                return _whole(found.groupdict(), grain)  # type: ignore[arg-type]
    found = _TWO_PARTS.match(word)
    if found:
        first, second = int(found["a"]), int(found["b"])
        day_comes_first = spelling.day_first or first > 12
        parts: dict[str, str | None] = dict(found.groupdict())
        parts["d"], parts["m"] = (str(first), str(second)) if day_comes_first else (str(second), str(first))
        return _whole(parts, "day")
    if re.fullmatch(r"[34]\d{4}(?:\.\d+)?", word) or re.fullmatch(r"5[0-4]\d{3}(?:\.\d+)?", word):
        # A spreadsheet's day number; 30000 is 1982-02-18 and 54999 is 2050-07-29.
        return ParsedPeriod(dt.date(1899, 12, 30) + dt.timedelta(days=int(float(word))), "day", "value")
    return None


def _whole(parts: dict[str, str | None], grain: PeriodGrain) -> ParsedPeriod:
    year = _year(parts)
    month = 1
    if grain == "quarter":
        quarter = _quarter(parts)
        if quarter is None:
            return ParsedPeriod(None, None, "text")
        month = 3 * quarter - 2
    elif grain != "year":
        word = parts.get("word")
        month = _MONTHS[word] if word else int(parts["m"] or 0)
    day = int(parts.get("d") or 1)
    try:
        start = dt.date(year, month, day)
    except ValueError:
        return ParsedPeriod(None, None, "impossible")
    return (
        ParsedPeriod(start, grain, "value")
        if FIRST_YEAR <= year <= LAST_YEAR
        else ParsedPeriod(None, None, "impossible")
    )


def _year(parts: dict[str, str | None]) -> int:
    if parts.get("year"):
        return int(parts["year"] or 0)
    short = int(parts["short"] or 0)
    return 2000 + short if short < 70 else 1900 + short


def _quarter(parts: dict[str, str | None]) -> int | None:
    if parts.get("q"):
        return int(parts["q"] or 0)
    if parts.get("nth"):
        return _NUMBER[parts["nth"] or ""]
    starts, ends = {"jan": 1, "apr": 2, "jul": 3, "oct": 4}, {"mar": 1, "jun": 2, "sep": 3, "dec": 4}
    first, last = starts[(parts["three"] or "")[:3]], ends[(parts["end"] or "")[:3]]
    return first if first == last else None
