"""What maps of cells share: the colours of the cells, the names of rows over them and of columns at the top.

Row *i* spans *i* − ½ to *i* + ½ on a reversed y axis; its name stands at the upper edge, its cells fill the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from equity.charts.parts import line_ends, template
from equity.charts.parts.asking import Ask
from equity.charts.parts.sketch import Sketch
from equity.words import escaping
from equity.words.shortened import shortened

BETWEEN: Final = 26
"""The room over the cells of a row in pixels, for its name."""

STRONGEST: Final = 0.5
"""The strength at which the colour is full: half of what is compared with."""

HEADS: Final = 40
"""The room over a map for the names of its columns, in two lines."""

LIFT: Final = 28
"""How much higher every other name stands where they are crowded."""

LETTERS_ON_A_PHONE: Final = 54
"""How many small letters go side by side over a map that is as wide as a phone allows."""

ROW_NAME, COLUMN_NAME, CELL, KEY = "row name", "column name", "cell", "key"
_STOPS = (0.0, 0.18, 0.34, 0.47, 0.499, 0.501, 0.53, 0.66, 0.82, 1.0)  # plain only where there is no gap


def colour(
    drawn: Sketch,
    strengths: Sequence[Sequence[float]],
    said: Sequence[Sequence[str]],
    apart: int,
    asked: Sequence[Sequence[Ask]] = (),
) -> None:
    """Colour the cells from better (−½) over plain to worse (+½), NaN not at all; ``said`` reads each cell aloud.

    ``apart`` is the room between columns in pixels; ``asked`` is what each cell is asked.
    """
    z = np.array(strengths, dtype=np.float64)
    if not np.isfinite(z).any():
        return
    drawn.heatmap(
        z=z,
        zmin=-STRONGEST,
        zmax=STRONGEST,
        colorscale=[list(stop) for stop in zip(_STOPS, template.DIVERGING, strict=True)],
        showscale=False,
        xgap=apart,
        ygap=BETWEEN,
        hoverongaps=False,
        hoverinfo="text",
        hovertext=[[escaping.chart(text) for text in row] for row in said],
        **({"customdata": [list(row) for row in asked]} if asked else {}),
    )


def name_rows(drawn: Sketch, names: Sequence[str]) -> None:
    """The name of each row, none like another."""
    for i, name in enumerate(shortened(names, 50)):
        drawn.annotate(
            name=ROW_NAME,
            text=f"<b>{escaping.chart(name)}</b>",
            x=0,
            xref="paper",
            y=i - 0.5,
            xanchor="left",
            yanchor="middle",
            font={"size": template.TEXT, "color": template.INK},
        )


def room_for_heads(labels: Sequence[str]) -> int:
    """The room over the map for the names of its columns, in pixels."""
    return HEADS + (LIFT if _crowded(labels) else 0)


def head_columns(drawn: Sketch, labels: Sequence[str]) -> None:
    """The names of the columns; where two would touch on a phone, every other one stands higher."""
    crowded = _crowded(labels)
    for j, lines in enumerate(_heads(labels)):
        drawn.annotate(
            name=COLUMN_NAME,
            text="<br>".join(escaping.chart(line) for line in lines),
            x=j,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=12 + (LIFT if crowded and j % 2 else 0),
            font={"size": template.SMALL, "color": template.MUTED},
        )


def _heads(labels: Sequence[str]) -> list[list[str]]:
    return line_ends.wrapped_apart(labels, 10, 2)


def _crowded(labels: Sequence[str]) -> bool:
    """Whether two names side by side are wider than their columns on a phone."""
    widths = [max(map(len, lines)) for lines in _heads(labels)]
    return any(one + other > 2 * LETTERS_ON_A_PHONE / len(labels) for one, other in pairwise(widths))


def write_key(drawn: Sketch, text: str) -> None:
    """What the cells mean, under them; ``text`` is our own and may break lines."""
    drawn.annotate(
        name=KEY,
        text=text,
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
