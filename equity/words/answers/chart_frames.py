"""What people decided about a chart over time, and what happened when, in words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from equity.lens.answers import ControlChart
from equity.stats.over_time.control_charts import BETWEEN_EVENTS
from equity.words import groups, numbers, periods
from equity.words.escaping import one_line
from equity.words.rows import records

_SHORT = 26


@dataclass(frozen=True)
class Event:
    """Something that happened ("New interpreter service"), on charts of one grain.

    ``first`` and ``last`` are the labels of the first and the last period of the charts that it touches; ``period`` is
    the label it was kept by. ``number`` ties the mark on a chart to the words under it.
    """

    number: int
    words: str
    period: str
    first: str
    last: str


def place(event: Event, labels: Sequence[str]) -> tuple[float, float]:
    """From where to where an event stands among a chart's points, in order of time: between two where it touches none.

    Charts of events have several points in a period, or none.
    """
    first, last = bisect_left(labels, event.first), bisect_right(labels, event.last) - 1
    return (float(first), float(last)) if first <= last else (first - 0.5, first - 0.5)


def event_in_words(event: Event) -> str:
    """An event as a line under a chart: "1: New interpreter service, March 2024"."""
    return f"{event.number}: {one_line(event.words)}, {periods.describe_period(event.period)}"


def event_label(event: Event, length: int = _SHORT) -> str:
    """An event where there is little room: its number and as much of its words as fits."""
    words = one_line(event.words)
    short = words if len(words) <= length else f"{words[: length - 1].rstrip()}…"
    return f"{event.number} {short}" if length else str(event.number)


def events_in_words(events: Sequence[Event]) -> str:
    """All events in a sentence, for those who do not see the chart; nothing when there are none."""
    if not events:
        return ""
    return f"Marked on the chart: {'; '.join(event_in_words(event) for event in events)}."


def decided(answer: ControlChart) -> tuple[str, ...]:
    """What is laid over this chart, a sentence each: the frozen baseline, phases, points left out, the target."""
    rows = records(answer.rows)
    if answer.chart in BETWEEN_EVENTS:
        return ("This chart has a point an event: baselines, phases and points left out by period do not apply to it.",)
    frozen, left_out = ([row["period"] for row in rows if row[column] == 1] for column in ("baseline", "excluded"))
    starts = [row["period"] for before, row in pairwise(rows) if row["phase"] != before["phase"]]
    said = []
    if frozen:
        said.append(f"The middle and the limits are frozen on {_stretch(frozen)}; later points are held against those.")
    if starts:
        said.append(
            "A new phase, with limits of its own, begins in "
            f"{groups.listed([periods.describe_period(p) for p in starts])}."
        )
    if left_out:
        named = groups.listed([periods.describe_period(p) for p in left_out])
        said.append(f"Left out of the limits and the rules, still drawn: {named}.")
    if numbers.known(answer.target):
        said.append(f"The target line is at {numbers.rate(answer.measure, answer.target, 0)}.")
    return tuple(said)


def _stretch(labels: list[str]) -> str:
    first, last = periods.describe_period(labels[0]), periods.describe_period(labels[-1])
    return first if first == last else f"{first} to {last}"
