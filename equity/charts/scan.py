"""The scan: measures × groupings as a map, and the ranked list with how sure each place in it is."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts import areas as area_charts
from equity.charts.parts import asking, labelled_rows, template
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import Areas
from equity.words import escaping, measures, numbers
from equity.words.answers import areas as area_words
from equity.words.answers import scan as words
from equity.words.answers.areas import Placed
from equity.words.cached_per_answer import cached_per_answer


@cached_per_answer
def heat_map(answer: Areas) -> go.Figure:
    """Measures as rows, groupings as columns; each cell the clear gap that touches most people, and how many."""
    return area_charts.mapped([m.name for m in answer.measures], answer.stratifiers, words.cells(answer))


@cached_per_answer
def ranked(answer: Areas, most: int = 12) -> go.Figure:
    """The clear gaps that touch most people, each a dot with its interval, and the ranks that it could have.

    Hollow dots stand on groupings that are known for less than 95 %. Waiting times are not people: not here.
    """
    gaps = [e for e in area_words.clear(answer) if e.compared.has_excess][:most]
    rows = [e.compared.row for e in gaps]
    low, high = labelled_rows.padded(
        [v for r in rows for v in (0.0, r.excess_lower, r.excess_upper, r.excess)] or [0.0, 1.0], 0.0
    )
    title = "Affected; hollow: group not known for over 5%" if any(words.incomplete(e) for e in gaps) else "Affected"
    drawn = labelled_rows.rows_figure([_line(e, i == 0) for i, e in enumerate(gaps)], low, high, title, top=8)
    if gaps:
        _dots(drawn, gaps)
    return drawn.figure()


def _line(placed: Placed, first: bool) -> Line:
    c = placed.compared
    return Line(
        f"{measures.heading(c.measure)}: {c.row.group}",
        figure=numbers.whole(c.row.excess),
        below=words.short_place(placed),
        strong=first,
    )


def _dots(drawn: Sketch, gaps: list[Placed]) -> None:
    rows = [e.compared.row for e in gaps]
    middle = np.array([r.excess for r in rows])
    drawn.scatter(
        x=middle,
        y=np.array([labelled_rows.mark_line(i) for i in range(len(gaps))]),
        mode="markers",
        marker={
            "size": 11,
            "color": [template.PAPER if words.incomplete(e) else template.WORSE for e in gaps],
            "line": {"width": 2, "color": template.WORSE},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": np.nan_to_num(np.array([r.excess_upper for r in rows]) - middle),
            "arrayminus": np.nan_to_num(middle - np.array([r.excess_lower for r in rows])),
            "color": template.WORSE,
            "thickness": 2.5,
            "width": 0,
        },
        hoverinfo="text",
        hovertext=[escaping.chart(words.in_words(e)) for e in gaps],
        customdata=[
            asking.compared(c.measure.name, c.stratifier.name, c.row.group) for c in (e.compared for e in gaps)
        ],
    )
