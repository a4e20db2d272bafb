"""The native charts of the deeper pages carry the answers' own numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equity.export import native, native_deeper
from equity.export.powerpoint import chart_parts
from equity.export.sheet import Sheet
from equity.improvement.aim_line import AimLine
from equity.words.answers.chart_frames import Event
from tests import answers_for_tests as made
from tests import crossed_answers_for_tests as crossed
from tests.export.made_up_sheets import DAY, sheets


def drawn_by_office(sheet: Sheet) -> bytes:
    """The chart of a sheet as an office program reads it."""
    parts = chart_parts(sheet)
    assert parts is not None
    return parts.xml


def test_a_control_chart_has_its_values_middle_and_limits() -> None:
    answer = made.control_chart()
    lines = {line.name: line.values for line in native_deeper.control_charts((answer,)).lines}
    for name, column in (("Middle", "centre"), ("Upper limit", "upper"), ("Lower limit", "lower")):
        np.testing.assert_allclose(lines[name], answer.rows[column].to_numpy(float) * 100)
    assert len(native_deeper.control_charts((answer, answer)).lines) == 2


def test_what_is_laid_over_groups_in_time_is_drawn_by_an_office_program_too() -> None:
    answer = made.trends()
    first, last = answer.periods[0], answer.periods[-1]
    aim = AimLine("Black", first, 0.5, 0.6, last)
    drawn = native.over_time(answer, happened=(Event(1, "New", first, first, first),), aims=(aim,))
    assert drawn.periods[0].endswith(" (1)")
    assert not [period for period in drawn.periods[1:] if "(" in period]
    [way] = [line for line in drawn.lines if line.role == "aim"]
    assert way.name.startswith("aim: 60")
    known = [value for value in way.values if value == value]
    assert known == sorted(known)
    assert 50 <= known[0] < known[-1] <= 60
    sheet = sheets(answer, made.STRATIFIERS, DAY)[0]
    assert b'prstDash val="dash"' not in drawn_by_office(sheet)
    assert b'prstDash val="dash"' in drawn_by_office(replace(sheet, chart=drawn))


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


def test_one_groups_gaps_are_drawn_measure_by_measure_with_their_ranges() -> None:
    drawn = native_deeper.one_group(crossed.one_group("White"))
    assert [point.label for point in drawn.points] == ["HIV diagnoses", "Controlled blood pressure"]
    first, quiet = drawn.points
    assert (first.strong, quiet.strong) == (True, False)
    assert first.lower < first.value < first.upper
    assert quiet.lower < 0 < quiet.value
    assert drawn.reference == 0.0
