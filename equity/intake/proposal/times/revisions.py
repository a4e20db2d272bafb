"""Words that say how far numbers have come (preliminary, revised, final): no group of people, and never added up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.intake.columns.profile import ColumnProfile

_FIRST = re.compile(
    r"^(?:preliminary|prelim\.?|provisional|prov\.?|interim|draft|initial|original|estimated?|est\.?|advance|flash|"
    r"submitted|p|vorläufig|provisorio|provisoire|provisório)(?: \(?(?:data|run|version|release|\d+)\)?)?$"
)
_LATER = re.compile(
    r"^(?:revised|rev\.?|updated?|corrected|resubmitted|resubmission|r|amended|reviewed|révisé|revidiert|revisado)"
    r"(?: \(?(?:data|run|version|release|\d+)\)?)?$"
)
_LAST = re.compile(
    r"^(?:final|finali[sz]ed|finali[sz]ed|definitive|confirmed|validated|audited|f|endgültig|définitif|definitivo|"
    r"definitiva)(?: \(?(?:data|run|version|release|\d+)\)?)?$"
)
_LAST_WORD = re.compile(r"[ (\-,]*([^\W\d_]+)\.?\)?$")
_LENGTH = re.compile(
    r"^(?:monthly?|quarterly?|annual(?:ly)?|year(?:ly)?|weekly?|daily|cumulative|r12|ttm|in[ -]month|single month|"
    r"(?:fiscal |calendar )?(?:year[ -]to[ -]date|ytd|fytd|qtd|mtd|quarter[ -]to[ -]date|month[ -]to[ -]date)|"
    r"(?:rolling|trailing|moving|last|past) ?-?(?:12|twelve|6|six|3|three|4|four)?[ -]?(?:months?|mo|quarters?|weeks?)?"
    r"(?: average| total)?|12[ -]?months?|point in time|snapshot)$"
)


def _stage(word: str) -> int | None:
    return next((n for n, p in enumerate((_FIRST, _LATER, _LAST)) if p.match(word)), None)


def how_final(text: str) -> int:
    """0 preliminary, 1 revised, 2 final or unmarked; by the whole text or by its last word."""
    word = text.casefold().strip()
    whole = _stage(word)
    if whole is not None:
        return whole
    last = _LAST_WORD.search(word)
    stage = _stage(last[1]) if last else None
    return 2 if stage is None else stage


def tells_versions(column: ColumnProfile) -> bool:
    """Whether all of a column's values say how far the numbers have come."""
    values = [v.casefold() for v in column.values]
    return bool(values) and all(_stage(v) is not None for v in values)


def tells_lengths(column: ColumnProfile) -> bool:
    """Whether all of a column's values say how long a stretch of time is (monthly, year to date, rolling 12 months)."""
    values = [v.casefold() for v in column.values]
    return len(values) > 1 and all(_LENGTH.match(v) for v in values)


def likeliest_first(values: Sequence[str]) -> list[str]:
    """Values of which one is read: the final before the preliminary, a plain month before one that runs on."""
    plain = re.compile(r"^(?:month(?:ly)?|in[ -]month|single month|quarter(?:ly)?|annual(?:ly)?|year(?:ly)?)$")
    return sorted(values, key=lambda v: (-how_final(v), not plain.match(v.casefold())))
