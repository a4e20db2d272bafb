"""Allowances for what the same data picked, against simulation and against plain formulas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.stats.selection import chance_in_the_best, step_down

ERRORS = [[1.0] * 8, [1.0, 0.5, 0.2], [0.3, 0.3], [2.0, 0.1, 0.1, 0.1, 0.1]]


@pytest.mark.parametrize("errors", ERRORS)
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_luck_of_the_best_of_equal_groups_is_its_own_expected_error(errors: list[float], sign: float) -> None:
    drawn = np.random.default_rng(8).normal(size=(200_000, len(errors))) * errors
    top = drawn.argmax(axis=1)
    for picked in np.unique(top).tolist():
        rates = np.full(len(errors), 0.6) - sign * 1e-9 * (np.arange(len(errors)) == picked)
        luck = chance_in_the_best(rates, errors, np.ones(len(errors), bool), sign)
        own = drawn[top == picked, picked]
        assert luck == pytest.approx(own.mean(), abs=0.012 + 4 * own.std() / np.sqrt(len(own)))


def test_a_large_group_on_top_of_small_ones_has_little_luck() -> None:
    luck = chance_in_the_best([0.68, 0.67, 0.67], [0.003, 0.05, 0.05], np.ones(3, bool), -1)
    assert 0 < luck < 0.001


def test_a_best_group_that_stands_alone_has_no_luck_to_take_off() -> None:
    everyone = np.ones(3, bool)
    assert chance_in_the_best([0.9, 0.5, 0.5], [0.01] * 3, everyone, -1) == 0.0
    of_two = 0.01 / np.sqrt(np.pi)
    assert chance_in_the_best([0.9, 0.5, 0.5], [0.01] * 3, everyone, 1) == pytest.approx(of_two, rel=1e-3)
    assert chance_in_the_best([0.9, 0.89, 0.5], [0.01] * 3, np.array([True, False, True]), -1) == 0.0
    assert chance_in_the_best([np.nan] * 3, [np.nan] * 3, everyone, -1) == 0.0


def test_p_values_that_hold_together_are_holms_with_sidaks_bound() -> None:
    found = step_down([0.04, 0.01, np.nan, 0.9, 0.02])
    np.testing.assert_allclose(found, [1 - 0.96**2, 1 - 0.99**4, np.nan, 0.9, 1 - 0.98**3], equal_nan=True)
    assert step_down([1e-30, 0.5])[0] == pytest.approx(2e-30)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_a_p_that_holds_for_several_is_never_below_the_plain_one_and_keeps_the_order(p: list[float]) -> None:
    together = step_down(p)
    assert (together >= np.array(p) - 1e-12).all() and (together <= 1).all()
    assert (np.diff(together[np.argsort(p, kind="stable")]) >= 0).all()


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_several_groups_against_one_reference_cry_wolf_on_at_most_one_page_in_twenty(share: float) -> None:
    """Seven comparisons that share a reference: without the allowance, a fifth of the pages claim something."""
    from scipy.special import erfc

    random = np.random.default_rng(5)
    shared, own = random.normal(size=(20_000, 1)), random.normal(size=(20_000, 7))
    p = erfc(np.abs(np.sqrt(share) * shared + np.sqrt(1 - share) * own) / np.sqrt(2))
    assert (p.min(axis=1) <= 0.05).mean() > 0.10
    assert (step_down(p).min(axis=1) <= 0.05).mean() <= 0.053
