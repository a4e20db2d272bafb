"""Groups within groups: a map with n in every cell, and dots of own and pooled rates beside what is expected."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import labelled_rows, map_cells, template
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import Intersections
from equity.words import escaping, groups, measures, numbers
from equity.words.answers import intersections as words
from equity.words.answers.intersections import Cell
from equity.words.cached_per_answer import cached_per_answer
from equity.words.labels.charts import CHART_TEXTS

ROW_HEIGHT, BOTTOM = 92, 62
_KEY = CHART_TEXTS["bold_the_cells_own_rate_middle"]
_NEUTRAL_KEY = CHART_TEXTS["bold_the_cells_own_rate_neutral"]


@cached_per_answer
def heat_map(answer: Intersections) -> go.Figure:
    """Two stratifiers crossed, the one with fewer categories across; each cell with its own and pooled rate and n.

    The colour runs from blue over plain to orange with the pooled rate's distance from everyone's, up to one half of
    it. Cells with nobody in them are outlined and say so; hidden ones are hatched. Three stratifiers do not fit a map:
    the figure of their :func:`dots` is drawn instead.
    """
    if len(answer.stratifiers) != 2:
        return dots(answer)
    down, across = sorted((0, 1), key=lambda i: -len(answer.stratifiers[i].categories))
    rows, columns = ([c.value for c in answer.stratifiers[i].categories] for i in (down, across))
    at = {c.values: c for c in words.cells(answer)}
    grid = [[at[(r, c) if down == 0 else (c, r)] for c in columns] for r in rows]
    count = max(1, len(rows))
    top = map_cells.room_for_heads(columns)
    drawn = Sketch(top + ROW_HEIGHT * count + BOTTOM, {"l": 4, "r": 4, "t": top, "b": BOTTOM})
    drawn.axis("xaxis", **template.hidden_axis(-0.5, len(columns) - 0.5))
    drawn.axis("yaxis", **template.hidden_axis(count - 0.5, -0.5))
    map_cells.colour(
        drawn,
        [[_strength(answer, cell) for cell in row] for row in grid],
        [[words.described(answer, cell) for cell in row] for row in grid],
        4,
    )
    map_cells.name_rows(drawn, rows)
    for i, row in enumerate(grid):
        for j, cell in enumerate(row):
            _fill(drawn, answer, cell, i, j)
    map_cells.head_columns(drawn, columns)
    map_cells.write_key(drawn, _NEUTRAL_KEY if answer.measure.polarity == "neutral" else _KEY)
    return drawn.figure()


@cached_per_answer
def dots(answer: Intersections, most: int = 12) -> go.Figure:
    """The readable cells furthest from what their groups suggest: own rate hollow, pooled solid, expected a line."""
    cells, scale = words.furthest(answer, most), numbers.display_scale(answer.measure)
    lines = [_line(answer, cell) for cell in cells]
    reach = [v * scale for c in cells for v in (c.rate, c.pooled_lower, c.pooled_upper, c.expected)]
    bounded = (None, None) if answer.measure.kind == "mean" else (0.0, _ceiling(answer))
    low, high = labelled_rows.padded(reach, *bounded)
    unit, suffix = numbers.unit(answer.measure), "%" if answer.measure.kind == "proportion" else ""
    title = f"{measures.heading(answer.measure)}{f', {unit}' if unit else ''}"
    drawn = labelled_rows.rows_figure(lines, low, high, title, suffix)
    labelled_rows.heading(drawn, "○ own rate · ● smoothed · ┃ expected", low, low, high, template.MUTED)
    labelled_rows.vertical_ticks(drawn, [(i, c.expected * scale) for i, c in enumerate(cells)], template.INK)
    _pooled(drawn, answer, cells, scale)
    _own(drawn, answer, cells, scale)
    return drawn.figure()


def _ceiling(answer: Intersections) -> float | None:
    return 100.0 if answer.measure.kind == "proportion" else None


def _line(answer: Intersections, cell: Cell) -> Line:
    return Line(
        cell.label,
        figure=f"{numbers.bare_rate(answer.measure, cell.rate, cell.column_n, answer.overall_rate)} → "
        f"{numbers.bare_rate(answer.measure, cell.pooled, cell.column_n, answer.overall_rate)}",
        below=groups.how_many(words.counted(answer), cell.n),
        strong=cell.stands_out and cell.apart > 0,
    )


def _pooled(drawn: Sketch, answer: Intersections, cells: tuple[Cell, ...], scale: float) -> None:
    middle = np.array([c.pooled * scale for c in cells])
    colours = [template.WORSE if c.stands_out and c.apart > 0 else template.OTHERS for c in cells]
    for colour in dict.fromkeys(colours):
        at = [i for i, other in enumerate(colours) if other == colour]
        drawn.scatter(
            x=middle[at],
            y=np.array([labelled_rows.mark_line(i) for i in at]),
            mode="markers",
            marker={"size": 11, "color": colour, "line": {"width": 1, "color": template.PAPER}},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": np.array([cells[i].pooled_upper * scale for i in at]) - middle[at],
                "arrayminus": middle[at] - np.array([cells[i].pooled_lower * scale for i in at]),
                "color": colour,
                "thickness": 2.5,
                "width": 0,
            },
            hoverinfo="text",
            hovertext=[escaping.chart(words.described(answer, cells[i])) for i in at],
        )


def _own(drawn: Sketch, answer: Intersections, cells: tuple[Cell, ...], scale: float) -> None:
    drawn.scatter(
        x=np.array([c.rate * scale for c in cells]),
        y=np.array([labelled_rows.mark_line(i) for i in range(len(cells))]),
        mode="markers",
        marker={"size": 9, "color": template.PAPER, "line": {"width": 1.5, "color": template.INK}},
        hoverinfo="text",
        hovertext=[escaping.chart(words.described(answer, c)) for c in cells],
    )


def _strength(answer: Intersections, cell: Cell) -> float:
    """How far the pooled rate is from everyone's, as a share of it, toward harm; plain where there are too few."""
    if not cell.visible or not answer.overall_rate:
        return np.nan
    if answer.measure.polarity == "neutral" or cell.reliability == "too_few":
        return 0.0
    apart = answer.measure.harm_sign * (cell.pooled - answer.overall_rate) / answer.overall_rate
    return float(np.clip(apart, -map_cells.STRONGEST, map_cells.STRONGEST))


