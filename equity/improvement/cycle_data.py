"""What the data say of the group that a cycle is about, in the periods around its days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from equity.cube import Cube
from equity.improvement.cycles import Cycle
from equity.improvement.dates import day
from equity.lens.choices import Choices
from equity.lens.over_time.trends import trends
from equity.vocabulary import Measure, PlainError, Stratifier, period_start

BEFORE, AFTER = 12, 6
"""Periods of the data that are shown before the cycle begins and after it ends."""


@dataclass(frozen=True)
class Measured:
    """The group's rate in each period around a cycle, with its interval and n; NaN where there is none."""

    measure: Measure
    stratifier: Stratifier
    group: str
    periods: tuple[str, ...]
    rates: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    n: tuple[float, ...]


def measured(cube: Cube, cycle: Cycle) -> Measured:
    """What the newest data say of the group that a cycle is about.

    Raises:
        PlainError: the cycle names no group, or what it names is not in the data any more.
    """
    shown = cycle.shown
    if not (shown.measure and shown.by and shown.group):
        raise PlainError("Name a measure and a group: then what the data say of them stands here.")
    held = cube.description
    answer = trends(cube, Choices(held.dataset, held.version, shown.measure, shown.by))
    rows = answer.rows[answer.rows["group"] == shown.group]
    if rows.empty:
        raise PlainError(f"“{shown.group[:60]}” is not in the data any more: choose another group.")
    kept = [row for row in rows.to_dict("records") if row["period"] in _around(cycle, answer.periods)]
    columns = {name: tuple(float(row[name]) for row in kept) for name in ("rate", "lower", "upper", "n")}
    return Measured(
        answer.measure,
        answer.stratifier,
        shown.group,
        tuple(str(row["period"]) for row in kept),
        columns["rate"],
        columns["lower"],
        columns["upper"],
        columns["n"],
    )


def _around(cycle: Cycle, periods: tuple[str, ...]) -> tuple[str, ...]:
    """The periods from a year before the cycle to some after it; the latest where it has no days yet."""
    begins, ends = day(cycle.begins), day(cycle.ends) or day(cycle.begins)
    starts = [period_start(period) for period in periods]
    first = _first_from(starts, begins) if begins else len(periods)
    last = _first_from(starts, ends) if ends else len(periods)
    return periods[max(0, min(first, len(periods)) - BEFORE) : last + AFTER]


def _first_from(starts: list[dt.date], when: dt.date) -> int:
    return next((place for place, start in enumerate(starts) if start >= when), len(starts))
