"""The charts as tables, and in words for those who do not see them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from equity.lens.answers import Completeness
from equity.words import groups, measures, numbers, periods, references
from equity.words.answers.completeness.context import bounds_chart_title, chart_title, over_time_title
from equity.words.answers.completeness.phrases import every_of, lowered_place, no_bounds
from equity.words.answers.completeness.recorded import KINDS, STATUS, Share, counted_said, shares, size, written
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import records


@cached_per_answer
def alt_text(answer: Completeness) -> str:
    """The shares in words, a clause a row."""
    return f"Stacked bars. {chart_title(answer)}. {every_of(answer, 'all', 'place')}."


@cached_per_answer
def over_time_alt_text(answer: Completeness) -> str:
    """The shares over time and by outcome in words."""
    return f"Stacked bars. {over_time_title(answer)}. {every_of(answer, 'period', 'outcome')}."


def bounds_alt_text(answer: Completeness) -> str:
    """The bounds in words, a clause a group."""
    every = "; ".join(f"{row['Group']}: {row['Gap']}, {row['Best to worst case']}" for row in _bounds_rows(answer))
    return f"Ranges. {bounds_chart_title(answer)}. {every or no_bounds(answer)}"


def table_caption(answer: Completeness) -> str:
    """What the tables hold."""
    label = groups.started(groups.label(answer.stratifier))
    what = f"{label} among {counted_said(answer)} of {measures.describe_measure(answer.measure)}"
    return f"{what}, {periods.title(answer.choices.period)}. Good from 95% recorded, use with caution from 80%."


def bounds_caption(answer: Completeness) -> str:
    """What the table of bounds holds."""
    reference = references.describe_reference(answer.reference, answer.stratifier, answer.measure)
    return (
        f"{measures.heading(answer.measure)}, compared with {reference}, {periods.title(answer.choices.period)}. "
        "Best and worst case, allowing for missing data."
    )


@cached_per_answer
def table(answer: Completeness) -> pd.DataFrame:
    """Every place, period and outcome as a row of text."""
    return pd.DataFrame([_cells(answer, s) for s in shares(answer)])


@cached_per_answer
def bounds_table(answer: Completeness) -> pd.DataFrame:
    """Every compared group's bounds as a row of text."""
    columns = ["Group", "Gap", "Best to worst case", "Needed to undo it", "Share of the missing"]
    return pd.DataFrame(_bounds_rows(answer), columns=columns)


@cached_per_answer
def _bounds_rows(answer: Completeness) -> list[dict[str, str]]:
    return [_bound(answer, row) for row in records(answer.bounds)]


def _bound(answer: Completeness, row: dict[str, Any]) -> dict[str, str]:
    measure, gap, n = answer.measure, float(row["gap"]), size(answer)
    written = numbers.gap_range(measure, float(row["gap_smallest"]), float(row["gap_largest"]), n)
    side = numbers.side(measure, gap)
    behind = gap > 0 and float(row["tipping_people"]) > 0
    able = behind and int(row["possible"]) == 1
    people = max(float(row["tipping_people"]), 1.0)
    needed = f"{numbers.whole(people)} {groups.counted_as(counted_said(answer), round(people))}" if behind else ""
    share = numbers.share(float(row["tipping_share"])) if able else "cannot be undone" if behind else ""
    return {
        "Group": one_line(row["group"]),
        "Gap": "No difference" if numbers.is_no_gap(measure, gap, n) else f"{numbers.gap(measure, gap, n)} {side}",
        "Best to worst case": numbers.span(written),
        "Needed to undo it": needed,
        "Share of the missing": share,
    }


def _cells(answer: Completeness, share: Share) -> dict[str, str]:
    scope = {
        "all": "Overall",
        "place": groups.started(lowered_place(answer)),
        "period": "Period",
        "outcome": "Outcome",
    }
    kinds = {groups.started(word): numbers.count(share.kinds[kind]) for kind, word in KINDS.items()}
    status = STATUS[share.status]
    return {
        "Which": share.name,
        "Of": scope[share.scope],
        groups.started(counted_said(answer)): numbers.count(share.n),
        "Recorded": written(share),
        **kinds,
        "In a word": f"{status.mark} {status.word}",
    }
