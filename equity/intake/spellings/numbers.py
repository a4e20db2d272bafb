"""Numbers as people and programs write them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from equity.intake.spellings.missing import code_of, silence, squeeze

State = Literal["value", "percent", "hidden", "missing", "neither", "text"]

_FOOTNOTE = re.compile(r"\s*(?:\*+|[†‡§¶^#]+|\[[^\]]{1,12}\]|(?<=\d)\s*\([a-z\d]{1,2}\))$", re.IGNORECASE)
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$")
_LAKHS = re.compile(r"^[+-]?\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?$")
_SHORT = re.compile(r"^([+-]?\d+(?:[.,]\d+)?) ?([kKM])$")
_SHORTER = {"k": 1_000.0, "K": 1_000.0, "M": 1_000_000.0}
_PLUS_MINUS = re.compile(r"^(?:±|\+/-) ?(?=[\d.])")  # a margin of error, in a column of its own
_CLOCKED = re.compile(r"^(?:(\d{1,4}) ?(?:d|days?)?,? )?(\d{1,4}):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?$", re.IGNORECASE)
_THOUSANDS_BLANK = re.compile(r"^[+-]?\d{1,3}(?:[ ’']\d{3})+(?:[.,]\d+)?$")
_THOUSANDS_DOT = re.compile(r"^[+-]?\d{1,3}(?:\.\d{3})+,\d+$")
_DECIMAL_COMMA = re.compile(r"^[+-]?\d+,\d+$")
_PLAIN = re.compile(r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$", re.IGNORECASE)


DecimalMark = Literal["", ".", ","]
_SURE_COMMA = re.compile(
    r"^[+-]?(?:\d+,\d{1,2}|\d+,\d{4,}|0+,\d+|\d{4,},\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})$"
)
_SURE_POINT = re.compile(
    r"^[+-]?(?:\d*\.\d{1,2}|\d*\.\d{4,}|0*\.\d+|\d{4,}\.\d+|\d{1,3}(?:,\d{3})+\.\d*|\d{1,3}(?:,\d{3}){2,}"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?)$"
)
_EITHER = re.compile(r"^[+-]?[1-9]\d{0,2}[.,]\d{3}$")


@dataclass(frozen=True)
class Marks:
    """How many different texts of a column can only have a decimal comma, only a decimal point, or either."""

    comma: int
    point: int
    either: int

    @property
    def mark(self) -> DecimalMark:
        """The decimal mark that the texts agree on; of two, the one that nine in ten speak for; else empty."""
        for mark, ours, theirs in ((",", self.comma, self.point), (".", self.point, self.comma)):
            if ours and ours >= 9 * theirs:
                return mark  # type: ignore[return-value]
        return ""


def marks_of(texts: Iterable[str]) -> Marks:
    """Count what different texts say about the decimal mark of the column (or file) that they stand in."""
    comma = point = either = 0
    for text in texts:
        word = _FOOTNOTE.sub("", squeeze(text).rstrip("% ")).strip("()")
        if _SURE_COMMA.match(word):
            comma += 1
        elif _SURE_POINT.match(word):
            point += 1
        elif _EITHER.match(word):
            either += 1
    return Marks(comma, point, either)


_OUT_OF = re.compile(
    r"(?P<some>\d{1,3}(?:[ ,.]\d{3})+|\d+)\s*(?:/|\bof\b|\bout of\b)\s*(?P<every>\d{1,3}(?:[ ,.]\d{3})+|\d+)"
    r"(?:\s*[(\[]?\s*[\d.,]+\s*%\s*[)\]]?)?",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"(?:(?<=^[-+(])|^)(?:US ?)?[$€£¥] ?(?=\d)|(?<=\d) ?[€£]$")
LONGEST_MONTH = 31


@dataclass(frozen=True)
class Number:
    """A cell read as a number. ``value`` is None unless ``state`` is ``value`` or ``percent`` (45 % has the value
    0.45)."""

    value: float | None
    state: State


def parse_number(text: str, also_hidden: Iterable[str] = (), decimal: DecimalMark = "") -> Number:
    """Read one cell: thousands commas, a decimal comma, percent signs, footnote marks, a minus of any kind.

    With ``decimal`` a number that has another decimal mark is text. Without one, ``1,234`` is one thousand two hundred
    and thirty-four and ``12,5`` is twelve and a half.
    """
    quiet = silence(text, also_hidden)
    if quiet is not None:
        return Number(None, quiet)
    word = squeeze(text).replace("−", "-").replace("–", "-")
    word = _PLUS_MINUS.sub("", word)
    value = _value(word, decimal)
    if value is None:
        bare = _FOOTNOTE.sub("", word)
        if bare != word:
            word, value = bare, _value(bare, decimal)
    if value is not None:
        code = also_hidden and value in {code_of(squeeze(a)) for a in also_hidden}
        return Number(None, "missing") if code else Number(value, "value")
    minutes = minutes_of(word)
    if minutes is not None:
        return Number(minutes, "value")
    for sign in ("%", "percent", "per cent", "pct"):
        if word.casefold().endswith(sign):
            share = _value(word[: -len(sign)].strip(), decimal)
            return Number(None if share is None else share / 100, "text" if share is None else "percent")
    return Number(None, "text")


def out_of(text: str) -> tuple[str, str] | None:
    """``90/1000``, ``90 of 1,000`` or ``90/1000 (9 %)`` as what is counted and out of how many; else None.

    A blood pressure (120/80), a month (3/2024), a score (8/10) and a day (3/24) are none.
    """
    match = _OUT_OF.fullmatch(squeeze(text))
    if match is None:
        return None
    some, every = (int(re.sub(r"\D", "", match[part])) for part in ("some", "every"))
    year = some <= 12 and 1900 <= every <= 2100
    return None if some > every or every <= LONGEST_MONTH or year else (match["some"], match["every"])


def is_code(text: str, codes: Iterable[float]) -> bool:
    """Whether a text is one of these numbers, however it is written (``999``, ``999.0``)."""
    value = _value(squeeze(text).replace("−", "-"))
    return value is not None and value in codes


def minutes_of(text: str) -> float | None:
    """A duration as hours and minutes, with days or seconds where it has them (``1:35``, ``2 06:15``, ``0:26:30``), in
    minutes; None for any other text."""
    match = _CLOCKED.match(text)
    if match is None:
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return 1440 * days + 60 * hours + minutes + seconds / 60


def _value(word: str, decimal: DecimalMark = "") -> float | None:
    word = _CURRENCY.sub("", word)
    if word.startswith("(") and word.endswith(")") and _value(word[1:-1], decimal) is not None and word[1:2].isdigit():
        word = "-" + word[1:-1]
    short = _SHORT.match(word)
    if short:
        few = _value(short[1], decimal)
        return None if few is None else few * _SHORTER[short[2]]
    if decimal == ",":
        # Points can only part thousands, and what is left after them is read with the comma as its point.
        if not re.match(r"^[+-]?(?:\d{1,3}(?:[. ’']\d{3})+|\d+)?(?:,\d+)?(?:e[+-]?\d{1,3})?$", word):
            return None
        word = re.sub(r"[. ’']", "", word).replace(",", ".")
    elif decimal == "." and _DECIMAL_COMMA.match(word) and not _THOUSANDS.match(word):
        return None
    if _THOUSANDS.match(word) or _LAKHS.match(word):
        word = word.replace(",", "")
    elif _THOUSANDS_BLANK.match(word):
        word = re.sub(r"[ ’']", "", word).replace(",", ".")
    elif _THOUSANDS_DOT.match(word):
        word = word.replace(".", "").replace(",", ".")
    elif _DECIMAL_COMMA.match(word):
        word = word.replace(",", ".")
    word = re.sub(r"(?<=\d)_(?=\d)", "", word)
    if not _PLAIN.match(word) or not word.isascii():
        return None
    value = float(word)
    return value if math.isfinite(value) else None
