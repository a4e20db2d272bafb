"""The gap and its words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.stats.differences import proportion_difference
from equity.stats.estimate import Estimate
from equity.stats.gap import (
    excess_events,
    harm_sign,
    largest_relative_difference,
    relative_difference,
    relative_gap,
    signed_gap,
    verdict,
)

rates = st.floats(0.01, 0.99)


def test_a_gap_is_positive_when_the_group_does_worse() -> None:
    apart = proportion_difference(40, 100, 60, 100)
    favourable = signed_gap(apart, "higher_better")
    assert favourable.value == pytest.approx(0.2)
    assert favourable.lower == -apart.upper
    assert signed_gap(apart, "lower_better").value == pytest.approx(-0.2)
    assert np.isnan(signed_gap(apart, "neutral").value)


def test_one_polarity_for_each_setting() -> None:
    apart = Estimate(np.array([0.1, 0.1, 0.1]), np.array([0.0, 0.0, 0.0]), np.array([0.2, 0.2, 0.2]))
    found = signed_gap(apart, np.array(["higher_better", "lower_better", "neutral"]))
    np.testing.assert_array_equal(found.value, [-0.1, 0.1, np.nan])


def test_an_unknown_polarity_is_refused() -> None:
    with pytest.raises(ValueError, match="not 'up'"):
        harm_sign(np.array(["higher_better", "up"]))


def test_the_same_gap_in_two_framings() -> None:
    """90 % against 95 % screened: 5 % fewer are screened, twice as many are not."""
    found = relative_gap(0.90, 0.95, "higher_better", "proportion")
    assert found.favourable == pytest.approx(0.05 / 0.95)
    assert found.adverse == pytest.approx(1.0)
    turned = relative_gap(0.10, 0.05, "lower_better", "proportion")
    assert turned.favourable == pytest.approx(0.05 / 0.95)
    assert turned.adverse == pytest.approx(1.0)


def test_rates_and_means_have_one_framing() -> None:
    worse = relative_gap(30.0, 20.0, "lower_better", "mean")
    assert worse.adverse == pytest.approx(0.5)
    assert np.isnan(worse.favourable)
    assert np.isnan(relative_gap(0.3, 0.2, "neutral", "proportion").adverse)


@given(group=rates, reference=rates)
def test_flipping_polarity_and_outcome_together_changes_nothing(group: float, reference: float) -> None:
    one = relative_gap(group, reference, "higher_better", "proportion")
    other = relative_gap(1 - group, 1 - reference, "lower_better", "proportion")
    np.testing.assert_allclose([one.favourable, one.adverse], [other.favourable, other.adverse], rtol=1e-9, atol=1e-12)


@given(group=rates, reference=rates)
def test_flipping_polarity_flips_every_sign(group: float, reference: float) -> None:
    one = relative_gap(group, reference, "higher_better", "proportion")
    other = relative_gap(group, reference, "lower_better", "proportion")
    np.testing.assert_allclose([one.favourable, one.adverse], [-other.adverse, -other.favourable])
    size = largest_relative_difference(group, reference, "proportion")
    np.testing.assert_allclose(size, max(abs(one.favourable), abs(one.adverse)))


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
