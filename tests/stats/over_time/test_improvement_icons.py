"""Variation and assurance codes."""

import numpy as np
import numpy.typing as npt
import pytest

from equity.stats.over_time.chart_limits import ChartFrame, ControlChart
from equity.stats.over_time.control_charts import p_chart, run_chart, xmr_chart
from equity.stats.over_time.improvement_icons import (
    FALSE_ALARMS_LATEST,
    assurance_code,
    special_cause_sides,
    variation_of,
)
from equity.vocabulary import Polarity

STEADY = np.tile([1.0, -1.0], 10)


@pytest.mark.parametrize(
    ("values", "side"),
    [
        (np.append(STEADY, 30.0), 1),
        (np.append(STEADY, -30.0), -1),
        (STEADY, 0),
    ],
)
def test_a_point_outside_the_limits_is_special(values: np.ndarray, side: int) -> None:
    assert special_cause_sides(xmr_chart(values))[-1] == side


def test_seven_on_one_side_are_special_and_six_are_not() -> None:
    rng = np.random.default_rng(2)
    baseline = rng.normal(0, 1, 40)
    for length, expected in ((6, 0), (7, 1)):
        values = np.concatenate([baseline, [-0.2], np.tile([0.5, 0.3], 4)[:length]])
        chart = xmr_chart(values, ChartFrame(baseline=np.arange(len(values)) < 40))
        assert special_cause_sides(chart)[-1] == expected


def test_seven_rising_points_are_special_and_point_the_way_they_go() -> None:
    baseline = np.tile([2.0, -2.0], 12)
    rise = np.array([-0.8, -0.6, -0.4, -0.2, 0.1, 0.2, 0.3])
    frame = ChartFrame(baseline=np.arange(31) < 24)
    seven = xmr_chart(np.concatenate([baseline, rise]), frame)
    assert special_cause_sides(seven)[-6:].tolist() == [1] * 6
    falling = xmr_chart(np.concatenate([-baseline, -rise]), frame)
    assert special_cause_sides(falling)[-6:].tolist() == [-1] * 6
    broken = xmr_chart(np.concatenate([baseline, np.append(rise[:-1], 0.15)]), frame)
    assert special_cause_sides(broken)[-1] == 0


def test_two_of_three_beyond_two_sigma_are_special() -> None:
    chart = xmr_chart(STEADY)
    sigma = chart.sigma[0]
    values = np.concatenate([STEADY, [2.3 * sigma, 0.5 * sigma, 2.3 * sigma]])
    frame = ChartFrame(baseline=np.arange(23) < 20)
    assert special_cause_sides(xmr_chart(values, frame))[-3:].tolist() == [1, 0, 1]
    one_crosses = np.concatenate([STEADY, [2.3 * sigma, -0.5 * sigma, 2.3 * sigma]])
    assert special_cause_sides(xmr_chart(one_crosses, frame))[-3:].tolist() == [0, 0, 0]


def icons_of(chart: ControlChart, polarity: Polarity) -> npt.NDArray[np.str_]:
    """The variation icon of each series."""
    return variation_of(chart, special_cause_sides(chart), polarity)


@pytest.mark.parametrize(
    ("last", "polarity", "code"),
    [
        (30.0, "higher_better", "improving_high"),
        (30.0, "lower_better", "concerning_high"),
        (30.0, "neutral", "neutral_high"),
        (-30.0, "higher_better", "concerning_low"),
        (-30.0, "lower_better", "improving_low"),
        (-30.0, "neutral", "neutral_low"),
        (0.5, "higher_better", "common_cause"),
    ],
)
def test_variation_codes(last: float, polarity: str, code: str) -> None:
    chart = xmr_chart(np.append(STEADY, [last, np.nan]))  # a hole after it: the latest measured point counts
    assert str(icons_of(chart, polarity)) == code  # type: ignore[arg-type]


def test_mirrored_charts_swap_high_and_low_and_keep_better_and_worse() -> None:
    values = np.random.default_rng(9).normal(0, 1, (300, 20)).cumsum(-1)
    swapped = {"improving_high": "improving_low", "concerning_low": "concerning_high", "common_cause": "common_cause"}
    plain = icons_of(xmr_chart(values), "higher_better")
    mirrored = icons_of(xmr_chart(-values), "lower_better")
    assert [swapped[str(code)] for code in plain] == mirrored.tolist()
    assert set(plain.tolist()) == set(swapped)


def test_no_limits_or_no_data_is_not_judged() -> None:
    assert str(icons_of(run_chart(STEADY), "higher_better")) == ""
    assert str(icons_of(xmr_chart(np.full(5, np.nan)), "higher_better")) == ""
    assert str(assurance_code(run_chart(STEADY), 0.0, "higher_better")) == ""


def test_assurance_codes() -> None:
    chart = p_chart(np.full(20, 60.0), np.full(20, 100.0))  # limits 0.453 to 0.747
    for target, higher, lower in (
        (0.40, "consistently_met", "consistently_missed"),
        (0.60, "hit_and_miss", "hit_and_miss"),
        (0.80, "consistently_missed", "consistently_met"),
        (np.nan, "", ""),
    ):
        assert str(assurance_code(chart, target, "higher_better")) == higher
        assert str(assurance_code(chart, target, "lower_better")) == lower
        assert str(assurance_code(chart, target, "neutral")) == ""


ANYWHERE = {12: 0.073, 24: 0.188, 36: 0.294}
"""Share of the same charts with a special point anywhere: why an icon reads the latest point only."""


@pytest.mark.parametrize("points", sorted(FALSE_ALARMS_LATEST))
def test_false_alarm_rates_on_pure_noise(points: int) -> None:
    noise = np.random.default_rng(100 + points).standard_normal((20_000, points))
    special = special_cause_sides(xmr_chart(noise)) != 0
    assert special[:, -1].mean() == pytest.approx(FALSE_ALARMS_LATEST[points], abs=0.004)
    assert special.any(axis=-1).mean() == pytest.approx(ANYWHERE[points], abs=0.013)
