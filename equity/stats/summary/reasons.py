"""Why a summary measure is not given, as a code that the words turn into a sentence. "" means that it is given."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import BoolArray
from equity.stats.groups import NO_REFERENCE, Groups
from equity.stats.summary.registry import SummaryMeasure

GIVEN: Final = ""
TOO_FEW_GROUPS: Final = "fewer_than_3_groups"
TOO_MANY_ABSENT: Final = "fewer_than_85_percent_of_groups"
NEEDS_ORDER: Final = "needs_ordered_groups"
NEEDS_REFERENCE: Final = "needs_a_reference_group"
REFERENCE_ABSENT: Final = "reference_group_has_no_rate"
NEEDS_POLARITY: Final = "needs_to_know_which_side_is_better"
NOT_POSITIVE: Final = "a_rate_is_not_above_zero"
NOT_FITTED: Final = "the_regression_has_no_solution"

SMALLEST_NUMBER_OF_GROUPS = 3
SMALLEST_SHARE_OF_GROUPS = 0.85


def reasons(groups: Groups, measures: tuple[SummaryMeasure, ...]) -> npt.NDArray[np.str_]:
    """(settings, measures) codes for flattened groups, the first that applies in the order of the list above."""
    present = groups.present
    count = present.sum(axis=-1)
    expected = np.maximum(groups.expected.sum(axis=-1), 1)
    shared = np.select(
        [count < SMALLEST_NUMBER_OF_GROUPS, count / expected < SMALLEST_SHARE_OF_GROUPS],
        [TOO_FEW_GROUPS, TOO_MANY_ABSENT],
        default=GIVEN,
    )
    own = [_own_reason(groups, present, measure) for measure in measures]
    return np.stack([np.where(shared != GIVEN, shared, each) for each in own], axis=-1)


def _own_reason(groups: Groups, present: BoolArray, measure: SummaryMeasure) -> npt.NDArray[np.str_]:
    settings = present.shape[0]
    named = groups.reference != NO_REFERENCE
    at = np.where(named, groups.reference, 0)
    with_rate = present[np.arange(settings), at]
    conditions = [
        np.full(settings, measure.ordered_only and groups.order is None),
        ~named & measure.needs_reference,
        ~with_rate & measure.needs_reference,
        np.isnan(groups.harm) & measure.needs_polarity,
        ~_positive_enough(groups, present, measure),
    ]
    codes = [NEEDS_ORDER, NEEDS_REFERENCE, REFERENCE_ABSENT, NEEDS_POLARITY, NOT_POSITIVE]
    return np.select(conditions, codes, default=GIVEN)


def _positive_enough(groups: Groups, present: BoolArray, measure: SummaryMeasure) -> BoolArray:
    """Whether a setting's rates are those that the measure has a value for."""
    if measure.needs_rates == "any":
        return np.ones(present.shape[0], dtype=np.bool_)
    rates = np.where(present, groups.rates, np.inf)
    lowest = rates.min(axis=-1)
    weight = np.where(present, groups.population, 0.0)
    positive_mean = (weight * np.where(present, groups.rates, 0.0)).sum(axis=-1) > 0
    if measure.needs_rates == "none_below_0":
        return np.asarray(positive_mean & (lowest >= 0))
    if measure.needs_rates == "all_above_0":
        return np.asarray(positive_mean & (lowest > 0))
    return np.asarray(positive_mean)
