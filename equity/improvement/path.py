"""A team's path: eighteen months in six quarters, six milestones, and what the workspace holds for each.

It is told, never scored: what is there, since when, and where it is looked at. Teams differ in their order and pace.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from equity.improvement.dates import day
from equity.improvement.milestones import MILESTONES, Milestone
from equity.improvement.portfolio import Portfolio
from equity.vocabulary import PlainError

Kind = Literal[
    "history_event",
    "acknowledgement",
    "letter",
    "call",
    "reflection",
    "note",
    "dataset",
    "annotation",
    "release",
    "decision",
    "aim",
    "drivers",
    "project",
    "cycle",
    "progress_score",
]
MONTHS, QUARTERS = 18, 6

EVIDENCE: Mapping[Milestone, tuple[Kind, ...]] = {
    "history": ("history_event", "acknowledgement"),
    "fluency": ("letter", "call", "reflection", "note"),
    "capability": ("dataset", "annotation", "release"),
    "focus": ("decision",),
    "aims": ("aim", "drivers"),
    "portfolio": ("project", "cycle", "progress_score"),
}
"""What stands for each milestone in a workspace."""


@dataclass(frozen=True)
class Journey:
    """When a team's eighteen months began, YYYY-MM-DD. ``as_of`` fixes the day that pages count from; empty: today."""

    began: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class Evidence:
    """How many of a kind there are, and the days of the first and the latest."""

    kind: Kind
    count: int
    first: dt.date
    latest: dt.date


@dataclass(frozen=True)
class Quarter:
    """One quarter of the path: its number, its days (the last one included), what was written in it by milestone."""

    number: int
    begins: dt.date
    ends: dt.date
    written: Mapping[Milestone, tuple[tuple[Kind, int], ...]]


@dataclass(frozen=True)
class Todo:
    """One thing to do this week. ``kind`` says which; ``about`` names what it is about, ``record`` its id."""

    kind: Literal["begin", "late", "study", "next", "talk"]
    milestone: Milestone
    about: str = ""
    record: str = ""


@dataclass(frozen=True)
class Path:
    """Where a team is. ``month`` and ``quarter`` count from 1; None before the first day was said."""

    journey: Journey
    today: dt.date
    month: int | None
    quarter: int | None
    milestones: Mapping[Milestone, tuple[Evidence, ...]]
    quarters: tuple[Quarter, ...]
    todo: Todo

    @property
    def is_over(self) -> bool:
        """Whether the eighteen months have passed."""
        return self.month is not None and self.month > MONTHS


def checked(journey: Journey, today: dt.date) -> Journey:
    """The journey, when it can be kept; raises :class:`PlainError` for no day, or one far ahead."""
    began = day(journey.began)
    if began is None:
        raise PlainError("Choose the day on which your eighteen months began.")
    if began > today + dt.timedelta(days=366):
        raise PlainError("That day is more than a year ahead: choose the day on which your eighteen months began.")
    day(journey.as_of)
    return journey


def path(journey: Journey, held: Mapping[Kind, Sequence[dt.date]], portfolio: Portfolio, today: dt.date) -> Path:
    """The path of a team: ``held`` are the days on which what stands in the workspace was written, by kind."""
    today = day(journey.as_of) or today
    held = {kind: [when for when in days if when <= today] for kind, days in held.items()}
    began = day(journey.began)
    milestones = {name: _evidence(EVIDENCE[name], held) for name in MILESTONES}
    month = None if began is None else max(1, 1 + months_between(began, today))
    return Path(
        journey=journey,
        today=today,
        month=month,
        quarter=None if month is None else min(QUARTERS, 1 + (month - 1) // 3),
        milestones=milestones,
        quarters=() if began is None else tuple(_quarter(began, number, held) for number in range(1, QUARTERS + 1)),
        todo=_todo(milestones, portfolio),
    )


def _evidence(kinds: Iterable[Kind], held: Mapping[Kind, Sequence[dt.date]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(kind, len(days), min(days), max(days)) for kind in kinds if (days := held.get(kind)))


def _quarter(began: dt.date, number: int, held: Mapping[Kind, Sequence[dt.date]]) -> Quarter:
    begins, after = later(began, 3 * (number - 1)), later(began, 3 * number)
    written = {}
    for name, kinds in EVIDENCE.items():
        counted = [(kind, sum(begins <= when < after for when in held.get(kind, ()))) for kind in kinds]
        written[name] = tuple((kind, count) for kind, count in counted if count)
    return Quarter(number, begins, after - dt.timedelta(days=1), written)


def _todo(milestones: Mapping[Milestone, tuple[Evidence, ...]], portfolio: Portfolio) -> Todo:
    """What has waited longest comes first: a day that passed, a milestone with nothing yet, the next step, a talk."""
    for row in sorted((row for row in portfolio.rows if row.late), key=lambda row: row.next_date):
        kind: Literal["late", "study"] = "late" if row.project.next_date else "study"
        return Todo(kind, "portfolio", row.project.next_step or row.project.title, row.id)
    for name in MILESTONES:
        if not milestones[name]:
            return Todo("begin", name)
    for row in sorted((row for row in portfolio.rows if row.next_date), key=lambda row: row.next_date):
        return Todo("next", "portfolio", row.project.next_step or row.project.title, row.id)
    return Todo("talk", "fluency")


def months_between(first: dt.date, last: dt.date) -> int:
    """Whole months from one day to another; below 0 when the second lies before the first."""
    months = 12 * (last.year - first.year) + last.month - first.month
    return months - (later(first, months) > last)


def later(first: dt.date, months: int) -> dt.date:
    """The same day so many months later; the month's last where it has no such day."""
    year, month = divmod(12 * first.year + first.month - 1 + months, 12)
    last = (dt.date(year + month // 11, (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(first.day, last))
