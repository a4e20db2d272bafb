"""Every kind of control chart is offered and told of; its numbers against qicharts2; what must hold for any series."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from equity.stats.over_time.chart_limits import PLAIN_FRAME, ChartFrame, ControlChart
from equity.stats.over_time.chart_series import one_series, signals_of_many
from equity.stats.over_time.control_charts import (
    BY_NAME,
    KINDS,
    KindOfChart,
    fitting,
    laney_p_chart,
    laney_u_chart,
    p_chart,
    run_chart,
    u_chart,
    xmr_chart,
)
from equity.stats.over_time.run_rules import RunSignal
from tests.random_search import examples

GOLDEN = Path(__file__).parent.parent.parent / "golden"
TOLD = (Path(__file__).parents[3] / "docs" / "analysts.md").read_text(encoding="utf-8")
SIZES = np.array([[40.0, 50.0, 0.0, 60.0] * 4])
EVENTS = np.array([[4.0, 9.0, 0.0, 12.0] * 4])
OF_COUNTS = {"p": p_chart, "pp": laney_p_chart, "u": u_chart, "up": laney_u_chart}
OF_VALUES = {"i": xmr_chart, "run": run_chart}
DRAWN = [kind for kind in KINDS if kind.draw]
WORKED = {"i": ([10.0, 12.0, 11.0, 15.0], 12.0, 3 * np.mean([2, 1, 4]) / 1.128)}
"""Series that were worked by hand: values, the middle, and how far either limit lies from it."""

eighths = st.integers(-400, 400).map(lambda whole: whole / 8)
value_series = hnp.arrays(np.float64, st.integers(2, 30), elements=eighths)


def rows_of(name: str) -> dict[str, list[dict[str, str]]]:
    with (GOLDEN / name).open(newline="") as file:
        by_series = defaultdict(list)
        for row in csv.DictReader(file):
            by_series[row["series"]].append(row)
        return by_series


INPUT = rows_of("charts_input.csv")
POINTS = rows_of("charts_points_expected.csv")
SUMMARY = rows_of("charts_summary_expected.csv")


def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float(row[name]) if row[name] not in ("", "NA") else np.nan for row in rows])


def draw(kind: str, y: np.ndarray, n: np.ndarray) -> ControlChart:
    return OF_COUNTS[kind](y, n) if kind in OF_COUNTS else OF_VALUES[kind](y)


def signals_of_one(chart: ControlChart) -> tuple[RunSignal, ...]:
    """What the rules say of each phase of one series."""
    return tuple(signals.of(()) for signals in signals_of_many(chart))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_told_of_and_offered(kind: KindOfChart) -> None:
    assert BY_NAME[kind.name] is kind
    assert f"| **{kind.label}** | `{kind.name}` |" in TOLD
    assert all(kind in fitting(measured) for measured in kind.fits)


@pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.name)
def test_a_kind_draws_rates_in_the_measures_unit_and_leaves_holes(kind: KindOfChart) -> None:
    assert kind.draw is not None
    drawn = kind.draw(EVENTS, SIZES, PLAIN_FRAME)
    assert drawn.kind == kind.name
    np.testing.assert_allclose(drawn.value, np.where(SIZES > 0, EVENTS / np.where(SIZES > 0, SIZES, 1.0), np.nan))


@pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.name)
def test_a_kind_says_what_its_middle_is_and_whether_it_has_limits(kind: KindOfChart) -> None:
    assert kind.draw is not None
    x = np.array([4.0, 9, 30, 5, 6, 8, 7])
    drawn = kind.draw(x, np.full(7, 50.0), PLAIN_FRAME)
    middle = {"mean": x.mean(), "median": np.median(x)}[kind.middle]
    np.testing.assert_allclose(drawn.centre, middle / 50)
    assert np.isfinite(drawn.upper).all() == np.isfinite(drawn.lower).all() == kind.has_limits


@pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.name)
def test_a_kind_has_numbers_of_another_program_or_by_hand(kind: KindOfChart) -> None:
    from_elsewhere = {rows[0]["chart"] for rows in INPUT.values()}
    assert kind.name in from_elsewhere | set(WORKED), "a row in tests/golden/charts_*.csv, or a series in WORKED"


def test_a_kind_without_a_drawing_of_periods_says_what_lies_between_its_points() -> None:
    assert all(bool(kind.between) == (kind.draw is None) for kind in KINDS)


@pytest.mark.parametrize("series", sorted(INPUT))
def test_golden_points(series: str) -> None:
    given_rows, expected = INPUT[series], POINTS[series]
    chart = draw(given_rows[0]["chart"], column(given_rows, "y"), column(given_rows, "n"))
    for name in ("value", "centre", "lower", "upper"):
        np.testing.assert_allclose(getattr(chart, name), column(expected, name), rtol=1e-8, atol=1e-12)
    np.testing.assert_array_equal(chart.outside, column(expected, "outside") == 1)


@pytest.mark.parametrize("series", sorted(INPUT))
def test_golden_signal(series: str) -> None:
    given_rows, expected = INPUT[series], SUMMARY[series][0]
    (found,) = signals_of_one(draw(given_rows[0]["chart"], column(given_rows, "y"), column(given_rows, "n")))
    for name in ("useful", "longest_run", "longest_run_max", "crossings", "crossings_min"):
        assert getattr(found, name) == int(expected[name])
    assert found.signal == (expected["signal"] == "1")


@pytest.mark.parametrize("name", WORKED)
def test_series_worked_by_hand(name: str) -> None:
    (values, middle, half), draw = WORKED[name], BY_NAME[name].draw
    assert draw is not None
    chart = draw(np.array(values), np.ones(len(values)), PLAIN_FRAME)
    np.testing.assert_allclose(chart.centre, middle)
    np.testing.assert_allclose(chart.upper, middle + half)
    np.testing.assert_allclose(chart.lower, middle - half)
    assert chart.trial.tolist() == [True]
    assert chart.points_used.tolist() == [len(values)]


def test_one_wild_moving_range_is_dropped_once() -> None:
    values = np.tile([0.0, 1.0], 10)
    values[10:] += 50
    assert xmr_chart(values).sigma[0] == pytest.approx(1 / 1.128)


def test_twelve_points_end_the_trial() -> None:
    assert run_chart(np.arange(11.0)).trial.all()
    assert not run_chart(np.arange(12.0)).trial.any()


@pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.name)
def test_a_period_without_data_is_a_hole_and_changes_nothing_else(kind: KindOfChart) -> None:
    assert kind.draw is not None
    x = np.array([5.0, 9, 7, 6, 8, 9, 4])
    n = np.array([50.0, 60, 70, 50, 60, 66, 44])
    whole = kind.draw(x, n, PLAIN_FRAME)
    for missing_x, missing_n in ((0.0, 0.0), (np.nan, 50.0), (3.0, np.nan)):
        holed = kind.draw(np.insert(x, 3, missing_x), np.insert(n, 3, missing_n), PLAIN_FRAME)
        assert np.isnan(holed.value[3])
        assert not holed.outside[3]
        assert not holed.used[3]
        for name in ("value", "centre", "lower", "upper", "outside"):
            np.testing.assert_array_equal(np.delete(getattr(holed, name), 3), getattr(whole, name))


@pytest.mark.parametrize("kind", ["p", "pp", "u", "up"])
def test_limits_that_depend_on_the_denominator_end_at_a_hole(kind: str) -> None:
    holed = OF_COUNTS[kind]([5.0, 9, np.nan, 6], [50.0, 60, 70, 50])
    assert np.isnan(holed.lower).tolist() == np.isnan(holed.upper).tolist() == [False, False, True, False]


@given(value_series, st.data())
def test_holes_in_values_never_become_zeros(values: np.ndarray, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(values)))
    for kind in (xmr_chart, run_chart):
        holed, whole = kind(np.insert(values, place, np.nan)), kind(values)
        assert np.isnan(holed.value[place])
        np.testing.assert_array_equal(np.delete(holed.centre, place), whole.centre)
        np.testing.assert_array_equal(np.delete(holed.upper, place), whole.upper)
        assert signals_of_one(holed) == signals_of_one(whole)


def test_a_frozen_baseline_sets_the_limits_of_what_follows() -> None:
    x, n = np.array([50.0] * 12 + [80.0] * 6), np.full(18, 100.0)
    frozen = p_chart(x, n, ChartFrame(baseline=np.arange(18) < 12))
    assert set(frozen.centre) == {0.5}
    assert frozen.outside.tolist() == [False] * 12 + [True] * 6
    assert frozen.points_used.tolist() == [12]
    free = p_chart(x, n)
    assert free.centre[0] == pytest.approx(0.6)


def test_each_phase_has_its_own_centre_limits_and_signal() -> None:
    x, n = np.array([50.0] * 12 + [80.0] * 6), np.full(18, 100.0)
    chart = p_chart(x, n, ChartFrame(phase_starts=(12,)))
    assert chart.centre.tolist() == [0.5] * 12 + [0.8] * 6
    assert chart.phase.tolist() == [0] * 12 + [1] * 6
    assert not chart.outside.any()
    assert chart.trial.tolist() == [False, True]
    assert len(signals_of_one(chart)) == 2


def test_phases_are_the_charts_of_their_parts() -> None:
    rng = np.random.default_rng(5)
    n = rng.integers(200, 900, 30).astype(float)
    x = rng.binomial(n.astype(int), 0.3).astype(float)
    split = laney_p_chart(x, n, ChartFrame(phase_starts=(14,)))
    for phase, part in enumerate((slice(0, 14), slice(14, 30))):
        alone = laney_p_chart(x[part], n[part])
        np.testing.assert_allclose(split.upper[part], alone.upper)
        assert split.sigma_z[phase] == pytest.approx(alone.sigma_z[0])


def test_a_baseline_in_one_phase_leaves_the_other_phases_whole() -> None:
    values = np.array([1.0, 1, 9, 9, 4, 6])
    chart = run_chart(values, ChartFrame(baseline=np.array([1, 1, 0, 0, 0, 0], dtype=bool), phase_starts=(4,)))
    assert chart.centre.tolist() == [1, 1, 1, 1, 5, 5]


def test_excluded_points_are_drawn_but_move_neither_limits_nor_runs() -> None:
    values = np.array([1.0, 2, 1, 40, 2, 1, 2])
    excluded = values == 40
    chart, without = xmr_chart(values, ChartFrame(excluded=excluded)), xmr_chart(values[~excluded])
    assert chart.value[3] == 40
    assert chart.outside[3]
    np.testing.assert_allclose(chart.upper[~excluded], without.upper)
    assert signals_of_one(chart) == signals_of_one(without)


@given(value_series, st.sampled_from([0.5, 2.0, 64.0]), st.integers(-100, 100))
def test_limits_move_with_shift_and_scale(values: np.ndarray, scale: float, shift: int) -> None:
    plain, moved = xmr_chart(values), xmr_chart(values * scale + shift)
    for name in ("centre", "lower", "upper"):
        np.testing.assert_allclose(getattr(moved, name), getattr(plain, name) * scale + shift, atol=1e-9)


@given(value_series)
def test_reflection_swaps_the_limits(values: np.ndarray) -> None:
    plain, mirrored = xmr_chart(values), xmr_chart(-values)
    np.testing.assert_allclose(mirrored.lower, -plain.upper)
    np.testing.assert_array_equal(mirrored.outside, plain.outside)
    assert signals_of_one(run_chart(values)) == signals_of_one(run_chart(-values))


@settings(max_examples=examples(60))
@given(hnp.arrays(np.int64, (2, 15), elements=st.integers(1, 400)), st.data())
def test_counting_the_other_outcome_mirrors_a_p_chart(n: np.ndarray, data: st.DataObject) -> None:
    share = data.draw(hnp.arrays(np.float64, n.shape, elements=st.floats(0, 1)))
    x = np.floor(share * n)
    for kind in (p_chart, laney_p_chart):
        plain, other = kind(x, n), kind(n - x, n)
        np.testing.assert_allclose(other.lower, 1 - plain.upper, atol=1e-9)
        np.testing.assert_allclose(other.centre, 1 - plain.centre, atol=1e-12)
        assert np.all((plain.lower >= 0) & (plain.upper <= 1))
        np.testing.assert_array_equal(other.outside, plain.outside)


@settings(max_examples=examples(30))
@given(hnp.arrays(np.float64, (2, 3, 10), elements=eighths))
def test_many_series_agree_with_one_at_a_time(values: np.ndarray) -> None:
    values = np.where(values > 45, np.nan, values)
    excluded = np.zeros(10, dtype=bool)
    excluded[4] = True
    frame = ChartFrame(excluded=excluded, phase_starts=(6,))
    together = xmr_chart(values, frame)
    for place in np.ndindex(2, 3):
        alone = xmr_chart(values[place], frame)
        taken = one_series(together, place)
        for name in ("value", "centre", "lower", "upper", "outside", "trial", "points_used"):
            np.testing.assert_array_equal(getattr(taken, name), getattr(alone, name))
        assert signals_of_one(taken) == signals_of_one(alone)


@pytest.mark.parametrize("kind", ["p", "pp", "u", "up"])
def test_no_events_at_all_gives_flat_limits_without_a_warning(kind: str) -> None:
    chart = OF_COUNTS[kind](np.zeros(14), np.full(14, 30.0))
    assert chart.upper.tolist() == [0.0] * 14
    assert not chart.outside.any()


def test_a_series_of_nothing_but_holes_is_drawn_empty() -> None:
    chart = p_chart(np.full(5, np.nan), np.full(5, np.nan))
    assert np.isnan(chart.centre).all()
    assert chart.points_used.tolist() == [0]
    assert np.isnan(run_chart(np.full(5, np.nan)).centre).all()


def test_equal_values_are_never_outside_limits_of_no_width() -> None:
    assert not xmr_chart(np.full(10, 0.1)).outside.any()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: p_chart([5.0, 11.0], [10.0, 10.0]), r"more events \(11\) than people or visits \(10\) at point 2"),
        (lambda: u_chart([-1.0], [10.0]), "must not be negative"),
        (lambda: xmr_chart([]), "at least one period"),
        (lambda: run_chart([1.0, 2.0], ChartFrame(phase_starts=(5,))), "a phase starts at point 5"),
        (lambda: run_chart([1.0, 2.0], ChartFrame(baseline=np.ones(3, dtype=bool))), "baseline"),
    ],
)
def test_what_cannot_be_charted_is_said_plainly(call: object, words: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=words):
        call()


def test_limits_hold_their_false_alarm_rate_per_point() -> None:
    rng = np.random.default_rng(31)
    n = np.full((2_000, 24), 400)
    outside = p_chart(rng.binomial(n, 0.3), n).outside.mean()
    assert 0.001 < outside < 0.005
    values = xmr_chart(rng.standard_normal((2_000, 24))).outside.mean()
    assert 0.002 < values < 0.012


def test_laney_limits_widen_with_spread_between_periods_and_the_plain_ones_do_not() -> None:
    rng = np.random.default_rng(32)
    n = np.full((500, 24), 5_000)
    x = rng.binomial(n, rng.beta(150, 350, n.shape))
    plain, laney = p_chart(x, n), laney_p_chart(x, n)
    assert plain.outside.mean() > 0.2
    assert laney.outside.mean() < 0.02
    assert np.median(laney.sigma_z) > 2.5
