"""A figure for a wall: larger, its words moved, and not one number changed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
import pytest

from equity.charts import areas, disparities, intersections
from equity.charts.over_time import control, pace, trends
from equity.charts.parts import labelled_rows
from equity.charts.screens.presented import HEIGHT, LARGER, SMALLEST, presented
from equity.words.answers.chart_frames import Event
from tests import answers_for_tests as made_up
from tests import crossed_answers_for_tests as crossed
from tests.charts import reading

FIGURES: dict[str, Callable[[], go.Figure]] = {
    "groups": lambda: disparities.groups(made_up.disparities()),
    "gaps": lambda: disparities.gaps(made_up.disparities()),
    "over time": lambda: trends.over_time(made_up.trends()),
    "multiples": lambda: control.multiples((made_up.control_chart(),) * 3),
    "heat map": lambda: areas.heat_map(made_up.areas()),
    "crossed": lambda: intersections.heat_map(crossed.intersections()),
    "pace": lambda: pace.chance_to_tell(crossed.pace()),
}


def words(figure: go.Figure) -> list[str]:
    """The words of all texts, in any order: texts are wrapped and joined anew."""
    said = " ".join(reading.texts(figure)).replace(" · ", " ").replace("Beside it", "").replace("…", "")
    return sorted(said.replace("Below", "").replace("Middle", "").split())


@pytest.mark.parametrize("name", FIGURES)
def test_it_says_the_same_larger_and_leaves_the_figure_as_it_was(name: str) -> None:
    figure = FIGURES[name]()
    before = figure.to_json()
    large = presented(figure)
    go.Figure(large.to_dict())
    assert figure.to_json() == before
    assert words(large) == words(figure)
    assert large.layout.height >= HEIGHT
    by = large.layout.font.size / figure.layout.font.size
    assert SMALLEST < by <= LARGER
    assert large.layout.annotations[0].font.size == pytest.approx(figure.layout.annotations[0].font.size * by)
    for small, wide in zip(reading.labels(figure), reading.labels(large), strict=True):
        assert wide.label.font.size == pytest.approx(small.label.font.size * by)
    for small, wide in zip(figure.data, large.data, strict=True):
        np.testing.assert_array_equal(np.asarray(small.x, dtype=float), np.asarray(wide.x, dtype=float))
        if small.type == "scatter" and name not in ("heat map", "crossed"):
            np.testing.assert_array_equal(np.asarray(small.y, dtype=float), np.asarray(wide.y, dtype=float))


def test_the_words_of_a_row_stand_beside_its_marks() -> None:
    large = presented(FIGURES["groups"]())
    row = next(mark.y[0] for mark in reading.marks(large) if mark.marker.symbol == "diamond")
    beside = {each.name: each for each in reading.labels(large) if each.y0 == row}
    assert set(beside) == {"label", "above", "beside"}
    assert "<br>" not in beside["beside"].label.text
    assert beside["label"].x0 == -large.layout.margin.l  # from the edge of the figure, whatever the label's length
    assert 0 < beside["beside"].x0 < beside["above"].x0 < large.layout.margin.r


def test_hidden_cells_keep_to_their_rows() -> None:
    for name in ("heat map", "crossed"):
        small, large = FIGURES[name](), presented(FIGURES[name]())
        tiles = list(zip(reading.tiles(small), reading.tiles(large), strict=True))
        for tile, moved in tiles:
            middles = [np.asarray(t.base, float) + np.asarray(t.y, float) / 2 for t in (tile, moved)]
            np.testing.assert_allclose(*middles)


def test_a_larger_wall_has_larger_type_and_the_same_proportions() -> None:
    room, hall = presented(FIGURES["groups"]()), presented(FIGURES["groups"](), 1.5)
    assert hall.layout.height == pytest.approx(1.5 * room.layout.height)
    assert hall.layout.margin.l == pytest.approx(1.5 * room.layout.margin.l)
    sizes = [figure.layout.annotations[0].font.size for figure in (room, hall)]
    assert sizes[1] == pytest.approx(1.5 * sizes[0])


@pytest.mark.parametrize("count", [3, 8, 12, 13])
def test_a_slide_of_rows_is_never_taller_than_the_window_and_its_type_never_smaller_than_a_page_s(count: int) -> None:
    lines = [labelled_rows.Line(f"Group {i}", "1.0 pts lower", figure="50%", below="90 visits") for i in range(count)]
    figure = labelled_rows.rows_figure(lines, 0.0, 100.0, "Rate").figure()
    large = presented(figure)
    assert large.layout.height <= HEIGHT
    assert large.layout.font.size >= figure.layout.font.size
    assert (large.layout.font.size == figure.layout.font.size * LARGER) == (count <= 8)


def test_long_names_of_rows_stand_on_two_lines_of_a_slide() -> None:
    said = "Follow-up after a high reading: people in group"
    lines = [labelled_rows.Line(f"{said} {i}", figure="50%", below="rank 1 to 10") for i in range(10)]
    large = presented(labelled_rows.rows_figure(lines, 0.0, 100.0, "Affected", top=8).figure())
    assert large.layout.height <= HEIGHT
    for i, label in enumerate(reading.labels(large, labelled_rows.LABEL)):
        assert label.label.text.replace("<br>", " ") == f"{said} {i}"


def test_what_happened_takes_no_height_from_the_lines_of_a_slide() -> None:
    happened = tuple(Event(i, f"Test {i} began", "2023-Q1", "2023-Q1", "2023-Q1") for i in range(1, 5))
    with_them, without = (presented(trends.over_time(made_up.trends(), "", told)) for told in (happened, ()))
    inside = [f.layout.height - f.layout.margin.t - f.layout.margin.b for f in (with_them, without)]
    assert inside[0] == pytest.approx(inside[1])
