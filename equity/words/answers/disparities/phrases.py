"""The pieces that sentences about compared groups are made of."""

from __future__ import annotations

import math

from equity.lens.answers import Disparities
from equity.words import (
    comparisons,
    groups,
    numbers,
    references,
)
from equity.words.cached_per_answer import cached_per_answer
from equity.words.comparisons import Comparison
from equity.words.rows import GroupRow, focus, group_rows, middle_of

MANY_UNKNOWN = 0.05
CLEAR = ("disparity", "small_certain")


def compared(answer: Disparities, row: GroupRow) -> Comparison:
    """A row of the answer with what it takes to speak of it."""
    return _in_column(answer, row)._replace(gaps_n=_gaps_n(answer))


def _in_column(answer: Disparities, row: GroupRow) -> Comparison:
    held = answer.measure, answer.stratifier, answer.reference, answer.choices
    return Comparison(row, *held, column_n(answer), what_is_counted(answer))


@cached_per_answer
def _gaps_n(answer: Disparities) -> float:
    """The n by which the answer's gaps are rounded alike."""
    return comparisons.gaps_n_of([_in_column(answer, row) for row in group_rows(answer.rows)])


@cached_per_answer
def column_n(answer: Disparities) -> float:
    """The n by which a column of the answer is rounded, never by less than the two rates of the headline are.

    That of the middle one of the groups that can be read, or of the smaller side of the headline where that is larger.
    """
    sizes = [r.n for r in group_rows(answer.rows) if can_be_read(r) and numbers.known(r.n)]
    if not sizes:
        return math.nan
    row, middle = focus(answer), middle_of(sizes)
    sides = [n for n in (row.n, answer.reference.n) if numbers.known(n) and n > 0] if row is not None else []
    return max(middle, min(sides, default=0.0))


def all_named(answer: Disparities, rows: list[GroupRow], start: str) -> str:
    return f"{start}{groups.listed([compared(answer, r).who for r in rows])}." if rows else ""


def reference_said(answer: Disparities) -> str:
    return references.describe_reference(answer.reference, answer.stratifier, answer.measure)


def alone(answer: Disparities, row: GroupRow) -> Comparison:
    """A row for a sentence: its numbers are rounded as its own two sides deserve."""
    return compared(answer, row)._replace(column_n=math.nan, gaps_n=None)


def any_judged(answer: Disparities) -> bool:
    """Whether chance could be judged of some gap: not where a source gives rates without ranges."""
    return any(numbers.known(row.gap_lower) or numbers.known(row.p) for row in group_rows(answer.rows) if row.compared)


def can_be_read(row: GroupRow) -> bool:
    return row.visible and row.reliability != "too_few" and row.kind in ("group", "other")


def what_is_counted(answer: Disparities) -> str:
    """What n counts over the whole answer."""
    return groups.what_is_counted(answer.measure, total_of(answer, "n"), total_of(answer, "people"))


def share_unknown(answer: Disparities) -> float:
    return 1 - answer.known_share if numbers.known(answer.known_share) else math.nan


@cached_per_answer
def total_of(answer: Disparities, column: str) -> float:
    return float(answer.total[column].astype(float).sum()) if len(answer.total) else math.nan


def widest(rows: tuple[GroupRow, ...]) -> GroupRow | None:
    seen = [r for r in rows if r.compared and numbers.known(r.gap)]
    return max(seen, key=lambda r: abs(r.gap), default=None)
