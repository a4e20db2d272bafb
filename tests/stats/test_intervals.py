"""Intervals of one group against PHEindicatormethods, statsmodels and scipy, and the coverage that they claim."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from equity.stats.intervals import byar_limits, exact_poisson_limits, interval, mean_interval, poisson_rate, wilson
from tests.stats.golden_tables import golden


def test_wilson_agrees_with_phe() -> None:
    given_, expected = golden("proportion_input"), golden("proportion_expected")
    found = wilson(given_["x"], given_["n"])
    for ours, theirs in ((found.value, "rate"), (found.lower, "lower"), (found.upper, "upper")):
        np.testing.assert_allclose(ours, expected[theirs], rtol=1e-8, atol=1e-15)


def test_exact_and_byar_rates_agree_with_phe() -> None:
    given_, expected = golden("rate_input"), golden("rate_expected")
    found = poisson_rate(given_["x"], given_["n"])
    for ours, theirs in ((found.value, "rate_per_100000"), (found.lower, "lower"), (found.upper, "upper")):
        np.testing.assert_allclose(ours * 100_000, expected[theirs], rtol=1e-8)


@pytest.mark.parametrize("level", [0.8, 0.9, 0.95, 0.99])
def test_levels_agree_with_other_software(level: float) -> None:
    x, n = np.array([1, 7, 12, 30]), 40
    lower, upper = proportion_confint(x, n, alpha=1 - level, method="wilson")
    found = wilson(x, n, level)
    np.testing.assert_allclose([found.lower, found.upper], [lower, upper], rtol=1e-10)
    low, high = exact_poisson_limits(x, level)
    np.testing.assert_allclose(low, stats.chi2.ppf((1 - level) / 2, 2 * x) / 2, rtol=1e-10)
    np.testing.assert_allclose(high, stats.chi2.ppf((1 + level) / 2, 2 * x + 2) / 2, rtol=1e-10)


def test_mean_interval_agrees_with_scipy() -> None:
    values = np.random.default_rng(1).gamma(3.0, 10.0, size=(6, 17))
    found = mean_interval(17, values.sum(axis=1), (values**2).sum(axis=1))
    theirs = [stats.ttest_1samp(row, 0.0).confidence_interval(0.95) for row in values]
    np.testing.assert_allclose(found.value, values.mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(found.lower, [each.low for each in theirs], rtol=1e-9)
    np.testing.assert_allclose(found.upper, [each.high for each in theirs], rtol=1e-9)


def test_nobody_has_no_rate_and_one_value_has_no_spread() -> None:
    for kind in ("proportion", "rate", "mean"):
        nobody = interval(kind, n=0, x=0, xx=0)
        assert np.isnan([nobody.value, nobody.lower, nobody.upper]).all()
    alone = mean_interval(1, 5.0, 25.0)
    assert alone.value == 5.0
    assert np.isnan(alone.lower)
    assert np.isnan(alone.upper)


def test_an_impossible_level_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(1, 2, level=95)


@given(n=st.integers(1, 100_000), share=st.floats(0, 1), level=st.floats(0.5, 0.999))
def test_a_wilson_interval_stays_within_bounds_around_its_value(n: int, share: float, level: float) -> None:
    x = round(n * share)
    found = wilson(x, n, level)
    assert 0 <= found.lower <= found.value + 1e-12
    assert found.value - 1e-12 <= found.upper <= 1
    assert found.width > 0
    mirrored = wilson(n - x, n, level)
    np.testing.assert_allclose([mirrored.lower, mirrored.upper], [1 - found.upper, 1 - found.lower], atol=1e-12)


@given(x=st.floats(0, 1e6), n=st.floats(1e-3, 1e9), times=st.floats(0.1, 1000))
def test_a_rate_interval_holds_its_value_and_follows_the_unit(x: float, n: float, times: float) -> None:
    found, scaled = poisson_rate(x, n), poisson_rate(x, n * times)
    assert 0 <= found.lower <= found.value <= found.upper
    np.testing.assert_allclose(scaled.upper * times, found.upper, rtol=1e-9)


@pytest.mark.parametrize("n", [10, 20, 30, 50, 200, 1000])
def test_wilson_covers_its_level_on_average_and_never_fails_badly(n: int) -> None:
    """Exact coverage, no simulation: every x of every p.

    From 200 people up every p is covered 93 to 97 %. In smaller groups the average over p is; a single p may dip to
    89 % or rise to 98 %, as for any interval that is not strictly conservative: the documented departure.
    """
    p = np.linspace(0.02, 0.98, 193)
    x = np.arange(n + 1)
    limits = wilson(x, n)
    chance = stats.binom.pmf(x[None, :], n, p[:, None])
    covers = (chance * ((limits.lower <= p[:, None]) & (p[:, None] <= limits.upper))).sum(axis=1)
    assert 0.945 <= covers.mean() <= 0.96
    if n >= 200:
        assert 0.93 <= covers.min() <= covers.max() <= 0.975
    assert covers.min() > 0.89
    assert (covers[(p * n >= 5) & ((1 - p) * n >= 5)] > 0.925).all()


@pytest.mark.parametrize("expected", [0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 9.0, 10.0, 12.0, 15.0, 20.0, 50.0, 100.0, 1000.0])
def test_rate_limits_are_conservative_and_tighten_with_events(expected: float) -> None:
    """Exact coverage. Garwood's limits never cover less than 95 %: up to 99 % for a handful of events, 97 % from 12."""
    x = np.arange(int(expected + 12 * np.sqrt(expected) + 20))
    found = poisson_rate(x, 1.0)
    covers = stats.poisson.pmf(x, expected)[(found.lower <= expected) & (expected <= found.upper)].sum()
    assert 0.947 <= covers <= (0.99 if expected < 12 else 0.97)


def test_byar_is_within_half_a_percent_of_the_exact_limits_from_ten_events_up() -> None:
    x = np.arange(10, 500)
    for ours, exact in zip(byar_limits(x), exact_poisson_limits(x), strict=True):
        np.testing.assert_allclose(ours, exact, rtol=5e-3)


@pytest.mark.parametrize("n", [2, 3, 8, 40])
def test_the_t_interval_covers_its_level_for_small_samples(n: int) -> None:
    values = np.random.default_rng(n).normal(30, 12, size=(20_000, n))
    found = mean_interval(n, values.sum(axis=1), (values**2).sum(axis=1))
    assert 0.945 <= ((found.lower <= 30) & (found.upper >= 30)).mean() <= 0.955


def test_the_t_interval_of_skewed_waiting_times_covers_less_until_there_are_many() -> None:
    """Gamma with shape 2: 91 to 94 % for 15 people, 93 % and more from 60; the documented departure."""
    random = np.random.default_rng(3)
    for n, least in ((15, 0.90), (60, 0.93), (200, 0.94)):
        values = random.gamma(2.0, 15.0, size=(10_000, n))
        found = mean_interval(n, values.sum(axis=1), (values**2).sum(axis=1))
        assert least <= ((found.lower <= 30) & (found.upper >= 30)).mean() <= 0.97
