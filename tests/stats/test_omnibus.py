"""Any difference at all? And the extremes, against scipy and statsmodels and under pure noise."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.oneway import anova_oneway

from equity.stats.groups import Groups
from equity.stats.omnibus import (
    best_against_worst,
    omnibus,
    pairwise_level,
    range_aware_p,
    range_probability,
    target_omnibus,
    worst_against_reference,
)
from equity.stats.significance import proportion_test
from tests.stats.made_up_groups import drawn_groups


def test_proportions_get_pearsons_chi_squared() -> None:
    n, x = np.array([120, 300, 80, 500]), np.array([30, 100, 12, 130])
    found = omnibus(Groups.from_counts("proportion", n, x, "neutral"))
    theirs = stats.chi2_contingency(np.array([x, n - x]), correction=False)
    np.testing.assert_allclose(found.statistic, theirs.statistic, rtol=1e-10)
    np.testing.assert_allclose(found.p, theirs.pvalue, rtol=1e-10)


def test_rates_get_chi_squared_of_their_expected_counts() -> None:
    n, x = np.array([1200.0, 3000, 800]), np.array([30, 100, 12])
    theirs = stats.chisquare(x, n * x.sum() / n.sum())
    np.testing.assert_allclose(omnibus(Groups.from_counts("rate", n, x, "neutral")).p, theirs.pvalue, rtol=1e-10)


def test_means_get_welchs_analysis_of_variance() -> None:
    random = np.random.default_rng(6)
    samples = [random.normal(30 + i, 4 + 3 * i, 8 + 7 * i) for i in range(4)]
    sums = np.array([[len(s), s.sum(), (s**2).sum()] for s in samples]).T
    found = omnibus(Groups.from_counts("mean", sums[0], sums[1], "neutral", xx=sums[2]))
    theirs = anova_oneway(samples, use_var="unequal", welch_correction=True)
    np.testing.assert_allclose(found.statistic, theirs.statistic, rtol=1e-8)
    np.testing.assert_allclose(found.p, theirs.pvalue, rtol=1e-7)


def test_absent_groups_and_events_that_nobody_or_everybody_has() -> None:
    with_hole = omnibus(Groups.from_counts("proportion", [120, 0, 80], [30, 0, 12], "neutral"))
    without = omnibus(Groups.from_counts("proportion", [120, 80], [30, 12], "neutral"))
    np.testing.assert_allclose(with_hole.p, without.p)
    assert with_hole.degrees == 1
    assert omnibus(Groups.from_counts("proportion", [10, 20], [0, 0], "neutral")).p == 1.0
    assert omnibus(Groups.from_counts("proportion", [10, 20], [10, 20], "neutral")).p == 1.0
    assert np.isnan(omnibus(Groups.from_counts("proportion", [10, 0], [4, 0], "neutral")).p)
    assert np.isnan(omnibus(Groups.from_counts("mean", [10, 1], [40, 5], "neutral", xx=[200, 25])).p)


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_the_omnibus_tests_keep_their_level(kind: str) -> None:
    level = {"proportion": 0.2, "rate": 0.01, "mean": 30.0}[kind]
    size = 20 if kind == "rate" else 1
    groups = drawn_groups(kind, [level] * 5, [60 * size, 90 * size, 300 * size, 1000, 3000], "neutral", 8000, seed=1)
    assert 0.04 <= (omnibus(groups).p <= 0.05).mean() <= 0.06
    assert 0.04 <= (target_omnibus(groups, level) <= 0.05).mean() <= 0.065


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_the_worst_group_is_told_from_the_reference_no_more_often_than_the_level(kind: str) -> None:
    """Two groups that do better make the omnibus test sure; none of the others does worse than the reference."""
    rates = {"proportion": [0.3] * 5 + [0.2] * 2, "rate": [0.1] * 5 + [0.05] * 2, "mean": [30] * 5 + [20] * 2}[kind]
    groups = drawn_groups(kind, rates, [300, 60, 90, 200, 150, 500, 500], "lower_better", 3000, seed=2, reference=0)
    assert (omnibus(groups).p <= 0.05).mean() > 0.8
    assert (worst_against_reference(groups) <= 0.05).mean() <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 3000)


def test_the_worst_group_is_tested_on_the_side_of_the_polarity() -> None:
    def p(x: list[int], polarity: str, reference: int = 0, n: int = 200) -> float:
        return float(
            worst_against_reference(Groups.from_counts("proportion", [n] * 3, x, polarity, reference=reference))
        )

    alone = float(proportion_test(100, 200, 60, 200))
    assert p([60, 61, 100], "lower_better") == pytest.approx(1 - (1 - alone) ** 2)
    assert p([60, 61, 100], "neutral") == p([60, 61, 100], "lower_better")
    assert p([60, 61, 100], "higher_better") == pytest.approx(float(proportion_test(61, 200, 60, 200)))
    assert p([60, 20, 100], "higher_better") == pytest.approx(1 - (1 - float(proportion_test(20, 200, 60, 200))) ** 2)
    assert np.isnan(p([60, 61, 100], "lower_better", reference=-1))
    assert np.isnan(p([0, 0, 0], "lower_better", n=0))


@pytest.mark.parametrize("k", [2, 3, 6, 15])
def test_the_range_agrees_with_scipys_studentized_range(k: int) -> None:
    q = np.array([0.5, 2.0, 3.5, 5.0])
    np.testing.assert_allclose(range_probability(q, k), stats.studentized_range.cdf(q, k, np.inf), atol=1e-8)


def test_two_groups_have_nothing_to_pick_from() -> None:
    np.testing.assert_allclose(range_aware_p([0.001, 0.04, 0.9, np.nan], 2), [0.001, 0.04, 0.9, np.nan], rtol=1e-6)
    assert pairwise_level(2, 0.95) == pytest.approx(0.95, abs=1e-9)
    assert pairwise_level(1, 0.95) == 0.95
    assert pairwise_level(6, 0.95) == pytest.approx(1 - 2 * stats.norm.sf(4.030 / np.sqrt(2)), abs=1e-5)


def test_the_extremes_of_six_equal_groups_fool_the_naive_test_in_37_percent_and_not_this_one() -> None:
    groups = drawn_groups("proportion", [0.3] * 6, [400] * 6, "higher_better", 4000, seed=3)
    found = best_against_worst(groups)
    best = np.take_along_axis(groups.events, found.best[:, None], 1)[:, 0]
    worst = np.take_along_axis(groups.events, found.worst[:, None], 1)[:, 0]
    naive = (proportion_test(best, 400, worst, 400) <= 0.05).mean()
    assert 0.34 <= naive <= 0.40
    assert (found.p <= 0.05).mean() <= 0.055
    assert (found.difference.lower > 0).mean() <= 0.055


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_the_interval_of_the_picked_pair_covers_its_true_difference(kind: str) -> None:
    rates = {
        "proportion": [0.3, 0.34, 0.36, 0.31, 0.33],
        "rate": [0.1, 0.12, 0.14, 0.11, 0.1],
        "mean": [30, 31, 32, 30, 31],
    }
    truth = np.array(rates[kind], dtype=float)
    n = [200, 300, 150, 400, 250]
    groups = drawn_groups(kind, truth, n, "lower_better", 3000, seed=4)
    squares = (
        (groups.rates**2 + groups.standard_error**2 * (np.array(n) - 1)) * np.array(n) if kind == "mean" else np.nan
    )
    found = best_against_worst(groups, xx=squares)
    true_distance = truth[found.worst] - truth[found.best]
    covers = (found.difference.lower <= np.maximum(true_distance, 0)) & (true_distance <= found.difference.upper)
    assert covers.mean() >= 0.95
    assert np.isnan(best_against_worst(Groups.from_counts(kind, [5, 0], [2, 0], "neutral", xx=[3, 0])).p)


def test_best_is_on_the_side_of_the_polarity() -> None:
    counts = {"n": [100, 100, 100], "x": [10, 20, 30]}
    higher = best_against_worst(Groups.from_counts("proportion", **counts, polarity="higher_better"))
    lower = best_against_worst(Groups.from_counts("proportion", **counts, polarity="lower_better"))
    assert (higher.best, higher.worst) == (2, 0)
    assert (lower.best, lower.worst) == (0, 2)
    assert higher.difference.value == pytest.approx(0.2)
