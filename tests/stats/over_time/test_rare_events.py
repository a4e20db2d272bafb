"""The chart of the time between events."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from equity.stats.over_time.chart_limits import ChartFrame
from equity.stats.over_time.chart_series import signals_of_many
from equity.stats.over_time.control_charts import xmr_chart
from equity.stats.over_time.rare_events import days_between, t_chart


def test_t_chart_worked_by_hand() -> None:
    times = np.array([4.0, 9, 1, 16, 25])
    chart = t_chart(times)
    y = times ** (1 / 3.6)
    half = 3 * np.mean(np.abs(np.diff(y))) / 1.128
    np.testing.assert_allclose(chart.centre, y.mean() ** 3.6)
    np.testing.assert_allclose(chart.upper, (y.mean() + half) ** 3.6)
    np.testing.assert_allclose(chart.lower, max(y.mean() - half, 0) ** 3.6)
    np.testing.assert_allclose(chart.value, times)


def test_frames_work_on_events_too() -> None:
    days = np.array([4.0] * 12 + [60.0] * 6)
    split = t_chart(days, ChartFrame(phase_starts=(12,)))
    assert split.centre.tolist() == pytest.approx(days.tolist())
    assert len(signals_of_many(split)) == 2


def test_what_cannot_be_charted_is_said_plainly() -> None:
    with pytest.raises(ValueError, match="must be above 0"):
        t_chart([3.0, 0.0])


def test_days_between_events_are_the_days_between_their_dates() -> None:
    assert days_between([40, 10, 100]).tolist() == [30.0, 60.0]
    assert days_between([10]).tolist() == []


def test_events_of_one_day_have_a_share_of_it_each() -> None:
    assert days_between([10, 10, 11]).tolist() == [0.5, 0.75]


@given(hnp.arrays(np.int64, st.integers(2, 60), elements=st.integers(0, 900)))
def test_distances_are_one_fewer_than_the_events_and_never_0(days: np.ndarray) -> None:
    found = days_between(days)
    assert len(found) == len(days) - 1
    assert (found > 0).all()
    assert found.sum() == pytest.approx(days.max() - days.min(), abs=1)


@pytest.mark.parametrize("a_year", [6.0, 12.0, 24.0])
def test_steady_events_by_their_dates_seldom_make_a_signal(a_year: float) -> None:
    """Three years of events at a steady pace, whole days: any rule or limit at all, as the page says "signal".

    That is no more often than a chart of individual values of as many points of normal noise.
    """
    random = np.random.default_rng(int(a_year))
    alarms = []
    for _ in range(400):
        days = random.integers(0, 1096, max(5, random.poisson(3 * a_year)))
        chart = t_chart(days_between(days)[np.newaxis])
        alarms.append(bool(chart.outside.any() or signals_of_many(chart)[-1].signal[0]))
    usual = xmr_chart(random.normal(size=(2_000, round(3 * a_year))))
    usual_alarms = usual.outside.any(axis=-1) | signals_of_many(usual)[-1].signal
    assert np.mean(alarms) <= usual_alarms.mean() + 0.03
