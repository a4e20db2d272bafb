"""How a whole column spells its periods, from all its values together: the order of dates, fiscal years, weeks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from equity.intake.spellings import period_shapes as shapes
from equity.intake.spellings.counted_days import meanings
from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.stretches import sides_of
from equity.intake.spellings.weeks import EPIDEMIOLOGICAL, NAMED
from equity.vocabulary.mapping import CountedFrom, Spellings


@dataclass(frozen=True)
class Spelling:
    """What a whole column tells about its spelling.

    ``day_first``: 13/02/2024 stands in it, so 03/02/2024 is in February. ``year_first``: 24-03-15 is in 2024.
    ``fiscal``: 2013-14 stands in it, so 2010-11 is a year and no month. ``quarter``: 2022-1 is a quarter and no month.
    ``ambiguous`` and ``unsure`` say what the column does not settle: the order of a date's parts; whether 2010-11
    (``fiscal``) or 2022-1 (``quarter``) is a month. ``months``: a person has said that they are months.
    ``weeks``: 202405 and 2024-05 are weeks, ``epidemiological`` ones begin on Sunday. ``fiscal_months``: a month stands
    behind its fiscal year (FY2024-Oct), which begins in ``fiscal_start``. ``counted``: 23011 is a day, counted so;
    ``may_count`` are the ways of counting that the column leaves possible, of which it settles only a single one.
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
    counted: Literal[""] | CountedFrom = ""
    may_count: tuple[CountedFrom, ...] = ()


AS_IT_STANDS = Spelling()
"""Of a text alone, where no column tells more."""


def spelling_of(values: Iterable[str], name: str = "") -> Spelling:
    """Read a column's distinct values, and its name, for how it writes days, quarters and fiscal years."""
    values = list(values)
    heard = re.sub(r"[\W_]+", " ", name).casefold()
    counted = meanings(values, heard)
    if counted:
        return Spelling(counted=counted[0] if len(counted) == 1 else "", may_count=counted)
    said = [shapes.CLOCK.sub("", squeeze(value).casefold()) for value in values]
    words = [shapes.SEASON.sub("", word).strip() for word in said]
    day_first, year_first, ambiguous = _date_order([side for word in words for side in sides_of(word)])
    if NAMED.search(heard):
        return Spelling(day_first, False, ambiguous, year_first, weeks=True, epidemiological=_epidemiological(heard))
    seasons = words != said  # 2011-12 of a season is no December
    fiscal, quarter, unsure = _dashed(words, f"{heard} year" if seasons else heard)
    return Spelling(day_first, fiscal, ambiguous, year_first, quarter, unsure)


def _epidemiological(heard: str) -> bool:
    return bool(EPIDEMIOLOGICAL.search(heard))


def _date_order(words: Sequence[str]) -> tuple[bool, bool, bool]:
    """(day first, two-digit year first, not settled) by all dates that are written in numbers."""
    dates = [match for word in words if (match := shapes.TWO_PARTS.match(word))]
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
        order: sum(1 <= m <= 12 and 1 <= d <= 31 for _, m, d in match)
        for order, match in orders.items()
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
    years = {order: len({y for y, _, _ in days_by_order}) for order, days_by_order in orders.items()}
    few = min(years.values())
    kept = [order for order, count in years.items() if count < 4 * few or count <= 2]
    if len(kept) < 2 or len({frozenset(orders[order]) for order in kept}) == 1:
        return kept[:1]
    one_day = [o for o in kept if len({d for _, _, d in orders[o]}) == 1 and len(orders[o]) >= 3]
    return one_day if len(one_day) == 1 else kept


def _dashed(words: Sequence[str], heard: str) -> tuple[bool, bool, Literal["", "fiscal", "quarter"]]:
    """(2010-11 is a fiscal year, 2022-1 is a quarter, what is not settled)."""
    spans = {(int(m["from"]), int(m["to"])) for word in words if (m := shapes.SPANS[1].match(word))}
    schools = [shapes.school_year(word) for word in words if word]
    if not spans and schools and all(schools):
        spans = {(int(m["from"]), int(m["to"])) for m in schools if m}
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
    parts = {(int(m["year"]), int(m["m"])) for word in words if (m := shapes.YEAR_PART.match(word))}
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
    counted: Literal[""] | CountedFrom = next((c for c in get_args(CountedFrom) if c == said.dates), "")
    if counted:
        spelling = replace(spelling, counted=counted, may_count=(), ambiguous=False)
    elif said.dates:
        day, year = said.dates == "day_first", said.dates == "year_first"
        spelling = replace(spelling, day_first=day, year_first=year, ambiguous=False)
    if said.periods:
        form = said.periods
        spelling = replace(spelling, fiscal=form == "fiscal_year", quarter=form == "quarter", unsure="")
        spelling = replace(spelling, months=form == "month", fiscal_months=form == "fiscal_month")
        weeks = form in ("week", "epi_week")
        spelling = replace(spelling, weeks=weeks, epidemiological=form == "epi_week")
    return replace(spelling, fiscal_start=said.fiscal_start)
