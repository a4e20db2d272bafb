"""Months under period labels, so that what was said of one grain can be drawn on another."""

from __future__ import annotations

from collections.abc import Sequence

from equity.vocabulary.period import MONTHS_IN, grain_of, period_start


def months_of(label: str) -> range:
    """The months of a period as whole numbers (12 · year + month − 1); raises PlainError for all time."""
    first = period_start(label)
    begin = first.year * 12 + first.month - 1
    return range(begin, begin + MONTHS_IN[grain_of(label)])


def stretch_of(first: str, last: str) -> range:
    """The months from the beginning of one period to the end of another."""
    return range(months_of(first).start, months_of(last).stop)


def months_of_each(labels: Sequence[str]) -> tuple[range, ...]:
    """The months of each label; a chart over all time, whose one label is empty, has none."""
    return tuple(range(0) if label == "" else months_of(label) for label in labels)


def overlap(a: range, b: range) -> int:
    """How many months two stretches share."""
    return max(0, min(a.stop, b.stop) - max(a.start, b.start))
