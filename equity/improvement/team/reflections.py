"""The reflection of a quarter: half an hour, written together, signed off, read and answered by a leader.

A reflection is a record, and on it hang a part for each milestone, the cards that were pinned, and the leaders'
replies; so two people who write on two milestones never meet. Open points belong to the workspace and come first in
the next reflection until somebody says what became of them; a leader's promise is one of them.
Source of the fields: the network's quarterly report and written reply; what people look for in tools for
retrospectives is that last time's points come back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from equity.improvement.dates import day
from equity.improvement.milestones import MILESTONES, Milestone
from equity.vocabulary import PlainError, period_label
from equity.vocabulary.period import add_months, grain_of, period_start
from equity.vocabulary.written import is_written

Piece = Literal["progress", "challenges", "learning", "help"]
PIECES: tuple[Piece, ...] = get_args(Piece)
Audience = Literal["leaders", "cohort"]

MOST_REPLIES = 40
LONGEST_ANSWER = 4_000


@dataclass(frozen=True)
class SignOff:
    """That somebody stands for a reflection: their name and account, the day, the version of each part they saw."""

    name: str
    day: str
    account: str = ""
    seen: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Reflection:
    """One quarter (2026-Q3). ``for_leaders`` and ``for_cohort`` name what each may read: ``history.progress``."""

    quarter: str
    signed: tuple[SignOff, ...] = ()
    for_leaders: tuple[str, ...] = ()
    for_cohort: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReflectionPart:
    """What the team says of one milestone."""

    milestone: Milestone
    progress: str = ""
    challenges: str = ""
    learning: str = ""
    help: str = ""


@dataclass(frozen=True)
class PinnedCard:
    """A card that a reflection speaks of: how it is made again, what it was asked, and its sentence as it was then."""

    milestone: Milestone
    link: dict[str, str]
    asked: str
    then: str


@dataclass(frozen=True)
class OpenPoint:
    """Something that is to be done. ``since`` is the quarter in which it was raised; ``became`` closes it.

    ``promised_by`` is the leader whose promise it is, empty for the team's own.
    """

    words: str
    who: str = ""
    by_when: str = ""
    since: str = ""
    promised_by: str = ""
    became: str = ""
    closed: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet what became of it."""
        return not self.closed


@dataclass(frozen=True)
class LeaderReply:
    """A leader's answer. ``link_id`` is the link it came by, empty for somebody who was signed in."""

    name: str
    read: str
    will_do: str
    by_when: str = ""
    link_id: str = ""


def quarter_to_reflect_on(today: dt.date) -> str:
    """The quarter that has ended last."""
    return period_label(add_months(period_start(period_label(today, "quarter")), -3), "quarter")


def quarter(label: str) -> dt.date:
    """The first day of a quarter; raises :class:`PlainError` when the label is none."""
    if grain_of(label) != "quarter":
        raise PlainError(f"“{label[:20]}” is no quarter: write it as 2026-Q3.")
    return period_start(label)


def point_in_time(point: OpenPoint) -> None:
    """Raise :class:`PlainError` when a point's day is none, or the quarter that it was raised in."""
    day(point.by_when)
    day(point.closed)
    quarter(point.since)


def begun(quarter: str, held: Iterable[Reflection], today: dt.date) -> Reflection:
    """An empty reflection of a quarter.

    Raises:
        PlainError: the text is no quarter, it has not begun yet, or there is a reflection of it already.
    """
    if grain_of(quarter) != "quarter":
        raise PlainError(f"“{quarter[:20]}” is no quarter: write it as 2026-Q3.")
    if period_start(quarter) > today:
        raise PlainError(f"{quarter} has not begun yet: choose an earlier quarter.")
    if any(each.quarter == quarter for each in held):
        raise PlainError(f"There is a reflection of {quarter} already: go on writing it.")
    return Reflection(quarter)


def piece_name(milestone: Milestone, piece: Piece) -> str:
    """A piece as it is named where it is shared."""
    return f"{milestone}.{piece}"


def pieces(parts: Iterable[ReflectionPart]) -> tuple[str, ...]:
    """Every piece in which something is written, in the order of the milestones."""
    by_milestone = {part.milestone: part for part in parts}
    return tuple(
        piece_name(milestone, piece)
        for milestone in MILESTONES
        for piece in PIECES
        if milestone in by_milestone and is_written(getattr(by_milestone[milestone], piece))
    )


