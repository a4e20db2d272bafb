"""The chart as a table, and in words for those who do not see it."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import pandas as pd

from equity.lens.answers import Trends
from equity.words import drawn_groups, groups, judgements, measures, numbers, periods
from equity.words.answers.trends.context import chart_title, not_known, wider_said
from equity.words.answers.trends.gap_changes import CHANGES, by_group, changes, lead
from equity.words.answers.trends.phrases import (
    column_n,
    counted,
    gap_in_words,
    has_ranges,
    reference_said,
    signed_gap,
    up_or_down,
    usual_rate,
    whole_span,
)
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import middle_of, records


@cached_per_answer
def alt_text(answer: Trends) -> str:
    """The chart in words: the finding, then each group's first and last shown rate, then what is not shown."""
    told = "; ".join(_told(answer, name, rows) for name, rows in by_group(answer).items())
    title = f"{chart_title(answer)}, {whole_span(answer)}"
    return " ".join([f"Lines over time. {title}.", f"{told}.", *not_known(answer)])


def table_caption(answer: Trends) -> str:
    """What the table under the chart holds."""
    what = f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)} and {answer.grain}"
    ranges = " Ranges are 95% intervals." if has_ranges(answer) else ""
    caption = f"{what}, compared with {reference_said(answer)}.{ranges}"
    return drawn_groups.under(caption, answer.left_out)


@cached_per_answer
def table(answer: Trends) -> pd.DataFrame:
    """The chart as a table of text, a row a group and period."""
    return pd.DataFrame([_cells(answer, row) for row in records(answer.rows)])


@cached_per_answer
def changes_table(answer: Trends) -> pd.DataFrame:
    """Each group's change as a table of text, all rounded alike: as the sentence on the group that is led with."""
    read = [c for c in changes(answer) if c.verdict and numbers.known(c.gap[0])]
    first = lead(answer)
    n = max(middle_of([c.n for c in read]), first.n if first is not None else 0.0) if read else math.nan
    return pd.DataFrame(
        [
            {
                "Group": one_line(c.name),
                "Change in the gap": signed_gap(answer, c.gap[0], n, ("wider", "narrower")),
                "Its range": wider_said(answer, c.gap, n),
                "Group's own change": up_or_down(answer, c.group[0], n),
                "Reference's change": up_or_down(answer, c.reference[0], n),
                "In a word": CHANGES[c.verdict].word,
            }
            for c in changes(answer)
        ],
        columns=["Group", "Change in the gap", "Its range", "Group's own change", "Reference's change", "In a word"],
    )


def point_in_words(answer: Trends, row: dict[str, Any]) -> str:
    """One point read aloud: "Asian, Q1 2024: 69.0% (66.8% to 71.2%), 1,650 counted, 2.0 points lower"."""
    said = _read_out(answer, row)
    around = f" ({said.around})" if said.around else ""
    more = [f"{said.n} {counted(answer)}" if said.n else "", said.gap]
    return ", ".join([f"{said.group}, {said.period}: {said.rate}{around}", *(m for m in more if m)])


class _ReadOut(NamedTuple):
    """One row as text; empty where there is nothing to say."""

    period: str
    group: str
    rate: str
    around: str
    n: str
    gap: str


def _read_out(answer: Trends, row: dict[str, Any]) -> _ReadOut:
    measure, n, gap, alike = answer.measure, row["n"], row["gap"], column_n(answer)
    period, group = periods.describe_period(row["period"]), one_line(row["group"])
    absent = judgements.absence(row["shown"], answer.choices)
    if absent:
        return _ReadOut(period, group, absent, "", "", "")
    return _ReadOut(
        period,
        group,
        numbers.rate(measure, row["rate"], alike, usual_rate(answer)),
        numbers.span(numbers.rate_range(measure, row["lower"], row["upper"], alike)),
        numbers.count(n) if numbers.known(n) else "",
        gap_in_words(answer, gap, alike, usual_rate(answer)),
    )


def _cells(answer: Trends, row: dict[str, Any]) -> dict[str, str]:
    said = _read_out(answer, row)
    gap_range = numbers.gap_range(
        answer.measure, row["gap_lower"], row["gap_upper"], column_n(answer), usual_rate(answer)
    )
    return {
        "Period": said.period,
        "Group": said.group,
        "Rate": said.rate,
        "Range": said.around,
        "Number": said.n,
        "Gap": said.gap,
        "Gap range": "" if judgements.absence(row["shown"], answer.choices) else numbers.span(gap_range),
    }


def _told(answer: Trends, name: str, rows: list[dict[str, Any]]) -> str:
    seen = [row for row in rows if row["shown"] in ("yes", "zero")]
    if not seen:
        return f"{one_line(name)}: nothing to show"
    ends = [seen[0], seen[-1]] if len(seen) > 1 else seen
    alike, usual = column_n(answer), usual_rate(answer)
    levels = [
        f"{numbers.rate(answer.measure, end['rate'], alike, usual)} in {periods.describe_period(end['period'])}"
        for end in ends
    ]
    return f"{one_line(name)}: {', '.join(levels)}"
