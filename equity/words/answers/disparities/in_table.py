"""The chart as a table, and in words for those who do not see it."""

from __future__ import annotations

import pandas as pd

from equity.lens.answers import Disparities
from equity.words import (
    comparisons,
    drawn_groups,
    groups,
    judgements,
    measures,
    numbers,
    periods,
    references,
)
from equity.words.answers.disparities.headline import chart_title, gap_chart_title
from equity.words.answers.disparities.phrases import (
    column_n,
    compared,
    what_is_counted,
)
from equity.words.cached_per_answer import cached_per_answer
from equity.words.comparisons import Comparison
from equity.words.escaping import one_line
from equity.words.rows import GroupRow, group_rows


@cached_per_answer
def alt_text(answer: Disparities) -> str:
    """The chart in words: the finding, the reference, then every group with its rate, n and gap, in order."""
    every = "; ".join(comparisons.described(compared(answer, r)) for r in group_rows(answer.rows))
    return (
        f"Dots with ranges. {chart_title(answer)}. {measures.heading(answer.measure)} "
        f"{periods.during(answer.choices.period)}, compared with "
        f"{references.with_rate(answer.reference, answer.measure, answer.stratifier, column_n(answer))}. {every}."
    )


@cached_per_answer
def gaps_alt_text(answer: Disparities) -> str:
    """The chart of gaps in words: every gap with its range, in the answer's order."""
    told = [_gap_aloud(compared(answer, row)) for row in group_rows(answer.rows) if row.visible]
    every = "; ".join(gap for gap in told if gap) or "Nothing to show"
    when = f"{measures.heading(answer.measure)} {periods.during(answer.choices.period)}"
    return f"Gaps with ranges. {gap_chart_title(answer)}. {when}. {every}."


def _gap_aloud(c: Comparison) -> str:
    """ "Asian: 1.9 points lower (worse), range 0.8 points higher to 4.6 points lower"; "White: reference"."""
    gap, around = comparisons.gap_in_full(c), comparisons.gap_span(c)
    ranged = f", range {around}" if around and c.row.verdict != "reference" else ""
    return f"{one_line(c.row.group)}: {gap}{ranged}" if gap else ""


def table_caption(answer: Disparities) -> str:
    """What the table under the chart holds."""
    reference = references.with_rate(answer.reference, answer.measure, answer.stratifier, column_n(answer))
    what = f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)}"
    period = periods.title(answer.choices.period)
    return drawn_groups.under(f"{what}, compared with {reference}, {period}.{_ranges(answer)}", answer.left_out)


def _ranges(answer: Disparities) -> str:
    """What the ranges are, where there are any: published rates may come without."""
    there = any(row.visible and numbers.known(row.lower) for row in group_rows(answer.rows))
    return " Ranges are 95% intervals." if there else ""


@cached_per_answer
def table(answer: Disparities) -> pd.DataFrame:
    """The chart as a table of text, a row a group, in the answer's order; headings in plain words.

    A hidden or missing row says so once, in the column of the rate, and has nothing else.
    """
    columns: dict[str, list[str]] = {}
    for row in group_rows(answer.rows):
        for name, text in _cells(answer, row).items():
            columns.setdefault(name, []).append(text)
    return pd.DataFrame(columns)


def _cells(answer: Disparities, row: GroupRow) -> dict[str, str]:
    about, measure = compared(answer, row), answer.measure
    rate = "Average" if measure.kind == "mean" else "Rate"
    events = {"proportion": groups.started(measures.had(measure)), "rate": "Events", "mean": ""}[measure.kind]
    cells = {
        "Gap": groups.started(comparisons.gap_in_full(about)),
        "Verdict": judgements.VERDICTS[row.verdict].word if about.judged or row.verdict == "reference" else "",
        f"{rate} range": comparisons.rate_span(about),
        groups.started(what_is_counted(answer)): numbers.count(row.n) if numbers.known(row.n) else "",
        events: numbers.count(row.x) if numbers.known(row.x) else "",
        "Gap range": comparisons.gap_span(about),
        "Ratio": comparisons.ratio(about),
        f"{groups.started(measures.fewer_or_more(measure))} at the reference": _excess_cell(row),
        "Reliability": judgements.RELIABILITY[row.reliability].word if row.reliability else "",
    }
    cells.pop("", None)
    if measure.polarity == "neutral" or measure.kind == "mean":  # of an average nobody is counted
        cells.pop(f"{groups.started(measures.fewer_or_more(measure))} at the reference")
    shown = comparisons.absence(about) or numbers.rate(measure, row.rate, about.size)
    return {"Group": one_line(row.group), rate: shown} | {k: v if row.visible else "" for k, v in cells.items()}


def _excess_cell(row: GroupRow) -> str:
    if not numbers.known(row.excess) or row.verdict == "reference":
        return ""
    spread = numbers.whole_range(row.excess_lower, row.excess_upper)
    if measures.is_end_of_range(row.excess, row.excess_lower, row.excess_upper):
        return spread
    return f"{numbers.whole(row.excess)} ({spread})" if spread else numbers.whole(row.excess)
