"""The pieces that sentences about missing groups are made of."""

from __future__ import annotations

from typing import Any

from equity.lens.answers import Completeness
from equity.stats.gap import RELATIVE_THRESHOLD
from equity.words import groups, measures, numbers
from equity.words.answers.completeness.recorded import KINDS, STATUS, Share, counted_said, shares, size, written
from equity.words.cached_per_answer import cached_per_answer
from equity.words.rows import records

FEWEST = 30


def short_gap(answer: Completeness, gap: float) -> str:
    """A gap where there is little room: "13.5 pts", "about even"."""
    if numbers.is_no_gap(answer.measure, gap, size(answer)):
        return numbers.NO_DIFFERENCE
    return numbers.short_gap(answer.measure, gap, size(answer))


def share_in_words(answer: Completeness, share: Share) -> str:
    """One row read aloud: "Lakeshore: recorded for 77%, unknown 15%, …; fix this first"."""
    if not share.n:
        return f"{share.name}: no data"
    parts = [f"{word} {numbers.share(share.kinds[k] / share.n)}" for k, word in KINDS.items() if share.kinds[k]]
    everyone = groups.how_many(counted_said(answer), share.n)
    known = f"{share.name}: recorded for {written(share)} of {everyone}"
    return f"{', '.join([known, *parts])}; {STATUS[share.status].word}"


def framed(answer: Completeness, rate: float) -> float:
    """The rate that a difference is held against: the smaller framing of a proportion."""
    return min(rate, 1 - rate) if answer.measure.kind == "proportion" else abs(rate)


def spoken_of(answer: Completeness) -> str:
    """The group whose gap the tipping point speaks of; empty where none is large enough."""
    row = bound_spoken_of(answer, "")
    return "" if row is None else str(row["group"])


@cached_per_answer
def bound_spoken_of(answer: Completeness, group: str) -> dict[str, Any] | None:
    """The row of bounds to speak of: the named group's, else that of a real gap that takes most people to undo."""
    rows = [row for row in records(answer.bounds) if float(row["gap"]) > 0]
    if group:
        return next((row for row in rows if row["group"] == group), None)
    least = RELATIVE_THRESHOLD * framed(answer, answer.known_rate)
    large = [row for row in rows if float(row["gap"]) >= least]
    return max(large, key=lambda row: float(row["tipping_people"]), default=None)


def no_bounds(answer: Completeness) -> str:
    if answer.bounds.empty:
        return _why_no_bounds(answer)
    return "No group here is behind by enough to ask whether missing data could undo it."


def _why_no_bounds(answer: Completeness) -> str:
    named = measures.quoted(answer.measure.name)
    if answer.measure.kind != "proportion":
        return f"Best and worst case are for results that are yes or no, and {named} is counted otherwise."
    if answer.measure.polarity == "neutral":
        return f"Best and worst case need a side that is better, and {named} has none."
    return "Best and worst case are for one group beside another: choose a group to compare with."


def every_of(answer: Completeness, *scopes: str) -> str:
    return "; ".join(share_in_words(answer, s) for s in shares(answer, *scopes))


def lowered_place(answer: Completeness) -> str:
    return measures.lowered(answer.place) if answer.place else "place"
