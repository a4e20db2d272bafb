"""Groups: how they are built, sorted and told apart from nobody."""

import numpy as np
import pytest

from equity.stats.groups import NO_REFERENCE, Groups
from equity.stats.intervals import wilson


def test_groups_without_people_are_absent() -> None:
    groups = Groups.from_counts("proportion", [10, 0, 5], [4, 0, 0], "higher_better")
    np.testing.assert_array_equal(groups.present, [True, False, True])
    np.testing.assert_allclose(groups.rates, [0.4, np.nan, 0.0])
    assert groups.reference == NO_REFERENCE
    padded = Groups.from_counts("rate", [10, 5], [4, 1], "neutral", expected=[True, False])
    np.testing.assert_array_equal(padded.present, [True, False])


def test_repeat_visits_shrink_the_sample_but_not_the_population() -> None:
    groups = Groups.from_counts("proportion", [100, 200], [30, 80], "higher_better", inflation=[2.0, np.nan])
    np.testing.assert_allclose(groups.sample, [50, 200])
    np.testing.assert_allclose(groups.events, [15, 80])
    np.testing.assert_allclose(groups.population, [100, 200])
    means = Groups.from_counts("mean", [4.0, 4.0], [8.0, 8.0], "neutral", xx=[28.0, 28.0], inflation=[1.0, 4.0])
    np.testing.assert_allclose(means.standard_error[1] / means.standard_error[0], 2.0)


def test_published_estimates_become_counts_of_the_same_information() -> None:
    error = np.sqrt(0.3 * 0.7 / 150)
    groups = Groups.from_estimates("proportion", [0.3, 0.0], [error, 0.0], [9000, 400], "lower_better")
    np.testing.assert_allclose(groups.sample, [150, 400])
    np.testing.assert_allclose(groups.events, [45, 0])
    plain = wilson(45, 150)
    effective = wilson(groups.events[0], groups.sample[0])
    np.testing.assert_allclose(effective.upper, plain.upper)
    rates = Groups.from_estimates("rate", [0.02], [0.002], [50_000], "lower_better")
    np.testing.assert_allclose(rates.events, 100.0)
    means = Groups.from_estimates("mean", [30.0], [1.5], [80], "lower_better")
    np.testing.assert_allclose(means.standard_error, 1.5)


def test_sorting_by_order_takes_the_reference_along() -> None:
    groups = Groups.from_counts(
        "proportion", [[10, 20, 30]], [[1, 2, 3]], "lower_better", order=[3, 1, 2], reference=[1]
    ).sorted_by_order()
    np.testing.assert_array_equal(groups.population, [[20, 30, 10]])
    np.testing.assert_array_equal(groups.reference, [0])
    unordered = Groups.from_counts("proportion", [10, 20], [1, 2], "lower_better")
    assert unordered.sorted_by_order() is unordered


def test_leading_axes_flatten_and_split() -> None:
    groups = Groups.from_counts("rate", np.ones((2, 3, 4)), np.ones((2, 3, 4)), "neutral", reference=2)
    flat = groups.flattened()
    assert flat.rates.shape == (6, 4)
    assert flat.reference.shape == (6,)
    assert flat.part(slice(1, 3)).rates.shape == (2, 4)


def test_a_single_number_is_not_groups() -> None:
    with pytest.raises(ValueError, match="last axis is the groups"):
        Groups.from_counts("proportion", 10, 4, "higher_better")
