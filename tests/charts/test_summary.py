"""The summary measures in the measure's own unit, by the figure's specification."""

from __future__ import annotations

import numpy as np
import pytest

from equity.charts import summary as charts
from equity.charts.parts import template
from equity.stats.summary.registry import MEASURES
from tests.charts import reading
from tests.crossed_answers_for_tests import summary


def test_only_measures_of_one_unit_share_the_axis() -> None:
    drawn = charts.in_units(summary(ordered=True))
    said = reading.texts(drawn)
    for known in MEASURES:
        assert (known.label in said) == (known.unit == "rate")


def test_the_value_to_read_first_is_the_solid_dot() -> None:
    for told_apart, first, second in ((True, 14.0, 12.6), (False, 0.0, 14.0)):
        drawn = charts.in_units(summary(told_apart))
        (leading,) = reading.marks(drawn, template.FOCUS)
        (beside,) = reading.marks(drawn, template.OTHERS)
        assert leading.x[0] == pytest.approx(first)
        assert beside.x[0] == pytest.approx(second)
    assert "● with chance taken off · ○ as seen" in reading.texts(charts.in_units(summary(told_apart=False)))


def test_measures_that_are_not_given_are_left_out() -> None:
    given = charts.in_units(summary(ordered=True)).layout.height
    assert charts.in_units(summary()).layout.height < given


def test_nothing_given_still_draws() -> None:
    answer = summary()
    answer.rows["reason"] = "fewer_than_3_groups"
    answer.rows[["estimate", "lower", "upper", "corrected"]] = np.nan
    assert charts.in_units(answer).layout.height > 0
