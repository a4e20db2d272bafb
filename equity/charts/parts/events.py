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
    for span in dict.fromkeys(place(event, labels) for event in events):
        for x, y in panels:
            _vertical(drawn, span, x, y)
    named = events[:MOST_LINES] if length else ()
    above = min(len(events), MOST_LINES) - 1
    for line, event in enumerate(named):
        middle = sum(place(event, labels)) / 2
        side = "right" if middle > (len(labels) - 1) / 2 else "left"
        _written(drawn, event_label(event, length), middle, panels[0], side, LINE * (above - line))
    for i, (span, numbers) in enumerate(_numbers(events[len(named) :], labels).items()):
        middle = sum(span) / 2
        if length:
            _written(drawn, numbers, middle, panels[0], "center", 0)
        else:  # inside the panel, neighbours one below the other
            side = "right" if middle > len(labels) - 1.5 else "left"
            _written(drawn, numbers, middle, panels[0], side, -LINE * (1 + i % MOST_LINES))


def _numbers(events: Sequence[Event], labels: Sequence[str]) -> dict[tuple[float, float], str]:
    """The numbers of events by where they stand; of several in one place "1, 2"."""
    numbers: dict[tuple[float, float], list[str]] = {}
    for event in events:
        numbers.setdefault(place(event, labels), []).append(event_label(event, 0))
    return {span: ", ".join(there) for span, there in numbers.items()}


def _written(drawn: Sketch, text: str, middle: float, panel: tuple[str, str], side: str, above: int) -> None:
    """A label at a vertical, its foot so many pixels above the top of its panel, or below it."""
    x, y = panel
    drawn.annotate(
        text=escaping.chart(text),
        x=middle,
        xref=x,
        y=1,
        yref=f"{y} domain",
        xanchor=side,
        yanchor="bottom",
        yshift=above,
        xshift={"left": 4, "right": -4}.get(side, 0) if above < 0 else 0,
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
