"""Charts of the distance between events."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from equity.stats.control_charts import ChartFrame, signals_by_phase
from equity.stats.rare_events import cases_between_events, g_chart, t_chart, time_between_events


def test_g_chart_worked_by_hand() -> None:
    chart = g_chart([3.0, 10, 5, 40, 2])
    mean = 12.0
    assert chart.kind == "g"
    assert chart.centre.tolist() == [5.0] * 5
    np.testing.assert_allclose(chart.upper, mean + 3 * np.sqrt(mean * (mean + 1)))
    assert chart.lower.tolist() == [0.0] * 5
    assert chart.trial.all()


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
    cases = np.array([4.0] * 12 + [60.0] * 6)
    frozen = g_chart(cases, ChartFrame(baseline=np.arange(18) < 12))
    assert frozen.outside.tolist() == [False] * 12 + [True] * 6
    split = t_chart(cases, ChartFrame(phase_starts=(12,)))
    assert split.centre.tolist() == pytest.approx(cases.tolist())
    assert len(signals_by_phase(split)) == 2


def test_what_cannot_be_charted_is_said_plainly() -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        g_chart([3.0, -1.0])
    with pytest.raises(ValueError, match="must be above 0"):
        t_chart([3.0, 0.0])
    with pytest.raises(ValueError, match="more events than cases"):
        cases_between_events([3.0], [2.0])
    with pytest.raises(ValueError, match="one series"):
        time_between_events(np.zeros((2, 3)), 30)


def test_single_events_in_a_steady_period_are_as_far_apart_as_their_periods() -> None:
    found = time_between_events([1, 0, 0, 1, 1], [30.0] * 5)
    assert found.distance.tolist() == [90.0, 30.0]
    assert found.period.tolist() == [3, 4]
    cases = cases_between_events([1, 0, 0, 1, 1], [30.0] * 5)
    assert cases.distance.tolist() == [89.0, 29.0]


def test_events_of_one_period_are_spread_over_it() -> None:
    assert time_between_events([2, 0, 1], [30.0] * 3).distance.tolist() == [15.0, 52.5]


def test_no_distance_reaches_over_a_hole() -> None:
    found = time_between_events([1, 1, np.nan, 1, 1], [30.0] * 5)
    assert found.distance.tolist() == [30.0, 30.0]
    assert found.period.tolist() == [1, 4]
    assert time_between_events([0, 0], [30.0] * 2).distance.size == 0


@given(hnp.arrays(np.int64, st.integers(1, 30), elements=st.integers(0, 3)))
def test_distances_are_one_fewer_than_the_events_and_stay_within_the_time(events: np.ndarray) -> None:
    found = time_between_events(events, 30.0)
    assert len(found.distance) == max(events.sum() - 1, 0)
    assert (found.distance > 0).all()
    assert found.distance.sum() < 30 * len(events)


def test_false_alarms_are_few_on_a_steady_process() -> None:
    rng = np.random.default_rng(77)
    t = t_chart(rng.exponential(40, (2_000, 24)))
    assert t.outside.mean() < 0.01
    g = g_chart(rng.geometric(0.02, (2_000, 24)) - 1.0)
    assert g.outside.mean() < 0.03  # a geometric tail: about 2 % lie above the mean + 3σ
