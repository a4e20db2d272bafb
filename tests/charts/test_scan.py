"""The scan's map and ranked list, by their specification."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from equity.charts import scan as charts
from equity.charts.parts import template
from tests.charts import reading
from tests.crossed_answers_for_tests import scan


def test_the_map_has_a_row_a_measure() -> None:
    drawn = charts.heat_map(scan())
    (cells,) = [t for t in drawn.data if t.type == "heatmap"]
    assert np.asarray(cells.z).shape == (4, 2)
    assert "309 14.0 pts" in reading.texts(drawn)
    for measure in scan().measures:
        assert measure.name in reading.texts(drawn)


def test_each_dot_has_its_interval_and_the_ranks_it_could_have() -> None:
    drawn = charts.ranked(scan())
    (dots,) = reading.marks(drawn)
    assert dots.x.tolist() == sorted(dots.x.tolist(), reverse=True)
    assert (dots.error_x.array > 0).all()
    assert "12,737 rank 1" in reading.texts(drawn)
    assert "309 rank 4 to 5" in reading.texts(drawn)


def test_a_grouping_that_is_not_known_well_is_hollow_and_the_axis_says_so() -> None:
    (dots,) = reading.marks(charts.ranked(scan()))
    assert list(dots.marker.color) == [template.PAPER] * 4 + [template.WORSE]
    assert "hollow" in charts.ranked(scan()).layout.xaxis.title.text
    (whole,) = reading.marks(charts.ranked(scan(known=0.99)))
    assert set(whole.marker.color) == {template.WORSE}
    assert "hollow" not in charts.ranked(scan(known=0.99)).layout.xaxis.title.text


def test_nothing_clear_still_draws() -> None:
    calm = replace(scan(), rows=scan().rows.assign(rank=np.nan, worst=0))
    assert charts.ranked(calm).layout.height > 0
    assert not reading.marks(charts.ranked(calm))
    (cells,) = [t for t in charts.heat_map(calm).data if t.type == "heatmap"]
    assert set(np.asarray(cells.z, dtype=float)[np.isfinite(np.asarray(cells.z, dtype=float))]) == {0.0}
