"""A figure for a wide and low window: lower, its words beside its marks, and not one number changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from equity.charts import areas, completeness, disparities, intersections
from equity.charts.over_time import trends
from equity.charts.parts import labelled_rows, line_ends
from equity.charts.screens.fitted import HEIGHT, NAME_LETTERS, ROW_AT_LEAST, fitted
from equity.charts.screens.presented import presented
from tests import answers_for_tests as made_up
from tests import crossed_answers_for_tests as crossed
from tests.charts import reading
from tests.charts.screens.test_presented import words

TALL: dict[str, Callable[[], go.Figure]] = {
    "groups": lambda: disparities.groups(made_up.disparities()),
    "gaps": lambda: disparities.gaps(made_up.disparities()),
    "over time": lambda: trends.over_time(made_up.trends()),
    "heat map": lambda: areas.heat_map(made_up.areas()),
    "crossed": lambda: intersections.heat_map(crossed.intersections()),
    "who is missing": lambda: completeness.by_place(crossed.completeness()),
}


@pytest.mark.parametrize("name", TALL)
def test_it_says_the_same_in_less_height_and_leaves_the_figure_as_it_was(name: str) -> None:
    figure = TALL[name]()
    before = figure.to_json()
    low = fitted(figure)
    assert figure.to_json() == before
    if figure.layout.height <= HEIGHT:
        assert low is None
        return
    assert low is not None
    go.Figure(low.to_dict())
    assert words(low) == words(figure)
    assert low.layout.height < figure.layout.height
    for tall, short in zip(figure.data, low.data, strict=True):
        np.testing.assert_array_equal(np.asarray(tall.x, dtype=float), np.asarray(short.x, dtype=float))


def test_a_row_is_never_lower_than_its_two_lines() -> None:
    answer = made_up.disparities()
    figure = fitted(disparities.groups(answer))
    if figure is None:
        figure = fitted(_rows(12))
    assert figure is not None
    margin, count = figure.layout.margin, figure.layout.yaxis.range[0]
    assert (figure.layout.height - margin.t - margin.b) / count >= ROW_AT_LEAST


def _rows(count: int) -> go.Figure:
    lines = [
        labelled_rows.Line(f"Group {i}", "1.0 pts lower", figure="50%", below="1,000 visits") for i in range(count)
    ]
    return labelled_rows.rows_figure(lines, 0.0, 100.0, "Rate").figure()


def test_eleven_rows_are_as_low_as_the_window_has_room_for_and_sixty_scroll() -> None:
    eleven, sixty = fitted(_rows(11)), fitted(_rows(60))
    assert eleven is not None
    assert sixty is not None
    assert eleven.layout.height <= HEIGHT
    assert sixty.layout.height < 60 * labelled_rows.ROW_HEIGHT
    assert fitted(_rows(4)) is None  # it fits as it is


def test_sixty_long_names_have_air_between_them() -> None:
    """Their rows scroll anyway: two lines of a name do not touch those of the next."""
    lines = [
        labelled_rows.Line(f"Group {i} of people whose name in the registry is long", "1.0 pts", figure="50%")
        for i in range(60)
    ]
    low = fitted(labelled_rows.rows_figure(lines, 0.0, 100.0, "Rate").figure())
    assert low is not None
    row = (low.layout.height - low.layout.margin.t - low.layout.margin.b) / 60
    labels = reading.labels(low, labelled_rows.LABEL)
    assert row >= max((label.label.text.count("<br>") + 1) * 1.3 * label.label.font.size for label in labels) + 4


def test_long_labels_that_begin_alike_are_told_apart() -> None:
    start = "Patients whose preferred language is one of several spoken in the islands of "
    lines = [labelled_rows.Line(start + name, "1.0 pts", figure="50%") for name in ("Micronesia", "Melanesia")] * 4
    figure = labelled_rows.rows_figure(lines, 0.0, 100.0, "Rate").figure()
    low = fitted(figure)
    assert low is not None
    for drawn in (figure, low):
        assert len({label.label.text for label in reading.labels(drawn, labelled_rows.LABEL)}) == 2


def test_names_at_the_ends_of_lines_stand_apart_again_and_are_led_to_them() -> None:
    figure = trends.over_time(made_up.trends())
    low = fitted(figure)
    assert low is not None
    for drawn in (figure, low):
        ends = [note for note in drawn.layout.annotations if note.name == line_ends.END]
        axis, margin = drawn.layout.yaxis, drawn.layout.margin
        panel = (drawn.layout.height - margin.t - margin.b) * (axis.domain[1] - axis.domain[0])
        pixel = (axis.range[1] - axis.range[0]) / panel
        assert all(axis.range[0] <= note.y <= axis.range[1] for note in ends if note.yref == "y")
        heights = sorted((note.y, note.text.count("<br>") + 1) for note in ends if note.yref == "y")
        for (low_end, lines), (high_end, more) in pairwise(heights):
            assert high_end - low_end >= (lines + more) / 2 * line_ends.LINE_HEIGHT * pixel - 1e-9
        leaders = [shape for shape in drawn.layout.shapes if shape.name == line_ends.LEADER]
        assert all(abs(shape.y0 - shape.y1) > line_ends.NEAR * pixel for shape in leaders if shape.yref == "y")


def test_besides_focus_and_reference_three_lines_are_named() -> None:
    answer = made_up.trends()
    figure = trends.over_time(replace(answer))
    named = [n for n in figure.layout.annotations if n.name == line_ends.END and n.yref == "y"]
    strong = [n for n in named if n.text.startswith("<b>")]
    assert len(named) - len(strong) <= trends.OTHERS_NAMED


def test_a_label_of_two_lines_keeps_within_its_row() -> None:
    """Plotly cuts off what stands below the last row."""
    said = "Follow-up after a high reading by phone: people whose language is "
    lines = [labelled_rows.Line(f"{said}{i}", figure="50%", below="rank 1 to 10") for i in range(10)]
    figure = labelled_rows.rows_figure(lines, 0.0, 100.0, "Affected", top=8).figure()
    for drawn in (fitted(figure), presented(figure)):
        assert drawn is not None
        margin, count = drawn.layout.margin, drawn.layout.yaxis.range[0]
        row = (drawn.layout.height - margin.t - margin.b) / count
        last = reading.labels(drawn, labelled_rows.LABEL)[-1]
        assert last.y0 * row + (last.label.text.count("<br>") + 1) * 0.6 * last.label.font.size <= count * row


def test_what_is_said_of_a_gap_has_lines_for_a_phone_and_one_line_where_there_is_room() -> None:
    figure = trends.over_time(made_up.trends({"Black or African American": "levelling_down"}))
    said = {name: _named(drawn, trends.SAID_OF_GAP) for name, drawn in _three_widths(figure).items()}
    assert max(map(len, said["phone"].text.split("<br>"))) <= trends.PHONE_LETTERS + 1
    assert trends.SOFT_BREAK in said["phone"].text
    for wide in ("low", "wall"):
        assert trends.SOFT_BREAK not in said[wide].text
        assert said[wide].text.replace("<br>", " ") == re.sub(" ?<br>", " ", said["phone"].text)
    titles = {name: _named(drawn, trends.GAP_TITLE) for name, drawn in _three_widths(figure).items()}
    assert titles["low"].yshift < titles["phone"].yshift


def _three_widths(figure: go.Figure) -> dict[str, go.Figure]:
    low = fitted(figure)
    assert low is not None
    return {"phone": figure, "low": low, "wall": presented(figure)}


def _named(figure: go.Figure, name: str) -> Any:
    return next(note for note in figure.layout.annotations if note.name == name)


def test_long_names_at_the_ends_of_lines_stand_on_two_lines_within_the_figure() -> None:
    answer = made_up.trends()
    name = "Hispanic or Latino people who were seen at least once"
    long = replace(answer, rows=answer.rows.replace({"group": {"Hispanic or Latino": name}}))
    for drawn, letters in ((fitted(trends.over_time(long)), NAME_LETTERS), (presented(trends.over_time(long)), 32)):
        assert drawn is not None
        ends = [note.text for note in drawn.layout.annotations if note.name == line_ends.END]
        assert any("<br>" in text for text in ends)
        assert max(len(labelled_rows.plain(line)) for text in ends for line in text.split("<br>")) <= letters


def test_where_there_is_no_gap_to_follow_there_is_no_panel_for_it() -> None:
    answer = made_up.trends()
    alone = replace(answer, rows=answer.rows.assign(gap=np.nan, gap_lower=np.nan, gap_upper=np.nan))
    figure, usual = trends.over_time(alone), trends.over_time(answer)
    assert figure.layout.height < usual.layout.height
    assert list(figure.layout.yaxis.domain) == list(trends.ALONE)
    assert not [note for note in figure.layout.annotations if note.name == trends.GAP_TITLE]
    assert not [trace for trace in figure.data if trace.yaxis == "y2"]
    presented(figure)


def test_a_panels_title_is_no_wider_than_a_phone() -> None:
    answer = made_up.trends()
    named = replace(answer.measure, name="Preventive screening " * 5)
    figure = trends.over_time(replace(answer, measure=named))
    (title,) = [note.text for note in figure.layout.annotations if note.text.startswith("Preventive")]
    assert len(title) <= trends.PHONE_LETTERS
