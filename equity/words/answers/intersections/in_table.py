"""The map and the dots as a table, and in words for those who do not see them."""

from __future__ import annotations

import pandas as pd

from equity.lens.answers import Intersections
from equity.words import crossed_groups, groups, judgements, measures, numbers, periods
from equity.words.answers.intersections.combined import (
    Cell,
    absence,
    cells,
    counted,
    described,
    furthest,
    pooled_span,
    size_of,
    word,
)
from equity.words.answers.intersections.findings import chart_title, dots_title
from equity.words.cached_per_answer import cached_per_answer


@cached_per_answer
def alt_text(answer: Intersections) -> str:
    """The map in words, a clause a cell."""
    every = "; ".join(described(answer, c) for c in cells(answer))
    return f"Map of cells. {chart_title(answer)}. {every}."


@cached_per_answer
def dots_alt_text(answer: Intersections) -> str:
    """The dots in words, the furthest first."""
    every = "; ".join(described(answer, c) for c in furthest(answer))
    return f"Dots with ranges. {dots_title(answer)}. {every or 'Nothing to show'}."


def table_caption(answer: Intersections) -> str:
    """What the table under the chart holds."""
    by = crossed_groups.groupings(answer.stratifiers)
    everyone = numbers.rate(answer.measure, answer.overall_rate, size_of(answer))
    return (
        f"{measures.heading(answer.measure)} by {by}, {periods.title(answer.choices.period)}; {everyone} overall. "
        f"Number counts {counted(answer)}. Ranges are 95% intervals."
    )


@cached_per_answer
def table(answer: Intersections) -> pd.DataFrame:
    """Every cell as a row of text, in the stratifiers' order."""
    return pd.DataFrame([_row(answer, c) for c in cells(answer)])


def _row(answer: Intersections, cell: Cell) -> dict[str, str]:
    measure, absent = answer.measure, absence(answer, cell)
    named = {groups.started(s.label): groups.listed([v]) for s, v in zip(answer.stratifiers, cell.values, strict=True)}
    figures = {
        "Own rate": numbers.rate(measure, cell.rate, cell.column_n, answer.overall_rate),
        "Its range": numbers.span(numbers.rate_range(measure, cell.lower, cell.upper, cell.column_n)),
        "Number": numbers.count(cell.n),
        "Smoothed": numbers.rate(measure, cell.pooled, cell.column_n, answer.overall_rate),
        "Smoothed range": pooled_span(answer, cell),
        "Expected": numbers.rate(measure, cell.expected, cell.column_n, answer.overall_rate),
        "Own share in smoothed": numbers.share(cell.own_weight),
        "Reliability": judgements.RELIABILITY[cell.reliability].word if cell.reliability else "",
        "In a word": word(answer, cell),
    }
    if absent:
        return named | dict.fromkeys(figures, "") | {"Own rate": groups.started(absent)}
    return named | figures
