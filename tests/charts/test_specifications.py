"""Figures are handed over unchecked, for speed; here every kind of figure passes Plotly's own checks."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import pytest

from equity.charts import areas, control, disparities, trends
from tests import answers_for_tests as made_up

FIGURES: dict[str, Callable[[], go.Figure]] = {
    "groups": lambda: disparities.groups(made_up.disparities()),
    "gaps": lambda: disparities.gaps(made_up.disparities()),
    "over time": lambda: trends.over_time(made_up.trends()),
    "multiples": lambda: trends.multiples(made_up.trends()),
    "control": lambda: control.chart(made_up.control_chart()),
    "heat map": lambda: areas.heat_map(made_up.areas()),
    "ranked": lambda: areas.ranked(made_up.areas()),
}


@pytest.mark.parametrize("name", FIGURES)
def test_plotly_finds_no_fault(name: str) -> None:
    go.Figure(FIGURES[name]().to_dict())
