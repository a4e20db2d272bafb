"""Periods as extracts spell them: years, fiscal years, quarters, months, days, and what stands beside them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from equity.intake.spellings.missing import silence, squeeze
from equity.intake.spellings.stretches import YEAR, Stretch, sides_of, stretch_of
from equity.intake.spellings.weeks import EPIDEMIOLOGICAL, NAMED, week_day, without_week_words
from equity.vocabulary.mapping import Spellings
from equity.vocabulary.period import add_months

PeriodGrain = Literal["day", "week", "month", "quarter", "year"]
PeriodState = Literal["value", "missing", "total", "impossible", "text", "overlap"]
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
    _pattern(rf"(?:{_FISCAL})?{_YEAR}[ \-/_.]*\(?(?:q|qtr|quarter|qtr\.) ?(?P<q>[1-4])\)?"),
    _pattern(rf"{_FISCAL}'?{_SHORT}[ \-/_]?(?:q|qtr|quarter) ?(?P<q>[1-4])"),
    _pattern(rf"(?:q|qtr|quarter|qtr\.) ?(?P<q>[1-4])[ \-/_,'(]*(?:of )?(?:{_FISCAL})?{_EITHER}\)?"),
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
_YEAR_PART = _pattern(rf"{_YEAR}[\-/. _](?P<m>\d)")
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
_FISCAL_MONTHS = [
    _pattern(rf"(?P<first>(?:19|20|21)\d\d)[\-/](?:\d\d|\d{{4}})-(?:{_MONTH_WORD}|(?P<m>\d{{1,2}})(?:\.0)?)"),
    _pattern(rf"(?:{_FISCAL})?{_EITHER}(?:\.0)?-(?:{_MONTH_WORD}|(?P<m>\d{{1,2}})(?:\.0)?)"),
]
_TWO_PARTS = _pattern(rf"(?P<a>\d{{1,2}})[\-/.](?P<b>\d{{1,2}})[\-/.]{_EITHER}")
_CLOCK = re.compile(r"[ t]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?$")
_STATUS = (
    r"(?:preliminary|prelim\.?|provisional|prov\.?|interim|estimated|est\.?|draft|revised|rev\.?|final(?:i[sz]ed)?|"
    r"updated|original|p|r|f)"
)
_ASIDE = re.compile(rf"\s*(?:\([^)]*\)|\[[^\]]*\]|[*†‡§¶^#]+|[ \-,]+{_STATUS}|(?<=\d)[prf])\s*$")
_LIKE_A_DATE = re.compile(r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:\D|$)")
_IMPOSSIBLE_DATE = _pattern(
    r"(?:\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2}|\d{1,2}[\-/.]\d{1,2}[\-/.](?:\d{2}|\d{4})|\d{4}[\-/.]\d{1,2}|\d{4})"
)


@dataclass(frozen=True)
class Spelling:
    """What a whole column tells about its spelling.

    ``day_first``: 13/02/2024 stands in it, so 03/02/2024 is in February. ``year_first``: 24-03-15 is in 2024.
    ``fiscal``: 2013-14 stands in it, so 2010-11 is a year and no month. ``quarter``: 2022-1 is a quarter and no month.
    ``ambiguous`` and ``unsure`` say what the column does not settle: the order of a date's parts; whether 2010-11
    (``fiscal``) or 2022-1 (``quarter``) is a month. ``months``: a person has said that they are months.
    ``weeks``: 202405 and 2024-05 are weeks, ``epidemiological`` ones begin on Sunday. ``fiscal_months``: a month stands
    behind its fiscal year (FY2024-Oct), which begins in ``fiscal_start``.
    """

    day_first: bool = False
    fiscal: bool = False
    ambiguous: bool = False
    year_first: bool = False
    quarter: bool = False
    unsure: Literal["", "fiscal", "quarter"] = ""
    fiscal_start: int = 1
    months: bool = False
    weeks: bool = False
    epidemiological: bool = False
    fiscal_months: bool = False


@dataclass(frozen=True)
class ParsedPeriod:
    """A cell read as a period: ``day`` is the first day of the month, quarter or year (the day itself for a date, the
    middle day for a week).

    ``last_year`` says that a span of years (2018-2022, 2022/23) was read as its last year; ``stretch`` is what a text
    covers that names both ends, where that is no whole month, quarter or year: it stands under its last one.
    """

    day: dt.date | None
    grain: PeriodGrain | None
    state: PeriodState
    last_year: bool = False
    stretch: Stretch | None = None


def spelling_of(values: Iterable[str], name: str = "") -> Spelling:
    """Read a column's distinct values, and its name, for how it writes days, quarters and fiscal years."""
    words = [_CLOCK.sub("", squeeze(value).casefold()) for value in values]
    heard = re.sub(r"[\W_]+", " ", name).casefold()
    day_first, year_first, ambiguous = _date_order([side for word in words for side in sides_of(word)])
    if NAMED.search(heard):
        return Spelling(day_first, False, ambiguous, year_first, weeks=True, epidemiological=_epidemiological(heard))
    fiscal, quarter, unsure = _dashed(words, heard)
    return Spelling(day_first, fiscal, ambiguous, year_first, quarter, unsure)


