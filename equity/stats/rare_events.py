"""Charts for events too rare for rates: how many cases, or how much time, between one event and the next.

When most periods have no event, a rate chart is a row of zeros with a lower limit of 0 and cannot show improvement.
The distance between events can: longer is rarer. A point on these charts is an event, not a period.

Sources: Benneyan 2001 (g charts); Nelson 1994 (the power 1/3.6 that makes exponential times nearly normal); Montgomery;
Provost & Murray. Agrees with qicharts2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from equity.stats.control_charts import (
    PLAIN_FRAME,
    ChartFrame,
    ControlChart,
    Floats,
    each_phase,
    limits_about,
    run_chart,
    xmr_chart,
)

NELSON_POWER = 1 / 3.6
"""Times between events of a steady process are exponential; to this power they are nearly normal."""


@dataclass(frozen=True, slots=True)
class EventDistances:
    """The way from each event to the next, in order of time.

    `distance`: cases, or units of time, between two events in a row. `period`: the index of the period in which the
    later of the two happened.
    """

    distance: Floats
    period: npt.NDArray[np.int64]


def g_chart(cases_between: ArrayLike, frame: ChartFrame = PLAIN_FRAME) -> ControlChart:
    """g chart: cases without the event between one event and the next, (…, events).

    Limits are the mean ± 3·√(mean·(mean + 1)) of a geometric count, the lower clipped at 0; the centre line is the
    median, since half the points of so skew a count lie below it. Raises ValueError when a count is negative.
    """
    y = np.asarray(cases_between, dtype=float)
    if np.any(y < 0):
        raise ValueError("cases between events must not be negative")
    middle = run_chart(y, frame)
    mean = each_phase(middle, lambda used: _mean(y, used))
    return limits_about(middle, "g", mean, np.sqrt(mean * (mean + 1)), (0.0, np.inf))


def t_chart(time_between: ArrayLike, frame: ChartFrame = PLAIN_FRAME) -> ControlChart:
    """t chart: time between one event and the next, (…, events), in any unit.

    An XmR chart of time^(1/3.6), with centre and limits carried back; a lower limit below 0 becomes 0. `sigma` stays on
    the transformed scale. Raises ValueError when a time is not above 0.
    """
    y = np.asarray(time_between, dtype=float)
    if np.any(y <= 0):
        raise ValueError("the time between events must be above 0: give events on one day a share of the day each")
    near_normal = xmr_chart(y**NELSON_POWER, frame)
    return ControlChart(
        kind="t",
        value=np.where(np.isfinite(y), y, np.nan),
        centre=_carried_back(near_normal.centre),
        lower=_carried_back(near_normal.lower),
        upper=_carried_back(near_normal.upper),
        sigma=near_normal.sigma,
        outside=near_normal.outside,
        used=near_normal.used,
        excluded=near_normal.excluded,
        phase=near_normal.phase,
        points_used=near_normal.points_used,
        trial=near_normal.trial,
        sigma_z=near_normal.sigma_z,
    )


def cases_between_events(events: ArrayLike, n: ArrayLike) -> EventDistances:
    """Cases without the event between events, from counts a period: `events` and `n` (T,), NaN or n = 0 for a hole.

    Which case of a period had the event is not in the counts, so the events of a period are spread evenly over its
    cases; with at most one event in most periods the points are off by at most a part of a period. The way across a
    hole is unknown, so no distance reaches over one. Raises ValueError when a period has more events than cases.
    """
    x, size = _one_series(events, n)
    if np.any(x > size):
        raise ValueError("a period has more events than cases")
    distances = _distances_between(x, size)
    # Between the i-th and the j-th case lie j − i − 1 others.
    return EventDistances(np.maximum(distances.distance - 1, 0), distances.period)


def time_between_events(events: ArrayLike, length: ArrayLike) -> EventDistances:
    """Time between events, from counts a period: `events` (T,) and the `length` of each period (T,), such as days.

    The events of a period are spread evenly over it (see `cases_between_events`). NaN events or length 0 are a hole.
    """
    return _distances_between(*_one_series(events, length))


def _one_series(events: ArrayLike, size: ArrayLike) -> tuple[Floats, Floats]:
    x, length = np.broadcast_arrays(np.asarray(events, dtype=float), np.asarray(size, dtype=float))
    if x.ndim != 1:
        raise ValueError(f"events are read from one series, this has {x.ndim} axes")
    hole = np.isnan(x) | np.isnan(length) | (length == 0)
    if np.any((x < 0) & ~hole) or np.any((length < 0) & ~hole):
        raise ValueError("events and cases must not be negative")
    return np.where(hole, np.nan, x), np.where(hole, np.nan, length)


def _distances_between(events: Floats, size: Floats) -> EventDistances:
    measured = np.isfinite(events)
    counts = np.where(measured, np.round(np.where(measured, events, 0.0)), 0.0).astype(np.int64)
    begins = np.concatenate([[0.0], np.cumsum(np.where(measured, size, 0.0))[:-1]])
    period = np.repeat(np.arange(len(counts)), counts)
    rank = np.arange(len(period)) - np.repeat(np.cumsum(counts) - counts, counts)
    place = begins[period] + (rank + 0.5) / counts[period] * np.where(measured, size, 0.0)[period]
    holes_so_far = np.cumsum(~measured)[period]
    unbroken = np.diff(holes_so_far) == 0
    return EventDistances(np.diff(place)[unbroken], period[1:][unbroken])


def _carried_back(line: Floats) -> Floats:
    return np.where(np.isnan(line), np.nan, np.maximum(np.nan_to_num(line), 0.0) ** (1 / NELSON_POWER))


def _mean(values: Floats, used: npt.NDArray[np.bool_]) -> Floats:
    count = used.sum(axis=-1)
    return np.where(count > 0, np.where(used, values, 0.0).sum(axis=-1) / np.maximum(count, 1), np.nan)
