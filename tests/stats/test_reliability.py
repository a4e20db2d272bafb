"""The NCHS badges, rule by rule."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from equity.stats.estimate import Estimate
from equity.stats.intervals import clopper_pearson, interval, poisson_rate, wilson
from equity.stats.reliability import mean_reliability, proportion_reliability, rate_reliability, reliability
from equity.stats.repeat_visits import PersonSums, effective_sample


def between(lower: float, value: float, upper: float) -> Estimate:
    return Estimate(np.float64(value), np.float64(lower), np.float64(upper))


@pytest.mark.parametrize(
    ("estimate", "n", "badge"),
    [
        (between(0.49, 0.50, 0.51), 29, "too_few"),
        (between(0.001, 0.002, 0.05), 40, "reliable"),
        (between(0.35, 0.50, 0.65), 40, "too_few"),
        (between(0.01, 0.05, 0.10), 60, "too_few"),
        (between(0.90, 0.95, 0.99), 60, "read_with_care"),
        (between(0.45, 0.50, 0.55), 400, "reliable"),
        (between(0.0, 0.025, 0.05), 400, "reliable"),
    ],
)
def test_proportions_go_through_the_rules_in_order(estimate: Estimate, n: float, badge: str) -> None:
    assert proportion_reliability(estimate, n) == badge


def test_rates_need_ten_events_and_a_tight_interval() -> None:
    assert rate_reliability(poisson_rate(9, 1000), 9) == "too_few"
    assert rate_reliability(poisson_rate(10, 1000), 10) == "reliable"
    assert rate_reliability(between(0.1, 1.0, 1.8), 50) == "too_few"
    assert rate_reliability(poisson_rate(0, 1000), 0) == "too_few"


def test_means_need_thirty_and_are_read_with_care_near_zero() -> None:
    assert mean_reliability(between(9, 10, 11), 29) == "too_few"
    assert mean_reliability(between(9, 10, 11), 30) == "reliable"
    assert mean_reliability(between(-1, 0.5, 2), 300) == "read_with_care"


def test_nobody_is_too_few_of_every_kind() -> None:
    for kind in ("proportion", "rate", "mean"):
        assert reliability(kind, interval(kind, 0, 0, 0), 0, 0) == "too_few"


@given(n=st.integers(1, 100_000), share=st.floats(0, 1))
def test_every_proportion_gets_one_of_the_three_badges(n: int, share: float) -> None:
    x = round(n * share)
    badge = reliability("proportion", wilson(x, n), n, x)
    assert badge in ("reliable", "read_with_care", "too_few")
    assert badge == "too_few" or n >= 30


def test_thirty_people_with_one_visit_each_are_thirty() -> None:
    x = np.array([1.0] * 15 + [0.0] * 15)
    sums = PersonSums(np.float64(30), (x**2).sum(), x.sum(), np.float64(30))
    sample = effective_sample("proportion", 30, x.sum(), sums)
    assert sample.n == 30
    for size, badge in ((30.0, "reliable"), (30.0 - 1e-13, "reliable"), (29.9, "too_few")):
        assert proportion_reliability(between(0.45, 0.50, 0.55), size) == badge
    assert rate_reliability(poisson_rate(10, 1000), 10 - 1e-12) == "reliable"


@pytest.mark.parametrize(("x", "n"), [(0, 40), (3, 40), (20, 41), (99, 100), (100, 100), (7.5, 33.3)])
def test_the_badge_of_a_proportion_goes_by_clopper_and_pearson(x: float, n: float) -> None:
    exact = clopper_pearson(x, n)
    low, high = proportion_confint(x, n, method="beta")
    np.testing.assert_allclose((exact.lower, exact.upper), (low if x > 0 else 0.0, high if x < n else 1.0))
    assert reliability("proportion", wilson(x, n), n, x) == proportion_reliability(exact, n)


def test_the_exact_interval_is_too_wide_where_wilsons_is_just_narrow_enough() -> None:
    plain, exact = wilson(17, 42), clopper_pearson(17, 42)
    assert plain.width < 0.30 <= exact.width
    assert reliability("proportion", plain, 42, 17) == "too_few"