def _epidemiological(heard: str) -> bool:
    return bool(EPIDEMIOLOGICAL.search(heard))


def _date_order(words: Sequence[str]) -> tuple[bool, bool, bool]:
    """(day first, two-digit year first, not settled) by all dates that are written in numbers."""
    dates = [found for word in words if (found := _TWO_PARTS.match(word))]
    if not dates:
        return False, False, False
    triples = {(int(f["a"]), int(f["b"]), int(f["short"] or f["year"][2:])) for f in dates}
    short = all(f["short"] for f in dates)
    orders = {
        "month": {(y, m, d) for m, d, y in triples},
        "day": {(y, m, d) for d, m, y in triples},
        "year": {(y, m, d) for y, m, d in triples},
    }
    fits = {
        order: sum(1 <= m <= 12 and 1 <= d <= 31 for _, m, d in found)
        for order, found in orders.items()
        if order != "year" or short
    }
    most = max(fits.values())
    # A date that no calendar knows may stand among good ones: the order that fits most is the column's.
    possible = [order for order, count in fits.items() if count == most]
    if len(possible) > 1:
        possible = _likely_orders({order: orders[order] for order in possible})
    settled = len(possible) == 1
    return possible == ["day"], possible == ["year"], not settled


def _likely_orders(orders: dict[str, set[tuple[int, int, int]]]) -> list[str]:
    """The orders that make dates as extracts hold them: few years, and days that are many, or one in each month."""
    years = {order: len({y for y, _, _ in found}) for order, found in orders.items()}
    few = min(years.values())
    kept = [order for order, count in years.items() if count < 4 * few or count <= 2]
    if len(kept) < 2 or len({frozenset(orders[order]) for order in kept}) == 1:
        return kept[:1]
    one_day = [o for o in kept if len({d for _, _, d in orders[o]}) == 1 and len(orders[o]) >= 3]
    return one_day if len(one_day) == 1 else kept


def _dashed(words: Sequence[str], heard: str) -> tuple[bool, bool, Literal["", "fiscal", "quarter"]]:
    """(2010-11 is a fiscal year, 2022-1 is a quarter, what is not settled)."""
    spans = {(int(m["from"]), int(m["to"])) for word in words if (m := _SPANS[1].match(word))}
    if spans:
        widths = {(end - start) % 100 for start, end in spans}
        alike = len(widths) == 1 and 0 < min(widths) <= 10
        if alike and any(end > 12 or end == 0 for _, end in spans):
            return True, False, ""
        if alike:
            named = bool(re.search(r"\b(?:fiscal|financial|school|academic|fy|year|years)\b", heard))
            month = bool(re.search(r"\bmonths?\b", heard))
            if named or (not month and len(spans) > 1):
                return True, False, ""
            return False, False, "" if month else "fiscal"
    parts = {(int(m["year"]), int(m["m"])) for word in words if (m := _YEAR_PART.match(word))}
    if parts and all(1 <= part <= 4 for _, part in parts):
        if re.search(r"\b(?:quarters?|qtrs?|q)\b", heard):
            return False, True, ""
        whole = {year for year, _ in parts if {(year, q) for q in (1, 2, 3, 4)} <= parts}
        if re.search(r"\bmonths?\b", heard):
            return False, False, ""
        return False, len(whole) > 1, "" if len(whole) > 1 else "quarter"
    return False, False, ""


