"""The chart as a table, and in words for those who do not see it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from equity.lens.answers import ControlChart
from equity.words import groups, judgements, measures, numbers, periods
from equity.words.answers.control.charted import CHARTS, level
from equity.words.answers.control.findings import finding, how_sure, not_known
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import middle_of, records

_COLUMNS = ("Period", "Value", "Number", "Middle", "Lower limit", "Upper limit")


@cached_per_answer
def alt_text(answer: ControlChart) -> str:
    """The chart in words, and what is not shown."""
    seen = [row for row in records(answer.rows) if numbers.known(row["value"])]
    ends = "No points."
    if seen:
        first, last = seen[0], seen[-1]
        ends = (
            f"From {_level(answer, first)} in {periods.describe_period(first['period'])} to {_level(answer, last)} in "
            f"{periods.describe_period(last['period'])}, about a middle line of "
            f"{level(answer, float(last['centre']), column_n(answer))}."
        )
    return " ".join(
        [f"{groups.started(CHARTS[answer.chart])}. {finding(answer)} {how_sure(answer)} {ends}", *not_known(answer)]
    )


def table_caption(answer: ControlChart) -> str:
    """What the table under the chart holds."""
    chart = f"{CHARTS[answer.chart]} by {answer.grain}{', trial limits' if answer.trial else ''}"
    return f"{measures.heading(answer.measure)}, {one_line(answer.group)}, {chart}."


def table(answer: ControlChart) -> pd.DataFrame:
    """The chart as a table of text, a row a period."""
    return pd.DataFrame(_lines(answer))


def every_table(answers: tuple[ControlChart, ...]) -> pd.DataFrame:
    """Charts side by side as one table of text, a row a group and period."""
    lines = [(answer.group, line) for answer in answers for line in _lines(answer)]
    columns = lines[0][1] if lines else ()
    return pd.DataFrame(
        {"Group": [group for group, _ in lines], **{name: [line[name] for _, line in lines] for name in columns}}
    )


@cached_per_answer
def _lines(answer: ControlChart) -> list[dict[str, str]]:
    return [_cells(answer, row) for row in records(answer.rows)]


def point_in_words(answer: ControlChart, row: dict[str, Any]) -> str:
    """One point read aloud."""
    cells = _cells(answer, row)
    if judgements.absence(str(row["shown"]), answer.choices):
        return f"{cells['Period']}: {cells['Value']}"
    limits = f", limits {cells['Lower limit']} to {cells['Upper limit']}" if cells["Lower limit"] else ""
    outside = ", outside the limits" if cells["Outside"] else ""
    return f"{cells['Period']}: {cells['Value']}, middle {cells['Middle']}{limits}{outside}"


def _cells(answer: ControlChart, row: dict[str, Any]) -> dict[str, str]:
    absent, n = judgements.absence(row["shown"], answer.choices), row["n"]
    if absent:
        return (
            dict.fromkeys(_COLUMNS, "")
            | {"Period": periods.describe_period(row["period"]), "Value": absent}
            | _outside(row)
        )
    middle, lower, upper = (
        level(answer, row[column], column_n(answer)) if numbers.known(row[column]) else ""
        for column in ("centre", "lower", "upper")
    )
    return {
        "Period": periods.describe_period(row["period"]),
        "Value": _level(answer, row),
        "Number": numbers.count(n) if numbers.known(n) else "",
        "Middle": middle,
        "Lower limit": lower,
        "Upper limit": upper,
    } | _outside(row)


def _outside(row: dict[str, Any]) -> dict[str, str]:
    return {"Outside": "outside" if row["outside"] == 1 else ""}


def _level(answer: ControlChart, row: dict[str, Any]) -> str:
    return level(answer, row["value"], column_n(answer))


@cached_per_answer
def column_n(answer: ControlChart) -> float:
    """The n by which all points, middles and limits are rounded alike: that of the middle one of the points."""
    return middle_of(row["n"] for row in records(answer.rows) if numbers.known(row["n"]))
