"""The NHQDR trend rule against R's lm(), and its verdicts."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from equity.stats.over_time.linear_trend import LinearTrend, linear_trend

GOLDEN = Path(__file__).parent.parent.parent / "golden"


def golden_rows(name: str) -> dict[str, list[dict[str, str]]]:
    by_series = defaultdict(list)
    with (GOLDEN / name).open(newline="") as file:
        for row in csv.DictReader(file):
            by_series[row["series"]].append(row)
    return by_series


INPUT, EXPECTED = golden_rows("trend_input.csv"), golden_rows("trend_expected.csv")


@pytest.mark.parametrize("series", sorted(INPUT))
def test_golden(series: str) -> None:
    year, x, n = (np.array([float(row[name]) for row in INPUT[series]]) for name in ("year", "x", "n"))
    found, expected = linear_trend(year, x / n, n, "higher_better"), EXPECTED[series][0]
    assert float(found.slope.value) == pytest.approx(float(expected["slope"]), rel=1e-8)
    assert float(found.se) == pytest.approx(float(expected["se"]), rel=1e-8)
    assert float(found.p) == pytest.approx(float(expected["p"]), rel=1e-8)


def rising(by: float, points: int = 8, polarity: str = "higher_better") -> LinearTrend:
    years = np.arange(points) + 2015.0
    wobble = np.tile([0.001, -0.001], points)[:points]
    rates = 0.5 + by * np.arange(points) + wobble
    return linear_trend(years, rates, np.full(points, 500.0), polarity)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("by", "polarity", "verdict"),
    [
        (0.02, "higher_better", "improving"),
        (0.02, "lower_better", "worsening"),
        (-0.02, "lower_better", "improving"),
        (-0.02, "higher_better", "worsening"),
        (0.02, "neutral", "rising"),
        (-0.02, "neutral", "falling"),
        (0.003, "higher_better", "no_clear_trend"),  # certain, but less than 1 % a year
        (0.0, "higher_better", "no_clear_trend"),
    ],
)
def test_verdicts(by: float, polarity: str, verdict: str) -> None:
    assert str(rising(by, polarity=polarity).verdict) == verdict


def test_three_years_have_a_slope_but_no_verdict() -> None:
    found = rising(0.05, points=3)
    assert str(found.verdict) == "too_few_points"
    assert np.isfinite(found.slope.lower)
    two = rising(0.05, points=2)
    assert np.isfinite(two.slope.value)
    assert np.isnan(two.p)


def test_a_large_but_uncertain_slope_is_no_trend() -> None:
    found = linear_trend([1, 2, 3, 4], [0.2, 0.6, 0.1, 0.5], [100] * 4, "higher_better")
    assert abs(float(found.yearly_change)) > 0.01
    assert str(found.verdict) == "no_clear_trend"


def test_a_year_without_data_is_left_out() -> None:
    rates, n = np.array([0.1, 0.2, 0.25, 0.4, 0.45]), np.array([50.0, 60, 70, 80, 90])
    whole = linear_trend([1, 2, 4, 5, 6], rates, n, "higher_better")
    for hole_rate, hole_n in ((0.0, 0.0), (np.nan, 40.0)):
        holed = linear_trend(
            [1, 2, 3, 4, 5, 6], np.insert(rates, 2, hole_rate), np.insert(n, 2, hole_n), "higher_better"
        )
        assert float(holed.slope.value) == pytest.approx(float(whole.slope.value))
        assert int(holed.points) == 5


@given(
    hnp.arrays(np.float64, (3, 6), elements=st.integers(1, 99).map(lambda whole: whole / 100)),
    hnp.arrays(np.float64, (3, 6), elements=st.integers(1, 500).map(float)),
    st.integers(-3000, 3000),
)
def test_later_calendars_and_mirrored_rates_give_the_same_line(rates: np.ndarray, n: np.ndarray, shift: int) -> None:
    years = np.arange(6.0)
    plain = linear_trend(years, rates, n, "higher_better")
    moved = linear_trend(years + shift, rates, n, "higher_better")
    mirrored = linear_trend(years, -rates, n, "lower_better")
    np.testing.assert_allclose(moved.slope.value, plain.slope.value, atol=1e-9)
    np.testing.assert_allclose(mirrored.slope.lower, -plain.slope.upper, atol=1e-12)
    np.testing.assert_array_equal(mirrored.verdict, plain.verdict)


def test_level_line_is_called_a_trend_in_at_most_one_series_of_twenty() -> None:
    rng = np.random.default_rng(41)
    n = np.full((4_000, 8), 300)
    found = linear_trend(np.arange(8), rng.binomial(n, 0.4) / n, n, "higher_better")
    assert (found.verdict != "no_clear_trend").mean() < 0.06
    covered = (found.slope.lower <= 0) & (found.slope.upper >= 0)
    assert covered.mean() == pytest.approx(0.95, abs=0.015)
