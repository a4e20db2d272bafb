"""The made-up team itself: its people, letters, history, talks in pairs and reflections, fifteen months in.

They go with the made-up team's work (`sample_team.py`), by the same made-up author; whatever they say says that it is
made up, so that it does wherever it is read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Final

from equity.improvement.team import pairing
from equity.improvement.team import reflections as rules
from equity.improvement.team.reflections import Reflection, ReflectionPart, SignOff
from equity.improvement.team.team_nouns import (
    ACKNOWLEDGEMENT,
    EVENT,
    LETTER,
    PART,
    PERSON,
    POINT,
    REFLECTION,
    REPLY,
    ROUND,
)
from equity.store.records.exchange import Line, line_of
from equity.store.records.nouns import Noun
from equity.store.workspace.person import Person
from equity.words.sample import sample_people as told

ROUNDS: Final = ("2023-11-06", "2024-01-22", "2024-04-08", "2024-07-01", "2024-09-30")
SEED: Final = 7
IN_PAIRS: Final = 5
Written = list[tuple[Noun[Any], Line]]


def written(author: Person) -> Written:
    """All records that the made-up team keeps of itself, parents before what hangs on them."""
    people = [_line(PERSON, told.person(each), each.joined, author, place) for place, each in enumerate(told.PEOPLE)]
    lines: Written = [(PERSON, line) for line in people]
    lines += [(LETTER, line) for line in _letters(author)]
    for event, day in zip(told.EVENTS, told.WRITTEN_ON, strict=True):
        lines.append((EVENT, _line(EVENT, replace(event, happened=told.marked(event.happened)), day, author)))
    statement = _line(ACKNOWLEDGEMENT, told.STATEMENT, told.STATEMENT.approved, author)
    lines.append((ACKNOWLEDGEMENT, replace(statement, readers="leaders")))
    lines += [(ROUND, line) for line in _rounds([line.id for line in people][:IN_PAIRS], author)]
    for quarter in told.QUARTERS:
        lines += _quarter(quarter, author)
    return lines


def _line(noun: Noun[Any], content: Any, day: str, author: Person, minute: int = 0, parent: str = "") -> Line:
    """A record that the made-up team wrote on a day; the minute keeps those of one day in their order."""
    on = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(15, minute), dt.UTC)
    return line_of(noun, content, parent, by=author, on=on)


def _letters(author: Person) -> list[Line]:
    made: list[Line] = []
    for letter in told.LETTERS:
        renews = made[-1].id if made else ""
        made.append(_line(LETTER, replace(letter, text=told.marked(letter.text), renews=renews), letter.signed, author))
    return made


def _rounds(people: list[str], author: Person) -> list[Line]:
    draws: list[pairing.Draw] = []
    made = []
    for number, day in enumerate(ROUNDS):
        draws.append(pairing.draw(people, draws, frozenset(), 2, SEED + number))
        held = pairing.round_of(draws[-1], day, 5, number, with_reports=False)
        made.append(_line(ROUND, replace(held, met=tuple(range(len(held.groups)))), day, author))
    return made


def _quarter(quarter: told.Quarter, author: Person) -> Written:
    """A reflection with its parts, points and the leader's answer; what was promised is a point of its own."""
    parts = [_marked(part) for part in quarter.parts]
    lines = [_line(PART, part, quarter.signed, author) for part in parts]
    shared = tuple(name for name in rules.pieces(parts) if name.rpartition(".")[2] in told.SHARED_WITH_LEADERS)
    signed = SignOff(told.SIGNED_BY, quarter.signed, "", {line.id: line.version for line in lines})
    kept = _line(REFLECTION, Reflection(quarter.quarter, (signed,), shared), quarter.signed, author)
    records: Written = [(REFLECTION, replace(kept, readers="leaders"))]
    records += [(PART, replace(line, parent=kept.id)) for line in lines]
    for point in quarter.points:
        records.append((POINT, _line(POINT, replace(point, words=told.marked(point.words)), quarter.signed, author)))
    if quarter.reply is not None:
        reply = replace(quarter.reply, name=f"{quarter.reply.name} {told.MADE_UP}")
        answer = _line(REPLY, reply, quarter.answered, author, parent=kept.id)
        promise = rules.promise_of(reply, quarter.quarter)
        records.append((REPLY, answer))
        if promise is not None:
            records.append((POINT, _line(POINT, promise, quarter.answered, author, parent=answer.id)))
    return records


def _marked(part: ReflectionPart) -> ReflectionPart:
    """A part whose every piece says that it is made up."""
    said = {piece: told.marked(text) for piece in rules.PIECES if (text := str(getattr(part, piece)).strip())}
    return replace(ReflectionPart(part.milestone), **said)  # type: ignore[arg-type]
