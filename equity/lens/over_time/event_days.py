"""The days of a group's events, where they are kept and are all of the events that its counts hold."""

from __future__ import annotations

import numpy as np

from equity.cube import Cube
from equity.cube.event_days import EPOCH, DaysOfGroups
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import Block
from equity.stats.estimate import FloatArray
from equity.vocabulary import PeriodRange, period_start
from equity.vocabulary.period import MONTHS_IN, add_months


def days_of_events(cube: Cube, choices: Choices, block: Block) -> DaysOfGroups:
    """For each group the days of its events in the periods of a one-measure block, ascending, counted from
    1970.

    A group is left out where days and counts disagree in any period, or where the source hides some of its counts: a
    chart of the time between events is right only when it has every event.
    """
    kept = cube.event_days(block.measures[0].name, block.stratifier.name, choices.where)
    if not kept or not block.periods:
        return {}
    edges = _edges(block.periods)
    by_group: DaysOfGroups = {}
    for at, group in enumerate(block.groups):
        days = kept.get(group, np.zeros(0))
        counted, _ = np.histogram(days, edges)
        # The last edge of a histogram is closed; a day on it belongs to the period after the block.
        counted[-1] -= (days == edges[-1]).sum()
        whole = (counted == block.sample.x[0, :, at]).all() and not block.sample.hidden_at_source[0, :, at].any()
        if whole and len(days):
            by_group[group] = days[(days >= edges[0]) & (days < edges[-1])]
    return by_group


def periods_of_days(block: Block, days: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """The place among the block's periods in which each day lies."""
    return np.searchsorted(_edges(block.periods), days, side="right").astype(np.int64) - 1


def _edges(periods: tuple[str, ...]) -> FloatArray:
    """The first day of each period, and the first day after the last."""
    last = periods[-1]
    after = add_months(period_start(last), MONTHS_IN[PeriodRange(last, last).grain])
    return np.array([float((day - EPOCH).days) for day in (*map(period_start, periods), after)])
