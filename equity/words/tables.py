"""An answer as the command line prints it: the finding in a sentence, then a table in columns."""

from __future__ import annotations

import pandas as pd

from equity.focus.decision import Focus
from equity.lens.answers import (
    Areas,
    Completeness,
    ControlChart,
    Disparities,
    GapSources,
    Intersections,
    Pace,
    Summary,
    Trends,
)
from equity.words import (
    areas,
    completeness,
    control,
    disparities,
    focus,
    gap_sources,
    intersections,
    pace,
    summary,
    trends,
)

Answer = (
    Disparities | Trends | Areas | ControlChart | Summary | Completeness | Intersections | GapSources | Pace | Focus
)


def finding_and_table(answer: Answer) -> str:
    """The finding, the table, and what is not known, as plain text."""
    if isinstance(answer, Disparities):
        return _page(disparities.finding(answer), disparities.table(answer), disparities.not_known(answer))
    if isinstance(answer, Trends):
        return _page(trends.finding(answer), trends.table(answer), trends.not_known(answer))
    if isinstance(answer, ControlChart):
        return _page(control.finding(answer), control.table(answer), control.not_known(answer))
    if isinstance(answer, Summary):
        return _page(summary.finding(answer), summary.table(answer), summary.not_known(answer))
    if isinstance(answer, Intersections):
        return _page(intersections.finding(answer), intersections.table(answer), intersections.not_known(answer))
    if isinstance(answer, Completeness):
        said = (*completeness.statuses(answer), completeness.tipping(answer), *completeness.not_known(answer))
        return _page(completeness.finding(answer), completeness.table(answer), said)
    if isinstance(answer, Pace):
        return _page(pace.finding(answer), pace.table(answer), pace.not_known(answer))
    if isinstance(answer, Focus):
        return _page(focus.finding(answer), focus.table(answer), focus.not_known(answer))
    if isinstance(answer, GapSources):
        said = (*gap_sources.split_in_words(answer), *gap_sources.caveats(answer))
        return _page(gap_sources.finding(answer), gap_sources.table(answer), said)
    return _page(areas.finding(answer), areas.table(answer), areas.not_known(answer))


def columns(table: pd.DataFrame) -> str:
    """A table of text in columns, each as wide as its widest cell; empty columns are left out."""
    kept = [name for name in table.columns if (table[name] != "").any()]
    cells = [[str(name), *table[name].tolist()] for name in kept]
    widths = [max(len(text) for text in column) for column in cells]
    rows = [[column[i] for column in cells] for i in range(len(table) + 1)]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


def _page(finding: str, table: pd.DataFrame, not_known: tuple[str, ...]) -> str:
    parts = [finding, columns(table) if len(table) else "", "\n".join(not_known)]
    return "\n\n".join(part for part in parts if part)
