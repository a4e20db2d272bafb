"""Ranks and how sure they are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from equity.stats.estimate import Estimate
from equity.stats.ranks import joint_rank_intervals, ranks

values = hnp.arrays(np.float64, 7, elements=st.integers(-20, 20).map(float))


@given(values)
def test_ranks_agree_with_scipy(v: np.ndarray) -> None:
    np.testing.assert_array_equal(ranks(v), stats.rankdata(-v))


@given(values, st.permutations(range(7)))
def test_permuting_items_permutes_ranks(v: np.ndarray, mixed: list[int]) -> None:
    np.testing.assert_array_equal(ranks(v)[mixed], ranks(v[mixed]))


def test_what_has_no_value_has_no_rank_and_takes_none() -> None:
    v = np.array([3.0, np.nan, 5.0])
    np.testing.assert_array_equal(ranks(v), [2, np.nan, 1])
    found = joint_rank_intervals(Estimate(v, v - 1.5, v + 1.5))
    np.testing.assert_array_equal(found.lower, [1, np.nan, 1])
    np.testing.assert_array_equal(found.upper, [2, np.nan, 2])


def test_joint_rank_intervals_hold_together_even_for_equal_values() -> None:
    random = np.random.default_rng(6)
    truth = np.array([2.0, 2.0, 2.0, 4.0, 4.0, 9.0])
    observed = truth + random.normal(size=(2000, 6))
    z = stats.norm.ppf(1 - 0.05 / 12)
    found = joint_rank_intervals(Estimate(observed, observed - z, observed + z))
    possible_low, possible_high = np.array([4, 4, 4, 2, 2, 1]), np.array([6, 6, 6, 3, 3, 1])
    covers = (found.lower <= possible_low) & (possible_high <= found.upper)
    assert covers.all(axis=1).mean() >= 0.95
