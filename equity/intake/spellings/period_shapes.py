"""The shapes in which a cell writes a year, a quarter, a month, a day: words and patterns alone."""

from __future__ import annotations

import re
from typing import Literal

PeriodGrain = Literal["day", "week", "month", "quarter", "year"]
PeriodState = Literal["value", "missing", "total", "impossible", "text", "overlap"]
FIRST_YEAR, LAST_YEAR = 1900, 2100

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january januar janvier enero janeiro gennaio januari",
            "feb february februar février febrero fevereiro febbraio februari",
            "mar march märz mars marzo março maart",
            "apr april avril abril aprile",
            "may mai mayo maio maggio mei",
            "jun june juni juin junio junho giugno",
            "jul july juli juillet julio julho luglio",
            "aug august août agosto augustus",
            "sep sept september septembre septiembre setembro settembre",
            "oct october oktober octobre octubre outubro ottobre",
            "nov november novembre noviembre novembro",
            "dec december dezember décembre diciembre dezembro dicembre",
        ],
        start=1,
    )
    for name in names.split()
}
MONTH_WORD = "(?P<word>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
YEAR = r"(?P<year>(?:19|20|21)\d\d)"
SHORT = r"(?P<short>\d\d)"
EITHER = rf"(?:{YEAR}|'?{SHORT})"
FISCAL = r"(?:fy|ffy|sfy|cy|my|(?:measurement|plan|fiscal|calendar|financial|reporting)\ year|year|yr)\ ?"
NUMBER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
TOTALS = frozenset(
    [
        "total",
        "totals",
        "subtotal",
        "sub total",
        "sub-total",
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


SEASON = re.compile(r"\b(?:the )?(?:(?:flu|influenza|respiratory|rsv)\b ?)?(?:virus ?)?season\b")


def pattern(text: str) -> re.Pattern[str]:
    return re.compile("^" + text + "$")


YEAR_SHAPES = [
    pattern(rf"(?:{FISCAL})?{YEAR}(?:\.0+)?"),
    pattern(rf"{FISCAL}'?{SHORT}"),
]
SPANS = [
    pattern(rf"(?:{FISCAL})?(?P<from>(?:19|20|21)\d\d) ?(?:-|–|—|/|to|through) ?(?P<to>(?:19|20|21)\d\d)"),
    pattern(rf"(?:{FISCAL})?(?P<from>(?:19|20|21)\d\d) ?(?:-|–|—|/) ?(?P<to>\d\d)"),
]
COMPACT = pattern(r"(?P<from>(?:19|20)\d\d)(?P<to>\d\d)")  # a school year as 202223; 200910 can be a month as well
QUARTERS = [
    pattern(rf"(?:{FISCAL})?{YEAR}[ \-/_.]*\(?(?:q|qtr|quarter|qtr\.) ?(?P<q>[1-4])\)?"),
    pattern(rf"{FISCAL}'?{SHORT}[ \-/_]?(?:q|qtr|quarter) ?(?P<q>[1-4])"),
    pattern(rf"(?:q|qtr|quarter|qtr\.) ?(?P<q>[1-4])[ \-/_,'(]*(?:of )?(?:{FISCAL})?{EITHER}\)?"),
    pattern(rf"(?P<q>[1-4]) ?(?:q|qtr)[ \-/_']?(?:{FISCAL})?{EITHER}"),
    pattern(rf"(?P<nth>1st|2nd|3rd|4th|first|second|third|fourth) (?:quarter|qtr)[ ,]*(?:of )?(?:{FISCAL})?{EITHER}"),
    pattern(rf"{YEAR}[ ,\-]*(?P<nth>1st|2nd|3rd|4th|first|second|third|fourth) (?:quarter|qtr)"),
    pattern(
        r"(?P<three>jan\w*|apr\w*|jul\w*|oct\w*)\.? ?(?:-|–|—|to|through) ?(?P<end>mar\w*|jun\w*|sep\w*|"
        rf"dec\w*)\.?[ ,]*{YEAR}"
    ),
]
YEAR_PART = pattern(rf"{YEAR}[\-/. _](?P<m>\d)")
MONTH_SHAPES = [
    pattern(rf"{YEAR}[\-/. _](?P<m>\d{{1,2}})"),
    pattern(rf"{YEAR} ?m ?(?P<m>\d{{1,2}})"),
    pattern(rf"{YEAR}(?P<m>0[1-9]|1[0-2])"),
    pattern(rf"(?P<m>\d{{1,2}})[\-/. ]{YEAR}"),
    pattern(rf"{MONTH_WORD}[ \-/,_']*{YEAR}"),
    pattern(rf"{MONTH_WORD}[ \-/'_]+{SHORT}"),
    pattern(rf"{YEAR}[ \-/,_]*{MONTH_WORD}"),
]
DAYS = [
    pattern(rf"{YEAR}[\-/.](?P<m>\d{{1,2}})[\-/.](?P<d>\d{{1,2}})"),
    pattern(rf"{YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"),
    pattern(rf"(?P<d>\d{{1,2}})[ \-/.]?{MONTH_WORD}[ \-/.,]*{EITHER}"),
    pattern(rf"(?:\w+day,? )?{MONTH_WORD} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? {YEAR}"),
]
FISCAL_MONTHS = [
    pattern(rf"(?P<first>(?:19|20|21)\d\d)[\-/](?:\d\d|\d{{4}})-(?:{MONTH_WORD}|(?P<m>\d{{1,2}})(?:\.0)?)"),
    pattern(rf"(?:{FISCAL})?{EITHER}(?:\.0)?-(?:{MONTH_WORD}|(?P<m>\d{{1,2}})(?:\.0)?)"),
]
TWO_PARTS = pattern(rf"(?P<a>\d{{1,2}})[\-/.](?P<b>\d{{1,2}})[\-/.]{EITHER}")
CLOCK = re.compile(r"[ t]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?$")
STATUS = (
    r"(?:preliminary|prelim\.?|provisional|prov\.?|interim|estimated|est\.?|draft|revised|rev\.?|final(?:i[sz]ed)?|"
    r"updated|original|p|r|f)"
)
ASIDE = re.compile(rf"\s*(?:\([^)]*\)|\[[^\]]*\]|[*†‡§¶^#]+|[ \-,]+{STATUS}|(?<=\d)[prf])\s*$")
LIKE_A_DATE = re.compile(r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:\D|$)")
IMPOSSIBLE_DATE = pattern(
    r"(?:\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2}|\d{1,2}[\-/.]\d{1,2}[\-/.](?:\d{2}|\d{4})|\d{4}[\-/.]\d{1,2}|\d{4})"
)


def school_year(word: str) -> re.Match[str] | None:
    """``202223`` as two years that follow each other; None for any other text."""
    match = COMPACT.match(word)
    return match if match and (int(match["to"]) - int(match["from"])) % 100 == 1 else None
