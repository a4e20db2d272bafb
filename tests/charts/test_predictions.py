"""The empty frame: names and axes, and not one mark."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pytest

from equity.charts.predictions import empty
from equity.words.answers.predictions import Frame, Grid, Rows, Times
from tests.charts import reading

NAMES = ("Asian", "Black or African American", "<b>&</b>")
FRAMES: dict[str, Frame] = {
    "rows": Rows(NAMES, "Controlled blood pressure", per_cent=True),
    "gaps": Rows(NAMES, "Gap", gap=True),
    "grid": Grid(NAMES, ("Race", "Language")),
    "times": Times(NAMES, "Q1 2022", "Q4 2024", "Controlled blood pressure", True),
    "nobody": Rows((), "Nothing"),
}


@pytest.mark.parametrize("name", FRAMES)
def test_it_has_its_names_and_no_mark(name: str) -> None:
    frame = FRAMES[name]
    drawn = empty(frame)
    go.Figure(drawn.to_dict())
    written = " ".join(reading.texts(drawn))
    for each in () if name == "nobody" else ("Asian", "Black or African American"):
        assert each in written
    assert "<b>&</b>" not in reading.everything(drawn)
    assert reading.marks(drawn) == []


def test_only_a_share_has_numbers_on_its_axis() -> None:
    assert empty(FRAMES["rows"]).layout.xaxis.ticksuffix == "%"
    assert empty(FRAMES["gaps"]).layout.xaxis.showticklabels is False


def test_a_grid_has_a_cell_for_each_pair_and_a_plane_of_time_no_point() -> None:
    assert len(empty(FRAMES["grid"]).data[0].x) == 6
    assert np.isnan(empty(FRAMES["times"]).data[0].y).all()
