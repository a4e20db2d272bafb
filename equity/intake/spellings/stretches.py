"""Stretches of time that a text names by both ends, or by its length and its end.

``Apr-22 to Mar-23``, ``2022-04-01/2023-03-31``, ``2021/22–2023/24``, ``Jan–Jun 2024``, ``12 months to March 2024``,
``YTD Mar 2024``, ``2024 H1``. What each end says is read by the caller, with the spelling of its column.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from equity.vocabulary.period import add_months

_APART = (
    re.compile(r"\s*(?:–|—|\.\.|→)\s*"),
    re.compile(r"\s+(?:to|through|thru|until|till|bis|and|-|/)\s+"),
    re.compile(r"(?<=\d\d\d\d-\d\d)/(?=\d{4})|(?<=\d\d\d\d-\d\d-\d\d)/(?=\d{4})|(?<=\d\d\d\d/\d\d)-(?=\d{4})"),
    re.compile(r"(?<=[a-z])-(?=[a-z])"),
)
_YEAR_BEHIND = re.compile(r"[ ,\-']*(?:(?:19|20|21)\d\d)$")
_YEAR_BEFORE = re.compile(r"^((?:19|20|21)\d\d)[ ,\-]+(?=[a-z])")
_TWELVE = r"(?:rolling|trailing|past|last|previous|r|ttm|t)[ \-]*(?:12|twelve)?[ \-]*(?:m|mo|mos|months?)?"
_ENDING = r"(?:(?:ending|ended|end|to|until|through)(?: in| on)?)?"
_YEAR_ENDING = r"y/?e|years? end(?:ing|ed)?"
_ROLLING = re.compile(
    rf"^(?:(?:{_TWELVE}|12[ \-]?(?:m|mo|months?)(?: rolling)?|twelve months?)[ \-:]*{_ENDING}|{_YEAR_ENDING})"
    r"[ \-:]+(?P<end>.+)$"
)
_ROLLING_BEHIND = re.compile(
    r"^(?P<end>.+?)[ \-,(]+(?:rolling|trailing|r12|12 months?|ttm|mat)[^\d]*(?:12)?[ a-z\-]*\)?$"
)
_DATE = r"(?:fiscal |fy|f)?(?:ytd|year[ \-]to[ \-]date)"
_TO_DATE = re.compile(rf"^(?:(?P<before>{_DATE})[ \-:(]*(?P<end>.+?)\)?|(?P<end2>.+?)[ \-,(]*(?P<behind>{_DATE})\)?)$")
_FULL_YEAR = r"(?:19|20|21)\d\d"
_HALF_WORD = r"(?:h|s|hy|sem|half|semester)"
_HALF = re.compile(
    rf"^(?:(?P<year>{_FULL_YEAR})[ \-/_]?{_HALF_WORD}[ \-]?(?P<half>[12])|{_HALF_WORD}[ \-]?(?P<half2>[12])[ \-/,']*"
    rf"(?P<year2>{_FULL_YEAR})|(?P<nth>1st|2nd|first|second) half(?: of)?[ ,]*(?P<year3>{_FULL_YEAR}))$"
)
YEAR = 12


@dataclass(frozen=True)
class Stretch:
    """From the first day on, before the day after the last; both are the first of a month."""

    begins: dt.date
    ends: dt.date

    @property
    def months(self) -> int:
        """How many months it covers."""
        return (self.ends.year - self.begins.year) * YEAR + self.ends.month - self.begins.month

    @property
    def is_quarter(self) -> bool:
        """Whether it is a quarter of the calendar."""
        return self.months == 3 and self.begins.month % 3 == 1


Ends = Callable[[str], Stretch | None]


def stretch_of(word: str, read: Ends) -> Stretch | None:
    """The stretch that a text in small letters names; ``read`` gives that of a month, a day's month or a year.

    None where it is no such text, or ends before it begins.
    """
    return _half(word) or _between(word, read) or _to_date(word, read) or _rolling(word, read)


def sides_of(word: str) -> list[str]:
    """The two ends that a text names, or the text itself."""
    return next((sides for apart in _APART if len(sides := apart.split(word)) == 2), [word])


def _half(word: str) -> Stretch | None:
    match = _HALF.match(word)
    if match is None:
        return None
    year = int(match["year"] or match["year2"] or match["year3"])
    first = (match["half"] or match["half2"] or match["nth"])[0] in "1f"
    return Stretch(dt.date(year, 1 if first else 7, 1), dt.date(year if first else year + 1, 7 if first else 1, 1))


def _between(word: str, read: Ends) -> Stretch | None:
    for apart in _APART:
        sides = apart.split(word)
        if len(sides) != 2:
            continue
        year_behind, year_before = _YEAR_BEHIND.search(sides[1]), _YEAR_BEFORE.match(sides[0])
        first, last = read(sides[0]), read(sides[1])
        if first is None and year_behind:  # Jan-Jun 2024: the year is said once
            first = read(f"{sides[0]} {year_behind[0].strip(' ,-')}")
        if last is None and year_before:
            last = read(f"{year_before[1]} {sides[1]}")
        if first is not None and last is not None and first.begins < last.ends and first != last:
            return Stretch(first.begins, last.ends)
    return None


def _to_date(word: str, read: Ends) -> Stretch | None:
    match = _TO_DATE.match(word)
    last = read(match["end"] or match["end2"]) if match else None
    if match is None or last is None:
        return None
    fiscal = (match["before"] or match["behind"]).startswith("f")
    # Nobody says when the fiscal year began: a stretch of twelve months overlaps whatever it might.
    return Stretch(add_months(last.ends, -YEAR) if fiscal else dt.date(add_months(last.ends, -1).year, 1, 1), last.ends)


def _rolling(word: str, read: Ends) -> Stretch | None:
    for pattern in (_ROLLING, _ROLLING_BEHIND):
        match = pattern.match(word)
        last = read(match["end"]) if match else None
        if last is not None and last.months <= 3:
            return Stretch(add_months(last.ends, -YEAR), last.ends)
    return None
