"""The empty frame that people guess over: the axes and the names, and nothing else. It is drawn without an answer."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import labelled_rows, line_ends, map_cells, template
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.line_ends import EndLabel
from equity.charts.parts.sketch import Sketch
from equity.words import escaping
from equity.words.answers.predictions import Frame, Grid, Rows, Times

ROW_HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 44, 40, 46, 42, 140


def empty(frame: Frame) -> go.Figure:
    """The frame as a figure."""
    match frame:
        case Rows():
            return _rows(frame)
        case Grid():
            return _grid(frame)
        case Times():
            return _times(frame)


def _rows(frame: Rows) -> go.Figure:
    lines = [Line(name) for name in frame.names]
    top = labelled_rows.TOP if frame.gap else 8
    drawn = labelled_rows.rows_figure(lines, 0.0, 100.0, frame.axis, "%" if frame.per_cent else "", top=top)
    if not frame.per_cent:
        drawn.axis("xaxis", showticklabels=False)
    if frame.gap:
        labelled_rows.vertical_ticks(drawn, [(i, 50.0) for i in range(len(lines))], template.INK)
        labelled_rows.heading(drawn, "no gap", 50.0, 0.0, 100.0)
        labelled_rows.heading(drawn, "worse →", 100.0, 0.0, 100.0, template.MUTED)
    return drawn.figure()


def _grid(frame: Grid) -> go.Figure:
    rows, columns = max(1, len(frame.down)), max(1, len(frame.across))
    top = map_cells.room_for_heads(frame.across)
    drawn = Sketch(top + 2 * ROW_HEIGHT * rows + 8, {"l": 4, "r": 4, "t": top, "b": 8})
    drawn.axis("xaxis", **template.hidden_axis(-0.5, columns - 0.5))
    drawn.axis("yaxis", **template.hidden_axis(rows - 0.5, -0.5))
    x, y = (part.ravel().astype(np.float64) for part in np.meshgrid(np.arange(columns), np.arange(rows)))
    drawn.bar(x=x, y=np.full(x.size, 0.56), base=y - 0.24, width=0.94, marker=template.OUTLINED, hoverinfo="skip")
    map_cells.name_rows(drawn, frame.down)
    map_cells.head_columns(drawn, frame.across)
    return drawn.figure()


def _times(frame: Times) -> go.Figure:
    height = max(320, 34 * len(frame.names) + TOP + BOTTOM)
    drawn = Sketch(height, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    suffix = "%" if frame.per_cent else ""
    drawn.scatter(x=np.array([0.0, 1.0]), y=np.array([np.nan, np.nan]), mode="lines", hoverinfo="skip")
    drawn.axis(
        "xaxis",
        **template.quiet_axis(
            range=[0, 1], tickvals=[0, 1], ticktext=[frame.first, frame.last], showline=True, linecolor=template.FAINT
        ),
    )
    drawn.axis(
        "yaxis",
        **template.quiet_axis(
            range=[0, 100], nticks=5, ticksuffix=suffix, showticklabels=frame.per_cent, showline=True,
            linecolor=template.FAINT,
        ),
    )  # fmt: skip
    heights = np.linspace(92, 8, max(1, len(frame.names)))
    labels = [EndLabel(name, float(at), template.MUTED) for name, at in zip(frame.names, heights, strict=True)]
    line_ends.write(drawn, labels, 0.0, 100.0, height - TOP - BOTTOM)
    drawn.annotate(
        text=escaping.chart(frame.axis), x=0, xref="paper", xshift=4 - LEFT, y=1, yref="paper", xanchor="left",
        yanchor="bottom", yshift=8, font={"size": template.SMALL, "color": template.MUTED},
    )  # fmt: skip
    return drawn.figure()
