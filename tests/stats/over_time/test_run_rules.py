"""Run rules: cases worked by hand, invariances, and false-alarm rates by simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import ArrayLike

from equity.stats.over_time.run_rules import (
    FALSE_ALARMS_ANHOEJ,
    FALSE_ALARMS_ANHOEJ_MEAN,
    FALSE_ALARMS_IHI,
    FALSE_ALARMS_IHI_MEAN,
    RunSignal,
    crossings_limit,
    longest_run_limit,
    longest_run_points,
    run_signals,
    run_signals_so_far,
    shift_points,
    trend_points,
)
from tests.random_search import examples

whole_series = hnp.arrays(np.float64, st.integers(1, 40), elements=st.integers(-8, 8).map(float))


def signal_of(values: ArrayLike, centre: ArrayLike) -> RunSignal:
    """What the Anhøj rules say of one series."""
    return run_signals(values, centre).of(())


def series_by_hand(values: np.ndarray, centre: float) -> tuple[int, int, int]:
    """Useful points, longest run and crossings, the slow and obvious way."""
    signs = [1 if v > centre else -1 for v in values if np.isfinite(v) and v != centre]
    longest = current = crossings = 0
    for place, sign in enumerate(signs):
        new_run = place == 0 or sign != signs[place - 1]
        current = 1 if new_run else current + 1
        crossings += int(new_run and place > 0)
        longest = max(longest, current)
    return len(signs), longest, crossings


def test_limits_are_the_published_ones() -> None:
    # Anhøj & Olesen 2014, table of limits for 10 to 24 useful points.
    assert [longest_run_limit(n) for n in (10, 11, 12, 16, 20, 22, 23, 24)] == [6, 6, 7, 7, 7, 7, 8, 8]
    assert [crossings_limit(n) for n in (10, 12, 16, 20, 24)] == [2, 3, 4, 6, 8]


def test_crossings_limit_is_the_binomial_quantile() -> None:
    from scipy.stats import binom

    assert [crossings_limit(n) for n in range(2, 300)] == [int(binom.ppf(0.05, n - 1, 0.5)) for n in range(2, 300)]


def test_a_long_run_is_a_signal_and_its_points_are_marked() -> None:
    values = [1, -1, 1, -1, 1, -1, 1, -1, 1, 1, 1, 1, 1, 1, 1, 1, -1, 1, -1, 1]
    found = signal_of(values, 0)
    assert found == RunSignal(useful=20, longest_run=8, longest_run_max=7, crossings=12, crossings_min=6, signal=True)
    assert np.flatnonzero(longest_run_points(values, 0)).tolist() == list(range(8, 16))


def test_few_crossings_are_a_signal_without_a_long_run() -> None:
    values = np.repeat([1, -1, 1, -1], 6)
    found = signal_of(values, 0)
    assert (found.longest_run, found.crossings, found.crossings_min, found.signal) == (6, 3, 8, True)
    assert not longest_run_points(values, 0).any()


def test_points_on_the_centre_and_holes_neither_make_nor_break_a_run() -> None:
    plain = signal_of([1, 1, 1, -1, -1, 1], 0)
    assert signal_of([1, 0, 1, np.nan, 1, -1, 0, 0, -1, np.nan, 1], 0) == plain


def test_nothing_useful_is_no_signal() -> None:
    nothing = RunSignal(0, 0, 0, 0, 0, False)
    assert signal_of([2, 2, 2], 2) == nothing
    assert signal_of([np.nan, np.nan], 0) == nothing
    assert signal_of([], 0) == nothing
    assert nothing.few_points


def test_rounding_in_the_last_bit_leaves_a_point_on_the_centre() -> None:
    assert signal_of([0.1] * 10, np.sum([0.1] * 10) / 10).useful == 0


@given(whole_series)
def test_counts_match_counting_by_hand(values: np.ndarray) -> None:
    centre = float(np.median(values))
    found = signal_of(values, centre)
    assert (found.useful, found.longest_run, found.crossings) == series_by_hand(values, centre)


@given(whole_series, st.sampled_from([0.25, 2.0, 1024.0]), st.integers(-50, 50))
def test_reflection_shift_and_scale_change_nothing(values: np.ndarray, scale: float, shift: int) -> None:
    centre = float(np.median(values))
    plain = signal_of(values, centre)
    assert signal_of(-values, -centre) == plain
    assert signal_of(values * scale + shift, centre * scale + shift) == plain
    assert signal_of(values[::-1], centre) == plain


@given(whole_series, st.data())
def test_a_hole_changes_nothing_wherever_it_falls(values: np.ndarray, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(values)))
    assert signal_of(np.insert(values, place, np.nan), 0) == signal_of(values, 0)


@given(hnp.arrays(np.float64, (3, 12), elements=st.integers(-4, 4).map(float)))
def test_many_at_once_agree_with_one_at_a_time_and_with_the_series_so_far(values: np.ndarray) -> None:
    together = run_signals(values, 0)
    growing = run_signals_so_far(values, 0)
    for row, series in enumerate(values):
        alone = signal_of(series, 0)
        assert alone.longest_run == together.longest_run[row]
        assert alone.signal == together.signal[row]
        for so_far in (1, 5, 12):
            part = signal_of(series[:so_far], 0)
            assert part.crossings == growing.crossings[row, so_far - 1]
            assert part.signal == growing.signal[row, so_far - 1]


def test_a_shift_is_six_useful_points_on_one_side() -> None:
    values = [-1, 1, 1, 0, 1, np.nan, 1, 1, 1, -1]
    assert np.flatnonzero(shift_points(values, 0)).tolist() == [1, 2, 4, 6, 7, 8]
    assert not shift_points(values, 0, least=7).any()
    assert not shift_points([1, 1, 1, 1, 1, -1], 0).any()


def test_a_trend_is_five_points_all_going_one_way() -> None:
    assert np.flatnonzero(trend_points([9, 1, 2, 3, 4, 5, 0])).tolist() == [1, 2, 3, 4, 5]
    assert not trend_points([9, 1, 2, 3, 4, 0]).any()
    assert np.flatnonzero(trend_points([5, 4, 3, 2, 1])).tolist() == [0, 1, 2, 3, 4]


def test_equal_points_and_holes_neither_make_nor_break_a_trend() -> None:
    values = [1, 2, 2, 3, np.nan, 4, 5, 5]
    assert np.flatnonzero(trend_points(values)).tolist() == [0, 1, 3, 5, 6]
    assert not trend_points([1, 2, 2, 2, 3]).any()


def test_a_trend_can_turn_into_the_opposite_trend() -> None:
    up_and_down = [1, 2, 3, 4, 5, 4, 3, 2, 1]
    assert trend_points(up_and_down).all()


@given(whole_series)
def test_trends_survive_reflection_and_shift_points_stay_off_the_centre(values: np.ndarray) -> None:
    assert np.array_equal(trend_points(values), trend_points(-values))
    assert not (shift_points(values, 0) & (values == 0)).any()
    marked = shift_points(values, 0)
    assert not marked.any() or marked.sum() >= 6


@settings(max_examples=examples(30))
@given(hnp.arrays(np.float64, (2, 3, 9), elements=st.integers(0, 4).map(float)))
def test_marks_of_many_series_agree_with_one_at_a_time(values: np.ndarray) -> None:
    for place in np.ndindex(2, 3):
        assert np.array_equal(trend_points(values)[place], trend_points(values[place]))
        assert np.array_equal(shift_points(values, 2)[place], shift_points(values[place], 2))


@pytest.mark.parametrize("points", sorted(FALSE_ALARMS_ANHOEJ))
def test_false_alarm_rates_on_pure_noise(points: int) -> None:
    """Around the median, as a run chart is judged, and around the mean, as every other chart is."""
    charts = 20_000
    noise = np.random.default_rng(8100 + points).standard_normal((charts, points))
    trends = trend_points(noise)
    for middle, signals, looks in (
        (np.median, FALSE_ALARMS_ANHOEJ, FALSE_ALARMS_IHI),
        (np.mean, FALSE_ALARMS_ANHOEJ_MEAN, FALSE_ALARMS_IHI_MEAN),
    ):
        centre = middle(noise, axis=-1, keepdims=True)
        anhoej = run_signals(noise, centre).signal.mean()
        ihi = (shift_points(noise, centre) | trends).any(axis=-1).mean()
        assert anhoej == pytest.approx(signals[points], abs=0.006)
        assert ihi == pytest.approx(looks[points], abs=4 * np.sqrt(0.25 / charts))


def test_the_figure_shown_beside_the_ihi_rules_is_the_published_one() -> None:
    # Published: 37 % of 24-point charts of pure noise. 200,000 simulated charts give 36 %.
    assert FALSE_ALARMS_IHI[24] == pytest.approx(0.37, abs=0.015)
    assert FALSE_ALARMS_ANHOEJ[24] < 0.05 < FALSE_ALARMS_IHI[24]
