"""Clinical areas compared: a map of the clear gaps, and the list of those that touch most people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import asking, labelled_rows, map_cells, template
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import Areas
from equity.vocabulary import Stratifier
from equity.words import comparisons, escaping, groups, measures, numbers
from equity.words.answers import areas as words
from equity.words.answers.areas import Cell
from equity.words.cached_per_answer import cached_per_answer
from equity.words.labels.charts import CHART_TEXTS

ROW_HEIGHT, BOTTOM = 72, 46
_KEY = CHART_TEXTS["bold_people_visits_or_events_affected"]


@cached_per_answer
def heat_map(answer: Areas) -> go.Figure:
    """Clinical areas as rows, stratifiers as columns; each cell the worst clear gap and how many people it touches.

    The colour runs from blue over plain (no clear gap) to orange with the gap ÷ the reference's rate, up to one half.
    Hidden cells are hatched, cells without enough data outlined.
    """
    return mapped(answer.areas, answer.stratifiers, words.cells(answer))


def mapped(
    rows: Sequence[str], stratifiers: Sequence[Stratifier], by_cell: Mapping[tuple[str, str], Cell]
) -> go.Figure:
    """The map of these rows; ``by_cell`` by row and stratifier's key."""
    count, columns = max(1, len(rows)), len(stratifiers)
    heads = [groups.started(groups.label(stratifier)) for stratifier in stratifiers]
    top = map_cells.room_for_heads(heads)
    cells = [[by_cell[row, s.name] for s in stratifiers] for row in rows]
    drawn = Sketch(top + ROW_HEIGHT * count + BOTTOM, {"l": 4, "r": 4, "t": top, "b": BOTTOM})
    drawn.axis("xaxis", **template.hidden_axis(-0.5, columns - 0.5))
    drawn.axis("yaxis", **template.hidden_axis(count - 0.5, -0.5))
    map_cells.colour(
        drawn,
        [[_strength(c) for c in row] for row in cells],
        [[c.said for c in row] for row in cells],
        5,
        [[_ask(c) for c in row] for row in cells],
    )
    map_cells.name_rows(drawn, rows)
    for i, line in enumerate(cells):
        for j, cell in enumerate(line):
            _fill(drawn, cell, i, j)
    map_cells.head_columns(drawn, heads)
    map_cells.write_key(drawn, _KEY)
    return drawn.figure()


@cached_per_answer
def ranked(answer: Areas, most: int = 10) -> go.Figure:
    """The clear gaps that touch most people, each a dot with its interval. Waiting times are not people: not here."""
    gaps = words.countable(answer, most)
    lines = [
        Line(
            f"{measures.heading(c.measure)}: {c.row.group}",
            figure=numbers.whole(c.row.excess),
            below="events" if c.measure.kind == "rate" else c.counted,
            strong=i == 0,
        )
        for i, c in enumerate(gaps)
    ]
    values = [v for c in gaps for v in (0.0, c.row.excess_lower, c.row.excess_upper, c.row.excess)]
    low, high = labelled_rows.padded(values, 0.0)
    drawn = labelled_rows.rows_figure(lines, low, high, "People, visits or events affected", top=8)
    middle = np.array([c.row.excess for c in gaps])
    if gaps:
        drawn.scatter(
            x=middle,
            y=np.array([labelled_rows.mark_line(i) for i in range(len(gaps))]),
            mode="markers",
            marker={"size": 11, "color": template.WORSE, "line": {"width": 1, "color": template.PAPER}},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": np.nan_to_num(np.array([c.row.excess_upper for c in gaps]) - middle),
                "arrayminus": np.nan_to_num(middle - np.array([c.row.excess_lower for c in gaps])),
                "color": template.WORSE,
                "thickness": 2.5,
                "width": 0,
            },
            hoverinfo="text",
            hovertext=[escaping.chart(f"{measures.heading(c.measure)}, {comparisons.described(c)}") for c in gaps],
            customdata=[asking.compared(c.measure.name, c.stratifier.name, c.row.group) for c in gaps],
        )
    return drawn.figure()


def _ask(cell: Cell) -> asking.Ask:
    return asking.compared(cell.measure, cell.by, cell.group) if cell.measure else None


def _strength(cell: Cell) -> float:
    """The gap as a share of the reference's rate; plain where there is no clear one."""
    if cell.state == "gap":
        return float(np.clip(cell.relative, -map_cells.STRONGEST, map_cells.STRONGEST))
    return 0.0 if cell.state == "none" else np.nan


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
        name=map_cells.CELL,
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
    tall = (ROW_HEIGHT - map_cells.BETWEEN) / ROW_HEIGHT
    drawn.bar(
        x=np.array([j]),
        y=np.array([tall]),
        base=np.array([i - tall / 2]),
        width=0.94,
        marker=template.HATCHED if cell.state == "hidden" else template.OUTLINED,
        hoverinfo="text",
        hovertext=escaping.chart(cell.said),
    )
