"""The letter of commitment: who signed, when, and what the organization promised; renewed each year.

Four promises are asked for, each in the signatory's own words: people's time, access to data, naming racism, and a
leader's reply every quarter. What is not promised is told, never filled in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from equity.vocabulary import PlainError
from equity.vocabulary.written import is_written

Promise = Literal["time", "data", "naming", "reply"]
PROMISES: tuple[Promise, ...] = get_args(Promise)
State = Literal["draft", "stands", "renew_soon", "lapsed"]

RENEW_WITHIN = dt.timedelta(days=60)
"""How long before its last day a letter is asked to be renewed."""


@dataclass(frozen=True)
class Letter:
    """One letter. ``signed`` and ``valid_until`` are days, YYYY-MM-DD; a draft is not signed.

    ``promises`` holds what was promised, by promise; ``kept_at`` says where the signed paper is, ``text`` what it says.
    ``renews`` is the id of the letter before.
    """

    signatory: str = ""
    office: str = ""
    signed: str = ""
    promises: dict[str, str] = field(default_factory=dict)
    text: str = ""
    kept_at: str = ""
    valid_until: str = ""
    renews: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether somebody has put their name to it."""
        return bool(self.signed)


def not_promised(letter: Letter) -> tuple[Promise, ...]:
    """The promises that the letter does not make."""
    return tuple(promise for promise in PROMISES if not is_written(letter.promises.get(promise, "")))


def signed(letter: Letter, day: dt.date, today: dt.date) -> Letter:
    """The letter as signed on a day; it holds for a year from then.

    Raises:
        PlainError: the name or office is missing, nothing is promised, neither text nor place of the paper is given, or
            the day is to come.
    """
    if not is_written(letter.signatory) or not is_written(letter.office):
        raise PlainError("Write who signed and in which office, such as the chief executive.")
    if len(not_promised(letter)) == len(PROMISES):
        raise PlainError("Write at least one promise: time, data, naming racism, or a leader’s reply each quarter.")
    if not is_written(letter.text) and not is_written(letter.kept_at):
        raise PlainError("Write what the letter says, or where the signed paper is kept.")
    if day > today:
        raise PlainError(f"{day.isoformat()} is still to come: write the day on which it was signed.")
    return replace(letter, signed=day.isoformat(), valid_until=_a_year_after(day).isoformat())


def renewed(record: str, letter: Letter) -> Letter:
    """A draft that begins with the words of the letter before, to be signed anew; ``record`` is that one's id."""
    return replace(letter, signed="", valid_until="", renews=record)


def reworded(before: Letter, after: Letter) -> Letter:
    """A draft with new words; raises :class:`PlainError` for a letter that is signed, which nobody changes."""
    if before.is_signed:
        raise PlainError("This letter is signed: nobody changes it. Renew it to write another.")
    return replace(after, signed="", valid_until="")


def state(letter: Letter, today: dt.date) -> State:
    """Whether a letter stands today."""
    if not letter.is_signed:
        return "draft"
    last = dt.date.fromisoformat(letter.valid_until)
    if last < today:
        return "lapsed"
    return "renew_soon" if last - today <= RENEW_WITHIN else "stands"


def standing(letters: Iterable[Letter]) -> Letter | None:
    """The signed letter that holds longest; None where none was signed."""
    return max((letter for letter in letters if letter.is_signed), key=lambda letter: letter.valid_until, default=None)


def _a_year_after(day: dt.date) -> dt.date:
    """The same day a year later; the last of February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
