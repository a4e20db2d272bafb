"""What it would take to close a gap: at this pace, by a date, and when a chart could tell."""

from __future__ import annotations

import math

import numpy as np

from equity.cube import Cube
from equity.lens.answers import Pace
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import Block, block_over_time
from equity.lens.comparisons.reference import resolve
from equity.lens.over_time.control import named_group
from equity.lens.over_time.trends import periods_of, trends_of_gaps
from equity.stats.estimate import Estimate
from equity.stats.over_time.control_charts import xmr_chart
from equity.stats.over_time.gap_trend import GapTrend
from equity.stats.over_time.pace import (
    ChartPower,
    mean_chart_power,
    pace_to_close,
    proportion_chart_power,
    rate_chart_power,
    time_to_close,
)
from equity.stats.over_time.period_series import PeriodSums, spread_between_periods
from equity.vocabulary import Grain, Measure, PlainError, period_label, period_start, periods_between
from equity.vocabulary.period import MONTHS_IN, add_months

USUAL = {"month": 12, "quarter": 4, "year": 1}
LONGEST_BASELINE, HORIZON = 24, 36


def pace(cube: Cube, choices: Choices, group: str, by: str = "", grain: Grain | None = None) -> Pace:
    """When this group's gap closes at the pace so far, what would close it by a date, when its chart could tell.

    ``by`` is a period after the data end (``2026-12``); two years from the last period when left out.

    Raises:
        PlainError: fewer than four periods, no reference to compare with, estimates, or a date in the past.
    """
    description = cube.description
    if description.values == "estimates":
        raise PlainError(f"“{description.dataset}” holds rates without counts: what it would take needs counts.")
    measure, stratifier = description.measure(choices.measure), description.stratifier(choices.by)
    grain = grain or description.grain
    periods = periods_of(description, grain, choices.period)
    block = block_over_time(cube, measure, stratifier, grain, periods, choices.where)
    reference = resolve(cube, measure, stratifier, choices.reference, choices.where, choices.period)
    at = block.groups.index(named_group(stratifier, group))
    if block.groups[at] == reference.group:
        raise PlainError(f"“{block.groups[at]}” is the reference, so it has no gap to close: choose another group.")
    trend = trends_of_gaps(block, measure, reference)
    if trend is None or not np.isfinite(trend.gap_last.value[at]):
        raise PlainError(f"“{group}” has too few periods beside the reference for a trend: at least four are needed.")
    closing = time_to_close(trend)
    asked, left = _date(by, grain, periods[-1])
    gap = _at(trend.gap_last, at)
    n = block.sample.n[0, :, at]
    n_a_period = float(np.mean(n[n > 0][-USUAL[grain] :]))
    needed = pace_to_close(gap, n_a_period, left)
    power = _power(block, measure, at, trend, left, n_a_period)
    to_close = _at(closing.periods, at)
    return Pace(
        choices=choices,
        measure=measure,
        stratifier=stratifier,
        reference=reference,
        group=block.groups[at],
        grain=grain,
        gap=float(gap.value),
        gap_lower=float(gap.lower),
        gap_upper=float(gap.upper),
        status=str(closing.status[at]),
        periods_to_close=float(to_close.value),
        periods_to_close_lower=float(to_close.lower),
        periods_to_close_upper=float(to_close.upper),
        closes_in=_after(periods[-1], grain, float(to_close.value)),
        by=asked,
        periods_left=left,
        more_each_period=float(needed.each_period.value),
        more_each_period_lower=float(needed.each_period.lower),
        more_each_period_upper=float(needed.each_period.upper),
        more_at_the_end=float(needed.at_the_end.value),
        more_at_the_end_lower=float(needed.at_the_end.lower),
        more_at_the_end_upper=float(needed.at_the_end.upper),
        n_a_period=n_a_period,
        told=() if power is None else tuple(float(share) for share in power.told),
        false_alarm=() if power is None else tuple(float(share) for share in power.false_alarm),
        periods_to_tell=None if power is None else power.periods_needed,
        sql=block.sql,
    )


def _at(estimate: Estimate, at: int) -> Estimate:
    return Estimate(*(np.asarray(each[at]) for each in (estimate.value, estimate.lower, estimate.upper)))


def _date(by: str, grain: Grain, last: str) -> tuple[str, int]:
    """(the period asked for, how many periods there are after the last one of the data until then)."""
    asked = by or _after(last, grain, 24 / MONTHS_IN[grain])
    label = period_label(period_start(asked), grain)
    if label <= last:
        raise PlainError(f"“{by}” is not after the data, which end with {last}: name a later date.")
    return label, len(periods_between(last, label)) - 1


def _after(last: str, grain: Grain, periods: float) -> str:
    """The period so many after the last; empty for never, and for what lies further off than twenty years."""
    months = periods * MONTHS_IN[grain]
    if not math.isfinite(months) or months > 240:
        return ""
    return period_label(add_months(period_start(last), math.ceil(periods) * MONTHS_IN[grain]), grain)


def _power(block: Block, measure: Measure, at: int, trend: GapTrend, left: int, n_a_period: float) -> ChartPower | None:
    """How soon this group's chart would show its rate rising evenly to the reference's; None when there is no gap."""
    gap = float(trend.gap_last.value[at])
    if gap <= 0:
        return None
    sums = PeriodSums.of(*(sums[0, :, at] for sums in (block.sample.n, block.sample.x, block.sample.xx)))
    now = recent_rate(sums)
    return chart_power(measure, sums, now - measure.harm_sign * gap, left, n_a_period)


def recent_rate(sums: PeriodSums) -> float:
    """The rate over the latest periods that a chart would take for its baseline; NaN without any."""
    measured = sums.measured
    baseline = min(int(measured.sum()), LONGEST_BASELINE)
    recent = sums.within(np.cumsum(measured[::-1])[::-1] <= baseline)
    return float(recent.x / recent.n) if recent.n > 0 else math.nan


def chart_power(measure: Measure, sums: PeriodSums, target: float, left: int, n_a_period: float) -> ChartPower | None:
    """How soon a chart of one series would show its rate moving to a target in ``left`` even steps.

    None with fewer than two periods measured, or where the values do not vary.
    """
    baseline = min(int(sums.measured.sum()), LONGEST_BASELINE)
    if baseline < 2:
        return None
    now = recent_rate(sums)
    steps = np.minimum(np.arange(1, HORIZON + 1) / left, 1.0)
    later = now + (target - now) * steps
    spread = float(np.nan_to_num(spread_between_periods(measure.kind, sums), nan=1.0))
    if measure.kind == "proportion":
        later = np.clip(later, 0.0, 1.0)
        return proportion_chart_power(now, later, n_a_period, baseline, horizon=HORIZON, sigma_z=max(spread, 1.0))
    if measure.kind == "rate":
        later = np.maximum(later, 0.0)
        return rate_chart_power(now, later, n_a_period, baseline, horizon=HORIZON, sigma_z=max(spread, 1.0))
    sigma = float(np.nanmax(xmr_chart(sums.rate).sigma))
    return mean_chart_power(now, later, sigma, baseline, horizon=HORIZON) if sigma > 0 else None
