"""What people laid over a chart, by its specification: events, baselines, phases, points left out, targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from equity.charts.over_time import control as charts
from equity.charts.over_time import pace as pace_charts
from equity.charts.over_time import trends as trend_charts
from equity.charts.parts import line_ends, template
from equity.lens.answers import ControlChart
from equity.words.answers.chart_frames import Event
from tests.answers_for_tests import control_chart, trends
from tests.charts import reading
from tests.crossed_answers_for_tests import pace

LEVELS = ("value", "centre", "lower", "upper")
SERVICE = Event(1, "New <interpreter> service", "2022-05", "2022-05", "2022-05")


def alone(answer: ControlChart, happened: Sequence[Event] = ()) -> go.Figure:
    """The chart of one group that is compared with no other."""
    return charts.beside_reference((answer,), happened)


def laid_over(**columns: Any) -> ControlChart:
    answer = control_chart()
    return replace(answer, rows=answer.rows.assign(**columns))


def verticals(figure: go.Figure) -> list[Any]:
    return [s for s in figure.layout.shapes if s.type == "line" and s.name != line_ends.LEADER]


def test_an_event_is_a_thin_vertical_with_its_words_on_top() -> None:
    drawn = alone(control_chart(), [SERVICE])
    (line,) = verticals(drawn)
    assert (line.x0, line.x1, line.yref, line.line.width) == (4, 4, "y domain", 1)
    assert "1 New &lt;interpreter&gt; service" in reading.texts(drawn)
    assert drawn.layout.margin.t > alone(control_chart()).layout.margin.t


def test_an_event_of_a_year_is_a_band_over_its_months() -> None:
    drawn = alone(control_chart(), [replace(SERVICE, period="2023", first="2023-01", last="2023-12")])
    (band,) = [s for s in drawn.layout.shapes if s.type == "rect"]
    assert (band.x0, band.x1) == (11.5, 23.5)


def test_an_event_crosses_both_panels_of_groups_and_gap_and_every_small_panel() -> None:
    quarter = replace(SERVICE, first="2022-Q2", last="2022-Q2")
    assert [s.yref for s in verticals(trend_charts.over_time(trends(), "", (quarter,)))] == ["y domain", "y2 domain"]
    several = charts.multiples((control_chart(), control_chart(signal=False)), [SERVICE])
    assert [s.xref for s in verticals(several)] == ["x", "x2"]


def test_a_frozen_baseline_is_shaded_and_named() -> None:
    drawn = alone(laid_over(baseline=[1] * 12 + [0] * 12))
    (shade,) = [s for s in drawn.layout.shapes if s.type == "rect"]
    assert (shade.x0, shade.x1) == (-0.5, 11.5)
    assert "baseline" in reading.texts(drawn)


def test_a_point_left_out_is_hollow_and_crossed_and_joined_to_nothing() -> None:
    drawn = alone(laid_over(excluded=[0] * 8 + [1] + [0] * 15))
    (points,) = [t for t in reading.marks(drawn) if t.mode == "lines+markers"]
    assert np.isnan(points.y[8])
    assert {t.marker.symbol for t in reading.marks(drawn, template.MUTED)} == {"x-thin", "circle-open"}
    assert all(t.x.tolist() == [8.0] for t in reading.marks(drawn, template.MUTED))


def test_the_middle_breaks_where_a_phase_begins() -> None:
    drawn = alone(laid_over(phase=[0] * 12 + [1] * 12))
    (middle,) = reading.lines(drawn, template.INK)
    x, y = np.asarray(middle.x), np.asarray(middle.y)
    holes = np.isnan(x) | np.isnan(y)
    assert not holes[:24].any()
    assert holes[24]
    assert "phase 2" in reading.texts(drawn)


def test_the_target_is_a_line_with_a_name() -> None:
    drawn = alone(replace(control_chart(), target=0.7))
    (target,) = [t for t in reading.lines(drawn, template.BETTER) if t.line.dash == "dash"]
    assert target.y.tolist() == [70.0, 70.0]
    assert "target" in reading.texts(drawn)


def test_what_is_worth_a_look_has_a_ring_and_is_no_signal() -> None:
    drawn = alone(replace(control_chart(signal=False), rows=control_chart(signal=False).rows.assign(shift=1)))
    rings = [t for t in reading.marks(drawn, template.OTHERS) if t.marker.symbol == "circle-open"]
    assert len(rings) == 1
    assert all("worth a look" in text for text in rings[0].hovertext)
    assert "Black or African American no signal" in reading.texts(drawn)


def test_small_panels_share_one_scale_and_say_signal_or_none() -> None:
    drawn = charts.multiples((control_chart(), replace(control_chart(signal=False), group="White")))
    assert drawn.layout.yaxis.range == drawn.layout.yaxis2.range
    texts = reading.texts(drawn)
    assert any(t.startswith("Black") and t.endswith(" signal") for t in texts)
    assert "White no signal" in texts
    assert reading.all_numpy(drawn)


def test_events_of_one_period_have_their_numbers_side_by_side() -> None:
    later = replace(SERVICE, number=2)
    last = Event(3, "Weekend clinic", "2022-06", "2022-06", "2022-06")
    drawn = charts.multiples((control_chart(), control_chart(signal=False)), [SERVICE, later, last])
    numbers = [note.text for note in drawn.layout.annotations]
    assert numbers.count("1, 2") == numbers.count("3") == 2
    assert len(verticals(drawn)) == 4
    heights = {note.text: note.yshift for note in drawn.layout.annotations if note.text in ("1, 2", "3")}
    assert abs(heights["1, 2"] - heights["3"]) > 10  # neighbours, one below the other


@pytest.mark.parametrize(
    ("polarity", "chart", "colours"),
    [
        ("higher_better", "p", (template.BETTER, template.WORSE)),
        ("lower_better", "p", (template.WORSE, template.BETTER)),
        ("lower_better", "t", (template.BETTER, template.WORSE)),
        ("neutral", "p", (template.OTHERS, template.OTHERS)),
    ],
)
def test_a_point_outside_has_the_color_of_its_side(polarity: Any, chart: str, colours: tuple[str, str]) -> None:
    answer = control_chart(signal=False)
    value, outside = answer.rows["value"].copy(), answer.rows["outside"] * 0
    value[10], value[12], outside[[10, 12]] = answer.rows["upper"][10] + 0.05, answer.rows["lower"][12] - 0.05, 1
    measure = replace(answer.measure, polarity=polarity)
    rows = answer.rows.assign(value=value, outside=outside)
    drawn = alone(replace(answer, measure=measure, chart=chart, rows=rows))
    marks = {x: t.marker.color for t in drawn.data if t.marker.symbol == "diamond" for x in t.x}
    assert (marks[10], marks[12]) == colours
    (word,) = [note for note in drawn.layout.annotations if note.text == "outside"]
    assert (word.x, word.yanchor) == (12, "top")  # under a point below the middle line


def test_small_panels_can_each_fill_their_own_scale() -> None:
    low = control_chart(signal=False)
    low = replace(low, group="White", rows=low.rows.assign(**{c: low.rows[c] / 4 for c in LEVELS}))
    drawn = charts.multiples((control_chart(), low), scale="own")
    axes = drawn.layout
    first, second = axes.yaxis.range, axes.yaxis2.range
    assert second[1] < first[0]
    assert axes.yaxis.showticklabels and axes.yaxis2.showticklabels
    shared = charts.multiples((control_chart(), low)).layout
    assert shared.yaxis.range[1] >= first[1] and shared.yaxis.range[0] <= second[0]
    hidden = replace(low, rows=low.rows.assign(**dict.fromkeys(LEVELS, float("nan")), shown="hidden"))
    alone = charts.multiples((control_chart(), hidden), scale="own").layout
    assert alone.yaxis.range == alone.yaxis2.range


def test_a_group_stands_above_its_reference_on_one_scale() -> None:
    drawn = charts.beside_reference((control_chart(), replace(control_chart(signal=False), group="White")), [SERVICE])
    assert drawn.layout.yaxis.range == drawn.layout.yaxis2.range
    assert drawn.layout.yaxis.domain[0] > drawn.layout.yaxis2.domain[1]
    assert sum("interpreter" in t for t in reading.texts(drawn)) == 1


def test_the_gaps_verdict_and_its_two_sides_stand_at_its_panel() -> None:
    texts = reading.texts(trend_charts.over_time(trends()))
    assert any("Narrowed: the group improved" in t and "Asian: no change" in t for t in texts)


@pytest.mark.parametrize("status", ["closes", "never_at_this_pace"])
def test_power_is_drawn_beside_the_false_alarms(status: str) -> None:
    drawn = pace_charts.chance_to_tell(pace(status))
    (told,) = reading.lines(drawn, template.FOCUS)
    (alarms,) = reading.lines(drawn, template.OTHERS)
    assert told.y[-1] == 100
    assert len(alarms.y) == len(told.y)
    assert any("false alarm" in t for t in reading.texts(drawn))
    assert reading.all_numpy(drawn)


def test_without_power_the_chart_is_empty_and_still_drawn() -> None:
    assert pace_charts.chance_to_tell(pace(told=False)).layout.height == pace_charts.HEIGHT
