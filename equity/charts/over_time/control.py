"""A control chart: the series, its middle line, stepped limits as a band, and the points that are signals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import control_panel, events, line_ends, template, time_axis
from equity.charts.parts.control_panel import Axes, PanelSeries
from equity.charts.parts.line_ends import EndLabel
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import ControlChart
from equity.lens.tables import columns_of
from equity.stats.over_time.control_charts import BETWEEN_EVENTS, BY_NAME
from equity.words import escaping
from equity.words.answers import control as words
from equity.words.answers.chart_frames import Event

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 360, 44, 46, 42, 104
PANEL, PANEL_TOP, COLUMNS = 204, 48, 2
Scale = Literal["one", "own"]
PANEL_NAME = "panel name"
"""What a panel\'s heading is called in the figure."""


def multiples(answers: tuple[ControlChart, ...], happened: Sequence[Event] = (), scale: Scale = "one") -> go.Figure:
    """A panel a group; limits on trial are dotted and each panel says whether it holds a signal.

    On one ``scale`` the groups compare; on its own each group's ups and downs fill its panel.
    """
    rows = max(1, -(-len(answers) // COLUMNS))
    drawn = Sketch(rows * PANEL + BOTTOM, {"l": LEFT, "r": 8, "t": 4, "b": BOTTOM})
    shared = control_panel.reach(answers)
    for i, answer in enumerate(answers):
        axes = Axes(f"x{i + 1}" if i else "x", f"y{i + 1}" if i else "y")
        reach = shared if scale == "one" or answer.is_hidden else control_panel.reach((answer,))
        _panel_axes(drawn, answers, i, rows, axes, reach, scale)
        control_panel.draw(drawn, answer, axes, reach)
        events.draw(drawn, happened, columns_of(answer.rows)["period"].tolist(), [(axes.x, axes.y)], 0)
    return drawn.figure()


def beside_reference(answers: tuple[ControlChart, ...], happened: Sequence[Event] = ()) -> go.Figure:
    """One group's chart above that of the group it is compared with, full width, on one scale."""
    above = events.room(happened)
    heights = HEIGHT - TOP - BOTTOM
    total = len(answers) * (heights + TOP)
    drawn = Sketch(total + BOTTOM + above, {"l": LEFT, "r": RIGHT, "t": above, "b": BOTTOM})
    reach = control_panel.reach(answers)
    for i, answer in enumerate(answers):
        axes = Axes(f"x{i + 1}" if i else "x", f"y{i + 1}" if i else "y")
        top = 1 - (i * (heights + TOP) + TOP) / total
        bottom = max(0.0, 1 - (i + 1) * (heights + TOP) / total)
        _one_axes(drawn, answer, axes, ((0.0, 1.0), (bottom, top)), reach, labelled=i == len(answers) - 1)
        one = control_panel.draw(drawn, answer, axes, reach)
        _name_ends(drawn, answer, one, reach, heights, axes.y)
        _panel_name(drawn, answer, 0.0, top, 8 if i else above + 8)
        events.draw(drawn, happened, columns_of(answer.rows)["period"].tolist(), [(axes.x, axes.y)], 0 if i else 26)
    return drawn.figure()


def _name_ends(
    drawn: Sketch, answer: ControlChart, one: PanelSeries, reach: tuple[float, float], pixels: float, y: str = "y"
) -> None:
    labels = []
    limit = "trial limit" if answer.trial else "limit"
    n = words.column_n(answer)
    for name, values, strong in (
        (f"upper {limit}", one.upper, False),
        ("middle", one.centre, True),
        (f"lower {limit}", one.lower, False),
    ):
        known = values[np.isfinite(values)]
        if known.size:
            last = float(known[-1])
            rate = words.short_level(answer, last / words.scale(answer), n)
            colour = template.INK if strong else template.MUTED
            labels.append(EndLabel(f"{name} {rate}", last, colour, strong))
    line_ends.write(drawn, labels, *reach, pixels, y)


def _one_axes(
    drawn: Sketch,
    answer: ControlChart,
    axes: Axes,
    domains: tuple[tuple[float, float], tuple[float, float]],
    reach: tuple[float, float],
    labelled: bool,
) -> None:
    periods = columns_of(answer.rows)["period"].tolist()
    at, text = time_axis.ticks(periods)
    suffix = "%" if answer.measure.kind == "proportion" and answer.chart not in BETWEEN_EVENTS else ""
    across = template.quiet_axis(
        domain=list(domains[0]), anchor=axes.y, range=[-0.7, len(periods) - 0.3], tickvals=at, ticktext=text
    )
    up = template.quiet_axis(domain=list(domains[1]), anchor=axes.x, range=list(reach), nticks=5, ticksuffix=suffix)
    drawn.axis(axes.x.replace("x", "xaxis"), **across, showticklabels=labelled)
    drawn.axis(axes.y.replace("y", "yaxis"), **up | {"showgrid": True, "gridcolor": template.HAIR})


def _panel_axes(
    drawn: Sketch,
    answers: tuple[ControlChart, ...],
    i: int,
    rows: int,
    axes: Axes,
    reach: tuple[float, float],
    scale: Scale,
) -> None:
    row, column = divmod(i, COLUMNS)
    total = rows * PANEL
    top, bottom = 1 - (row * PANEL + PANEL_TOP) / total, max(0.0, 1 - ((row + 1) * PANEL - 14) / total)
    sides = ((0.0, 0.47), (0.53, 1.0))[column] if scale == "one" else ((0.0, 0.44), (0.56, 1.0))[column]
    _one_axes(drawn, answers[i], axes, (sides, (bottom, top)), reach, labelled=i + COLUMNS >= len(answers))
    drawn.axis(axes.y.replace("y", "yaxis"), showticklabels=column == 0 or scale == "own")
    _panel_name(drawn, answers[i], sides[0], top)


def _panel_name(drawn: Sketch, answer: ControlChart, left: float, top: float, shift: int = 2) -> None:
    """The group, and under it whether its chart holds a signal, so many pixels above the panel."""
    outcomes = words.outcome(answer)
    limited = BY_NAME[answer.chart].has_limits and not answer.is_hidden
    trial = ", trial limits" if answer.trial and limited else ""
    name = "<br>".join(escaping.chart(line) for line in line_ends.wrapped(answer.group, 22, 2))
    drawn.annotate(
        name=PANEL_NAME,
        text=f"<b>{name}</b><br>{outcomes}{trial}",
        x=left,
        xref="paper",
        y=top,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=shift,
        align="left",
        font={"size": template.SMALL, "color": template.INK},
    )
