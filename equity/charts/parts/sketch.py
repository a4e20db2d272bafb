"""A figure while it is being drawn: plain lists, turned into a Plotly figure once.

Plotly checks a whole figure again for every annotation that is added to it; a figure of ten rows has fifty. Collected
first and handed over unchecked, the same figure takes a millisecond; the tests hold every kind of figure against
Plotly's own checks (tests/charts/test_specifications.py).
"""

from __future__ import annotations

import threading
from typing import Any

import plotly.graph_objects as go

from equity.charts.parts import template

_BUILDING = threading.RLock()


class Drawn(go.Figure):  # type: ignore[misc]
    """A finished figure that nobody changes: it is sent as it was drawn, without being copied and searched first.

    It may be looked at by many at once. What Plotly builds around a figure's parts is built when somebody first reads
    one through Plotly.
    """

    def __init__(self, parts: dict[str, Any], **how: Any) -> None:
        self._parts, self._how, self._built = parts, how, False

    def __getattr__(self, name: str) -> Any:
        with _BUILDING:
            if not vars(self).get("_built", True):
                self._built = True
                super().__init__(self._parts, **self._how)
            elif name not in vars(self):
                raise AttributeError(name)
            return object.__getattribute__(self, name)

    def to_dict(self) -> dict[str, Any]:
        """The figure's parts as they were handed over."""
        return {"data": list(self._parts["data"]), "layout": self._parts["layout"]}


class Sketch:
    """Traces, annotations, labels, shapes and axes of one figure of a fixed height in pixels.

    The figure does not move under a finger (no zoom, no drag) and has no legend: labels stand at their marks.
    """

    def __init__(self, height: int, margin: dict[str, int]) -> None:
        self._traces: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []
        self._layout: dict[str, Any] = template.layout(height, margin)

    def scatter(self, **trace: Any) -> None:
        """Add points or lines; the attributes are those of Plotly's scatter."""
        self._traces.append({"type": "scatter", **trace})

    def bar(self, **trace: Any) -> None:
        """Add a tile; the attributes are those of Plotly's bar."""
        self._traces.append({"type": "bar", **trace})

    def heatmap(self, **trace: Any) -> None:
        """Add coloured cells; the attributes are those of Plotly's heatmap."""
        self._traces.append({"type": "heatmap", **trace})

    def annotate(self, **annotation: Any) -> None:
        """Write a text; the attributes are those of Plotly's annotation, without an arrow."""
        self._annotations.append({"showarrow": False, **annotation})

    def label(self, *, name: str, text: str, y: float, side: str, shift: float, font: dict[str, Any]) -> None:
        """Write a text at the height ``y`` of the y axis, flush with a side of the panel (``left`` or ``right``).

        ``shift`` moves it to the right by so many pixels. The text hangs on a shape without extent, which Plotly draws
        in a third of the time that an annotation takes: a figure of ten rows has thirty such texts, and is drawn twice.
        """
        self._shapes.append(
            {
                "type": "rect",
                "name": name,
                "xref": "paper",
                "xsizemode": "pixel",
                "xanchor": 0 if side == "left" else 1,
                "x0": shift,
                "x1": shift,
                "y0": y,
                "y1": y,
                "line": {"width": 0},
                "label": {"text": text, "textposition": f"middle {side}", "padding": 2, "font": font},
            }
        )

    def shape(self, **shape: Any) -> None:
        """Draw a line or a rectangle; the attributes are those of Plotly's shape."""
        self._shapes.append(shape)

    def axis(self, name: str, **axis: Any) -> None:
        """Set an axis (``xaxis``, ``yaxis2``) on top of what was set before."""
        self._layout[name] = {**self._layout.get(name, {}), **axis}

    def tell(self, **about: Any) -> None:
        """Tell the script that meets the marks about the figure: ``rows`` (how many, one unit of the y axis each; the
        arrow keys go from row to row), ``time`` (:func:`equity.charts.parts.asking.over_time`).
        """
        self._layout["meta"] = {**self._layout.get("meta", {}), **about}

    def figure(self) -> go.Figure:
        """The Plotly figure."""
        layout = {**self._layout, "annotations": self._annotations, "shapes": self._shapes}
        return Drawn({"data": self._traces, "layout": layout}, _validate=False)