def _fill(drawn: Sketch, answer: Intersections, cell: Cell, i: int, j: int) -> None:
    few = cell.reliability == "too_few"
    if cell.visible:
        own, pooled = (
            numbers.bare_rate(answer.measure, v, cell.column_n, answer.overall_rate) for v in (cell.rate, cell.pooled)
        )
        written = f"<b>{escaping.chart(own)}</b><br>{escaping.chart(pooled)}<br>{numbers.count(cell.n)}"
        if few:
            written = f"too few<br>{numbers.count(cell.n)}"
    else:
        _tile(drawn, answer, cell, i, j)
        written = "not<br>shown" if cell.shown == "hidden" else words.nobody_said(answer).lower().replace(" ", "<br>")
    drawn.annotate(
        name=map_cells.CELL,
        text=written,
        x=j,
        y=i,
        bgcolor=template.PAPER if cell.shown == "hidden" else template.NOTHING,
        font={
            "size": template.SMALL if few or not cell.visible else template.TEXT,
            "color": template.MUTED if few or not cell.visible else template.INK,
        },
    )
    if cell.stands_out:
        _frame(drawn, i, j)


def _frame(drawn: Sketch, i: int, j: int) -> None:
    """A frame around a cell that stands out."""
    tall = (ROW_HEIGHT - map_cells.BETWEEN) / ROW_HEIGHT / 2
    x = np.array([j - 0.47, j + 0.47, j + 0.47, j - 0.47, j - 0.47])
    y = np.array([i - tall, i - tall, i + tall, i + tall, i - tall])
    drawn.scatter(x=x, y=y, mode="lines", line={"color": template.INK, "width": 2}, hoverinfo="skip")


def _tile(drawn: Sketch, answer: Intersections, cell: Cell, i: int, j: int) -> None:
    tall = (ROW_HEIGHT - map_cells.BETWEEN) / ROW_HEIGHT
    drawn.bar(
        x=np.array([j]),
        y=np.array([tall]),
        base=np.array([i - tall / 2]),
        width=0.94,
        marker=template.HATCHED if cell.shown == "hidden" else template.OUTLINED,
        hoverinfo="text",
        hovertext=escaping.chart(words.described(answer, cell)),
    )
