"""A figure's specification as a person would check it: which texts, which marks, where."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import plotly.graph_objects as go


def texts(figure: go.Figure) -> list[str]:
    """Every text written on the figure, tags taken out."""
    written = [*figure.layout.annotations, *(label.label for label in labels(figure))]
    return [re.sub(r" ?<br>", " ", re.sub(r"</?b>", "", a.text)) for a in written]


def labels(figure: go.Figure, name: str | None = None) -> list[Any]:
    """The labels of rows (shapes that carry a text), all or those of one name, from the top."""
    found = [s for s in figure.layout.shapes if s.label.text and name in (None, s.name)]
    return sorted(found, key=lambda s: s.y0)


def marks(figure: go.Figure, colour: str | None = None) -> list[Any]:
    """The traces that draw points, all or those of one colour (hollow ones by their outline)."""
    found = [t for t in figure.data if t.type == "scatter" and "markers" in (t.mode or "")]
    return found if colour is None else [t for t in found if colour in (t.marker.color, t.marker.line.color)]


def lines(figure: go.Figure, colour: str) -> list[Any]:
    """The traces that draw lines of a colour."""
    return [t for t in figure.data if t.type == "scatter" and "lines" in (t.mode or "") and t.line.color == colour]


def tiles(figure: go.Figure) -> list[Any]:
    """The bars that stand where there is no number."""
    return [t for t in figure.data if t.type == "bar"]


def is_hatched(tile: Any) -> bool:
    return tile.marker.pattern.shape == "/"


def everything(figure: go.Figure) -> str:
    """The whole specification as text."""
    return str(figure.to_json())


def arrays(figure: go.Figure) -> list[Any]:
    """The x and y of every trace."""
    return [v for t in figure.data for v in (t.x, t.y) if v is not None]


def all_numpy(figure: go.Figure) -> bool:
    """Whether every x and y is a numpy array: lists are ten times slower to send."""
    return all(isinstance(v, np.ndarray) for v in arrays(figure))
