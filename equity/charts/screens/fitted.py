"""A figure for a window that is wide and low, such as a shared screen of 1280 by 720: whole under its sentence.

On a page, which may be a phone, the words of a row stand over its marks. In such a window they stand beside them, and
the figure is as low as it can be read. What it shows is not changed. `equity/server/charts/draw.js` picks one of the
two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from equity.charts.over_time import trends
from equity.charts.parts import labelled_rows, line_ends, map_cells, template
from equity.charts.parts.sketch import Drawn
from equity.charts.screens.presented import (
    Cells,
    bars_on_their_line,
    beside_the_cells,
    copied,
    line_of,
    part_panels,
    wrap_labels,
)
from equity.words.cached_per_answer import cached_per_answer

HEIGHT: Final = 380
"""What the title, the question, the answer and the card's own title leave of 720 pixels."""

LOW: Final = "(min-width: 1024px) and (max-height: 800px)"
"""Such a window, as style sheets ask for it (`equity/ui/style.css`)."""

WIDE_ENOUGH: Final = 560
"""The least width in pixels that leaves room for marks between the words."""

ROW_AT_LEAST, BOTTOM, RATES_FROM = 28, 42, 0.46
AIRY_ROW, FAR_TOO_MANY = 36, 1.5
"""So high are rows with names of two lines where they take so many windows: whoever scrolls anyway reads better."""

LEFT_AT_MOST, RIGHT_AT_LEAST, RIGHT_AT_MOST, NAMES_RIGHT, NAME_LETTERS = 200, 88, 190, 205, 32
LETTER, SMALL_LETTER = 5.6, 5.7
"""How wide a letter of a label, and of the figures beside the marks, is on average in pixels."""

MANY: Final = 1_000
"""More rows than a map has: cells keep their lines under each other, since columns are narrow here."""

CELLS: Final = Cells(left=150, height=HEIGHT, row=34, deep_row=46, letters=22, joined_above=MANY)
_ASIDE, _RAISED = 0.2, 0.04
"""How far the two lines at the right stand from the middle of a row's marks, and are raised, in rows."""


@cached_per_answer
def fitted(figure: go.Figure) -> go.Figure | None:
    """The figure as it stands in such a window; None where it fits as it is, or has no form that is lower."""
    parts = figure.to_dict()
    if parts["layout"]["height"] <= HEIGHT:
        return None
    names = {part.get("name") for kind in ("annotations", "shapes") for part in parts["layout"].get(kind, ())}
    for name, arrange in _ARRANGED.items():
        if name in names:
            drawn = copied(parts)
            arrange(drawn)
            return Drawn(drawn, _validate=False)
    return None


def _rows(drawn: dict[str, Any]) -> None:
    """Labels left of the marks, figures right of them in two lines."""
    layout = drawn["layout"]
    texts = [shape for shape in layout["shapes"] if shape.get("name") in _TEXTS]
    longest = {name: max((_letters(t) for t in texts if t["name"] == name), default=0) for name in _TEXTS}
    left = min(LEFT_AT_MOST, 14 + LETTER * longest[labelled_rows.LABEL])
    beside = max(longest[labelled_rows.BESIDE], longest[labelled_rows.ABOVE])
    right = min(RIGHT_AT_MOST, max(RIGHT_AT_LEAST, 16 + SMALL_LETTER * beside))
    layout["margin"] |= {"l": left, "r": right, "b": min(BOTTOM, layout["margin"]["b"])}
    around, count = layout["margin"]["t"] + layout["margin"]["b"], int(layout["yaxis"]["range"][0])
    wrap_labels(layout["shapes"], labelled_rows.LABEL, int((left - 8) / LETTER), 2)
    row = max(ROW_AT_LEAST, (HEIGHT - around) / count)
    if around + row * count > FAR_TOO_MANY * HEIGHT and any("<br>" in t["label"]["text"] for t in _named(texts)):
        row = AIRY_ROW
    layout["height"] = around + row * count
    two = {int(shape["y0"]) for shape in texts if shape["name"] == labelled_rows.ABOVE}
    for shape in texts:
        _place(shape, left, right, int(shape["y0"]) in two, row)
    _keep_apart(drawn, labelled_rows.ROW_HEIGHT / row)
    bars_on_their_line(drawn)


def _place(shape: dict[str, Any], left: float, right: float, two: bool, high: float) -> None:
    """A text of a row in its place; ``two`` where words stand with the figures at the right; rows are so high."""
    label, row = shape["label"], int(shape["y0"])
    middle = labelled_rows.mark_line(row)
    if shape["name"] == labelled_rows.LABEL:
        label["padding"] = 0
        label["font"] = {**label["font"], "size": label["font"]["size"] - 1}
        at = line_of(shape, high)
        shape |= {"x0": -left, "x1": -left, "y0": at, "y1": at}
        return
    up = -_ASIDE if shape["name"] == labelled_rows.BESIDE else _ASIDE
    at = middle - _RAISED + (up if two else 0.0)
    label |= {"text": label["text"].replace("<br>", "  ")}
    label["font"] = {**label["font"], "size": min(11, label["font"]["size"])}
    shape |= {"x0": right - 4, "x1": right - 4, "y0": at, "y1": at}


def _keep_apart(drawn: dict[str, Any], by: float) -> None:
    """Marks that stand under or over the line of their row stay as many pixels from it as in a higher row."""
    for trace in drawn["data"]:
        if trace["type"] == "scatter" and trace.get("mode") == "markers":
            heights = np.asarray(trace["y"], dtype=np.float64)
            lines = np.floor(heights) + labelled_rows.mark_line(0)
            trace["y"] = lines + np.clip((heights - lines) * by, -0.4, 0.25)


def _cells(drawn: dict[str, Any]) -> None:
    beside_the_cells(drawn, CELLS)
    for note in drawn["layout"]["annotations"]:
        if note.get("name") == map_cells.CELL:  # three lines of a label's size are higher than a cell
            note["font"] = {**note["font"], "size": template.SMALL}


def _lines(drawn: dict[str, Any]) -> None:
    """The names at the ends of lines on one line each, and apart again in a lower panel."""
    layout = drawn["layout"]
    layout["height"] = HEIGHT
    layout["margin"] |= {"r": max(NAMES_RIGHT, layout["margin"]["r"]), "b": min(BOTTOM, layout["margin"]["b"])}
    line_ends.join_names(layout, NAME_LETTERS)
    if list(layout["yaxis"].get("domain", ())) == list(trends.RATES):
        part_panels(layout, RATES_FROM)
    line_ends.apart_again(layout)


def _named(texts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [shape for shape in texts if shape["name"] == labelled_rows.LABEL]


def _letters(shape: dict[str, Any]) -> int:
    return len(labelled_rows.plain(shape["label"]["text"].replace("<br>", "  ")))


_TEXTS = (labelled_rows.LABEL, labelled_rows.ABOVE, labelled_rows.BESIDE)
_ARRANGED: Final = {labelled_rows.LABEL: _rows, map_cells.ROW_NAME: _cells, line_ends.END: _lines}
