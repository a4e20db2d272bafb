"""p-values against scipy, and how often they cry wolf."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest

from equity.stats.significance import (
    difference_test,
    mean_test,
    proportion_exact_test,
    proportion_score_test,
    proportion_test,
    rate_test,
    target_test,
)


def doubled_mid_p(variable: "stats.rv_discrete", observed: int) -> float:
    here = variable.pmf(observed)
    return float(min(1.0, 2 * min(variable.sf(observed) + here / 2, variable.cdf(observed) - here / 2)))


@pytest.mark.parametrize(
    ("a", "n1", "b", "n2"),
    [
        (3, 30, 40, 2000),
        (0, 30, 100, 500),
        (5, 5, 1, 9),
        (40, 60, 500, 2000),
        (98, 900, 99, 1000),
        (11, 15, 319, 435),
        (319, 435, 11, 15),
        (1, 3, 5, 16),
        (5, 16, 1, 3),
    ],
)
def test_small_cells_get_fishers_mid_p(a: int, n1: int, b: int, n2: int) -> None:
    theirs = doubled_mid_p(stats.hypergeom(n1 + n2, a + b, n1), a)
    np.testing.assert_allclose(proportion_exact_test(a, n1, b, n2), theirs, rtol=1e-8)
    np.testing.assert_allclose(proportion_test(a, n1, b, n2), theirs, rtol=1e-8)


def test_large_cells_get_the_pooled_score_test() -> None:
    _, theirs = proportions_ztest([900, 1400], [3000, 4000])
    np.testing.assert_allclose(proportion_test(900, 3000, 1400, 4000), theirs, rtol=1e-10)
    np.testing.assert_allclose(
        proportion_score_test(9, 30, 14, 40), proportions_ztest([9, 14], [30, 40])[1], rtol=1e-10
    )


@pytest.mark.parametrize(
    ("a", "n1", "b", "n2"), [(3, 300, 40, 2000), (0, 30, 100, 500), (5, 5, 0, 9), (400, 60, 900, 200)]
)
def test_rates_get_the_conditional_binomial_mid_p(a: int, n1: int, b: int, n2: int) -> None:
    theirs = doubled_mid_p(stats.binom(a + b, n1 / (n1 + n2)), a)
    np.testing.assert_allclose(rate_test(a, n1, b, n2), theirs, rtol=1e-8, atol=1e-300)


@pytest.mark.parametrize("x", [0, 3, 9, 30])
def test_targets_get_binomial_and_poisson_mid_p(x: int) -> None:
    np.testing.assert_allclose(target_test("proportion", 30, x, 0.2), doubled_mid_p(stats.binom(30, 0.2), x), rtol=1e-8)
    np.testing.assert_allclose(target_test("rate", 30, x, 0.2), doubled_mid_p(stats.poisson(6.0), x), rtol=1e-8)


def test_means_get_welch_and_the_one_sample_t() -> None:
    random = np.random.default_rng(4)
    a, b = random.normal(30, 5, 12), random.normal(33, 11, 40)
    found = mean_test(12, a.sum(), (a**2).sum(), 40, b.sum(), (b**2).sum())
    np.testing.assert_allclose(found, stats.ttest_ind(a, b, equal_var=False).pvalue, rtol=1e-8)
    single = target_test("mean", 12, a.sum(), 29.0, (a**2).sum())
    np.testing.assert_allclose(single, stats.ttest_1samp(a, 29.0).pvalue, rtol=1e-8)


def test_nothing_to_tell_apart_is_p_1_and_nobody_is_no_test() -> None:
    assert proportion_test(0, 20, 0, 30) == 1.0
    assert proportion_test(20, 20, 30, 30) == 1.0
    assert rate_test(0, 20, 0, 30) == 1.0
    assert mean_test(4, 8.0, 16.0, 5, 10.0, 20.0) == 1.0
    assert mean_test(4, 8.0, 16.0, 5, 15.0, 45.0) == 0.0
    for kind in ("proportion", "rate", "mean"):
        assert np.isnan(difference_test(kind, 0, 0, 10, 5, 0, 20))
        assert np.isnan(target_test(kind, 0, 0, 0.5, 0))


def test_two_groups_with_exactly_one_rate_have_one_p_whoever_is_first() -> None:
    n1, times = (each.ravel() for each in np.meshgrid(np.arange(2, 60), np.arange(1, 30)))
    a = np.random.default_rng(15).integers(1, n1)
    one = proportion_exact_test(a, n1, a * times, n1 * times)
    np.testing.assert_array_equal(one, proportion_exact_test(a * times, n1 * times, a, n1))
    theirs = [
        doubled_mid_p(stats.hypergeom(n * (k + 1), x * (k + 1), n), x) for x, n, k in zip(a, n1, times, strict=True)
    ]
    np.testing.assert_allclose(one, theirs, rtol=1e-9)


counts = st.tuples(st.integers(1, 20_000), st.floats(0, 1)).map(lambda pair: (round(pair[0] * pair[1]), pair[0]))


@given(first=counts, second=counts, kind=st.sampled_from(["proportion", "rate"]))
@example(first=(11, 15), second=(319, 435), kind="proportion")
def test_a_p_lies_between_0_and_1_and_does_not_depend_on_who_is_first(
    first: tuple[int, int], second: tuple[int, int], kind: str
) -> None:
    one = difference_test(kind, first[1], first[0], second[1], second[0])
    other = difference_test(kind, second[1], second[0], first[1], first[0])
    assert 0 <= one <= 1
    np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-12)


@given(first=counts, second=counts, by=st.floats(1.0, 4.0))
def test_effective_samples_never_make_a_proportion_surer_by_much(
    first: tuple[int, int], second: tuple[int, int], by: float
) -> None:
    whole = proportion_test(first[0], first[1], second[0], second[1])
    shrunk = proportion_test(first[0] / by, first[1] / by, second[0] / by, second[1] / by)
    assert shrunk >= min(whole, 0.9) * 0.5 or max(whole, shrunk) < 1e-6


@pytest.mark.parametrize("p", [0.02, 0.1, 0.3, 0.9])
@pytest.mark.parametrize(("n1", "n2"), [(30, 2000), (60, 60), (300, 5000), (2000, 9000)])
def test_proportions_cry_wolf_no_more_often_than_they_say_far_into_the_tail(p: float, n1: int, n2: int) -> None:
    random = np.random.default_rng([n1, n2, int(100 * p)])
    draws = 60_000
    found = proportion_test(random.binomial(n1, p, draws), n1, random.binomial(n2, p, draws), n2)
    assert (found <= 0.05).mean() <= 0.058
    assert (found <= 0.001).mean() <= 0.0018


@pytest.mark.parametrize("events", [2.0, 10.0, 100.0])
def test_rates_cry_wolf_no_more_often_than_they_say(events: float) -> None:
    random = np.random.default_rng(int(events))
    found = rate_test(random.poisson(events, 40_000), 100, random.poisson(10 * events, 40_000), 1000)
    assert (found <= 0.05).mean() <= 0.056
    assert (found <= 0.001).mean() <= 0.0018
