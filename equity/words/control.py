"""A control chart: whether there is a signal, in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from equity.lens.answers import ControlChart
from equity.words import groups, judgements, measures, numbers, periods, remarks
from equity.words.escaping import one_line
from equity.words.rows import records

CHARTS = {
    "run": "run chart",
    "p": "p chart",
    "pp": "p′ chart",
    "u": "u chart",
    "up": "u′ chart",
    "i": "individuals chart",
    "g": "g chart",
    "t": "t chart",
}


def finding(answer: ControlChart) -> str:
    """Whether the chart holds a signal, and which rule says so."""
    what = f"{measures.said(answer.measure)} for {one_line(answer.group)}"
    if int(answer.signal.get("useful", 0)) == 0:
        return f"There are no points to judge {what}."
    reasons = signals(answer)
    if not reasons:
        return f"There is no signal in {what}: the ups and downs are what chance alone would give."
    return f"There is a signal in {what}: {'; '.join(reasons)}."


def signals(answer: ControlChart) -> list[str]:
    """The rules that fire, each as a clause: a long run, few crossings, points outside the limits."""
    signal = answer.signal
    found = []
    if signal.get("longest_run", 0) > signal.get("longest_run_max", 0):
        found.append(
            f"{signal['longest_run']} points in a row are on one side of the middle line, "
            f"and chance rarely gives more than {signal['longest_run_max']}"
        )
    if signal.get("crossings", 0) < signal.get("crossings_min", 0):
        found.append(
            f"the line crosses the middle {_times(signal['crossings'])}, and chance rarely gives fewer than "
            f"{signal['crossings_min']}"
        )
    outside = [periods.said(str(p)) for p in answer.rows.loc[answer.rows["outside"] == 1, "period"]]
    if outside:
        found.append(f"{groups.listed(outside)} {'lies' if len(outside) == 1 else 'lie'} outside the limits")
    return found


def chart_title(answer: ControlChart) -> str:
    """The finding as a heading."""
    word = "a signal of change" if signals(answer) else "no signal of change"
    return f"{measures.heading(answer.measure)}, {one_line(answer.group)}: {word}"


def how_sure(answer: ControlChart) -> str:
    """What the limits and the rules stand on."""
    useful = answer.signal.get("useful", 0)
    said = f"The rules look at {useful} points that are not on the middle line itself."
    if answer.trial:
        return f"{said} With fewer than 12 points these are trial limits: they will move as data come in."
    return said


def not_known(answer: ControlChart) -> tuple[str, ...]:
    """Holes in the picture."""
    said = []
    for state, why in (
        ("hidden", "not shown to protect privacy (fewer than 11), or hidden in the source"),
        ("missing", "without data: a hole in the line, not a zero"),
    ):
        count = int((answer.rows["shown"] == state).sum())
        if count:
            said.append(f"{'1 point is' if count == 1 else f'{count} points are'} {why}.")
    return tuple(said)


def caveats(answer: ControlChart) -> tuple[str, ...]:
    """What to keep in mind when reading the chart."""
    return (
        "A signal says that something changed, not what changed it.",
        "One high or low point inside the limits is not a change.",
        *remarks.said(answer.remarks),
    )


def prompt(answer: ControlChart) -> str:
    """One question to open the conversation with."""
    if signals(answer):
        return "What happened around the time when the line moved?"
    return "If the line is to move, what in our way of working would have to change?"


def alt_text(answer: ControlChart) -> str:
    """The chart in words."""
    seen = answer.rows[answer.rows["value"].notna()]
    ends = "No points."
    if len(seen):
        first, *_, last = [*records(seen.iloc[:1]), *records(seen.iloc[-1:])]
        ends = (
            f"From {_level(answer, first)} in {periods.said(first['period'])} to {_level(answer, last)} in "
            f"{periods.said(last['period'])}, about a middle line of "
            f"{numbers.rate(answer.measure, float(last['centre']), float(seen['n'].sum()))}."
        )
    return f"{groups.started(CHARTS[answer.chart])}. {finding(answer)} {ends}"


def table_caption(answer: ControlChart) -> str:
    """What the table under the chart holds."""
    chart = f"{CHARTS[answer.chart]} by {answer.grain}{', trial limits' if answer.trial else ''}"
    return f"{measures.heading(answer.measure)}, {one_line(answer.group)}, {chart}."


def table(answer: ControlChart) -> pd.DataFrame:
    """The chart as a table of text, a row a period."""
    return pd.DataFrame([_cells(answer, row) for row in records(answer.rows)])


def point_in_words(answer: ControlChart, row: dict[str, Any]) -> str:
    """One point read aloud."""
    cells = _cells(answer, row)
    limits = f", limits {cells['Lower limit']} to {cells['Upper limit']}" if cells["Lower limit"] else ""
    outside = ", outside the limits" if cells["Outside"] else ""
    return f"{cells['Period']}: {cells['Value']}, middle {cells['Middle']}{limits}{outside}"


def _cells(answer: ControlChart, row: dict[str, Any]) -> dict[str, str]:
    absent = judgements.absence(str(row["shown"]), 0.0, "")
    written = {
        name: numbers.rate(answer.measure, float(row[column]), float(row["n"])) if pd.notna(row[column]) else ""
        for name, column in (("Middle", "centre"), ("Lower limit", "lower"), ("Upper limit", "upper"))
    }
    return {
        "Period": periods.said(str(row["period"])),
        "Value": absent or _level(answer, row),
        "n": numbers.count(float(row["n"])) if pd.notna(row["n"]) and not absent else "",
        **(dict.fromkeys(written, "") if absent else written),
        "Outside": "outside" if int(row["outside"]) == 1 else "",
    }


def _level(answer: ControlChart, row: dict[str, Any]) -> str:
    return numbers.rate(answer.measure, float(row["value"]), float(row["n"]))


def _times(count: int) -> str:
    return {0: "not once", 1: "only once", 2: "only twice"}.get(count, f"only {count} times")
