"""Figures are handed over unchecked, for speed; here every kind of figure passes Plotly's own checks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import plotly.graph_objects as go
import pytest

from equity.charts import areas, disparities, scan, site_funnel
from equity.charts.over_time import control, inequality_over_time, trends
from tests import answers_for_tests as made_up
from tests import crossed_answers_for_tests as crossed

FIGURES: dict[str, Callable[[], go.Figure]] = {
    "groups": lambda: disparities.groups(made_up.disparities()),
    "gaps": lambda: disparities.gaps(made_up.disparities()),
    "over time": lambda: trends.over_time(made_up.trends()),
    "control": lambda: control.beside_reference((made_up.control_chart(),)),
    "heat map": lambda: areas.heat_map(made_up.areas()),
    "inequality over time": lambda: inequality_over_time.over_time(crossed.inequality_over_time()),
    "funnel": lambda: site_funnel.funnel(crossed.site_funnel()),
    "one group": lambda: scan.one_group(crossed.one_group("White")),
    "ranked": lambda: areas.ranked(made_up.areas()),
}


@pytest.mark.parametrize("name", FIGURES)
def test_plotly_finds_no_fault(name: str) -> None:
    go.Figure(FIGURES[name]().to_dict())


def test_a_figure_is_sent_as_it_was_drawn_and_many_may_read_it_at_once() -> None:
    drawn = FIGURES["groups"]()
    sent = drawn.to_dict()
    with ThreadPoolExecutor(8) as threads:
        heights = list(threads.map(lambda _: drawn.layout.height, range(32)))
    assert set(heights) == {sent["layout"]["height"]}
    assert len(drawn.data) == len(sent["data"])
    assert drawn.to_dict() == sent
    assert not hasattr(drawn, "anything_else")
