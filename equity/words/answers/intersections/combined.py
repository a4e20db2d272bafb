"""The answer's cells read, and how each is said."""

from __future__ import annotations

import math
from dataclasses import dataclass

from equity.lens.answers import Intersections
from equity.lens.standing_out import stand_out
from equity.lens.tables import columns_of
from equity.words import crossed_groups, groups, judgements, numbers
from equity.words.cached_per_answer import cached_per_answer
from equity.words.rows import middle_n, records

POOLED = (
    "Expected adds up the levels of the cell's groups, without what is special to the cell. Smoothed is a mean of the "
    "cell's own rate and the expected one: the more people in the cell, the more its own rate counts (empirical Bayes)."
)
"""How the smoothed rate is found."""


DEFAULT_MOST = 12


@dataclass(frozen=True)
class Cell:
    """One cell. Rates as in the answer; ``apart`` is the pooled rate's distance from expected, toward harm.

    ``column_n`` is the n by which the rates of all cells are rounded alike: that of the middle one that can be read.
    ``stands_out`` says whether even the pooled rate's range leaves out what the margins suggest.
    """

    values: tuple[str, ...]
    kind: str
    n: float
    x: float
    rate: float
    lower: float
    upper: float
    expected: float
    pooled: float
    pooled_lower: float
    pooled_upper: float
    own_weight: float
    apart: float
    reliability: str
    shown: str
    column_n: float
    stands_out: bool

    @property
    def label(self) -> str:
        """ "Spanish, Uninsured"."""
        return crossed_groups.label(self.values)

    @property
    def visible(self) -> bool:
        """Whether there is a rate to show: zero is one, hidden and nobody are not."""
        return self.shown in ("yes", "zero") and numbers.known(self.rate)

    @property
    def readable(self) -> bool:
        """Whether it is a group of people with enough of them to be spoken of."""
        return self.visible and self.kind in ("group", "other") and self.reliability != "too_few"


@cached_per_answer
def cells(answer: Intersections) -> tuple[Cell, ...]:
    """Every cell, in the stratifiers' order."""
    names = [f"value{i + 1}" for i in range(len(answer.stratifiers))]
    listed, middle = [], middle_n(answer.rows)
    out = stand_out(columns_of(answer.rows)).tolist()
    for row, stands_out in zip(records(answer.rows), out, strict=True):
        figures = {
            name: float(row[name])
            for name in (
                *("n", "x", "rate", "lower", "upper", "expected"),
                *("pooled", "pooled_lower", "pooled_upper", "own_weight"),
            )
        }
        apart = answer.measure.harm_sign * (figures["pooled"] - figures["expected"])
        listed.append(
            Cell(
                values=tuple(str(row[name]) for name in names),
                kind=str(row["kind"]),
                **figures,
                apart=apart,
                reliability=str(row["reliability"]),
                shown=str(row["shown"]),
                column_n=middle,
                stands_out=stands_out,
            )
        )
    return tuple(listed)


@cached_per_answer
def furthest(answer: Intersections, most: int = DEFAULT_MOST) -> tuple[Cell, ...]:
    """The readable cells, those furthest from their margins first: toward harm, or either way for a neutral measure."""
    side = abs if answer.measure.polarity == "neutral" else float
    return tuple(sorted((c for c in cells(answer) if c.readable), key=lambda c: -side(c.apart))[:most])


@cached_per_answer
def standing_out(answer: Intersections) -> tuple[Cell, ...]:
    """The cells that fare worse than their margins suggest, beyond chance, the furthest first."""
    neutral = answer.measure.polarity == "neutral"
    return tuple(c for c in furthest(answer, len(answer.rows)) if c.stands_out and (neutral or c.apart > 0))


@cached_per_answer
def ahead(answer: Intersections) -> tuple[Cell, ...]:
    """The cells that fare better than their margins suggest, beyond chance; none for a neutral measure."""
    if answer.measure.polarity == "neutral":
        return ()
    return tuple(c for c in furthest(answer, len(answer.rows)) if c.stands_out and c.apart < 0)


def who(answer: Intersections, cell: Cell) -> str:
    """The people of a cell, aloud."""
    return crossed_groups.describe_crossed_group(answer.stratifiers, cell.values, groups.noun(answer.measure))


def described(answer: Intersections, cell: Cell) -> str:
    """A cell read aloud: "Spanish, Uninsured: 42%, 262 visits, smoothed 47% (40% to 53%), expected 59%"."""
    absent = absence(answer, cell)
    if absent:
        return f"{cell.label}: {absent}"
    measure = answer.measure
    around = pooled_span(answer, cell)
    few = ", too few to read alone" if cell.reliability == "too_few" else ""
    own, pooled, expected = (
        numbers.rate(measure, v, cell.column_n, answer.overall_rate) for v in (cell.rate, cell.pooled, cell.expected)
    )
    size = groups.how_many(counted(answer), cell.n)
    return f"{cell.label}: {own}, {size}{few}, smoothed {pooled} ({around}), expected {expected}"


def pooled_span(answer: Intersections, cell: Cell) -> str:
    """The range of a smoothed rate; none is told of a few people whose range closes, as where all of them had it."""
    ends = [
        numbers.bare_rate(answer.measure, v, cell.column_n, answer.overall_rate)
        for v in (cell.pooled_lower, cell.pooled_upper)
    ]
    if cell.reliability == "too_few" and ends[0] == ends[1]:
        return "too few for a range"
    return numbers.span(numbers.rate_range(answer.measure, cell.pooled_lower, cell.pooled_upper, cell.column_n))


def absence(answer: Intersections, cell: Cell) -> str:
    """Why a cell has no rate: nobody is in it, or it is hidden; nothing when it has one."""
    if cell.visible:
        return ""
    if cell.shown == "missing":
        return nobody_said(answer).lower()
    return judgements.absence(cell.shown, answer.choices)


def nobody_said(answer: Intersections) -> str:
    """An empty cell: "No patients"."""
    return f"No {groups.noun(answer.measure)}"


def counted(answer: Intersections) -> str:
    """What n counts."""
    return groups.what_is_counted(answer.measure, size_of(answer), answer.people)


def level_said(answer: Intersections) -> str:
    return "average" if answer.measure.kind == "mean" else "rate"


def word(answer: Intersections, cell: Cell) -> str:
    """Whether a cell stands out, and on which side where one is better."""
    if not cell.stands_out:
        return ""
    return "better than expected" if cell in ahead(answer) else "stands out"


@cached_per_answer
def size_of(answer: Intersections) -> float:
    n = answer.rows["n"].astype(float)
    return float(n.sum()) if len(n) else math.nan
