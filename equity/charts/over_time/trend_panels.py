"""Groups over time in a panel each, all on the same axes."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.over_time.trends import BOTTOM, LEFT, look_of, rate_range, series
from equity.charts.parts import events, line_ends, template, time_axis
from equity.charts.parts.lines_over_time import TrendSeries, draw_band, draw_line, lone_points
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import Trends
from equity.words import escaping, numbers
from equity.words.answers import trends as words
from equity.words.answers.chart_frames import Event
from equity.words.cached_per_answer import cached_per_answer

PANEL, PANEL_TOP, COLUMNS = 132, 40, 2


@cached_per_answer
def multiples(answer: Trends, happened: tuple[Event, ...] = ()) -> go.Figure:
    """One small panel a group, all on one scale, each with the reference behind it; hidden groups have hatched ones."""
    every = [s for s in series(answer) if s.kind in ("group", "other")]
    shown = [s for s in every if np.isfinite(s.rate).any()]
    focus = words.focus(answer)
    low, high = rate_range(answer, shown, focus)
    rows = max(1, -(-len(every) // COLUMNS))
    drawn = Sketch(rows * PANEL + BOTTOM, {"l": LEFT, "r": 8, "t": 4, "b": BOTTOM})
    reference = next((s for s in shown if s.group == answer.reference.group), None)
    for i, one in enumerate(every):
        _panel(drawn, answer, i, rows, one, reference, focus, (low, high))
        axes = (f"x{i + 1}", f"y{i + 1}") if i else ("x", "y")
        events.draw(drawn, happened, answer.periods, [axes], 0)
    return drawn.figure()


def _panel(
    drawn: Sketch,
    answer: Trends,
    i: int,
    rows: int,
    one: TrendSeries,
    reference: TrendSeries | None,
    focus: str,
    reach: tuple[float, float],
) -> None:
    row, column = divmod(i, COLUMNS)
    x, y = (f"x{i + 1}" if i else "x"), (f"y{i + 1}" if i else "y")
    total = rows * PANEL
    top = 1 - (row * PANEL + PANEL_TOP) / (total + 0.0)
    bottom = max(0.0, 1 - ((row + 1) * PANEL - 14) / total)
    sides = ((0.0, 0.46), (0.54, 1.0))[column]
    at, text = time_axis.ticks(answer.periods)
    last_row = i + COLUMNS >= len(list(answer.rows["group"].unique()))
    suffix = "%" if answer.measure.kind == "proportion" else ""
    number = i + 1 if i else ""
    reach_x = [-0.4, len(answer.periods) - 0.6]
    across = template.quiet_axis(domain=sides, anchor=y, range=reach_x, tickvals=at, ticktext=text)
    up = template.quiet_axis(domain=[bottom, top], anchor=x, range=list(reach), nticks=4, ticksuffix=suffix)
    drawn.axis(f"xaxis{number}", **across, showticklabels=last_row)
    drawn.axis(f"yaxis{number}", **up | {"showticklabels": column == 0, "showgrid": True, "gridcolor": template.HAIR})
    seen = np.isfinite(one.rate)
    if reference is not None and reference.group != one.group and seen.any():
        draw_line(drawn, reference.rate, reference.said, template.INK, 1, y, x)
    colour, width = look_of(one.group, focus, answer.reference.group)
    band = template.BAND if one.group == focus else template.HAIR
    draw_band(drawn, np.where(one.few, np.nan, one.lower), np.where(one.few, np.nan, one.upper), band, y, x)
    draw_line(drawn, one.readable, one.said, colour, max(width, 2), y, x)
    lone_points(drawn, one, y, x)
    if not seen.any():
        _empty_panel(drawn, one, x, y, len(answer.periods), reach)
    name = "<br>".join(escaping.chart(line) for line in line_ends.wrapped(one.group, 25, 2))
    drawn.annotate(
        text=f"<b>{name}</b>" if one.group == focus else name,
        x=sides[0],
        xref="paper",
        xshift=0 if column else 4 - LEFT,
        y=top,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=4,
        align="left",
        font={"size": template.SMALL, "color": template.INK},
    )


def _empty_panel(drawn: Sketch, one: TrendSeries, x: str, y: str, count: int, reach: tuple[float, float]) -> None:
    """A panel without a line: hatched where hidden, outlined where there are no data."""
    low, high = reach
    drawn.bar(
        x=np.array([(count - 1) / 2]),
        y=np.array([high - low]),
        base=np.array([low]),
        width=float(count),
        xaxis=x,
        yaxis=y,
        marker=template.HATCHED if one.hidden else template.OUTLINED,
        hoverinfo="skip",
    )
    drawn.annotate(
        text="Not shown to<br>protect privacy" if one.hidden else escaping.chart(numbers.MISSING),
        x=(count - 1) / 2,
        y=(low + high) / 2,
        xref=x,
        yref=y,
        bgcolor=template.PAPER,
        font={"size": template.SMALL, "color": template.INK},
    )
