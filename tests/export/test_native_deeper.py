"""The native charts of the deeper pages carry the answers' own numbers."""

from __future__ import annotations

import numpy as np
import pytest

from equity.export import native_deeper
from tests import answers_for_tests as made
from tests import crossed_answers_for_tests as crossed


def test_a_control_chart_has_its_values_middle_and_limits() -> None:
    answer = made.control_chart()
    lines = {line.name: line.values for line in native_deeper.control_charts((answer,)).lines}
    for name, column in (("Middle", "centre"), ("Upper limit", "upper"), ("Lower limit", "lower")):
        np.testing.assert_allclose(lines[name], answer.rows[column].to_numpy(float) * 100)
    assert len(native_deeper.control_charts((answer, answer)).lines) == 2


def test_the_chance_to_tell_is_in_per_cent() -> None:
    answer = crossed.pace()
    told, alarms = native_deeper.chance_to_tell(answer).lines
    assert told.values == pytest.approx([100 * share for share in answer.told])
    assert alarms.values == pytest.approx([100 * share for share in answer.false_alarm])


def test_crossed_groups_are_their_pooled_rates() -> None:
    answer = crossed.intersections()
    drawn = native_deeper.furthest(answer)
    pooled = set(np.round(answer.rows["pooled"].to_numpy(float) * 100, 6))
    assert drawn.points
    assert {round(point.value, 6) for point in drawn.points} <= pooled
    assert drawn.reference == pytest.approx(100 * answer.overall_rate)


def test_gaps_by_site_and_their_parts_are_those_of_the_answer() -> None:
    answer = crossed.gap_sources()
    strata = set(np.round(answer.strata["gap"].to_numpy(float) * 100, 6))
    assert {round(point.value, 6) for point in native_deeper.gap_at_each_site(answer).points} <= strata
    within = list(answer.parts["within"].to_numpy(float) * 100)
    assert [point.value for point in native_deeper.within_sites(answer).points] == pytest.approx(within)


def test_completeness_is_bars_of_what_is_known_and_bounds_as_intervals() -> None:
    answer = crossed.completeness()
    places = answer.rows[answer.rows["scope"].isin(["all", "place"])]
    bars = native_deeper.shares_known(answer, "all", "place")
    assert [point.value for point in bars.points] == pytest.approx(list(places["share"] * 100))
    bounds = native_deeper.gap_bounds(answer)
    assert [point.upper for point in bounds.points] == pytest.approx(list(answer.bounds["gap_largest"] * 100))


def test_summary_measures_lead_with_the_value_to_show_first() -> None:
    for told_apart in (True, False):
        answer = crossed.summary(told_apart)
        rows = answer.rows[(answer.rows["unit"] == "rate") & (answer.rows["reason"] == "")]
        column = np.where(rows["corrected_leads"].astype(bool), rows["corrected"], rows["estimate"]).astype(float)
        drawn = native_deeper.summary_in_units(answer)
        assert [point.value for point in drawn.points] == pytest.approx(list(column * 100))


def test_inequality_over_time_is_the_absolute_measure_with_its_intervals() -> None:
    answer = crossed.inequality_over_time()
    rows = answer.rows[answer.rows["measure"] == "difference"]
    drawn = native_deeper.inequality_over_time(answer, "extremes")
    assert [point.value for point in drawn.points] == pytest.approx(list(rows["corrected"] * 100), nan_ok=True)
    assert drawn.points[0].label == "Q1 2023"
    squared = native_deeper.inequality_over_time(answer, "entropy")
    variance = answer.rows[answer.rows["measure"] == "between_group_variance"]
    assert squared.points[0].value == pytest.approx(variance["corrected"].iloc[0] * 100**2)
