"""A question of one's own, drawn: dots with intervals, bars of counts, lines along the time, a map of cells."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from equity.charts.parts import labelled_rows, line_ends, map_cells, template, time_axis
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.line_ends import EndLabel
from equity.charts.parts.sketch import Sketch
from equity.explore.asked import RUNNING
from equity.explore.explored import Explored
from equity.words import escaping, judgements, measures, numbers
from equity.words.answers import explore as words
from equity.words.answers.explore import Cell

Floats = npt.NDArray[np.float64]

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 420, 26, 46, 48, 122
MAP_ROW, MAP_BOTTOM, MOST_ACROSS = 76, 52, 12
MOST_LINES = 10


def draw(answer: Explored) -> go.Figure:
    """The picture in the way that was asked for; a table is presented as dots, a map too wide for a page likewise."""
    drawing = answer.asked.drawing
    if drawing == "map" and len(_sides(answer)[1]) > MOST_ACROSS:
        return dots(answer)
    return {"lines": lines, "counts": counts, "map": cell_map}.get(drawing, dots)(answer)


def dots(answer: Explored) -> go.Figure:
    """A row a cell: rate with interval; hollow where there are too few people to read it."""
    cells, scale = words.drawn_cells(answer), numbers.display_scale(answer.measure)
    seen = [(i, c) for i, c in enumerate(cells) if c.visible]
    readable = [c for _, c in seen if not c.few] or [c for _, c in seen]
    reach = [v * scale for c in readable for v in (c.lower, c.upper)] + [c.rate * scale for _, c in seen]
    bounded = (None, None) if answer.measure.kind == "mean" else (0.0, _ceiling(answer))
    low, high = labelled_rows.padded(reach, *bounded)
    drawn = labelled_rows.rows_figure([_line(answer, c) for c in cells], low, high, _axis(answer), _suffix(answer))
    for few in (False, True):
        _marks(drawn, answer, [(i, c) for i, c in seen if c.few == few], few, (low, high))
    return drawn.figure()


def counts(answer: Explored) -> go.Figure:
    """A bar a cell: how many it stands on."""
    cells = words.drawn_cells(answer)
    there = [(i, c) for i, c in enumerate(cells) if numbers.known(c.n) and c.n > 0]
    most = max((c.n for _, c in there), default=1.0)
    rows = [Line(c.label, figure=numbers.count(c.n) if numbers.known(c.n) else numbers.MISSING) for c in cells]
    drawn = labelled_rows.rows_figure(rows, 0.0, most * 1.04, f"n, {measures.heading(answer.measure)}")
    drawn.bar(
        x=np.array([c.n for _, c in there]),
        y=np.array([labelled_rows.mark_line(i) for i, _ in there]),
        width=0.36,
        orientation="h",
        marker={"color": template.OTHERS},
        hoverinfo="text",
        hovertext=[escaping.chart(words.described(answer, c)) for _, c in there],
    )
    return drawn.figure()


def lines(answer: Explored) -> go.Figure:
    """A line for each group of people; a hole where there are too few of them, the dot there hollow."""
    along = next(i for i, each in enumerate(answer.asked.groupings) if each.part in RUNNING)
    every = words.cells(answer)
    times = sorted({c.values[along] for c in every})
    by: dict[str, dict[str, Cell]] = {}
    for cell in (c for c in every if c.kind in ("group", "other")):
        name = ", ".join(n for i, n in enumerate(cell.names) if i != along) or "Everyone"
        by.setdefault(name, {})[cell.values[along]] = cell
    largest = sorted(by, key=lambda name: -sum(np.nan_to_num(c.n) for c in by[name].values()))[:MOST_LINES]
    scale = numbers.display_scale(answer.measure)
    chosen = {name: by[name] for name in by if name in largest}
    reach = [c.rate * scale for own in chosen.values() for c in own.values() if c.visible and not c.few]
    bounded = (None, None) if answer.measure.kind == "mean" else (0.0, _ceiling(answer))
    low, high = labelled_rows.padded(reach, *bounded)
    drawn = Sketch(HEIGHT, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    at, texts = time_axis.ticks(times)
    drawn.axis("xaxis", **template.quiet_axis(range=[-0.4, len(times) - 0.6], tickvals=at, ticktext=texts))
    drawn.axis("yaxis", **template.quiet_axis(range=[low, high], nticks=5, ticksuffix=_suffix(answer), showgrid=True))
    drawn.axis("yaxis", gridcolor=template.HAIR)
    ends = []
    focus = _most_harmed(answer, chosen)
    for name, own in chosen.items():
        values = np.array([_readable(own.get(t), scale) for t in times])
        strong = name == focus
        _one_line(drawn, answer, times, own, values, strong)
        last = np.flatnonzero(np.isfinite(values))
        if last.size:
            ends.append(EndLabel(name, float(values[last[-1]]), template.FOCUS if strong else template.MUTED, strong))
    line_ends.write(drawn, ends, low, high, HEIGHT - TOP - BOTTOM)
    drawn.annotate(
        text=escaping.chart(_axis(answer)), x=0, xref="paper", y=1, yref="paper", xanchor="left", yanchor="bottom",
        yshift=6, font={"size": template.SMALL, "color": template.MUTED},
    )  # fmt: skip
    return drawn.figure()


def cell_map(answer: Explored) -> go.Figure:
    """Two groupings crossed, the one with fewer values across; colored by the distance from all cells together."""
    rows, columns, at = _grid(answer)
    every = list(at.values())
    seen = [c for c in every if c.visible]
    total = sum(c.x for c in seen) / (sum(c.n for c in seen) or 1.0)
    top = map_cells.room_for_heads(columns)
    count = max(1, len(rows))
    drawn = Sketch(top + MAP_ROW * count + MAP_BOTTOM, {"l": 4, "r": 4, "t": top, "b": MAP_BOTTOM})
    drawn.axis("xaxis", **template.hidden_axis(-0.5, len(columns) - 0.5))
    drawn.axis("yaxis", **template.hidden_axis(count - 0.5, -0.5))
    grid = [[at.get((r, c)) for c in columns] for r in rows]
    map_cells.colour(
        drawn,
        [[_strength(answer, cell, total) for cell in row] for row in grid],
        [[words.described(answer, cell) if cell else numbers.MISSING for cell in row] for row in grid],
        4,
    )
    map_cells.name_rows(drawn, rows)
    for i, row in enumerate(grid):
        for j, one in enumerate(row):
            _fill(drawn, answer, one, i, j)
    map_cells.head_columns(drawn, columns)
    map_cells.write_key(drawn, words.MAP_KEY)
    return drawn.figure()


def _sides(answer: Explored) -> tuple[list[str], list[str]]:
    sides = [list(dict.fromkeys(c.names[i] for c in words.cells(answer))) for i in (0, 1)]
    down, across = sorted(sides, key=lambda names: -len(names))
    return down, across


def _grid(answer: Explored) -> tuple[list[str], list[str], dict[tuple[str, str], Cell]]:
    """The names of rows and columns, and the cell of each pair of names."""
    every = words.cells(answer)
    first, second = (list(dict.fromkeys(c.names[i] for c in every)) for i in (0, 1))
    if len(first) >= len(second):
        return first, second, {(c.names[0], c.names[1]): c for c in every}
    return second, first, {(c.names[1], c.names[0]): c for c in every}


def _marks(
    drawn: Sketch, answer: Explored, cells: list[tuple[int, Cell]], few: bool, ends: tuple[float, float]
) -> None:
    if not cells:
        return
    scale = numbers.display_scale(answer.measure)
    middle = np.array([c.rate * scale for _, c in cells])
    lower = np.clip(np.array([c.lower * scale for _, c in cells]), ends[0], None)
    upper = np.clip(np.array([c.upper * scale for _, c in cells]), None, ends[1])
    color = template.MUTED if few else template.OTHERS
    drawn.scatter(
        x=middle,
        y=np.array([labelled_rows.mark_line(i) for i, _ in cells]),
        mode="markers",
        marker={"size": 10, "color": template.PAPER if few else color, "line": {"width": 1.5, "color": color}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": np.maximum(upper - middle, 0.0),
            "arrayminus": np.maximum(middle - lower, 0.0),
            "color": color,
            "thickness": 1 if few else 2.5,
            "width": 0,
        },
        hoverinfo="text",
        hovertext=[escaping.chart(words.described(answer, c)) for _, c in cells],
    )


def _one_line(
    drawn: Sketch, answer: Explored, times: list[str], own: dict[str, Cell], values: Floats, strong: bool
) -> None:
    color, place = template.FOCUS if strong else template.FAINT, np.arange(len(times), dtype=np.float64)
    said = [escaping.chart(words.described(answer, own[t])) if t in own else "" for t in times]
    drawn.scatter(
        x=place, y=values, mode="lines+markers", line={"color": color, "width": 3 if strong else 1.5},
        marker={"size": 7 if strong else 5, "color": color},
        connectgaps=False, hoverinfo="text", hovertext=said,
    )  # fmt: skip
    few = [i for i, t in enumerate(times) if t in own and own[t].few]
    if few:
        scale = numbers.display_scale(answer.measure)
        drawn.scatter(
            x=place[few], y=np.array([own[times[i]].rate * scale for i in few]), mode="markers",
            marker={"size": 7, "color": template.PAPER, "line": {"width": 1.5, "color": template.MUTED}},
            hoverinfo="text", hovertext=[said[i] for i in few],
        )  # fmt: skip


def _most_harmed(answer: Explored, by: dict[str, dict[str, Cell]]) -> str:
    """The line that stands out: the one with the rate toward harm over all its periods; the first where neutral."""

    def level(name: str) -> float:
        seen = [c for c in by[name].values() if c.visible]
        total = sum(c.n for c in seen)
        return answer.measure.harm_sign * sum(c.x for c in seen) / total if total else float("-inf")

    return next(iter(by), "") if answer.measure.polarity == "neutral" else max(by, key=level, default="")


def _readable(cell: Cell | None, scale: float) -> float:
    return cell.rate * scale if cell is not None and cell.visible and not cell.few else float("nan")


def _line(answer: Explored, cell: Cell) -> Line:
    few = judgements.RELIABILITY["too_few"]
    return Line(
        cell.label,
        above=f"{few.mark} {few.word}" if cell.few else "",
        above_colour=template.MUTED,
        figure=numbers.bare_rate(answer.measure, cell.rate, cell.column_n) if cell.visible else "",
        below=numbers.count(cell.n) if cell.visible else "",
        absent=_absent(answer, cell),
        hatched=cell.shown == "hidden",
    )


def _absent(answer: Explored, cell: Cell) -> str:
    return "" if cell.visible else judgements.absence(cell.shown, answer.choices) or numbers.MISSING


def _strength(answer: Explored, cell: Cell | None, total: float) -> float:
    if cell is None or not cell.visible or not total:
        return float("nan")
    if cell.few or answer.measure.polarity == "neutral":
        return 0.0
    apart = answer.measure.harm_sign * (cell.rate - total) / abs(total)
    return float(np.clip(apart, -map_cells.STRONGEST, map_cells.STRONGEST))


def _fill(drawn: Sketch, answer: Explored, cell: Cell | None, i: int, j: int) -> None:
    few = cell is None or not cell.visible or cell.few
    if cell is None:
        text = "no<br>data"
    elif not cell.visible:
        text = "not<br>shown" if cell.shown == "hidden" else "no<br>data"
    elif cell.few:
        text = f"too few<br>{numbers.count(cell.n)}"
    else:
        rate = escaping.chart(numbers.bare_rate(answer.measure, cell.rate, cell.column_n))
        text = f"<b>{rate}</b><br>{numbers.count(cell.n)}"
    drawn.annotate(
        name=map_cells.CELL, text=text, x=j, y=i,
        font={"size": template.SMALL if few else template.TEXT, "color": template.MUTED if few else template.INK},
    )  # fmt: skip


def _ceiling(answer: Explored) -> float | None:
    return 100.0 if answer.measure.kind == "proportion" else None


def _suffix(answer: Explored) -> str:
    return "%" if answer.measure.kind == "proportion" else ""


def _axis(answer: Explored) -> str:
    unit = numbers.unit(answer.measure)
    return f"{measures.heading(answer.measure)}{f', {unit}' if unit else ''}"
