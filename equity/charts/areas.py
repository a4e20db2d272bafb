"""Clinical areas compared: a map of the clear gaps, and the list of those that touch most people."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts import labelled_rows, line_ends, template
from equity.charts.labelled_rows import Line
from equity.charts.sketch import Sketch
from equity.lens.answers import Areas
from equity.words import areas as words
from equity.words import comparisons, escaping, groups, measures, numbers
from equity.words.areas import Cell

ROW_HEIGHT, BETWEEN, TOP, BOTTOM = 72, 26, 40, 46
_STRONGEST = 0.5
_STOPS = (0.0, 0.18, 0.34, 0.47, 0.499, 0.501, 0.53, 0.66, 0.82, 1.0)  # plain only where there is no gap
_KEY = "Bold: people, visits or events affected. Below: the gap.<br>Stronger orange: further from the reference."


def heat_map(answer: Areas) -> go.Figure:
    """Clinical areas as rows, stratifiers as columns; each cell the worst clear gap and how many people it touches.

    The colour runs from blue over plain (no clear gap) to orange with the gap ÷ the reference's rate, up to one half.
    Hidden cells are hatched, cells without enough data outlined.
    """
    count, columns = max(1, len(answer.areas)), len(answer.stratifiers)
    found = words.cells(answer)
    cells = [[found[area, s.name] for s in answer.stratifiers] for area in answer.areas]
    drawn = Sketch(TOP + ROW_HEIGHT * count + BOTTOM, {"l": 4, "r": 4, "t": TOP, "b": BOTTOM})
    drawn.axis("xaxis", **template.quiet_axis(range=[-0.5, columns - 0.5], showticklabels=False))
    drawn.axis("yaxis", **template.quiet_axis(range=[count - 0.5, -0.5], showticklabels=False))
    _colour(drawn, cells)
    for i, row in enumerate(cells):
        _name_row(drawn, answer.areas[i], i)
        for j, cell in enumerate(row):
            _fill(drawn, cell, i, j)
    for j, stratifier in enumerate(answer.stratifiers):
        _head_column(drawn, groups.started(groups.label(stratifier)), j)
    drawn.annotate(
        text=_KEY,
        x=0,
        xref="paper",
        y=0,
        yref="paper",
        xanchor="left",
        yanchor="top",
        yshift=-6,
        align="left",
        font={"size": template.SMALL, "color": template.MUTED},
    )
    return drawn.figure()


def ranked(answer: Areas, most: int = 10) -> go.Figure:
    """The clear gaps that touch most people, each a dot with its interval. Waiting times are not people: not here."""
    found = words.countable(answer, most)
    lines = [
        Line(
            f"{measures.heading(c.measure)}: {c.row.group}",
            figure=numbers.whole(c.row.excess),
            below="events" if c.measure.kind == "rate" else c.counted,
            strong=i == 0,
        )
        for i, c in enumerate(found)
    ]
    values = [v for c in found for v in (0.0, c.row.excess_lower, c.row.excess_upper, c.row.excess)]
    low, high = labelled_rows.padded(values, 0.0)
    drawn = labelled_rows.rows_figure(lines, low, high, "People, visits or events affected", top=8)
    middle = np.array([c.row.excess for c in found])
    if found:
        drawn.scatter(
            x=middle,
            y=np.array([labelled_rows.mark_line(i) for i in range(len(found))]),
            mode="markers",
            marker={"size": 11, "color": template.WORSE, "line": {"width": 1, "color": template.PAPER}},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": np.nan_to_num(np.array([c.row.excess_upper for c in found]) - middle),
                "arrayminus": np.nan_to_num(middle - np.array([c.row.excess_lower for c in found])),
                "color": template.WORSE,
                "thickness": 2.5,
                "width": 0,
            },
            hoverinfo="text",
            hovertext=[escaping.chart(f"{measures.heading(c.measure)}, {comparisons.described(c)}") for c in found],
        )
    return drawn.figure()


def _colour(drawn: Sketch, cells: list[list[Cell]]) -> None:
    strength = {"gap": lambda c: float(np.clip(c.relative, -_STRONGEST, _STRONGEST)), "none": lambda c: 0.0}
    z = np.array([[strength.get(c.state, lambda c: np.nan)(c) for c in row] for row in cells], dtype=np.float64)
    if not np.isfinite(z).any():
        return
    drawn.heatmap(
        z=z,
        zmin=-_STRONGEST,
        zmax=_STRONGEST,
        colorscale=[list(stop) for stop in zip(_STOPS, template.DIVERGING, strict=True)],
        showscale=False,
        xgap=5,
        ygap=BETWEEN,
        hoverongaps=False,
        hoverinfo="text",
        hovertext=[[escaping.chart(c.said) for c in row] for row in cells],
    )


def _fill(drawn: Sketch, cell: Cell, i: int, j: int) -> None:
    if cell.state in ("hidden", "absent"):
        _tile(drawn, cell, i, j)
    affected = f"<b>{escaping.chart(cell.affected)}</b>" if cell.affected else ""
    gap = escaping.chart(cell.gap)
    written = {
        "gap": "<br>".join(t for t in (affected, gap if affected else f"<b>{gap}</b>") if t),
        "none": "no clear<br>gap",
        "hidden": "not<br>shown",
        "absent": "too few<br>data",
    }[cell.state]
    drawn.annotate(
        text=written,
        x=j,
        y=i,
        bgcolor=template.PAPER if cell.state == "hidden" else template.NOTHING,
        font={
            "size": template.TEXT if cell.state == "gap" else template.SMALL,
            "color": template.INK if cell.state in ("gap", "hidden") else template.MUTED,
        },
    )


def _tile(drawn: Sketch, cell: Cell, i: int, j: int) -> None:
    tall = (ROW_HEIGHT - BETWEEN) / ROW_HEIGHT
    drawn.bar(
        x=np.array([j]),
        y=np.array([tall]),
        base=np.array([i - tall / 2]),
        width=0.94,
        marker=template.HATCHED if cell.state == "hidden" else template.OUTLINED,
        hoverinfo="text",
        hovertext=escaping.chart(cell.said),
    )


def _name_row(drawn: Sketch, area: str, i: int) -> None:
    drawn.annotate(
        text=f"<b>{escaping.chart(escaping.one_line(area, 50))}</b>",
        x=0,
        xref="paper",
        y=i - 0.5,
        xanchor="left",
        yanchor="middle",
        font={"size": template.TEXT, "color": template.INK},
    )


def _head_column(drawn: Sketch, label: str, j: int) -> None:
    lines = line_ends.wrapped(label, 10, 2)
    drawn.annotate(
        text="<br>".join(escaping.chart(line) for line in lines),
        x=j,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=12,
        font={"size": template.SMALL, "color": template.MUTED},
    )