def shared(reflection: Reflection, parts: Iterable[ReflectionPart], audience: Audience) -> tuple[ReflectionPart, ...]:
    """The parts with only the pieces that an audience may read; those without any are left out."""
    chosen = set(reflection.for_leaders if audience == "leaders" else reflection.for_cohort)
    kept = []
    for part in parts:
        said = {piece: str(getattr(part, piece)) for piece in PIECES if piece_name(part.milestone, piece) in chosen}
        if any(is_written(text) for text in said.values()):
            kept.append(ReflectionPart(part.milestone, **said))
    return tuple(sorted(kept, key=lambda part: MILESTONES.index(part.milestone)))


def sharing(reflection: Reflection, written: Iterable[str], audience: Audience, chosen: Iterable[str]) -> Reflection:
    """The reflection with what an audience may read; raises :class:`PlainError` for a piece that nobody wrote."""
    there, named = set(written), tuple(dict.fromkeys(chosen))
    odd = [name for name in named if name not in there]
    if odd:
        raise PlainError(f"Nothing is written under “{odd[0][:40]}”: share what there is.")
    return replace(reflection, for_leaders=named) if audience == "leaders" else replace(reflection, for_cohort=named)


def signed_off(reflection: Reflection, by: SignOff) -> Reflection:
    """The reflection with one more who stands for it as they saw it; signing again takes the place of the first.

    Raises:
        PlainError: nothing is written yet.
    """
    if not by.seen:
        raise PlainError("Nothing is written yet: there is nothing to sign off.")
    others = tuple(each for each in reflection.signed if each.account != by.account)
    return replace(reflection, signed=(*others, by))


def stands(sign_off: SignOff, versions: Mapping[str, int]) -> bool:
    """Whether the reflection is still as it was when somebody signed it."""
    return sign_off.seen == dict(versions)


def is_signed(reflection: Reflection, versions: Mapping[str, int]) -> bool:
    """Whether anybody stands for the reflection as it is now."""
    return any(stands(each, versions) for each in reflection.signed)


def raised(point: OpenPoint, quarter: str) -> OpenPoint:
    """A point as it is kept; raises :class:`PlainError` for an empty one or a date that is none."""
    if not is_written(point.words):
        raise PlainError("Write what is to be done.")
    day(point.by_when)
    return replace(point, words=point.words.strip(), since=quarter, became="", closed="")


def closed(point: OpenPoint, became: str, today: dt.date) -> OpenPoint:
    """The point with what became of it; raises :class:`PlainError` when nobody says."""
    if not is_written(became):
        raise PlainError("Write what became of it: done, let go, or replaced by something else.")
    return replace(point, became=became.strip(), closed=today.isoformat())


def carried(points: Iterable[OpenPoint], quarter: str) -> tuple[OpenPoint, ...]:
    """The points that a quarter's reflection begins with: raised before it and still open, the oldest first."""
    start = period_start(quarter)
    still_open = [point for point in points if point.is_open and period_start(point.since) < start]
    return tuple(sorted(still_open, key=lambda point: period_start(point.since)))


def answered(reply: LeaderReply) -> LeaderReply:
    """A reply as it is kept.

    Raises:
        PlainError: it has no name, does not say what was read, is too long, or its date is none.
    """
    if not is_written(reply.name):
        raise PlainError("Write your name, so that the team knows who answers.")
    if not is_written(reply.read):
        raise PlainError("Write what you read in it, in a sentence or two.")
    if max(len(reply.read), len(reply.will_do)) > LONGEST_ANSWER:
        raise PlainError(f"{LONGEST_ANSWER:,} characters are the most for each answer.")
    day(reply.by_when)
    return replace(
        reply, name=" ".join(reply.name.split())[:120], read=reply.read.strip(), will_do=reply.will_do.strip()
    )


def promise_of(reply: LeaderReply, quarter: str) -> OpenPoint | None:
    """The open point that a leader's promise becomes; None where they promised nothing."""
    if not reply.will_do:
        return None
    return raised(OpenPoint(reply.will_do, reply.name, reply.by_when, promised_by=reply.name), quarter)


def closed_in(point: OpenPoint, quarter: str) -> bool:
    """Whether a point of before was closed within a quarter or since, before the next reflection."""
    if point.is_open or period_start(point.since) >= period_start(quarter):
        return False
    return dt.date.fromisoformat(point.closed) >= period_start(quarter)


def quarters_back(last: str, count: int) -> tuple[str, ...]:
    """A quarter and those before it, the latest first."""
    start = period_start(last)
    return tuple(period_label(add_months(start, -3 * step), "quarter") for step in range(count))
