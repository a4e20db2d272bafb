"""How to write a summary measure's value: each in the unit that it has, signs as signs since their sides differ."""

from __future__ import annotations

import math

from equity.stats.summary.registry import Unit
from equity.vocabulary import Measure
from equity.words import numbers

WIDE_RATIO = 2
"""From where on a ratio has one decimal."""


def written(measure: Measure, unit: Unit, value: float, level: float = math.nan) -> str:
    """A value with its unit: "13.5 points", "1.24 times", "8.2%", "−0.02".

    ``level`` is the largest value of its column, by which a rate and a ratio are rounded like all of the column.
    """
    if not numbers.known(value):
        return ""
    sign = "−" if value < 0 and not _is_nothing(measure, unit, value, level) else ""
    size = abs(value)
    if unit == "rate":
        return f"{sign}{numbers.gap(measure, size, level=level)}"
    if unit == "ratio":
        return (
            f"{value:.1f} times" if (level if numbers.known(level) else value) >= WIDE_RATIO else f"{value:.2f} times"
        )
    if unit == "percent":
        return f"{sign}{size:.1f}%"
    if unit == "rate_squared":
        return f"{sign}{_plain(size * numbers.display_scale(measure) ** 2)} {_squared(measure)}"
    return f"{sign}{_plain(size)}"


def spanned(measure: Measure, unit: Unit, lower: float, upper: float, level: float = math.nan) -> str:
    """An interval: "0.0 to 22.4 points", "1.00 to 1.41 times"."""
    if unit == "ratio" and not numbers.known(level):  # both ends as the lower one
        level = lower
    low, high = written(measure, unit, lower, level), written(measure, unit, upper, level)
    if not low or not high:
        return ""
    return f"{low.split(' ', maxsplit=1)[0]} to {high}"


def _squared(measure: Measure) -> str:
    """The unit of a variance: "squared points", "squared minutes", "(squared, per 1,000 patient days)"."""
    if measure.kind == "rate":
        return f"(squared, {numbers.unit(measure)})"
    return f"squared {'points' if measure.kind == 'proportion' else numbers.unit(measure)}".strip()


def _is_nothing(measure: Measure, unit: Unit, value: float, level: float) -> bool:
    """Whether the value rounds to zero as it would be written."""
    if unit == "rate":
        return numbers.is_no_gap(measure, value, level=level)
    return unit == "percent" and round(abs(value), 1) == 0


def _plain(size: float) -> str:
    """Three figures, without a power of ten."""
    if size == 0:
        return "0"
    return f"{size:,.1f}" if size >= 10 else f"{size:.2f}" if size >= 0.1 else f"{size:.4f}"
