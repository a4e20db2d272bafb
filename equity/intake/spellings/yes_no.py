"""Yes and no, in the words that warehouses and registries use."""

from __future__ import annotations

import re
from collections.abc import Iterable

from equity.intake.spellings.missing import silence, squeeze
from equity.intake.spellings.numbers import DecimalMark, Number, parse_number
from equity.intake.spellings.standards import spoken
from equity.vocabulary.mapping import YesNo

YES = frozenset(
    [
        "1",
        "yes",
        "y",
        "true",
        "t",
        "met",
        "numerator",
        "positive",
        "pos",
        "pass",
        "passed",
        "compliant",
        "complete",
        "completed",
        "done",
        "sim",
        "tak",
        "да",
        "はい",
        "是",
        "evet",
        "kyllä",
        "sí",
        "si",
        "oui",
        "ja",
        "present",
        "x1",
        "controlled",
        "numerator met",
        "performance met",
        "in numerator",
        "checked",
        "ticked",
        "event",
        "occurred",
    ]
)
NO = frozenset(
    [
        "0",
        "no",
        "n",
        "false",
        "f",
        "not met",
        "unmet",
        "denominator only",
        "negative",
        "neg",
        "fail",
        "failed",
        "noncompliant",
        "non-compliant",
        "not compliant",
        "incomplete",
        "not completed",
        "not done",
        "non",
        "nein",
        "não",
        "nao",
        "nee",
        "nej",
        "nei",
        "nie",
        "нет",
        "いいえ",
        "否",
        "hayır",
        "absent",
        "uncontrolled",
        "not controlled",
        "not in numerator",
        "performance not met",
        "unchecked",
        "not checked",
        "no event",
    ]
)


NOBODY_SAID = YesNo()
_BY_THEMSELVES = YES | NO
_LABELLED = re.compile(r"^\(?\d{1,2}\)? ?[=:.)–—-] ?(?P<said>[^\W\d_].*)$")
_CODE_BEHIND = re.compile(r"^(?P<said>[^\W\d_][^\d(]*?) ?(?:\(\d\)|[=:] ?\d)$")


def answer_word(text: str) -> str:
    """What a cell answers, in small letters, without the code before or behind it (``1 = Yes``, ``No (0)``).

    The code says nothing: where 1 is written beside No, it is no.
    """
    word = squeeze(text).casefold()
    match = _LABELLED.match(word) or _CODE_BEHIND.match(word)
    return match["said"].strip() if match and word not in _BY_THEMSELVES else word


def says_yes(text: str) -> bool:
    """Whether a cell says yes, by itself or behind its code."""
    return answer_word(text) in YES


def says_no(text: str) -> bool:
    """Whether a cell says no, by itself or behind its code."""
    return answer_word(text) in NO


def parse_yes_no(
    text: str, also_hidden: Iterable[str] = (), decimal: DecimalMark = "", said: YesNo = NOBODY_SAID
) -> Number:
    """Read one cell as 1 (yes) or 0 (no); a number stays a number, and what says nothing is hidden or missing.

    ``said`` is the mapping's list of answers, which goes before every other spelling.
    """
    word = squeeze(text).casefold()
    if said != NOBODY_SAID:
        told = _told(word, said)
        if told is not None:
            return told
    answered = answer_word(word)
    if answered in YES:
        return Number(1.0, "value")
    if answered in NO:
        return Number(0.0, "value")
    if word == ".":
        return Number(None, "missing")  # what statistical packages write for none: nothing is withheld of one person
    return parse_number(text, also_hidden)


def _told(word: str, said: YesNo) -> Number | None:
    if not word:
        return Number(0.0, "value") if said.blank == "no" else Number(None, "missing")
    heard = answer_key(word)
    for answers, number in (
        (said.yes, Number(1.0, "value")),
        (said.no, Number(0.0, "value")),
        (said.neither, Number(None, "neither")),
    ):
        if heard in {answer_key(a) for a in answers}:
            return number
    if not said.yes or said.no or silence(word) == "missing":
        return None
    return Number(0.0, "value")


def answer_key(text: str) -> str:
    """An answer as it is compared: as it sounds, and 1.0 as 1."""
    heard = spoken(text)
    return re.sub(r"^(-?\d+) 0+$", r"\1", heard) if re.match(r"^\s*-?\d+\.0+\s*$", text) else heard
