"""Slope and relative index of inequality against statsmodels' regressions."""

import numpy as np
import pytest
import statsmodels.api as sm

from equity.stats.groups import Groups
from equity.stats.summary import slope
from equity.stats.summary.values import SLOPE_NAMES, summary_values

N = np.array([300.0, 1200, 800, 150, 600])
MIDRANK = (np.cumsum(N) - N / 2) / N.sum()


def ours(kind: str, x: np.ndarray, xx: np.ndarray | float = np.nan) -> np.ndarray:
    return summary_values(Groups.from_counts(kind, N, x, "lower_better", xx=xx, order=np.arange(5)), SLOPE_NAMES)[0]


def theirs(model: "sm.GLM") -> list[float]:
    bottom, top = model.fit(tol=1e-14, maxiter=200).predict(sm.add_constant([0.0, 1.0]))
    return [top - bottom, top / bottom]


def test_proportions_are_a_logistic_regression_without_a_second_weighting() -> None:
    x = np.array([30.0, 200, 160, 40, 210])
    model = sm.GLM(np.column_stack([x, N - x]), sm.add_constant(MIDRANK), family=sm.families.Binomial())
    np.testing.assert_allclose(ours("proportion", x), theirs(model), rtol=1e-6)


def test_rates_are_a_poisson_regression() -> None:
    x = np.array([3.0, 20, 16, 4, 21])
    model = sm.GLM(x, sm.add_constant(MIDRANK), family=sm.families.Poisson(), exposure=N)
    np.testing.assert_allclose(ours("rate", x), theirs(model), rtol=1e-6)


def test_means_are_weighted_least_squares() -> None:
    mean = np.array([30.0, 33, 31, 38, 41])
    model = sm.WLS(mean, sm.add_constant(MIDRANK), weights=N)
    np.testing.assert_allclose(ours("mean", mean * N, mean**2 * N + 50), theirs(model), rtol=1e-8)


@pytest.mark.parametrize("events", [[0, 0, 0, 0, 590], [290, 0, 0, 0, 0], [299, 1199, 799, 149, 599]])
def test_steep_gradients_still_have_a_solution(events: list[int]) -> None:
    assert np.isfinite(ours("proportion", np.array(events, dtype=float))[0])


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_three_steps_from_the_observed_line_reach_the_solution_of_a_draw(kind: str) -> None:
    random = np.random.default_rng(5)
    size = np.array([40.0, 60, 30, 50])[:, None, None]
    rates = random.beta(8, 24, (4, 1, 500)) if kind == "proportion" else random.gamma(8, 0.05, (4, 1, 500))
    rank = ((np.cumsum(size, axis=0) - size / 2) / size.sum()) - 0.5
    start = slope.fitted_line(kind, rates.mean(axis=2, keepdims=True), size, rank)
    near = slope.indices(kind, slope.refitted_line(kind, rates, size, rank, start))[0]
    exact = slope.indices(kind, slope.fitted_line(kind, rates, size, rank))[0]
    assert np.abs(near - exact).max() < 0.01 * exact.std()