def as_said(spelling: Spelling, said: Spellings) -> Spelling:
    """The spelling with what a mapping says of it, which goes before what the column tells."""
    if said.dates:
        day, year = said.dates == "day_first", said.dates == "year_first"
        spelling = replace(spelling, day_first=day, year_first=year, ambiguous=False)
    if said.periods:
        form = said.periods
        spelling = replace(spelling, fiscal=form == "fiscal_year", quarter=form == "quarter", unsure="")
        spelling = replace(spelling, months=form == "month", fiscal_months=form == "fiscal_month")
        weeks = form in ("week", "epi_week")
        spelling = replace(spelling, weeks=weeks, epidemiological=form == "epi_week")
    return replace(spelling, fiscal_start=said.fiscal_start)


def windows_apart(parsed: Mapping[str, ParsedPeriod]) -> tuple[dict[str, ParsedPeriod], int]:
    """The periods with every stretch that overlaps a later one marked as such, and how many those are.

    Stretches of the same time, however they are spelled, are one.
    """
    spans = {p.stretch for p in parsed.values() if p.state == "value" and p.stretch is not None}
    kept: set[Stretch] = set()
    begin = dt.date.max
    for span in sorted(spans, key=lambda s: (s.ends, s.begins), reverse=True):
        if span.ends <= begin:
            kept.add(span)
            begin = span.begins
    lost = spans - kept
    if not lost:
        return dict(parsed), 0
    marked = {
        text: replace(p, state="overlap") if p.stretch in lost and p.state == "value" else p
        for text, p in parsed.items()
    }
    return marked, len(lost)


def tells_time(text: str, spelling: Spelling = Spelling()) -> bool:
    """Whether a cell says a time or is written like a date that is none (``9999-12-31``, ``01/01/1753``)."""
    state = parse_period(text, spelling).state
    return state in ("value", "total") or (state == "impossible" and bool(_LIKE_A_DATE.match(squeeze(text))))


def parse_period(text: str, spelling: Spelling = Spelling()) -> ParsedPeriod:
    """Read one cell as a year, quarter, month or day."""
    word = squeeze(text).casefold()
    if word in _TOTALS:
        return ParsedPeriod(None, None, "total")
    if silence(word) is not None:
        return ParsedPeriod(None, None, "missing")
    word = _CLOCK.sub("", word)
    plain = _ASIDE.sub("", word)
    for attempt in dict.fromkeys((word, plain)):
        found = _read(attempt, spelling) or _read_stretch(attempt, spelling)
        if found is not None:
            return found
    impossible = _IMPOSSIBLE_DATE.match(_ASIDE.sub("", word))
    return ParsedPeriod(None, None, "impossible" if impossible else "text")


def without_status(text: str) -> str:
    """A period's text without what says how far its numbers have come (``2023 P``, ``2023 (revised)``)."""
    return _ASIDE.sub("", squeeze(text).casefold())


def _read_stretch(word: str, spelling: Spelling) -> ParsedPeriod | None:
    """A text that names both ends of a stretch, or its length and its end."""
    stretch = stretch_of(word, lambda side: _covered(_read(side, spelling)))
    if stretch is None or not FIRST_YEAR <= stretch.begins.year <= stretch.ends.year <= LAST_YEAR:
        return None
    last = add_months(stretch.ends, -1)
    if stretch.is_quarter:
        return ParsedPeriod(stretch.begins, "quarter", "value", stretch=stretch)
    if stretch.months % YEAR == 0:
        whole = stretch.months == YEAR and stretch.begins.month == 1
        return ParsedPeriod(dt.date(last.year, 1, 1), "year", "value", last_year=not whole, stretch=stretch)
    return ParsedPeriod(last, "month", "value", stretch=stretch)


def _covered(side: ParsedPeriod | None) -> Stretch | None:
    """What one end of a stretch covers: its month (a day's month), its quarter, its year."""
    if side is None or side.day is None or side.grain is None:
        return None
    first = side.day.replace(day=1)
    return Stretch(first, add_months(first, {"year": YEAR, "quarter": 3}.get(side.grain, 1)))


