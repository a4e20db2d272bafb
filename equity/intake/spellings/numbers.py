"""Numbers as people and programs write them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from equity.intake.spellings.missing import silence, squeeze

State = Literal["value", "percent", "hidden", "missing", "text"]

_FOOTNOTE = re.compile(r"\s*(?:\*+|[†‡§¶^#]+|\[[^\]]{1,12}\]|(?<=\d)\s*\([a-z\d]{1,2}\))$", re.IGNORECASE)
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$")
_THOUSANDS_BLANK = re.compile(r"^[+-]?\d{1,3}(?:[ ’']\d{3})+(?:[.,]\d+)?$")
_THOUSANDS_DOT = re.compile(r"^[+-]?\d{1,3}(?:\.\d{3})+,\d+$")
_DECIMAL_COMMA = re.compile(r"^[+-]?\d+,\d+$")
_PLAIN = re.compile(r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A cell read as a number. ``value`` is None unless ``state`` is ``value`` or ``percent`` (45 % has the value
    0.45)."""

    value: float | None
    state: State


def parse_number(text: str, also_hidden: Iterable[str] = ()) -> Number:
    """Read one cell: thousands commas, a decimal comma, percent signs, footnote marks, a minus of any kind.

    ``1,234`` is one thousand two hundred and thirty-four; ``12,5`` is twelve and a half.
    """
    quiet = silence(text, also_hidden)
    if quiet is not None:
        return Number(None, quiet)
    word = squeeze(text).replace("−", "-").replace("–", "-")
    value = _value(word)
    if value is None:
        bare = _FOOTNOTE.sub("", word)
        if bare != word:
            word, value = bare, _value(bare)
    if value is not None:
        return Number(value, "value")
    for sign in ("%", "percent", "per cent", "pct"):
        if word.casefold().endswith(sign):
            share = _value(word[: -len(sign)].strip())
            return Number(None if share is None else share / 100, "text" if share is None else "percent")
    return Number(None, "text")


def _value(word: str) -> float | None:
    if word.startswith("(") and word.endswith(")") and _value(word[1:-1]) is not None and word[1:2].isdigit():
        word = "-" + word[1:-1]
    if _THOUSANDS.match(word):
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
