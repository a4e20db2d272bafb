"""The control chart, by its specification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from equity.charts.over_time import control as charts
from equity.charts.parts import template
from equity.lens.answers import ControlChart
from equity.words.answers.chart_frames import Event
from tests.answers_for_tests import control_chart
from tests.charts import reading


def alone(answer: ControlChart, happened: Sequence[Event] = ()) -> go.Figure:
    """The chart of one group that is compared with no other."""
    return charts.beside_reference((answer,), happened)


def test_points_middle_and_stepped_limits() -> None:
    answer = control_chart()
    drawn = alone(answer)
    (points,) = [t for t in reading.marks(drawn) if t.mode == "lines+markers"]
    np.testing.assert_allclose(points.y, 100 * answer.rows["value"].to_numpy())
    (middle,) = reading.lines(drawn, template.INK)
    assert len(middle.x) == 2 * len(answer.rows)
    assert [middle.x[0], middle.x[1]] == [-0.5, 0.5]
    limits = reading.lines(drawn, template.OTHERS)
    assert [t.line.dash for t in limits] == ["solid", "solid"]


def test_a_missing_month_is_a_hole() -> None:
    (points,) = [t for t in reading.marks(alone(control_chart())) if t.mode == "lines+markers"]
    assert np.isnan(points.y[3])
    assert points.connectgaps is False


def test_a_hidden_month_is_hatched_and_breaks_the_middle_line() -> None:
    answer = control_chart()
    rows = answer.rows.copy()
    rows.loc[5, ["value", "n", "x", "centre", "lower", "upper"]] = np.nan
    rows.loc[5, "shown"] = "hidden"
    drawn = alone(replace(answer, rows=rows))
    (hidden,) = [t for t in reading.tiles(drawn) if reading.is_hatched(t)]
    assert hidden.x.tolist() == [5]
    (middle,) = reading.lines(drawn, template.INK)
    assert np.isnan(middle.y[[10, 11]]).all() and np.isfinite(middle.y[[6, 7]]).all()
    assert not reading.tiles(alone(answer))


def test_points_outside_are_filled_and_have_a_word() -> None:
    drawn = alone(control_chart())
    (outside,) = reading.marks(drawn, template.BETTER)
    assert outside.x.tolist() == [22.0]
    assert "outside" in reading.texts(drawn)
    assert "Black or African American signal" in reading.texts(drawn)
    calm = alone(control_chart(signal=False))
    assert not reading.marks(calm, template.WORSE)
    assert "Black or African American no signal" in reading.texts(calm)


def test_the_run_that_makes_the_signal_is_filled_and_counted() -> None:
    drawn = alone(control_chart())
    (run,) = [t for t in drawn.data if t.mode == "markers" and t.marker.color == template.FOCUS]
    assert run.x.tolist() == [*range(12, 22), 23]
    assert "12 in a row" in reading.texts(drawn)
    assert not any("in a row" in t for t in reading.texts(alone(control_chart(signal=False))))


def test_trial_limits_are_dotted_and_named() -> None:
    drawn = alone(control_chart(signal=False, trial=True))
    assert {t.line.dash for t in reading.lines(drawn, template.OTHERS)} == {"dot"}
    assert any(t.startswith("upper trial limit") for t in reading.texts(drawn))


def test_arrays_are_numpy() -> None:
    assert reading.all_numpy(alone(control_chart()))
