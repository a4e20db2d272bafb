"""Choosing a focus: how often each area takes each rank, and how each person weighed the criteria."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import labelled_rows, map_cells, template
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.sketch import Sketch
from equity.focus.decision import Focus
from equity.focus.room import CriterionSpread
from equity.words import escaping
from equity.words.cached_per_answer import cached_per_answer
from equity.words.labels.charts import CHART_TEXTS
from equity.words.work import focus as words

ROW_HEIGHT, BOTTOM = 62, 34
DARK = 0.5
"""From this share on a cell is so strong that its number is written in the page's colour."""


@cached_per_answer
def ranks(answer: Focus) -> go.Figure:
    """Areas as rows, the area that comes first most often on top; ranks as columns; each cell the share of ways."""
    rows = words.rank_cells(answer)
    heads = [words.ordinal(rank + 1).capitalize() for rank in range(len(rows))]
    top = map_cells.room_for_heads(heads)
    drawn = Sketch(top + ROW_HEIGHT * len(rows) + BOTTOM, {"l": 4, "r": 4, "t": top, "b": BOTTOM})
    drawn.axis("xaxis", **template.hidden_axis(-0.5, len(rows) - 0.5))
    drawn.axis("yaxis", **template.hidden_axis(len(rows) - 0.5, -0.5))
    drawn.heatmap(
        z=np.array([[cell.share for cell in row.cells] for row in rows]),
        zmin=0.0,
        zmax=1.0,
        colorscale=[[0.0, template.WASH], [1.0, template.FOCUS]],
        showscale=False,
        xgap=5,
        ygap=map_cells.BETWEEN,
        hoverinfo="text",
        hovertext=[[escaping.chart(cell.said) for cell in row.cells] for row in rows],
    )
    map_cells.name_rows(drawn, [row.area for row in rows])
    for i, row in enumerate(rows):
        for j, cell in enumerate(row.cells):
            colour = template.PAPER if cell.share >= DARK else template.INK
            drawn.annotate(
                name=map_cells.CELL,
                text=f"<b>{cell.written}</b>" if cell.share >= DARK else cell.written,
                x=j,
                y=i,
                font={"size": template.TEXT, "color": colour},
            )
    map_cells.head_columns(drawn, heads)
    map_cells.write_key(drawn, CHART_TEXTS["of_100_ways_to_weigh"])
    return drawn.figure()


def weights(spreads: Sequence[CriterionSpread]) -> go.Figure:
    """A row a criterion, the widest disagreement first; a dot a person, named by lens."""
    lines = [
        Line(words.criterion_name(s.criterion), figure=f"{s.range:g}", below="points apart", strong=i == 0)
        for i, s in enumerate(spreads)
    ]
    drawn = labelled_rows.rows_figure(lines, -2.0, 102.0, "Points of 100", top=8)
    x = [points for s in spreads for _, points in s.points]
    y = [labelled_rows.mark_line(i) for i, s in enumerate(spreads) for _ in s.points]
    said = [words.weight_said(s.criterion, lens, points) for s in spreads for lens, points in s.points]
    drawn.scatter(
        x=np.array(x, dtype=np.float64),
        y=np.array(y, dtype=np.float64),
        mode="markers",
        marker={"size": 13, "color": template.FOCUS, "opacity": 0.55, "line": {"width": 1, "color": template.PAPER}},
        hoverinfo="text",
        hovertext=[escaping.chart(text) for text in said],
    )
    return drawn.figure()
