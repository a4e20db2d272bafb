"""What the unknown can do to a conclusion, checked by trying every way in which they could turn out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.stats.missing_groups import completeness_status, gap_bounds, tipping_point

small = st.tuples(st.integers(0, 12), st.integers(0, 12))


def test_completeness_and_its_thresholds() -> None:
    share = np.array([0.95, 0.949, 0.80, 0.799, np.nan])
    np.testing.assert_array_equal(completeness_status(share), ["good", "caution", "caution", "fix_first", ""])


@given(group=small, reference=small, unknown=st.tuples(st.integers(0, 4), st.integers(0, 4)))
def test_bounds_are_the_extremes_over_every_possible_truth(
    group: tuple[int, int], reference: tuple[int, int], unknown: tuple[int, int]
) -> None:
    """(worse, better) outcomes; each unknown person may belong to the group, the reference or neither."""
    worse, better = group
    found = gap_bounds(worse, worse + better, reference[0], sum(reference), unknown[0], sum(unknown), "lower_better")
    if sum(group) == 0 or sum(reference) == 0:
        assert np.isnan([found.observed, found.smallest, found.largest]).all()
        return
    possible = [
        (worse + a) / (worse + a + better + c) - (reference[0] + b) / (reference[0] + b + reference[1] + d)
        for a in range(unknown[0] + 1)
        for b in range(unknown[0] - a + 1)
        for c in range(unknown[1] + 1)
        for d in range(unknown[1] - c + 1)
    ]
    assert found.smallest == pytest.approx(min(possible))
    assert found.largest == pytest.approx(max(possible))
    turned = gap_bounds(better, worse + better, reference[1], sum(reference), unknown[1], sum(unknown), "higher_better")
    assert turned.largest == pytest.approx(float(found.largest))


def test_the_tipping_point_is_where_the_gap_closes() -> None:
    found = tipping_point(40, 100, 120, 200, 60, 84, "higher_better")
    assert found.people == pytest.approx(50.0)
    np.testing.assert_allclose((40 + found.people) / (100 + found.people), 120 / 200)
    assert found.share_of_unknown == pytest.approx(50 / 84)
    assert found.share_with_better_outcome == pytest.approx(50 / 60)
    assert found.possible
    assert not tipping_point(40, 100, 120, 200, 10, 84, "higher_better").possible


def test_without_a_gap_nothing_is_needed_and_some_gaps_never_close() -> None:
    assert tipping_point(60, 100, 100, 200, 10, 20, "higher_better").people == 0
    never = tipping_point(40, 100, 200, 200, 10, 20, "higher_better")
    assert np.isinf(never.people)
    assert not never.possible
    neutral = tipping_point(40, 100, 120, 200, 60, 84, "neutral")
    assert np.isnan(neutral.people)
    assert not neutral.possible
    assert np.isnan(gap_bounds(40, 100, 120, 200, 60, 84, "neutral").largest)
    everyone_known = tipping_point(40, 100, 120, 200, 0, 0, "higher_better")
    assert np.isnan(everyone_known.share_of_unknown)
    assert not everyone_known.possible