def _read(word: str, spelling: Spelling) -> ParsedPeriod | None:
    word = without_week_words(word)
    try:
        week = week_day(word, spelling.weeks, spelling.epidemiological)
    except ValueError:
        return ParsedPeriod(None, None, "impossible")
    if week is not None:
        return ParsedPeriod(week, "week", "value")
    if spelling.fiscal_months and (fiscal := _fiscal_month(word, spelling.fiscal_start)) is not None:
        return fiscal
    if spelling.quarter and (dashed := _YEAR_PART.match(word)):
        return _whole({"year": dashed["year"], "q": dashed["m"]}, "quarter", spelling.fiscal_start)
    span = next((m for p in _SPANS if (m := p.match(word))), None)
    if spelling.months and span and len(span["to"]) == 2 and int(span["to"]) <= 12:
        span = None
    if span and (len(span["to"]) == 4 or spelling.fiscal or int(span["to"]) > 12):
        start, end = int(span["from"]), int(span["to"])
        end = end if end > 100 else start - start % 100 + end + (100 if end < start % 100 else 0)
        if not start < end <= LAST_YEAR:
            return None
        several = None if end - start == 1 else Stretch(dt.date(start, 1, 1), dt.date(end + 1, 1, 1))
        return ParsedPeriod(dt.date(end, 1, 1), "year", "value", last_year=True, stretch=several)
    for patterns, grain in ((_YEAR_SHAPES, "year"), (_QUARTERS, "quarter"), (_MONTH_SHAPES, "month"), (_DAYS, "day")):
        for pattern in patterns:
            found = pattern.match(word)
            if found and (grain != "quarter" or _quarter(found.groupdict()) is not None):
                return _whole(found.groupdict(), grain, spelling.fiscal_start)  # type: ignore[arg-type]
    found = _TWO_PARTS.match(word)
    if found:
        first, second = int(found["a"]), int(found["b"])
        if spelling.year_first and found["short"]:
            return _whole({"short": found["a"], "m": found["b"], "d": found["short"]}, "day")
        day_comes_first = spelling.day_first or first > 12
        parts: dict[str, str | None] = dict(found.groupdict())
        parts["d"], parts["m"] = (str(first), str(second)) if day_comes_first else (str(second), str(first))
        return _whole(parts, "day")
    if re.fullmatch(r"[34]\d{4}(?:\.\d+)?", word) or re.fullmatch(r"5[0-4]\d{3}(?:\.\d+)?", word):
        # A spreadsheet's day number; 30000 is 1982-02-18 and 54999 is 2050-07-29.
        return ParsedPeriod(dt.date(1899, 12, 30) + dt.timedelta(days=int(float(word))), "day", "value")
    return None


def _whole(parts: dict[str, str | None], grain: PeriodGrain, fiscal_start: int = 1) -> ParsedPeriod:
    year = _year(parts)
    month = 1
    if grain == "quarter":
        quarter = _quarter(parts) or 1
        month = 3 * quarter - 2
        if fiscal_start > 1:
            year, month = _calendar_quarter(year, quarter, fiscal_start)
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


def _fiscal_month(word: str, start: int) -> ParsedPeriod | None:
    """A month behind its fiscal year (``fy2024-oct``, ``2023-24-10``), which is named by the year in which it ends."""
    found = next((m for p in _FISCAL_MONTHS if (m := p.match(word))), None)
    if found is None:
        return None
    parts = found.groupdict()
    first = int(parts["first"]) if parts.get("first") else None
    year = first + 1 if first is not None else _year(parts)
    month = _MONTHS[parts["word"] or ""] if parts.get("word") else int(parts["m"] or 0)
    if not 1 <= month <= 12:
        return ParsedPeriod(None, None, "impossible")
    return ParsedPeriod(dt.date(year - 1 if start > 1 and month >= start else year, month, 1), "month", "value")


def _calendar_quarter(year: int, quarter: int, fiscal_start: int) -> tuple[int, int]:
    """(year, first month) of a quarter of the fiscal year that ends in ``year``."""
    month = fiscal_start + 3 * (quarter - 1)
    return (year - 1, month) if month <= 12 else (year, month - 12)


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
