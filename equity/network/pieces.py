"""What a team shares, piece by piece: plain values that stand for themselves, without a way back into its workspace.

Every count of patients in a piece is one that a release shows, and the piece names that release. What people typed is
carried as they typed it; :func:`typed_numbers` finds the digits in it, which no release has looked at.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from equity.vocabulary import Kind, PlainError, Polarity

PieceKind = Literal["release", "card", "reflection", "history", "project", "cycle", "drivers"]
PIECE_KINDS: Final[tuple[PieceKind, ...]] = get_args(PieceKind)
Seen = Literal["gallery", "comparison"]
"""Where a piece is seen: in the gallery under the team's name, or in comparisons alone, without it."""


@dataclass(frozen=True)
class Said:
    """Words under a small heading."""

    label: str
    text: str


@dataclass(frozen=True)
class MeasureTold:
    """A measure as its team defines it."""

    name: str
    kind: Kind
    polarity: Polarity
    multiplier: float = 1.0
    unit: str = ""
    area: str = ""


@dataclass(frozen=True)
class GroupingTold:
    """A grouping (a stratifier), by its key and its label."""

    key: str
    label: str


RateRow = tuple[int, int, str, str, float, float, float, float, float, float]
"""Places of measure and grouping, group (empty: everybody), period, n, x, effective n, rate and its 95 % interval."""


@dataclass(frozen=True)
class ReleaseTold:
    """The rates that one release shows, by year. ``rule`` is the sentence of its disclosure rule."""

    id: str
    created: str
    rule: str
    measures: tuple[MeasureTold, ...]
    groupings: tuple[GroupingTold, ...]
    rows: tuple[RateRow, ...]


@dataclass(frozen=True)
class CardTold:
    """A card made from a release: what was asked, the finding, and its table as text."""

    link: dict[str, str]
    finding: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    release: str


@dataclass(frozen=True)
class QuestionTold:
    """What a test asked, what was expected, what happened, and how that was beside the prediction."""

    words: str
    prediction: str
    result: str
    outcome: str


@dataclass(frozen=True)
class EffectTold:
    """How much the rate of a test's group changed from the period before it to the one after, by one release.

    Fractions (or the measure's unit), positive is better; ``error`` is the standard error.
    """

    value: float
    error: float
    before: str
    after: str
    release: str


@dataclass(frozen=True)
class CycleTold:
    """A test of change. ``predicted`` is the change that was expected, in the unit of the effect; None: not said."""

    number: int
    measure: MeasureTold | None
    group: str
    what: str
    scale: str
    questions: tuple[QuestionTold, ...]
    decision: str
    why: str
    learned: str
    predicted: float | None = None
    effect: EffectTold | None = None
    no_effect: str = ""
    """Why no effect is told; empty where one is."""


@dataclass(frozen=True)
class DriverTold:
    """A driver or idea of a diagram, and what it serves, each strongly or weakly."""

    id: str
    level: str
    words: str
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where a team says that it is. Told, never scored: for each milestone how many things its workspace holds.

    ``said`` is the day, ``month`` of its journey (0: not begun), ``reflected`` the latest quarter with a reflection,
    ``last_call`` the day of its latest call, ``help`` what help it asks for.
    """

    said: str
    month: int = 0
    held: dict[str, int] = field(default_factory=dict)
    reflected: str = ""
    last_call: str = ""
    help: str = ""


@dataclass(frozen=True)
class Piece:
    """One thing that a team shares. ``id`` stays the same for as long as it is shared; days are YYYY-MM-DD.

    subject  the record or release that it was made from, in its own workspace
    area     clinical area; ``idea`` the change idea that it is about, in the cohort's words
    origin   where the team has it from, when it began as a copy of another's
    """

    id: str
    kind: PieceKind
    title: str
    shared: str
    subject: str
    seen: Seen = "gallery"
    area: str = ""
    topic: str = ""
    idea: str = ""
    origin: str = ""
    words: tuple[Said, ...] = ()
    release: ReleaseTold | None = None
    card: CardTold | None = None
    cycle: CycleTold | None = None
    drivers: tuple[DriverTold, ...] = ()


def typed_numbers(piece: Piece) -> tuple[str, ...]:
    """What people typed in a piece that holds digits: no release has looked at those numbers."""
    return tuple(dict.fromkeys(text for text in _typed(piece) if any(letter.isdigit() for letter in text)))


def _typed(piece: Piece) -> Iterator[str]:
    if piece.kind not in ("release", "card"):
        yield from (piece.title, piece.origin)
    yield from (piece.topic, piece.idea)
    yield from (said.text for said in piece.words)
    yield from (driver.words for driver in piece.drivers)
    if piece.cycle is not None:
        cycle = piece.cycle
        yield from (cycle.what, cycle.why, cycle.learned)
        for question in cycle.questions:
            yield from (question.words, question.prediction, question.result)


def releases_of(piece: Piece) -> tuple[str, ...]:
    """The ids of the releases that a piece's numbers come from."""
    ids = [
        piece.release.id if piece.release else "",
        piece.card.release if piece.card else "",
        piece.cycle.effect.release if piece.cycle and piece.cycle.effect else "",
    ]
    return tuple(dict.fromkeys(each for each in ids if each))


def refuse_impossible(piece: Piece) -> None:
    """Raise :class:`PlainError` where days are none or rates cannot be rates: this program did not make the piece."""
    told, cycle = piece.release, piece.cycle
    sound = is_day(piece.shared) and (told is None or all(_can_be(told, row) for row in told.rows))
    if cycle is not None:
        effect = cycle.effect
        numbers = () if effect is None else (effect.value, effect.error)
        foreseen = () if cycle.predicted is None else (cycle.predicted,)
        sound &= all(math.isfinite(number) for number in (*numbers, *foreseen)) and (effect is None or effect.error > 0)
    if not sound:
        raise PlainError(
            f"“{piece.title[:80]}” holds a day or a number that none can be: ask the team for a new package."
        )


def _can_be(told: ReleaseTold, row: RateRow) -> bool:
    measure, grouping, _group, _period, n, x, effective, rate, lower, upper = row
    if not (0 <= measure < len(told.measures) and 0 <= grouping < len(told.groupings)):
        return False
    if not all(math.isfinite(number) for number in row[4:]) or n <= 0 or effective <= 0 or not lower <= rate <= upper:
        return False
    definition = told.measures[measure]
    return definition.multiplier > 0 and (
        definition.kind != "proportion" or (0 <= x <= n and lower >= 0 and upper <= 1)
    )


def is_day(text: str) -> bool:
    """Whether a text is a day, YYYY-MM-DD."""
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
