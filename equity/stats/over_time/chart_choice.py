"""Which chart fits a series: a proposal with its reason and the numbers behind it. A person may always choose another.

| reason | chart | when |
|---|---|---|
| `no_data` | run | no period has data |
| `few_points` | run | fewer than 12 periods: limits would be trial limits, a median needs none |
| `mean_values` | i | a continuous value |
| `rare_events` | run | fewer than 2 events (or non-events) expected in the usual period: no limits, no rules |
| `few_events` | run | the same, with fewer than 4 in all |
| `spread_beyond_chance` | pp, up | σ_z is above what chance alone gives at this number of periods |
| `spread_as_chance` | p, u | otherwise |

Rare events call for a t chart, which needs the day of each event: counts a period do not tell, and spreading them
evenly over their period would invent distances that no process makes. The caller who has the days draws it
(:mod:`equity.stats.over_time.rare_events`); who has not asks by a wider period, or says that the events are too few for
a chart.

The measure of spread is σ_z from moving ranges, not a χ² of all periods: a real shift or trend would inflate the χ² and
call for wide limits that hide it. Sources: Provost & Murray, The Health Care Data Guide; Laney 2002.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from equity.stats.estimate import Kind, ratio_of
from equity.stats.over_time.chart_limits import POINTS_FOR_LIMITS, ChartKind, median_along_time
from equity.stats.over_time.period_series import PeriodSums, spread_between_periods

Reason = Literal[
    "no_data", "few_points", "few_events", "mean_values", "rare_events", "spread_beyond_chance", "spread_as_chance"
]
Counted = Literal["events", "non_events"]

RARE_BELOW = 2.0
"""Fewer events than this expected in the usual period are rare."""

EVENTS_FOR_DISTANCES = 4
"""Fewer events than this in the whole series are too few for any chart."""

SIGMA_Z_ROOM = 1.6
"""Chance alone keeps σ_z below 1 + 1.6/√periods in 95 % of series: simulated for 12 to 48 periods."""


@dataclass(frozen=True, slots=True)
class ChartChoice:
    """A proposed chart for one series, and why.

    `points`: periods with data. `expected_events`: events (or non-events of a proportion, when fewer) expected in the
    usual (median) period; NaN for means. `sigma_z`: spread relative to chance; NaN when unknown. `sigma_z_limit`: above
    it, the spread is more than chance (which exceeds it in 5 % of series). `counted`: which of the two are the rare
    ones, `events` or `non_events`.
    """

    kind: ChartKind
    reason: Reason
    points: int
    counted: Counted
    expected_events: float
    sigma_z: float
    sigma_z_limit: float

    @property
    def is_rare(self) -> bool:
        """Whether there are too few events a period for limits or for rules about runs."""
        return self.reason in ("rare_events", "few_events")


def propose_charts(kind: Kind, sums: PeriodSums) -> tuple[ChartChoice, ...]:
    """The chart that fits each of many series of sums (series, T), looked at alone."""
    points, whole = sums.measured.sum(axis=-1), sums.within(np.True_)
    events, others = whole.x, whole.n - whole.x
    by_others = (events > others) & (kind == "proportion")
    total = np.full(events.shape, np.nan) if kind == "mean" else np.where(by_others, others, events)
    usual = median_along_time(np.where(sums.measured, sums.n, np.nan))
    expected = ratio_of(total, whole.n) * usual
    sigma_z = spread_between_periods(kind, sums)
    limit = 1 + SIGMA_Z_ROOM / np.sqrt(np.maximum(points, 1))
    figures = (each.tolist() for each in (points, by_others, total, expected, sigma_z, limit))
    return tuple(_choice(kind, *series) for series in zip(*figures, strict=True))


def _choice(
    kind: Kind, points: int, by_others: bool, total: float, expected: float, sigma_z: float, limit: float
) -> ChartChoice:
    if points == 0:
        return ChartChoice("run", "no_data", 0, "events", np.nan, np.nan, np.nan)
    chart, reason = _choose(kind, points, total, expected, sigma_z > limit)
    return ChartChoice(chart, reason, points, "non_events" if by_others else "events", expected, sigma_z, limit)


def _choose(kind: Kind, points: int, total: float, expected: float, spread_out: bool) -> tuple[ChartKind, Reason]:
    share = kind == "proportion"
    if expected < RARE_BELOW:
        return "run", "few_events" if total < EVENTS_FOR_DISTANCES else "rare_events"
    if points < POINTS_FOR_LIMITS:
        return "run", "few_points"
    if kind == "mean":
        return "i", "mean_values"
    if spread_out:
        return ("pp" if share else "up"), "spread_beyond_chance"
    return ("p" if share else "u"), "spread_as_chance"
