"""What happened when: thin verticals over a chart's periods, the words on top, each event on a line of its own."""

from __future__ import annotations

from collections.abc import Sequence

from equity.charts.parts import template
from equity.charts.parts.sketch import Sketch
from equity.words import escaping
from equity.words.answers.chart_frames import Event, event_label, place

LINE = 14
MOST_LINES = 3


def room(events: Sequence[Event]) -> int:
    """The pixels above a chart that the words of its events need."""
    return LINE * min(len(events), MOST_LINES)


def draw(
    drawn: Sketch, events: Sequence[Event], labels: Sequence[str], panels: Sequence[tuple[str, str]], length: int = 26
) -> None:
    """Draw the events of a chart whose points belong to these periods.

    ``panels`` are the (x, y) axes that the verticals cross; the words stand above the first, at most ``length``
    characters of each (0: the number alone, inside the panel). Beyond three events the later ones keep only a number.
    """
    for i, event in enumerate(events):
        first, last = place(event, labels)
        middle = (first + last) / 2
        for x, y in panels:
            _vertical(drawn, (first, last), x, y)
        in_right_half = middle > (len(labels) - 1) / 2
        alone = i >= MOST_LINES or not length
        drawn.annotate(
            text=escaping.chart(event_label(event, 0 if alone else length)),
            x=middle,
            xref=panels[0][0],
            y=1,
            yref=f"{panels[0][1]} domain",
            xanchor="center" if alone else "right" if in_right_half else "left",
            yanchor="bottom" if length else "top",
            yshift=LINE * (min(len(events), MOST_LINES) - 1 - min(i, MOST_LINES - 1)) if length else 0,
            xshift=0 if length else 6,
            font={"size": template.SMALL, "color": template.MUTED},
        )


def _vertical(drawn: Sketch, span: tuple[float, float], x: str, y: str) -> None:
    """A line at one period; a faint band and its first edge where the event is longer than a period of the chart."""
    line = {"color": template.MUTED, "width": 1, "dash": "dot"}
    placed = {"xref": x, "yref": f"{y} domain", "y0": 0, "y1": 1}
    if span[1] > span[0]:
        drawn.shape(
            type="rect", x0=span[0] - 0.5, x1=span[1] + 0.5, fillcolor=template.HAIR, opacity=0.35,
            line={"width": 0}, layer="below", **placed,
        )  # fmt: skip
        return
    drawn.shape(type="line", x0=span[0], x1=span[0], line=line, layer="below", **placed)
