"""The map of clinical areas and the ranked list, by their specification."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from equity.charts import areas as charts
from equity.charts.parts import template
from tests.answers_for_tests import areas
from tests.charts import reading


def test_a_cell_an_area_and_stratifier() -> None:
    drawn = charts.heat_map(areas())
    (cells,) = [t for t in drawn.data if t.type == "heatmap"]
    assert np.asarray(cells.z).shape == (3, 2)
    said = reading.texts(drawn)
    for text in ("Hypertension", "Emergency care", "Sexual health", "Race and ethnicity", "Language"):
        assert text in said
    assert "309 14.0 pts" in said
    assert "no clear gap" in said


def test_colour_runs_around_no_gap() -> None:
    (cells,) = [t for t in charts.heat_map(areas()).data if t.type == "heatmap"]
    assert cells.zmin == -cells.zmax
    assert [c for _, c in cells.colorscale] == list(template.DIVERGING)
    z = np.asarray(cells.z, dtype=float)
    assert z[0, 1] == 0.0
    assert z[0, 0] > 0.0
    assert z[2, 0] == cells.zmax


def test_hidden_cells_are_hatched_and_cells_without_data_outlined() -> None:
    answer = areas()
    outlined = reading.tiles(charts.heat_map(answer))
    assert not any(reading.is_hatched(t) for t in outlined)
    hidden = answer.rows["clinical_area"] == "Hypertension"
    rows = answer.rows.assign(
        shown=answer.rows["shown"].mask(hidden, "hidden"), worst=answer.rows["worst"].mask(hidden, 0)
    )
    hatched = [t for t in reading.tiles(charts.heat_map(replace(answer, rows=rows))) if reading.is_hatched(t)]
    assert len(hatched) == 2
    assert "309 14.0 pts" not in reading.texts(charts.heat_map(replace(answer, rows=rows)))


def test_the_ranked_list_has_dots_with_intervals_in_order() -> None:
    drawn = charts.ranked(areas())
    (dots,) = reading.marks(drawn, template.WORSE)
    assert dots.x.tolist() == sorted(dots.x.tolist(), reverse=True)
    assert (dots.error_x.arrayminus > 0).all()
    assert "12,737 events" in reading.texts(drawn)
    assert "70 visits" in reading.texts(drawn)
    assert not any("Minutes" in t for t in reading.texts(drawn))


def test_nothing_clear_still_draws() -> None:
    answer = areas()
    calm = replace(answer, rows=answer.rows.assign(rank=np.nan, worst=0))
    assert charts.ranked(calm).layout.height > 0
    assert charts.heat_map(calm).layout.height == charts.heat_map(answer).layout.height
    nothing = replace(answer, rows=answer.rows.iloc[:0])
    assert len(reading.tiles(charts.heat_map(nothing))) == 6
