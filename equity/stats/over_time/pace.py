"""What it would take: when the gap closes at this pace, what pace would close it by a date, when a chart could tell.

Projections are arithmetic on the past, not forecasts. Each says what it assumes, and each has an answer for "never".

Sources: Fieller 1954 (interval of a ratio, here the crossing of zero); the charts and rules of this room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import Estimate, FloatArray, Numbers, as_floats, t_quantile
from equity.stats.over_time.chart_limits import ChartFrame, ControlChart, Floats
from equity.stats.over_time.control_charts import laney_p_chart, laney_u_chart, p_chart, u_chart, xmr_chart
from equity.stats.over_time.gap_trend import GapTrend
from equity.stats.over_time.run_rules import run_signals_so_far

CLOSED_ALREADY: Final = "closed_already"
CLOSES: Final = "closes"
MAY_NEVER_CLOSE: Final = "may_never_close"
NEVER_AT_THIS_PACE: Final = "never_at_this_pace"
NOT_JUDGED: Final = ""

SIMULATIONS = 2_000
FEWEST_SIMULATIONS = 100
TOGETHER = 200
"""Charts that are judged together: few enough for their arrays to stay in memory that is close to the processor."""
POWER_WANTED = 0.80


@dataclass(frozen=True, slots=True)
class TimeToClose:
    """When the line through the gap reaches zero, in periods after the last one measured. Arrays (…).

    `periods`: with its interval; the upper limit is infinite when the data allow that the gap never closes, and the
    value is infinite when it is not closing. `status`: `closes` (finite interval), `may_never_close` (closing, but the
    upper limit is infinite), `never_at_this_pace`, `closed_already`; "" when there was no trend to project.
    """

    periods: Estimate
    status: npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class PaceNeeded:
    """What would close the gap in a given number of periods, in even steps. Arrays of one shape.

    `rise`: the favourable change in the group's rate needed each period. `each_period`: how many more people (events,
    units) each period than the period before. `at_the_end`: how many more a period than now, once closed. `altogether`:
    the sum over the way. All are 0 where there is no gap; limits come from the gap's own interval.
    """

    rise: Estimate
    each_period: Estimate
    at_the_end: Estimate
    altogether: Estimate


@dataclass(frozen=True, slots=True)
class ChartPower:
    """How soon a chart would show a planned change: probabilities by period after the change began, arrays (horizon,).

    `told`: share of simulated charts that have shown a point outside the limits or an Anhøj signal by then.
    `false_alarm`: the same when nothing changes. `periods_needed`: the first period at which `told` reaches 80 %; None
    when it does not within the horizon.
    """

    told: Floats
    false_alarm: Floats
    periods_needed: int | None


def time_to_close(trend: GapTrend, level: float = 0.95) -> TimeToClose:
    """How many more periods until the gap is closed, if the line through it goes on as it did.

    The interval is Fieller's: the times at which a gap of zero is compatible with the line. It assumes a straight line,
    which no improvement follows for long; beyond the length of the series it is a figure of speech.
    """
    gap, slope = trend.gap_last.value, trend.gap_slope.value
    behind, closing = gap > 0, slope < 0
    reach = behind & closing
    crossing = np.where(reach, gap / np.where(reach, -slope, 1.0), np.inf)
    lower, upper = _fieller(trend, level)
    known = np.isfinite(gap) & np.isfinite(trend.gap_slope.lower)
    value = np.where(known, np.where(behind, crossing, 0.0), np.nan)
    low = np.where(known, np.where(behind, lower, 0.0), np.nan)
    high = np.where(known, np.where(behind, upper, 0.0), np.nan)
    status = np.select(
        [~known, ~behind, ~closing, np.isinf(high)],
        [NOT_JUDGED, CLOSED_ALREADY, NEVER_AT_THIS_PACE, MAY_NEVER_CLOSE],
        CLOSES,
    )
    return TimeToClose(Estimate(value, low, high), status)


def pace_to_close(gap: Estimate, n_a_period: Numbers, periods: Numbers, reference_pace: Numbers = 0.0) -> PaceNeeded:
    """The even pace that closes a gap in so many periods.

    `gap`: now, positive toward harm, unit of the rate. `n_a_period`: people (visits, exposure) of the group a period,
    taken as steady. `periods`: how many until the date. `reference_pace`: the reference's own favourable change a
    period, if it is to keep moving (0: it stays). Raises ValueError when no period is left.
    """
    left, n, moving = as_floats(periods), as_floats(n_a_period), as_floats(reference_pace)
    if np.any(left < 1):
        raise ValueError("closing the gap by a date needs at least one period until then")

    def from_rise(factor: FloatArray) -> Estimate:
        value, lower, upper = (
            np.maximum(side / left + moving, 0.0) * factor for side in (gap.value, gap.lower, gap.upper)
        )
        return Estimate(value, lower, upper)

    return PaceNeeded(
        rise=from_rise(np.ones(())),
        each_period=from_rise(n),
        at_the_end=from_rise(n * left),
        altogether=from_rise(n * left * (left + 1) / 2),
    )


def proportion_chart_power(
    rate: float,
    later_rates: Numbers,
    n: float,
    baseline_periods: int,
    *,
    horizon: int = 36,
    sigma_z: float = 1.0,
    simulations: int = SIMULATIONS,
    seed: int = 20_240_101,
) -> ChartPower:
    """How soon a p chart with a frozen baseline would show a change in a proportion, by simulation.

    `rate`: now. `later_rates`: after the change, one number (a step) or (horizon,) (a ramp). `n`: people a period.
    `sigma_z`: spread relative to chance; above 1, periods are drawn beta-binomial and the chart is p′.
    Raises ValueError when a rate is outside 0 to 1, or the baseline is shorter than 2 periods.
    """
    rates = _planned(rate, later_rates, baseline_periods, horizon)
    if np.any((rates < 0) | (rates > 1)):
        raise ValueError("a proportion lies between 0 and 1")
    size = max(round(n), 1)
    chart = laney_p_chart if sigma_z > 1 else p_chart

    def draw(random: np.random.Generator, mean: Floats) -> Floats:
        return random.binomial(size, _spread_shares(random, mean, size, sigma_z)).astype(float)

    return _power(draw, lambda x, frame: chart(x, np.full(x.shape, float(size)), frame), rates, baseline_periods,
                  simulations, seed)  # fmt: skip


def rate_chart_power(
    rate: float,
    later_rates: Numbers,
    n: float,
    baseline_periods: int,
    *,
    horizon: int = 36,
    sigma_z: float = 1.0,
    simulations: int = SIMULATIONS,
    seed: int = 20_240_101,
) -> ChartPower:
    """How soon a u chart (u′ when `sigma_z` is above 1) would show a change in a rate. See `proportion_chart_power`.

    `rate`, `later_rates`: events per unit of exposure; `n`: exposure a period.
    """
    rates = _planned(rate, later_rates, baseline_periods, horizon)
    if np.any(rates < 0) or not n > 0:
        raise ValueError("a rate is not negative and its exposure is above 0")
    chart = laney_u_chart if sigma_z > 1 else u_chart

    def draw(random: np.random.Generator, mean: Floats) -> Floats:
        expected = mean * n
        extra = sigma_z**2 - 1
        if extra > 0:
            expected = random.gamma(np.maximum(expected, 1e-12) / extra, extra)
        return random.poisson(expected).astype(float)

    return _power(
        draw, lambda x, frame: chart(x, np.full(x.shape, float(n)), frame), rates, baseline_periods, simulations, seed
    )


def mean_chart_power(
    mean: float,
    later_means: Numbers,
    standard_deviation: float,
    baseline_periods: int,
    *,
    horizon: int = 36,
    simulations: int = SIMULATIONS,
    seed: int = 20_240_101,
) -> ChartPower:
    """How soon an XmR chart would show a change in a mean, or in the gap itself. See `proportion_chart_power`.

    `standard_deviation`: short-term, between periods: the `sigma` of the XmR chart of what has been seen so far.
    """
    means = _planned(mean, later_means, baseline_periods, horizon)
    if not standard_deviation > 0:
        raise ValueError("the standard deviation between periods must be above 0")

    def draw(random: np.random.Generator, centre: Floats) -> Floats:
        return random.normal(centre, standard_deviation)

    return _power(draw, xmr_chart, means, baseline_periods, simulations, seed)


def _power(
    draw: Callable[[np.random.Generator, Floats], Floats],
    chart: Callable[[Floats, ChartFrame], ControlChart],
    planned: Floats,
    baseline_periods: int,
    simulations: int,
    seed: int,
) -> ChartPower:
    if simulations < FEWEST_SIMULATIONS:
        raise ValueError(f"{simulations} simulations say too little: ask for at least {FEWEST_SIMULATIONS}")
    frame = ChartFrame(baseline=np.arange(len(planned)) < baseline_periods)
    unchanged = np.full(planned.shape, planned[0])
    shares = []
    for course in (planned, unchanged):
        random = np.random.default_rng(seed)
        drawn = draw(random, np.broadcast_to(course, (simulations, len(course))))
        parts = [drawn[start : start + TOGETHER] for start in range(0, simulations, TOGETHER)]
        counted = [_told_by(chart(part, frame), baseline_periods) for part in parts]
        quiet, telling = sum(quiet for quiet, _ in counted), np.sum([told for _, told in counted], axis=0)
        shares.append(np.divide(telling, quiet, dtype=np.float64))
    told, false_alarm = shares
    enough = np.flatnonzero(told >= POWER_WANTED)
    return ChartPower(told, false_alarm, int(enough[0]) + 1 if enough.size else None)


def _told_by(charts: ControlChart, baseline_periods: int) -> tuple[int, npt.NDArray[np.int64]]:
    """How many charts are quiet at the end of the baseline, and how many of those have told by each later period."""
    signal = run_signals_so_far(charts.value, charts.centre).signal
    quiet = ~signal[:, baseline_periods - 1]
    later = slice(baseline_periods, None)
    told = np.logical_or.accumulate(signal[:, later] | charts.outside[:, later], axis=-1)
    return int(quiet.sum()), told[quiet].sum(axis=0)


def _planned(now: float, later: Numbers, baseline_periods: int, horizon: int) -> Floats:
    if baseline_periods < 2 or horizon < 1:
        raise ValueError("a chart that can tell needs a baseline of at least 2 periods and at least 1 period after it")
    return np.concatenate([np.full(baseline_periods, float(now)), np.broadcast_to(as_floats(later), (horizon,))])


def _spread_shares(random: np.random.Generator, mean: Floats, size: int, sigma_z: float) -> Floats:
    """Shares that vary between periods so that counts have σ_z² times the binomial variance."""
    within = (sigma_z**2 - 1) / max(size - 1, 1)
    if within <= 0:
        return mean
    strength = 1 / min(within, 0.99) - 1
    inner = np.clip(mean, 1e-9, 1 - 1e-9)
    return random.beta(inner * strength, (1 - inner) * strength)


def _fieller(trend: GapTrend, level: float) -> tuple[FloatArray, FloatArray]:
    """Limits, in periods after the last, of the times at which a gap of zero is within the interval of the line."""
    gap, slope = trend.gap_last.value, trend.gap_slope.value
    q2 = t_quantile(level, trend.degrees) ** 2
    square = slope**2 - q2 * trend.slope_variance
    cross = gap * slope - q2 * trend.last_slope_covariance
    constant = gap**2 - q2 * trend.last_variance
    inside = cross**2 - square * constant
    root = np.sqrt(np.maximum(inside, 0.0))
    apart = np.where(square == 0, np.nan, square)
    one, other = (-cross - root) / apart, (-cross + root) / apart
    early, late = np.fmin(one, other), np.fmax(one, other)
    clearly_moving = square > 0
    behind = constant > 0  # the gap at the last period is clearly not 0
    lower = np.select(
        [behind & clearly_moving & (slope < 0), behind & clearly_moving, behind & (inside > 0)],
        [early, np.inf, late],
        0.0,
    )
    upper = np.where(clearly_moving & (slope < 0), late, np.inf)
    return lower, np.maximum(upper, 0.0)
