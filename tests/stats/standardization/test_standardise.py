"""Standardised rates against PHEindicatormethods, their definitions, and coverage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from equity.stats.intervals import poisson_rate
from equity.stats.standardization.standardise import direct, indirect
from tests.stats.golden_tables import golden


def test_directly_standardised_rates_agree_with_phe() -> None:
    table, expected = golden("standardise_input"), golden("standardise_expected")
    for place, group in enumerate(expected["group"]):
        mine = table["group"] == group
        found = direct(table["x"][mine], table["n"][mine], table["standard"][mine])
        ours = np.array([found.value, found.lower, found.upper]) * 100_000
        theirs = [expected[column][place] for column in ("rate_per_100000", "lower", "upper")]
        np.testing.assert_allclose(ours, theirs, rtol=1e-8)


def test_a_groups_own_structure_gives_back_its_crude_rate() -> None:
    x, n = np.array([4, 10, 30]), np.array([100.0, 300, 500])
    found, crude = direct(x, n, n), poisson_rate(44, 900)
    np.testing.assert_allclose([found.value, found.lower, found.upper], [crude.value, crude.lower, crude.upper])
    against_itself = indirect(44, n, x, n)
    np.testing.assert_allclose(against_itself.ratio.value, 1.0)
    np.testing.assert_allclose(against_itself.rate.value, 44 / 900)


def test_empty_strata_and_no_events() -> None:
    found = direct([4, 0], [100, 0], [50, 50])
    np.testing.assert_allclose(found.value, 0.04)
    nothing = direct([0, 0], [100, 200], [50, 50])
    assert nothing.value == 0
    np.testing.assert_allclose(nothing.upper, poisson_rate(0, 300).upper)
    assert np.isnan(direct([0, 0], [0, 0], [1, 1]).value)
    assert np.isnan(indirect(3, [10, 10], [5, 0], [100, 0]).ratio.value)
    assert np.isnan(indirect(3, [10, 10], [0, 0], [100, 100]).ratio.value)


@given(
    x=hnp.arrays(np.int64, 4, elements=st.integers(0, 50)),
    n=hnp.arrays(np.int64, 4, elements=st.integers(60, 5000)),
    times=st.floats(0.01, 100),
)
def test_only_the_shape_of_the_standard_matters(x: np.ndarray, n: np.ndarray, times: float) -> None:
    standard = np.array([10.0, 20, 30, 40])
    one, other = direct(x, n, standard), direct(x, n, standard * times)
    np.testing.assert_allclose([one.value, one.upper], [other.value, other.upper], rtol=1e-9)


def test_both_cover() -> None:
    random = np.random.default_rng(7)
    n, standard = np.array([800.0, 600, 300]), np.array([400.0, 400, 400])
    rates = np.array([0.01, 0.03, 0.08])
    x = random.poisson(n * rates, (20_000, 3))
    found, truth = direct(x, n, standard), rates.mean()
    assert 0.945 <= ((found.lower <= truth) & (truth <= found.upper)).mean() <= 0.97
    reference = np.array([0.02, 0.02, 0.05])
    compared = indirect(x.sum(axis=1), n, reference * 1e6, np.full(3, 1e6)).ratio
    truth = (n * rates).sum() / (n * reference).sum()
    assert 0.945 <= ((compared.lower <= truth) & (truth <= compared.upper)).mean() <= 0.965


def test_strata_on_the_last_axis_leave_the_others_alone() -> None:
    x, n = np.ones((2, 3, 4)), np.full((2, 3, 4), 50.0)
    assert direct(x, n, [1, 2, 3, 4]).value.shape == (2, 3)
    assert indirect(x.sum(-1), n, [1, 1, 1, 1], [40, 50, 60, 70]).rate.upper.shape == (2, 3)
    assert direct(x, n, [1, 2, 3, 4]).value == pytest.approx(0.02)
