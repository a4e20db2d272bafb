"""Periods as extracts spell them: years, fiscal years, quarters, months, days, and what stands beside them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from equity.intake.spellings import period_shapes as shapes
from equity.intake.spellings.counted_days import counted_day
from equity.intake.spellings.missing import silence, squeeze
from equity.intake.spellings.period_spelling import AS_IT_STANDS, Spelling
from equity.intake.spellings.stretches import YEAR, Stretch, stretch_of
from equity.intake.spellings.weeks import week_day, without_week_words
from equity.vocabulary.mapping import CountedFrom
from equity.vocabulary.period import add_months


@dataclass(frozen=True)
class ParsedPeriod:
    """A cell read as a period: ``day`` is the first day of the month, quarter or year (the day itself for a date, the
    middle day for a week).

    ``last_year`` says that a span of years (2018-2022, 2022/23) was read as its last year; ``stretch`` is what a text
    covers that names both ends, where that is no whole month, quarter or year: it stands under its last one.
    """

    day: dt.date | None
    grain: shapes.PeriodGrain | None
    state: shapes.PeriodState
    last_year: bool = False
    stretch: Stretch | None = None


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


def tells_time(text: str, spelling: Spelling = AS_IT_STANDS) -> bool:
    """Whether a cell says a time or is written like a date that is none (``9999-12-31``, ``01/01/1753``)."""
    state = parse_period(text, spelling).state
    return state in ("value", "total") or (state == "impossible" and bool(shapes.LIKE_A_DATE.match(squeeze(text))))


def parse_period(text: str, spelling: Spelling = AS_IT_STANDS) -> ParsedPeriod:
    """Read one cell as a year, quarter, month or day."""
    word = squeeze(text).casefold()
    if word in shapes.TOTALS:
        return ParsedPeriod(None, None, "total")
    if silence(word) is not None:
        return ParsedPeriod(None, None, "missing")
    word = shapes.CLOCK.sub("", word)
    plain = shapes.ASIDE.sub("", word)
    for attempt in dict.fromkeys((word, plain)):
        parsed = _read(attempt, spelling) or _read_stretch(attempt, spelling)
        if parsed is not None:
            return parsed
    impossible = shapes.IMPOSSIBLE_DATE.match(shapes.ASIDE.sub("", word))
    return ParsedPeriod(None, None, "impossible" if impossible else "text")


def without_status(text: str) -> str:
    """A period's text without what says how far its numbers have come (``2023 P``, ``2023 (revised)``)."""
    return shapes.ASIDE.sub("", squeeze(text).casefold())


