"""What happened when: thin verticals over a chart's periods, the words on top, each event on a line of its own."""

from __future__ import annotations

from collections.abc import Sequence

from equity.charts import template
from equity.charts.sketch import Sketch
from equity.words import escaping
from equity.words.chart_frames import Event, event_label

LINE = 14
MOST_LINES = 3


def room(events: Sequence[Event]) -> int:
    """The pixels above a chart that the words of its events need."""
    return LINE * min(len(events), MOST_LINES)


def draw(drawn: Sketch, events: Sequence[Event], count: int, spans: Sequence[str], top: str, length: int = 26) -> None:
    """Draw the events of a chart of ``count`` periods.

    ``spans`` are the y axes of the panels that the verticals cross; the words stand above the panel of axis ``top``,
    at most ``length`` characters of each (0: the number alone). Beyond three events the later ones keep only a number.
    """
    for i, event in enumerate(events):
        middle = (event.first + event.last) / 2
        for y in spans:
            x = y.replace("y", "x") if y != "y2" or len(spans) == 1 else "x"
            _vertical(drawn, event, x, y)
        in_right_half = middle > (count - 1) / 2
        alone = i >= MOST_LINES or not length
        drawn.annotate(
            text=escaping.chart(event_label(event, 0 if alone else length)),
            x=middle,
            xref=top.replace("y", "x"),
            y=1,
            yref=f"{top} domain",
            xanchor="center" if alone else "right" if in_right_half else "left",
            yanchor="bottom",
            yshift=LINE * (min(len(events), MOST_LINES) - 1 - min(i, MOST_LINES - 1)) if length else 0,
            font={"size": template.SMALL, "color": template.MUTED},
        )


def _vertical(drawn: Sketch, event: Event, x: str, y: str) -> None:
    """A line at one period; a faint band and its first edge where the event is longer than a period of the chart."""
    line = {"color": template.MUTED, "width": 1, "dash": "dot"}
    placed = {"xref": x, "yref": f"{y} domain", "y0": 0, "y1": 1}
    if event.last > event.first:
        drawn.shape(
            type="rect", x0=event.first - 0.5, x1=event.last + 0.5, fillcolor=template.HAIR, opacity=0.35,
            line={"width": 0}, layer="below", **placed,
        )  # fmt: skip
        return
    drawn.shape(type="line", x0=event.first, x1=event.first, line=line, layer="below", **placed)
