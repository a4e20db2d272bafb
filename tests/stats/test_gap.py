"""The gap and its words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.stats.estimate import Estimate
from equity.stats.gap import (
    excess_events,
    harm_sign,
    largest_relative_difference,
    relative_difference,
    verdict,
)

rates = st.floats(0.01, 0.99)


def test_an_unknown_polarity_is_refused() -> None:
    with pytest.raises(ValueError, match="not 'up'"):
        harm_sign(np.array(["higher_better", "up"]))


def test_the_larger_of_two_framings_is_told_of_a_proportion_alone() -> None:
    """90 % against 95 % screened: 5 % fewer are screened, twice as many are not."""
    assert largest_relative_difference(0.90, 0.95, "proportion") == pytest.approx(1.0)
    assert largest_relative_difference(0.10, 0.05, "proportion") == pytest.approx(1.0)
    assert largest_relative_difference(30.0, 20.0, "mean") == pytest.approx(0.5)


@given(group=rates, reference=rates)
def test_the_other_outcome_is_as_far_apart(group: float, reference: float) -> None:
    one, other = (
        largest_relative_difference(a, b, "proportion") for a, b in ((group, reference), (1 - group, 1 - reference))
    )
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


def test_a_reference_of_zero_is_said_plainly() -> None:
    np.testing.assert_array_equal(relative_difference([0.0, 0.1], [0.0, 0.0]), [0.0, np.inf])


def test_the_four_verdicts_and_their_edges() -> None:
    p = [0.05, 0.0500001, 0.05, 0.06, np.nan, 0.01]
    relative = [0.10, 0.10, 0.0999, 0.05, 0.30, np.nan]
    expected = ["disparity", "large_uncertain", "small_certain", "none", "large_uncertain", ""]
    np.testing.assert_array_equal(verdict(p, relative), expected)
    assert verdict(0.01, largest_relative_difference(0.45, 0.5, "proportion")) == "disparity"


def test_excess_events_are_people_and_never_negative() -> None:
    gap = Estimate(np.array([0.1, -0.1]), np.array([0.02, -0.2]), np.array([0.2, 0.05]))
    found = excess_events([200, 100], gap)
    np.testing.assert_allclose(found.value, [20.0, 0.0])
    np.testing.assert_allclose(found.lower, [4.0, 0.0])
    np.testing.assert_allclose(found.upper, [40.0, 5.0])
