"""The organization's own history of racism and of working against it, on one line of time with that of the country.

A team's own event says what happened here, who was harmed, what the organization's part was, where one can read it, and
what is done now. An acknowledgement is a statement that somebody approved; who may read it is the record's own reader.
Nothing here is laid on a trend: a team does that itself, by an annotation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from equity.improvement.team.shipped_history import ShippedEvent
from equity.vocabulary import PlainError
from equity.vocabulary.written import is_written

EARLIEST_YEAR = 1400
_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)

Whose = Literal["ours", "country"]


@dataclass(frozen=True)
class HistoryEvent:
    """An event of the team's own.

    ``date`` is a year, a month or a day (2019, 2019-03, 2019-03-14). ``source`` is a document, or who tells it;
    ``kept_at`` an address or the name of a file, and where that is kept. ``of_shipped`` is the key of a shipped event
    that this one takes the place of; ``violence`` puts a note before it. A draft is not ``placed`` on the line yet.
    """

    date: str = ""
    happened: str = ""
    harmed: str = ""
    our_part: str = ""
    source: str = ""
    now: str = ""
    kept_at: str = ""
    question: str = ""
    violence: bool = False
    of_shipped: str = ""
    placed: bool = False


@dataclass(frozen=True)
class Acknowledgement:
    """A statement of what the organization acknowledges; without ``approved_by`` it is a draft.

    ``approved`` is a day, YYYY-MM-DD.
    """

    title: str = ""
    happened: str = ""
    harmed: str = ""
    our_part: str = ""
    now: str = ""
    approved_by: str = ""
    approved: str = ""

    @property
    def is_approved(self) -> bool:
        """Whether somebody stands for it."""
        return bool(self.approved_by)


@dataclass(frozen=True)
class Moment:
    """One place on the line of time: an event of ours (``record`` is its id) or a shipped one."""

    date: str
    whose: Whose
    said: str
    question: str
    violence: bool
    record: str = ""
    ours: HistoryEvent | None = None
    shipped: ShippedEvent | None = None


def placed(event: HistoryEvent, today: dt.date) -> HistoryEvent:
    """The event on the line of time, when it can stand there.

    Raises:
        PlainError: there is no date, or one that cannot be; nothing says what happened or where that is known from; an
            address is none.
    """
    _refuse_odd_date(event.date.strip(), today)
    if not is_written(event.happened):
        raise PlainError("Write what happened, in a sentence or two.")
    if not is_written(event.source):
        raise PlainError("Write where you know it from: a document, a newspaper, or the name of who tells it.")
    if "://" in event.kept_at and not _ADDRESS.fullmatch(event.kept_at.strip()):
        raise PlainError("The address must begin with https:// or http:// and hold no blanks: correct it.")
    return replace(event, date=event.date.strip(), kept_at=event.kept_at.strip(), placed=True)


def in_time(event: HistoryEvent) -> None:
    """Raise :class:`PlainError` for an event on the line whose date is none."""
    if event.placed:
        _refuse_odd_date(event.date, dt.date.max)


def with_note(event: HistoryEvent, violence: bool) -> HistoryEvent:
    """The event with or without a note before it."""
    return replace(event, violence=violence)


def edited_from(shipped: ShippedEvent) -> HistoryEvent:
    """A shipped event as the team's own, to be edited; it then stands in the shipped one's place."""
    return HistoryEvent(
        date=shipped.date,
        happened=shipped.said,
        source="; ".join(shipped.sources),
        question=shipped.question,
        violence=shipped.violence,
        of_shipped=shipped.key,
    )


def approved(statement: Acknowledgement, by: str, day: dt.date) -> Acknowledgement:
    """The statement as approved.

    Raises:
        PlainError: nobody is named, or it does not say what happened, who was harmed and what is done now.
    """
    if not is_written(by):
        raise PlainError("Write who approved it: a name and an office, such as the board.")
    for text, what in ((statement.happened, "what happened"), (statement.harmed, "who was harmed")):
        if not is_written(text):
            raise PlainError(f"Write {what} before it is approved.")
    if not is_written(statement.now):
        raise PlainError("Write what you do now before it is approved: words alone are not enough.")
    return replace(statement, approved_by=by.strip(), approved=day.isoformat())


def reworded(before: Acknowledgement, after: Acknowledgement) -> Acknowledgement:
    """The statement with new words: an approval holds for the words that were approved, so it goes with them."""
    words = replace(after, approved_by=before.approved_by, approved=before.approved)
    return words if words == before else replace(after, approved_by="", approved="")


def timeline(
    own: Iterable[tuple[str, HistoryEvent]], shipped: Iterable[ShippedEvent], whose: Whose | None = None
) -> tuple[Moment, ...]:
    """Own events (id and event) and the country's on one line, the oldest first; an own copy stands for a shipped one.

    ``whose`` keeps one kind only.
    """
    mine = [Moment(e.date, "ours", e.happened, e.question, e.violence, record, ours=e) for record, e in own if e.placed]
    copied = {moment.ours.of_shipped for moment in mine if moment.ours is not None}
    theirs = [
        Moment(e.date, "country", e.said, e.question, e.violence, shipped=e) for e in shipped if e.key not in copied
    ]
    every = [moment for moment in (*mine, *theirs) if whose in (None, moment.whose)]
    return tuple(sorted(every, key=lambda moment: (moment.date, moment.whose, moment.said)))


def _refuse_odd_date(date: str, today: dt.date) -> None:
    match = _DATE.fullmatch(date)
    if match is None:
        raise PlainError(f"“{date[:40]}” is no date here: write a year, a month or a day, such as 1966 or 1966-07-01.")
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    try:
        first = dt.date(year, month, day)
    except ValueError:
        raise PlainError(f"There is no day {date}: correct it.") from None
    if not year >= EARLIEST_YEAR or first > today:
        raise PlainError(f"{date} is not between {EARLIEST_YEAR} and today: correct it.")
