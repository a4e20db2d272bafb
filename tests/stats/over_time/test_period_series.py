"""Series of sums over periods, their variances, and the spread beyond chance."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from equity.stats.estimate import Estimate, Kind
from equity.stats.intervals import wilson
from equity.stats.over_time.period_series import (
    PeriodSums,
    Windows,
    known_series,
    pooled_windows,
    rate_series,
    serial_correlation,
    serial_inflation,
    spread_between_periods,
)


def test_a_period_without_data_is_not_a_zero() -> None:
    sums = PeriodSums.of([10, 0, np.nan, 20], [5, 0, 3, 20])
    assert sums.measured.tolist() == [True, False, False, True]
    np.testing.assert_array_equal(sums.rate, [0.5, np.nan, np.nan, 1.0])
    whole = sums.within(np.True_)
    assert (float(whole.n), float(whole.x)) == (30, 25)
    assert float(sums.within([True, True, False, False]).n) == 10
    with pytest.raises(ValueError, match="negative"):
        PeriodSums.of([-1], [0])


def test_variances_are_those_of_the_pooled_rate() -> None:
    sums = PeriodSums.of([10, 30], [0, 20])
    np.testing.assert_allclose(rate_series("proportion", sums).variance, [0.025, 0.25 / 30])
    np.testing.assert_allclose(rate_series("rate", sums).variance, [0.05, 0.5 / 30])


def test_the_variance_of_a_mean_is_within_periods() -> None:
    first, second = np.array([1.0, 2, 3]), np.array([11.0, 13])
    sums = PeriodSums.of([3, 2], [first.sum(), second.sum()], [(first**2).sum(), (second**2).sum()])
    within = (2 * first.var(ddof=1) + second.var(ddof=1)) / 3
    np.testing.assert_allclose(rate_series("mean", sums).variance, [within / 3, within / 2])


def test_a_target_has_no_variance() -> None:
    target = known_series([0.8, 0.9], 4)
    assert target.rate.shape == (2, 4)
    assert (target.variance == 0).all()


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_chance_alone_has_a_spread_of_one(kind: str) -> None:
    rng = np.random.default_rng(12)
    n = np.full((3_000, 24), 50)
    if kind == "mean":
        drawn = rng.normal(30, 6, (3_000, 24, 50))
        sums = PeriodSums.of(n, drawn.sum(-1), (drawn**2).sum(-1))
    else:
        sums = PeriodSums.of(n, rng.binomial(n, 0.4) if kind == "proportion" else rng.poisson(n * 0.4))
    assert spread_between_periods(kind, sums).mean() == pytest.approx(1, abs=0.03)  # type: ignore[arg-type]


FIRST = np.arange(24) < 12


def windows_of(kind: Kind, sums: PeriodSums, windows: Sequence[npt.ArrayLike]) -> tuple[Estimate, ...]:
    """The pooled rate of each window with its 95 % interval."""
    return pooled_windows(kind, sums, windows).at(0.95)


def test_spread_beyond_chance_and_alike_neighbours_widen_a_window() -> None:
    n = np.full(24, 1_000)
    wobble = np.tile([0.05, -0.05], 12)
    widths = [
        float(windows_of("proportion", PeriodSums.of(n, (0.5 + course) * n), (FIRST, ~FIRST))[0].width)
        for course in (0 * wobble, wobble, np.tile(wobble[:2].repeat(3), 4))
    ]
    assert 2 * widths[0] < widths[1] < widths[2]


def test_one_period_a_window_has_the_interval_of_sampling_alone() -> None:
    sums = PeriodSums.of([100, 200], [30, 90])
    first, second = windows_of("proportion", sums, ([True, False], [False, True]))
    assert (float(first.lower), float(second.upper)) == (
        pytest.approx(float(wilson(30, 100).lower)),
        pytest.approx(float(wilson(90, 200).upper)),
    )
    empty, _ = windows_of("proportion", sums, ([False, False], [True, True]))
    assert np.isnan(empty.value)


def test_windows_that_share_a_period_are_refused() -> None:
    sums = PeriodSums.of([100, 200], [30, 90])
    with pytest.raises(ValueError, match="share a period"):
        windows_of("proportion", sums, ([True, True], [False, True]))


def test_the_inflation_for_alike_neighbours_is_that_of_their_correlation() -> None:
    rng = np.random.default_rng(13)
    noise = rng.standard_normal((4_000, 60))
    for period in range(1, 60):
        noise[:, period] += 0.5 * noise[:, period - 1]
    residuals = noise - noise.mean(axis=-1, keepdims=True)
    used = np.ones(residuals.shape, dtype=bool)
    assert np.median(serial_inflation(serial_correlation(residuals, used, 1))) == pytest.approx(3, rel=0.1)
    assert (serial_correlation(-residuals, used, 1) >= 0).all()
    assert (serial_correlation(residuals[:, :7], used[:, :7], 1) == 0).all()


def test_months_of_a_hundred_times_the_denominator_do_not_lend_their_spread_to_small_ones() -> None:
    """Months that spread 2 points by themselves: 20 people a month before, 2,000 after, and the reverse."""
    random = np.random.default_rng(66)
    series, half = 1_500, np.arange(24) < 12
    for n in (np.where(half, 20, 2_000), np.where(half, 2_000, 20)):
        rates = np.clip(0.5 + random.normal(0, 0.02, (series, 24)), 0, 1)
        sums = PeriodSums.of(np.broadcast_to(n, rates.shape), random.binomial(n, rates))
        for estimate, inside in zip(windows_of("proportion", sums, (half, ~half)), (half, ~half), strict=True):
            covered = (estimate.lower <= 0.5) & (estimate.upper >= 0.5)
            error = np.sqrt(0.25 / n[inside].sum() + 0.02**2 / 12)
            assert covered.mean() >= 0.94
            assert np.median(estimate.width) < 1.4 * 2 * 1.96 * error


@pytest.mark.parametrize("rise", [0.0, 0.005])
def test_the_rounding_of_a_straight_series_is_no_likeness_between_neighbours(rise: float) -> None:
    n = np.full(24, 1_000.0)
    straight = PeriodSums.of(n, (0.4 + rise * np.arange(24)) * n)
    half = np.arange(24) < 12
    before, after = windows_of("proportion", straight, (half, ~half))
    plain = wilson(float(straight.x[half].sum()), 12_000)
    assert before.width <= 1.2 * plain.width
    assert after.width <= 1.25 * plain.width
    noisy = np.random.default_rng(6).normal(size=(1, 24)) * 1e-13
    assert serial_correlation(np.sort(noisy), np.ones((1, 24), dtype=bool), 1) == 0


def test_windows_of_few_degrees_are_as_much_wider_as_students_t_is() -> None:
    """Of half a million of a million the interval is p ± t·√(p(1 − p)/n), on the degrees that are left."""
    million = PeriodSums.of(1e6, 5e5)
    for degrees in (3.0, 8.0):
        found = Windows("proportion", (million,), (np.array(1.0),), np.array(degrees)).at(0.95)[0]
        assert float(found.upper - found.value) == pytest.approx(stats.t.ppf(0.975, degrees) * 0.5 / 1e3, rel=1e-4)
