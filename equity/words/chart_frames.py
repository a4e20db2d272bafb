"""What people decided about a chart over time, and what happened when, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equity.lens.answers import ControlChart
from equity.words import groups, numbers, periods
from equity.words.escaping import one_line

_SHORT = 26


@dataclass(frozen=True)
class Event:
    """Something that happened ("New interpreter service"), on a chart from one of its periods to another.

    ``first`` and ``last`` are positions among the periods, both included; ``period`` is the label it was kept by.
    ``number`` ties the mark on the chart to the line of words under it.
    """

    number: int
    words: str
    period: str
    first: int
    last: int


def event_in_words(event: Event) -> str:
    """An event as a line under a chart: "1: New interpreter service, March 2024"."""
    return f"{event.number}: {one_line(event.words)}, {periods.said(event.period)}"


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
    rows = answer.rows
    frozen, left_out = (rows.loc[rows[column] == 1, "period"].tolist() for column in ("baseline", "excluded"))
    starts = rows.loc[(rows["phase"] != rows["phase"].shift(fill_value=0)), "period"].tolist()
    said = []
    if frozen:
        said.append(f"The middle and the limits are frozen on {_stretch(frozen)}; later points are held against those.")
    if starts:
        said.append(
            f"A new phase, with limits of its own, begins in {groups.listed([periods.said(p) for p in starts])}."
        )
    if left_out:
        named = groups.listed([periods.said(p) for p in left_out])
        said.append(f"Left out of the limits and the rules, still drawn: {named}.")
    if numbers.known(answer.target):
        said.append(f"The target line is at {numbers.rate(answer.measure, answer.target, 0)}.")
    return tuple(said)


def _stretch(labels: list[str]) -> str:
    first, last = periods.said(labels[0]), periods.said(labels[-1])
    return first if first == last else f"{first} to {last}"
