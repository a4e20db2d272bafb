"""The figures over time, by their specification."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equity.charts.over_time import trends as charts
from equity.charts.parts import template
from tests.answers_for_tests import trends
from tests.charts import reading

BLACK = "Black or African American"


def test_focus_strong_reference_in_ink_others_thin() -> None:
    drawn = charts.over_time(trends())
    *focus, fitted = sorted(reading.lines(drawn, template.FOCUS), key=lambda t: t.line.dash == "dot")
    assert [t.yaxis for t in focus] == ["y", "y2"]
    assert (fitted.yaxis, fitted.line.dash) == ("y2", "dot")
    (reference,) = [t for t in reading.lines(drawn, template.INK) if t.mode == "lines+markers"]
    others = reading.lines(drawn, template.OTHERS)
    assert focus[0].line.width > reference.line.width > others[0].line.width
    assert len(others) == 2


def test_the_line_that_the_headline_is_read_from_is_drawn_beside_the_last_period_each_with_its_name() -> None:
    answer = trends()
    drawn = charts.over_time(answer)
    change = answer.changes[answer.changes["group"] == BLACK].iloc[0]
    (line,) = [t for t in reading.lines(drawn, template.FOCUS) if t.line.dash == "dot"]
    np.testing.assert_allclose(line.y, [100 * change["gap_first"], 100 * change["gap_last"]])
    ends = [a.text.replace("<br>", " ") for a in drawn.layout.annotations if a.x == 1 and a.yref == "y2"]
    assert any(text.endswith("by the line") for text in ends)
    assert any("Q4" in text for text in ends)


def test_lines_are_labelled_at_their_ends_without_a_legend() -> None:
    drawn = charts.over_time(trends())
    said = reading.texts(drawn)
    for group in ("Asian", BLACK, "Hispanic or Latino", "White"):
        assert group in said
    assert drawn.layout.showlegend is False
    heights = sorted(a.y for a in drawn.layout.annotations if a.x == 1 and a.yref == "y")
    assert (np.diff(heights) > 0).all()


def test_a_period_without_data_is_a_hole() -> None:
    hispanic = next(s for s in charts.series(trends()) if s.group.startswith("Hispanic"))
    assert np.flatnonzero(np.isnan(hispanic.rate)).tolist() == [4]
    drawn = charts.over_time(trends())
    (holed,) = [t for t in reading.lines(drawn, template.OTHERS) if np.isnan(t.y).any()]
    assert holed.connectgaps is False


def test_a_hidden_group_is_not_drawn_among_the_lines() -> None:
    assert not any("Native" in t for t in reading.texts(charts.over_time(trends())))


def test_hidden_points_leave_no_trace() -> None:
    answer = trends()
    secret = answer.rows.copy()
    hidden = secret["shown"] == "hidden"
    secret.loc[hidden, ["n", "x", "rate", "lower", "upper", "gap", "gap_lower", "gap_upper"]] = 0.0777
    drawn = charts.over_time(replace(answer, rows=secret))
    assert reading.everything(drawn) == reading.everything(charts.over_time(answer))


def test_the_gap_has_its_own_panel_where_up_is_worse() -> None:
    answer = trends()
    drawn = charts.over_time(answer)
    gap = reading.lines(drawn, template.FOCUS)[1]
    rows = answer.rows[answer.rows["group"] == BLACK]
    np.testing.assert_allclose(gap.y, 100 * rows["gap"].to_numpy())
    assert drawn.layout.yaxis2.domain[1] < drawn.layout.yaxis.domain[0]
    assert "Gap, points; up is worse" in reading.texts(drawn)
    assert "no gap" in reading.texts(drawn)


def test_another_group_can_be_in_focus() -> None:
    drawn = charts.over_time(trends(), group="White")
    rows = trends().rows
    np.testing.assert_allclose(
        reading.lines(drawn, template.FOCUS)[0].y, 100 * rows[rows["group"] == "White"]["rate"].to_numpy()
    )


def test_points_too_few_to_read_are_holes_for_the_others() -> None:
    answer = trends()
    rows = answer.rows.copy()
    rows.loc[(rows["group"] == "White") & (rows["period"] == "2023-Q1"), "reliability"] = "too_few"
    few = replace(answer, rows=rows)
    white = [t for t in reading.lines(charts.over_time(few), template.OTHERS) if "White" in t.hovertext[0]]
    assert np.isnan(white[0].y[4])


@pytest.mark.parametrize("grain", ["month", "quarter", "year"])
def test_the_height_does_not_depend_on_the_grain(grain: str) -> None:
    assert charts.over_time(trends(grain=grain)).layout.height == charts.HEIGHT  # type: ignore[arg-type]


def test_no_changes_still_draws() -> None:
    drawn = charts.over_time(trends({}))
    assert not reading.lines(drawn, template.FOCUS)


def test_arrays_are_numpy() -> None:
    assert reading.all_numpy(charts.over_time(trends()))


def test_what_was_guessed_over_time_is_first_seen_on_the_scale_on_which_it_was_guessed() -> None:
    answer = trends()
    asked, shown = charts.over_time_as_asked(answer), charts.over_time(answer)
    assert list(asked.layout.yaxis.range) == [0, 100]
    assert list(shown.layout.yaxis.range) != [0, 100]
    assert {line.yaxis for line in asked.data} == {"y"}  # no gap yet: that is what was asked
    guessed, rates = (
        [line.y for line in drawn.data if line.yaxis == "y" and line.mode == "lines+markers"]
        for drawn in (asked, shown)
    )
    np.testing.assert_array_equal(guessed, rates)
