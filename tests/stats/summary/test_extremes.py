"""Limits of ranges and of distances from the best, beside pairs of groups that stand clearly apart."""

from __future__ import annotations

import numpy as np
import pytest

from equity.stats.groups import Groups
from equity.stats.omnibus import best_against_worst
from equity.stats.summary.bootstrap import summary_measures
from equity.stats.summary.extremes import RANGES, least_distances
from tests.stats.made_up_groups import drawn_groups

FROM_THE_BEST = (
    "mean_difference_from_best",
    "mean_difference_from_best_weighted",
    "population_attributable_risk",
    "population_attributable_fraction",
)
MEAN_DISTANCES = (
    "mean_difference_from_mean",
    "mean_difference_from_mean_weighted",
    "mean_difference_from_reference",
    "mean_difference_from_reference_weighted",
    "index_of_disparity",
    "index_of_disparity_weighted",
)
NAMES = (*RANGES, *FROM_THE_BEST)
N = np.array([160, 1500, 3700, 2900, 350, 90, 7700, 500])
X = np.array([108, 1000, 2035, 1912, 233, 61, 5271, 339])


def test_a_range_is_at_least_what_its_widest_pair_says_beside_tiny_groups() -> None:
    """Two large groups 13 points apart among tiny ones, which alone reached to 0."""
    groups = Groups.from_counts("proportion", N, X, "higher_better")
    found = summary_measures(groups, NAMES, draws=800)
    pair = best_against_worst(groups)
    assert found.lower[0] >= pair.difference.lower > 0.10
    assert found.lower[1] > 1.15
    assert (found.lower[3:] > 0).all()
    assert (found.corrected >= found.lower).all()
    assert (found.corrected <= found.upper).all()
    assert found.corrected[4] == pytest.approx(found.value[4], rel=0.35)


def test_the_other_outcome_is_as_far_from_equality() -> None:
    """PAR of a measure of which less is better is below 0, and its limit nearest to 0 moves likewise."""
    higher = summary_measures(Groups.from_counts("proportion", N, X, "higher_better"), NAMES[2:5], draws=800)
    lower = summary_measures(Groups.from_counts("proportion", N, N - X, "lower_better"), NAMES[2:5], draws=800)
    np.testing.assert_allclose(lower.upper[2], -higher.lower[2], atol=0.004)
    np.testing.assert_allclose(lower.lower[:2], higher.lower[:2], atol=0.004)


def test_a_mean_distance_does_not_take_back_what_two_groups_show() -> None:
    """Two large groups 13 points apart: whatever tiny groups do, the mean over the groups is not 0."""
    groups = Groups.from_counts("proportion", N, X, "higher_better", reference=6)
    names = ("mean_difference_from_best", "mean_difference_from_best_weighted", *MEAN_DISTANCES)
    found = summary_measures(groups, names, draws=800)
    shared_out = summary_measures(groups, ["difference"], draws=800).lower[0] / len(N)
    of_large = shared_out * N[2] / N.sum() * len(N)  # the third group and the seventh are the ones clearly apart
    percent = 100 / (X.sum() / N.sum())
    least = np.array([1, 0, 1, 0, 1, 0, percent, 0]) * shared_out + np.array([0, 1, 0, 1, 0, 1, 0, percent]) * of_large
    assert (found.lower >= 0.99 * least).all()
    assert (found.corrected >= 0.99 * least).all()
    assert (found.corrected <= found.value).all()


def test_a_weighted_distance_from_the_best_is_no_less_than_one_of_equal_groups_is() -> None:
    """Six sites of a hundred, one of them twelve minutes above the rest: weighted or not, it is one number."""
    n, mean = np.full(6, 100.0), np.array([52.0, 40.0, 39.5, 40.5, 40.0, 39.8])
    groups = Groups.from_counts("mean", n, n * mean, "lower_better", xx=n * mean**2 + 99 * 13.0**2)
    found = summary_measures(groups, ("difference", *FROM_THE_BEST), draws=800)
    assert found.corrected[1] == pytest.approx(found.corrected[2])
    for leads in (found.corrected, found.lower):
        assert np.abs(leads[2]) >= found.lower[0] / 6 > 0.8
    assert found.upper[3] <= -found.lower[0] / 6


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_the_least_distance_is_seldom_more_than_the_truth(kind: str) -> None:
    rates = {"proportion": [0.5, 0.5, 0.5, 0.6], "rate": [0.05] * 3 + [0.06], "mean": [40.0] * 3 + [43.0]}[kind]
    n = [3000, 80, 1000, 2500]
    least = least_distances(drawn_groups(kind, rates, n, "lower_better", 1_500, 5), 0.95)
    apart = rates[3] - rates[0]
    mean = np.average(rates, weights=n)
    truth = {
        "difference": apart,
        "ratio": rates[3] / rates[0],
        "mean_difference_from_best": apart / 4,
        "mean_difference_from_mean": np.mean(np.abs(np.array(rates) - mean)),
        "mean_difference_from_mean_weighted": np.average(np.abs(np.array(rates) - mean), weights=n),
        "mean_difference_from_best_weighted": mean - rates[0],
        "mean_difference_from_reference": apart / 4,
        "index_of_disparity": 100 * np.mean(np.abs(np.array(rates) - mean)) / mean,
        "population_attributable_risk": mean - rates[0],
    }
    for name, true in truth.items():
        assert (least[name] > true).mean() <= 0.035, name


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_equal_groups_are_at_no_distance(kind: str) -> None:
    rate = 0.5 if kind == "proportion" else 0.05
    least = least_distances(drawn_groups(kind, [rate] * 5, [400] * 5, "higher_better", 1_500, 6), 0.95)
    assert (least["difference"] > 0).mean() <= 0.06
    assert (least["population_attributable_risk"] > 0).mean() <= 0.06