def _read_stretch(word: str, spelling: Spelling) -> ParsedPeriod | None:
    """A text that names both ends of a stretch, or its length and its end."""
    stretch = stretch_of(word, lambda side: _covered(_read(side, spelling)))
    if stretch is None or not shapes.FIRST_YEAR <= stretch.begins.year <= stretch.ends.year <= shapes.LAST_YEAR:
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
    if spelling.counted and (counted := _counted(word, spelling.counted)) is not None:
        return counted
    word = without_week_words(shapes.SEASON.sub("", word).strip())
    try:
        week = week_day(word, spelling.weeks, spelling.epidemiological)
    except ValueError:
        return ParsedPeriod(None, None, "impossible")
    if week is not None:
        return ParsedPeriod(week, "week", "value")
    if spelling.fiscal_months and (fiscal := _fiscal_month(word, spelling.fiscal_start)) is not None:
        return fiscal
    if spelling.quarter and (dashed := shapes.YEAR_PART.match(word)):
        return _whole({"year": dashed["year"], "q": dashed["m"]}, "quarter", spelling.fiscal_start)
    span = next((m for p in shapes.SPANS if (m := p.match(word))), None) or shapes.school_year(word)
    if spelling.months and span and len(span["to"]) == 2 and int(span["to"]) <= 12:
        span = None
    if span and (len(span["to"]) == 4 or spelling.fiscal or int(span["to"]) > 12):
        start, end = int(span["from"]), int(span["to"])
        end = end if end > 100 else start - start % 100 + end + (100 if end < start % 100 else 0)
        if not start < end <= shapes.LAST_YEAR:
            return None
        several = None if end - start == 1 else Stretch(dt.date(start, 1, 1), dt.date(end + 1, 1, 1))
        return ParsedPeriod(dt.date(end, 1, 1), "year", "value", last_year=True, stretch=several)
    for patterns, grain in (
        (shapes.YEAR_SHAPES, "year"),
        (shapes.QUARTERS, "quarter"),
        (shapes.MONTH_SHAPES, "month"),
        (shapes.DAYS, "day"),
    ):
        for pattern in patterns:
            match = pattern.match(word)
            if match and (grain != "quarter" or _quarter(match.groupdict()) is not None):
                return _whole(match.groupdict(), grain, spelling.fiscal_start)  # type: ignore[arg-type]
    match = shapes.TWO_PARTS.match(word)
    if match:
        first, second = int(match["a"]), int(match["b"])
        if spelling.year_first and match["short"]:
            return _whole({"short": match["a"], "m": match["b"], "d": match["short"]}, "day")
        day_comes_first = spelling.day_first or first > 12
        parts: dict[str, str | None] = dict(match.groupdict())
        parts["d"], parts["m"] = (str(first), str(second)) if day_comes_first else (str(second), str(first))
        return _whole(parts, "day")
    if re.fullmatch(r"[34]\d{4}(?:\.\d+)?", word) or re.fullmatch(r"5[0-4]\d{3}(?:\.\d+)?", word):
        # A spreadsheet's day number; 30000 is 1982-02-18 and 54999 is 2050-07-29.
        return ParsedPeriod(dt.date(1899, 12, 30) + dt.timedelta(days=int(float(word))), "day", "value")
    return None


def _whole(parts: dict[str, str | None], grain: shapes.PeriodGrain, fiscal_start: int = 1) -> ParsedPeriod:
    year = _year(parts)
    month = 1
    if grain == "quarter":
        quarter = _quarter(parts) or 1
        month = 3 * quarter - 2
        if fiscal_start > 1:
            year, month = _calendar_quarter(year, quarter, fiscal_start)
    elif grain != "year":
        word = parts.get("word")
        month = shapes.MONTHS[word] if word else int(parts["m"] or 0)
    day = int(parts.get("d") or 1)
    try:
        start = dt.date(year, month, day)
    except ValueError:
        return ParsedPeriod(None, None, "impossible")
    return (
        ParsedPeriod(start, grain, "value")
        if shapes.FIRST_YEAR <= year <= shapes.LAST_YEAR
        else ParsedPeriod(None, None, "impossible")
    )


def _counted(word: str, counted: CountedFrom) -> ParsedPeriod | None:
    """A number of so many digits as the column's; what is written otherwise is read as it stands."""
    day = counted_day(word, counted)
    if day is not None:
        state: shapes.PeriodState = "value" if shapes.FIRST_YEAR <= day.year <= shapes.LAST_YEAR else "impossible"
        return ParsedPeriod(day, "day", state) if state == "value" else ParsedPeriod(None, None, state)
    return ParsedPeriod(None, None, "impossible") if re.fullmatch(r"\d{5}(?:\.\d+)?", word) else None


def _fiscal_month(word: str, start: int) -> ParsedPeriod | None:
    """A month behind its fiscal year (``fy2024-oct``, ``2023-24-10``), which is named by the year in which it ends."""
    match = next((m for p in shapes.FISCAL_MONTHS if (m := p.match(word))), None)
    if match is None:
        return None
    parts = match.groupdict()
    first = int(parts["first"]) if parts.get("first") else None
    year = first + 1 if first is not None else _year(parts)
    month = shapes.MONTHS[parts["word"] or ""] if parts.get("word") else int(parts["m"] or 0)
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
        return shapes.NUMBER[parts["nth"] or ""]
    starts, ends = {"jan": 1, "apr": 2, "jul": 3, "oct": 4}, {"mar": 1, "jun": 2, "sep": 3, "dec": 4}
    first, last = starts[(parts["three"] or "")[:3]], ends[(parts["end"] or "")[:3]]
    return first if first == last else None
