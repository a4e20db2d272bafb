"""What it would take: projections, the pace needed, and how soon a chart could tell."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.stats.estimate import Estimate
from equity.stats.over_time.gap_trend import GapTrend, gap_trend
from equity.stats.over_time.pace import (
    TimeToClose,
    mean_chart_power,
    pace_to_close,
    proportion_chart_power,
    rate_chart_power,
    time_to_close,
)
from equity.stats.over_time.period_series import PeriodSums, RateSeries, rate_series

PERIODS = 24
LINE = np.arange(PERIODS) / (PERIODS - 1)


def trend(gap: Any, n: float = 2_000) -> GapTrend:
    reference = np.full(np.shape(gap), 0.8)
    sums = [PeriodSums.of(np.full(np.shape(gap), n), rates * n) for rates in (reference - gap, reference)]
    return gap_trend(*(rate_series("proportion", side) for side in sums), polarity="higher_better")  # type: ignore[misc]


def only(found: TimeToClose) -> tuple[str, float, float, float]:
    periods = found.periods
    return str(found.status), float(periods.value), float(periods.lower), float(periods.upper)


def test_a_gap_that_halves_closes_in_as_long_again() -> None:
    status, value, lower, upper = only(time_to_close(trend(0.2 - 0.1 * LINE)))
    assert status == "closes"
    assert value == pytest.approx(PERIODS - 1)
    assert 0 < lower < value < upper < np.inf


def test_a_steady_or_growing_gap_never_closes_at_this_pace() -> None:
    status, value, lower, upper = only(time_to_close(trend(0.1 + 0.1 * LINE)))
    assert (status, value, lower, upper) == ("never_at_this_pace", np.inf, np.inf, np.inf)
    assert only(time_to_close(trend(np.full(PERIODS, 0.1))))[0] == "never_at_this_pace"


def test_a_slow_and_uncertain_closing_may_never_close() -> None:
    status, value, lower, upper = only(time_to_close(trend(0.2 - 0.01 * LINE, n=300)))
    assert status == "may_never_close"
    assert upper == np.inf
    assert 0 < lower < value < np.inf


def test_no_gap_left_is_closed_already_and_no_trend_is_not_judged() -> None:
    assert only(time_to_close(trend(0.1 - 0.2 * LINE))) == ("closed_already", 0, 0, 0)
    status, value, *_ = only(time_to_close(trend(np.array([0.3, 0.2, 0.1]))))
    assert status == ""
    assert np.isnan(value)


def test_the_interval_of_the_time_to_close_covers() -> None:
    rng = np.random.default_rng(51)
    shape = (3_000, PERIODS)
    gap = 0.2 - 0.1 * LINE
    noise = RateSeries(0.8 - gap + rng.normal(0, 0.02, shape), np.full(shape, 0.02**2))
    found = time_to_close(gap_trend(noise, RateSeries(np.full(shape, 0.8), np.zeros(shape)), "higher_better"))
    truth = PERIODS - 1
    covered = (found.periods.lower <= truth) & (truth <= found.periods.upper)
    assert 0.94 < covered.mean() < 0.985


def test_pace_worked_by_hand() -> None:
    gap = Estimate(np.asarray(0.12), np.asarray(0.06), np.asarray(0.18))
    needed = pace_to_close(gap, n_a_period=200, periods=12)
    assert float(needed.rise.value) == pytest.approx(0.01)
    assert float(needed.each_period.value) == pytest.approx(2)
    assert float(needed.at_the_end.value) == pytest.approx(24)
    assert float(needed.altogether.value) == pytest.approx(sum(2 * k for k in range(1, 13)))
    assert float(needed.each_period.lower) == pytest.approx(1)
    moving = pace_to_close(gap, 200, 12, reference_pace=0.01)
    assert float(moving.each_period.value) == pytest.approx(4)


@given(st.floats(-0.5, 0.5), st.floats(0, 1e4), st.integers(1, 60))
def test_no_gap_needs_nobody_and_a_later_date_needs_fewer_each_period(gap: float, n: float, periods: int) -> None:
    estimate = Estimate(*(np.asarray(gap + half) for half in (0, -0.1, 0.1)))
    soon, later = pace_to_close(estimate, n, periods), pace_to_close(estimate, n, periods + 1)
    assert soon.each_period.value >= later.each_period.value >= 0
    assert gap > 0 or soon.altogether.value == 0
    assert soon.at_the_end.lower <= soon.at_the_end.value <= soon.at_the_end.upper


def test_a_date_that_has_passed_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one period"):
        pace_to_close(Estimate(*[np.asarray(0.1)] * 3), 100, 0)


def test_a_large_change_at_a_large_n_is_told_soon_and_a_small_one_is_not() -> None:
    large = proportion_chart_power(0.5, 0.6, 1_000, 12)
    assert large.periods_needed is not None
    assert large.periods_needed <= 2
    small = proportion_chart_power(0.5, 0.51, 50, 12, horizon=12)
    assert small.periods_needed is None
    assert small.told[-1] < 0.5


def test_power_grows_with_time_people_and_size_of_change() -> None:
    curves = [proportion_chart_power(0.5, later, n, 24).told for later, n in ((0.55, 100), (0.55, 400), (0.60, 400))]
    for curve in curves:
        assert (np.diff(curve) >= 0).all()
    assert curves[0][11] < curves[1][11] < curves[2][11]


def test_a_change_of_nothing_is_told_as_often_as_a_false_alarm() -> None:
    same = proportion_chart_power(0.4, 0.4, 300, 24, horizon=12)
    np.testing.assert_array_equal(same.told, same.false_alarm)
    assert same.false_alarm[-1] < 0.2


def test_a_ramp_is_told_later_than_a_step() -> None:
    step = proportion_chart_power(0.5, 0.6, 300, 24)
    ramp = proportion_chart_power(0.5, np.minimum(0.5 + 0.1 * np.arange(1, 37) / 24, 0.6), 300, 24)
    assert step.periods_needed is not None
    assert ramp.periods_needed is not None
    assert step.periods_needed < ramp.periods_needed


def test_spread_beyond_chance_delays_the_news_without_more_false_alarms() -> None:
    calm, spread = (proportion_chart_power(0.5, 0.58, 600, 24, sigma_z=s) for s in (1.0, 3.0))
    assert calm.periods_needed is not None
    assert spread.periods_needed is not None
    assert calm.periods_needed < spread.periods_needed
    assert spread.false_alarm[11] < 0.25


def test_rates_and_means_are_simulated_on_their_own_charts() -> None:
    rate = rate_chart_power(0.002, 0.001, 40_000, 24)
    assert rate.periods_needed is not None
    assert rate_chart_power(0.002, 0.001, 40_000, 24, sigma_z=2).told[3] < rate.told[3]
    mean = mean_chart_power(45, 40, 2, 24)
    assert mean.periods_needed is not None
    assert mean.periods_needed <= 8


def test_the_same_seed_gives_the_same_answer() -> None:
    first, second = (rate_chart_power(0.01, 0.02, 500, 12, seed=4) for _ in range(2))
    np.testing.assert_array_equal(first.told, second.told)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: proportion_chart_power(0.5, 1.2, 100, 12), "between 0 and 1"),
        (lambda: proportion_chart_power(0.5, 0.6, 100, 1), "at least 2 periods"),
        (lambda: proportion_chart_power(0.5, 0.6, 100, 12, simulations=5), "say too little"),
        (lambda: rate_chart_power(-0.1, 0.2, 100, 12), "not negative"),
        (lambda: mean_chart_power(5, 4, 0, 12), "must be above 0"),
    ],
)
def test_what_cannot_be_simulated_is_said_plainly(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


def test_a_chart_that_signalled_before_the_change_tells_nothing_about_it() -> None:
    # The Anhøj rules call about 3 % of quiet 24-point baselines a signal: those charts are not counted.
    first_period = proportion_chart_power(0.5, 0.5, 400, 24, simulations=6_000).false_alarm[0]
    assert first_period < 0.012
