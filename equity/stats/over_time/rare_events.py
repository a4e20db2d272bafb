"""The chart for events too rare for rates: how much time lies between one event and the next.

When most periods have no event, a rate chart is a row of zeros with a lower limit of 0 and cannot show improvement.
The time between events can: longer is rarer. A point on this chart is an event, not a period, so it needs the day of
each event, which counts a period do not hold.

Sources: Nelson 1994 (the power 1/3.6 that makes exponential times nearly normal); Montgomery;
Provost & Murray. Agrees with qicharts2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from equity.stats.over_time.chart_limits import PLAIN_FRAME, ChartFrame, ControlChart, Floats
from equity.stats.over_time.control_charts import xmr_chart

NELSON_POWER = 1 / 3.6
"""Times between events of a steady process are exponential; to this power they are nearly normal."""


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


def days_between(days: ArrayLike) -> Floats:
    """Days from each event to the next, (events − 1,), from the days on which events happened, in any order.

    Events of one day are spread evenly over it, since the hour is not known: each has a share of the day, so that no
    distance is 0.
    """
    day = np.sort(np.asarray(days, dtype=float).ravel())
    _, first, count = np.unique(day, return_index=True, return_counts=True)
    rank = np.arange(len(day)) - np.repeat(first, count)
    return np.diff(day + (rank + 0.5) / np.repeat(count, count))


def _carried_back(line: Floats) -> Floats:
    return np.where(np.isnan(line), np.nan, np.maximum(np.nan_to_num(line), 0.0) ** (1 / NELSON_POWER))
