"""Stochastic multicriteria acceptability, against areas worked out by hand and against another way to draw."""

from __future__ import annotations

import numpy as np
import pytest

from equity.stats.acceptability import acceptability, drawn_swing, people_weights, swing, uniform_weights
from equity.stats.estimate import Estimate, FloatArray

DRAWS = 10_000


def plain_acceptability(values: FloatArray, draws: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """The same by the book, one choice after another, with weights from the Dirichlet distribution."""
    weights = np.random.default_rng(seed).dirichlet(np.ones(values.shape[1]), draws)
    order = np.argsort(-(weights @ values.T), axis=1)
    choices = len(values)
    shares = np.array([[np.mean(order[:, rank] == choice) for rank in range(choices)] for choice in range(choices)])
    first = [weights[order[:, 0] == choice] for choice in range(choices)]
    return shares, np.array([w.mean(axis=0) if len(w) else np.full(values.shape[1], np.nan) for w in first])


@pytest.mark.parametrize("seed", range(20))
def test_made_up_tables_agree_with_the_method_by_the_book(seed: int) -> None:
    generator = np.random.default_rng(seed)
    values = generator.random((int(generator.integers(2, 11)), int(generator.integers(2, 9))))
    found = acceptability(values, uniform_weights(DRAWS, values.shape[1], seed))
    shares, central = plain_acceptability(values, 100_000, seed + 100)
    assert found.acceptability == pytest.approx(shares, abs=0.01)
    often = shares[:, 0] > 0.05
    assert found.central_weights[often] == pytest.approx(central[often], abs=0.02)


@pytest.mark.parametrize("best_on_the_other", [0.25, 0.5, 1.0])
def test_two_choices_on_two_criteria_are_a_length(best_on_the_other: float) -> None:
    """Choice 1 is (1, 0), choice 2 is (0, t): the first wins where w > t / (1 + t), a share of 1 / (1 + t)."""
    found = acceptability([[1.0, 0.0], [0.0, best_on_the_other]], uniform_weights(DRAWS, 2, 1))
    first = 1 / (1 + best_on_the_other)
    assert found.first == pytest.approx([first, 1 - first], abs=1e-3)
    assert found.central_weights[0, 0] == pytest.approx((1 + best_on_the_other * first) / 2, abs=1e-3)


def test_weights_lie_evenly_on_the_simplex() -> None:
    weights = uniform_weights(DRAWS, 5, 3)
    assert weights.sum(axis=1) == pytest.approx(1.0)
    assert weights.mean(axis=0) == pytest.approx(0.2, abs=2e-3)
    assert weights.var(axis=0) == pytest.approx(4 / 150, abs=1e-3)  # Dirichlet of ones: (k − 1) / (k² (k + 1))


def test_shares_add_up_and_do_not_depend_on_the_order_of_the_choices() -> None:
    values = np.random.default_rng(4).random((6, 3))
    weights = uniform_weights(2_000, 3, 4)
    found = acceptability(values, weights).acceptability
    assert found.sum(axis=0) == pytest.approx(1.0)
    assert found.sum(axis=1) == pytest.approx(1.0)
    assert acceptability(values[::-1], weights).acceptability == pytest.approx(found[::-1])


def test_choices_that_are_level_share_the_ranks() -> None:
    found = acceptability([[0.5, 0.5], [0.5, 0.5], [0.0, 0.0]], uniform_weights(100, 2, 1))
    assert found.acceptability == pytest.approx(np.array([[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]))


def test_a_choice_that_never_wins_has_no_central_weights() -> None:
    found = acceptability([[1.0, 1.0], [0.0, 0.0]], uniform_weights(100, 2, 1))
    assert np.isnan(found.central_weights[1]).all()
    assert np.isnan(found.confidence[1])
    assert found.confidence[0] == 1.0


def test_ranks_that_nine_draws_in_ten_reach() -> None:
    found = acceptability([[1.0, 0.0], [0.0, 1.0]], np.array([[1.0, 0.0]] * 96 + [[0.0, 1.0]] * 4))
    assert found.rank_at(0.05).tolist() == [1.0, 2.0]
    assert found.rank_at(0.95).tolist() == [1.0, 2.0]


def test_each_person_is_drawn_as_often_as_the_others() -> None:
    weights = people_weights([[100, 0], [20, 80]], 1_001, np.random.default_rng(1))
    assert sorted(np.unique(weights[:, 0]).tolist()) == [0.2, 1.0]
    assert np.mean(weights[:, 0] == 1.0) == pytest.approx(0.5, abs=1e-3)


def test_a_swing_runs_from_the_lowest_to_the_highest() -> None:
    assert swing([[10.0, 3.0], [20.0, 3.0], [15.0, 3.0]]) == pytest.approx(np.array([[0, 0], [1, 0], [0.5, 0]]))


def test_drawn_values_vary_around_the_swing_by_their_standard_error() -> None:
    error = 2.0
    value = np.array([[0.0], [10.0]])
    estimate = Estimate(value, value - 1.959964 * error, value + 1.959964 * error)
    drawn = drawn_swing(estimate, 20_000, np.random.default_rng(1))
    assert drawn.mean(axis=0) == pytest.approx(np.array([[0.0], [1.0]]), abs=0.01)
    assert drawn.std(axis=0) == pytest.approx(0.2, abs=0.01)
