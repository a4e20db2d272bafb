"""The pictures of the work: projects over time, a test's numbers, the data around it, and a driver diagram as SVG."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import plotly.graph_objects as go
import pytest

from equity.charts.work import cycles as charts
from equity.charts.work.driver_diagram import as_page, as_svg
from equity.charts.work.project_timeline import MOST_ROWS, timeline
from equity.improvement.cycle_data import Measured
from equity.improvement.cycles import Cycle, Reading
from equity.improvement.drivers import Driver, DriverDiagram
from equity.improvement.portfolio import portfolio
from equity.improvement.projects import Project
from equity.vocabulary import Category, Measure, Stratifier
from tests.improvement.made_up import kept
from tests.improvement.test_drivers import made

TODAY = dt.date(2027, 3, 14)
HOSTILE = '<img src=x onerror="alert(1)"> & $x^2$ ]]>'
SVG = "{http://www.w3.org/2000/svg}"


def projects(count: int) -> list[Project]:
    days = [str(dt.date(2026, 9, 1) + dt.timedelta(days=9 * place)) for place in range(count)]
    return [Project(f"Project {place}", begins=begins) for place, begins in enumerate(days)]


def valid(figure: go.Figure) -> go.Figure:
    """The figure, by Plotly's own checks."""
    return go.Figure(figure.to_dict())


def test_projects_stand_in_the_order_of_their_first_days() -> None:
    made_up = [
        *reversed(projects(3)),
        Project("No day"),
        Project(HOSTILE, "", "stopped", begins="2026-01-01", ends="2026-03-01"),
    ]
    figure = valid(timeline(portfolio([kept(each) for each in made_up], [], [], TODAY)))
    titles = [a.text for a in figure.layout.annotations if a.text != "today"]
    assert [title[:9] for title in titles] == ["&lt;img s", "Project 0", "Project 1", "Project 2"]
    assert [float(bar.x[0]) for bar in figure.data] == sorted(float(bar.x[0]) for bar in figure.data)
    assert figure.data[1].x[1] == TODAY.toordinal()  # open: until today
    assert "<img" not in figure.to_json()
    many = valid(timeline(portfolio([kept(each) for each in projects(60)], [], [], dt.date(2029, 1, 1))))
    assert len(many.data) == MOST_ROWS


@pytest.mark.parametrize("values", [(3.0,), (3.0, 3.0), (-1.0, 4.0, 2.0)])
def test_numbers_by_hand_stand_in_the_order_of_their_days(values: tuple[float, ...]) -> None:
    readings = [Reading(f"2027-03-{9 - place:02}", value, 5, HOSTILE) for place, value in enumerate(values)]
    figure = valid(charts.by_hand(Cycle(readings=tuple(readings))))
    assert list(figure.data[0].y) == list(reversed(values))
    low, high = figure.layout.yaxis.range
    assert low < min(values) <= max(values) < high
    assert "<img" not in figure.to_json()


MEASURE = Measure("Visits kept", "proportion", "higher_better", "Access")
AROUND = Measured(
    MEASURE,
    Stratifier("race", "Race", categories=(Category("Black"),)),
    "Black",
    ("2027-01", "2027-02", "2027-03", "2027-04"),
    (0.5, float("nan"), 0.6, 0.7),
    (0.4, float("nan"), 0.5, 0.6),
    (0.6, float("nan"), 0.7, 0.8),
    (100.0, 0.0, 100.0, 100.0),
)


@pytest.mark.parametrize(
    ("begins", "ends", "band"),
    [
        ("2027-02-10", "2027-03-03", (0.5, 2.5)),
        ("2027-04-20", "", (2.5, 3.5)),
        ("2026-01-01", "2026-02-01", None),
        ("", "", None),
    ],
)
def test_the_days_of_a_test_are_a_band_behind_the_rates(
    begins: str, ends: str, band: tuple[float, float] | None
) -> None:
    figure = valid(charts.measured(AROUND, Cycle(begins=begins, ends=ends)))
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == ([] if band is None else [band])
    rates = np.array(figure.data[-1].y, dtype=float)
    assert np.allclose(rates, [50, np.nan, 60, 70], equal_nan=True)
    assert figure.data[-1].hovertext[1] == "February 2027: no data"


def test_a_driver_diagram_is_whole_text_that_the_keyboard_reaches() -> None:
    diagram = made()
    root = ElementTree.fromstring(as_svg(diagram, "The aim", {"i1"}))
    boxes = root.findall(f"{SVG}g[@tabindex='0']")
    assert len(boxes) == 1 + len(diagram.drivers)
    assert len(root.findall(f"{SVG}path")) == 2 + len(diagram.links)  # the aim's, then the links
    dotted = [path for path in root.findall(f"{SVG}path") if path.get("stroke-dasharray")]
    assert len(dotted) == sum(not link.strong for link in diagram.links)
    told = {box.get("aria-label"): box for box in boxes}
    tried, untried = told["Change idea: Two late clinics"], told["Change idea: Call back in Spanish. No project yet"]
    assert tried.find(f"{SVG}rect").get("stroke-dasharray") is None  # type: ignore[union-attr]
    assert untried.find(f"{SVG}rect").get("stroke-dasharray")  # type: ignore[union-attr]
    places = [(float(r.get("x", 0)), float(r.get("y", 0)), float(r.get("height", 0))) for r in root.iter(f"{SVG}rect")]
    for column in {x for x, _, _ in places}:
        stacked = sorted((y, y + height) for x, y, height in places if x == column)
        assert all(above[1] <= below[0] for above, below in itertools.pairwise(stacked))


def test_hostile_words_are_text_in_a_diagram_and_on_its_page() -> None:
    diagram = DriverDiagram((Driver("p", "primary", HOSTILE, HOSTILE),))
    svg = as_svg(diagram, HOSTILE, ())
    ElementTree.fromstring(svg)
    page = as_page(svg, HOSTILE).decode()
    for text in (svg, page):
        assert "<img" not in text
        assert 'onerror="' not in text
    assert as_svg(replace(diagram, drivers=()), "", ())
