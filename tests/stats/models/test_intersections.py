"""Partial pooling of crossed stratifiers: against statsmodels, at its two ends, and by simulation."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from equity.stats.models.intersections import _averaged_over_scatter, _Scatter, partial_pooling


def dummies(first: int, second: int) -> np.ndarray:
    a, b = np.indices((first, second)).reshape(2, -1)
    return np.column_stack([np.ones(len(a)), *(a == i for i in range(1, first)), *(b == j for j in range(1, second))])


def test_expectations_are_the_main_effects_of_a_regression() -> None:
    random = np.random.default_rng(1)
    n = random.integers(20, 300, (4, 3))
    x = random.binomial(n, 0.3)
    design = dummies(4, 3)
    logistic = sm.GLM(np.column_stack([x.ravel(), (n - x).ravel()]), design, family=sm.families.Binomial())
    np.testing.assert_allclose(
        partial_pooling("proportion", n, x).expected.ravel(), logistic.fit(tol=1e-12).fittedvalues, rtol=1e-6
    )
    poisson = sm.GLM(x.ravel(), design, family=sm.families.Poisson(), exposure=n.ravel())
    fitted = poisson.fit(tol=1e-12).fittedvalues / n.ravel()
    np.testing.assert_allclose(partial_pooling("rate", n, x).expected.ravel(), fitted, rtol=1e-6)
    linear = sm.WLS((x / n).ravel(), design, weights=n.ravel()).fit()
    np.testing.assert_allclose(
        partial_pooling("mean", n, x, xx=x * 1.0).expected.ravel(), linear.fittedvalues, rtol=1e-6
    )


def test_a_cell_without_anyone_stays_empty() -> None:
    n, x = np.array([[50, 0], [60, 70]]), np.array([[10, 0], [20, 30]])
    for kind in ("proportion", "rate", "mean"):
        found = partial_pooling(kind, n, x, xx=x * 2)
        for values in (found.raw, found.expected, found.pooled.value, found.pooled.lower, found.own_weight):
            assert np.isnan(values[0, 1])
            assert np.isfinite(values[[0, 1, 1], [0, 0, 1]]).all()


def test_a_category_without_anyone_does_not_disturb_the_others() -> None:
    n, x = np.array([[50, 40, 0], [60, 70, 0]]), np.array([[10, 9, 0], [20, 30, 0]])
    without = partial_pooling("proportion", n[:, :2], x[:, :2])
    found = partial_pooling("proportion", n, x)
    np.testing.assert_allclose(found.pooled.value[:, :2], without.pooled.value, rtol=1e-5)


@given(
    n=hnp.arrays(np.int64, (3, 4), elements=st.integers(0, 500)),
    share=hnp.arrays(np.float64, (3, 4), elements=st.floats(0, 1)),
    kind=st.sampled_from(["proportion", "rate", "mean"]),
)
def test_every_cell_with_people_has_a_pooled_rate_between_its_own_and_its_expected_one(
    n: np.ndarray, share: np.ndarray, kind: str
) -> None:
    x = np.round(n * share)
    found = partial_pooling(kind, n, x, xx=x * 1.0)
    seen = n > 0
    assert (np.isfinite(found.pooled.value) == seen).all()
    low, high = np.minimum(found.raw, found.expected), np.maximum(found.raw, found.expected)
    assert (found.pooled.value[seen] >= low[seen] - 1e-9).all()
    assert (found.pooled.value[seen] <= high[seen] + 1e-9).all()
    assert ((found.own_weight[seen] >= 0) & (found.own_weight[seen] <= 1)).all()


@given(
    n=hnp.arrays(np.int64, (3, 4), elements=st.integers(5, 500)),
    share=hnp.arrays(np.float64, (3, 4), elements=st.floats(0.05, 0.95)),
    rows=st.permutations(range(3)),
)
def test_permuting_categories_and_swapping_stratifiers_permutes_cells(
    n: np.ndarray, share: np.ndarray, rows: list[int]
) -> None:
    x = np.clip(np.round(n * share), 1, n - 1)
    found = partial_pooling("proportion", n, x).pooled.value
    np.testing.assert_allclose(partial_pooling("proportion", n[rows], x[rows]).pooled.value, found[rows], atol=1e-6)
    np.testing.assert_allclose(partial_pooling("proportion", n.T, x.T).pooled.value, found.T, atol=1e-6)


def test_many_tables_at_once_and_three_stratifiers() -> None:
    random = np.random.default_rng(2)
    n = random.integers(5, 90, (6, 2, 3, 2))
    x = random.binomial(n, 0.4)
    together = partial_pooling("proportion", n, x, stratifiers=3)
    np.testing.assert_allclose(
        together.pooled.value[4], partial_pooling("proportion", n[4], x[4], 3).pooled.value, rtol=1e-8
    )
    assert together.prior_size.shape == (6,)
    with pytest.raises(ValueError, match="2 or 3 stratifiers"):
        partial_pooling("proportion", n, x, stratifiers=1)


@pytest.mark.parametrize("apart", [0.0, 0.15, 0.3, 0.6])
@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_pooled_rates_are_nearer_the_truth_than_raw_ones_and_their_intervals_cover(kind: str, apart: float) -> None:
    """200 tables of 5 × 3 cells whose true rates differ from their margins not at all, a little, or much."""
    random = np.random.default_rng(9)
    shape = (200, 5, 3)
    n = random.integers(0, 200, shape) * (50 if kind == "rate" else 1)
    margins = random.normal(0, 0.4, (1, 5, 1)) + random.normal(0, 0.3, (1, 1, 3)) + apart * random.normal(size=shape)
    squares: np.ndarray | float = np.nan
    if kind == "proportion":
        truth = 1 / (1 + np.exp(1 - margins))
        x = random.binomial(n, truth) * 1.0
    elif kind == "rate":
        truth = np.exp(margins - 6)
        x = random.poisson(n * truth) * 1.0
    else:
        truth = 30 + 5 * margins
        mean = random.normal(truth, 8 / np.sqrt(np.maximum(n, 1)))
        x = mean * n
        squares = (64 * random.chisquare(np.maximum(n - 1, 1)) * (n > 1) + mean**2 * n) * (n > 0)
    found = partial_pooling(kind, n, x, xx=squares)
    seen = n > 0
    pooled_error = np.sqrt(np.mean((found.pooled.value - truth)[seen] ** 2))
    assert pooled_error < 0.9 * np.sqrt(np.mean((found.raw - truth)[seen] ** 2))
    covers = (found.pooled.lower <= truth) & (truth <= found.pooled.upper)
    assert covers[seen].mean() >= 0.92


@pytest.mark.parametrize("shape", [(2, 2), (2, 3)])
@pytest.mark.parametrize("apart", [0.0, 0.3, 0.6])
def test_intervals_cover_in_the_smallest_tables_too(shape: tuple[int, int], apart: float) -> None:
    """One or two cells are all that shows how much cells differ; the interval averages over what they allow."""
    random = np.random.default_rng(10)
    tables = (1000, *shape)
    n = random.integers(5, 600, tables)
    truth = 1 / (1 + np.exp(1 - apart * random.normal(size=tables)))
    found = partial_pooling("proportion", n, random.binomial(n, truth))
    covers = (found.pooled.lower <= truth) & (truth <= found.pooled.upper)
    assert 0.935 <= covers.mean() <= 0.975


def test_the_variance_of_a_pooled_rate_holds_what_is_not_known_about_the_scatter() -> None:
    """Between "cells follow their margins" and "they do not", even odds: the law of total variance."""
    n, raw, expected, one = (np.array([[value]]) for value in (400.0, 0.5, 0.3, 0.2))
    squared, odds = np.array([[0.0, 0.01]]), np.array([[0.5, 0.5]])
    scatter = _Scatter(squared, odds, (squared * odds).sum(axis=-1))
    pooled, variance, weight = _averaged_over_scatter(n, raw, expected, one, np.zeros((1, 1, 1)), scatter)
    own = 400 * 0.01 / (1 + 400 * 0.01)
    there = own * 0.5 + (1 - own) * 0.3
    np.testing.assert_allclose(pooled, (0.3 + there) / 2)
    np.testing.assert_allclose(weight, own / 2)
    np.testing.assert_allclose(variance, own * 0.2 / 400 / 2 + ((there - 0.3) / 2) ** 2)


def test_where_groups_only_add_up_nothing_stands_out() -> None:
    """Of 400 tables whose groups add up, fewer than one in twenty holds a cell outside its interval, at any level."""
    random = np.random.default_rng(11)
    n = np.floor(np.exp(random.uniform(np.log(30), np.log(3_000), (400, 4, 5))))
    levels = random.normal(0, 0.4, (400, 4, 1)) + random.normal(0, 0.4, (400, 1, 5))
    x = random.binomial(n.astype(int), 1 / (1 + np.exp(-levels)))
    for level in (0.95, 1 - 0.05 / 15):
        found = partial_pooling("proportion", n, x, level=level)
        outside = (found.pooled.lower > found.expected) | (found.pooled.upper < found.expected)
        assert outside.any(axis=(1, 2)).mean() < 1 - level
