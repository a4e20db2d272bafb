"""Labels at the ends of lines, pushed apart so that none covers another."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from equity.charts import template
from equity.charts.sketch import Sketch
from equity.words import escaping

END: Final = "end of a line"
"""What such a label is called in the figure."""

LINE_HEIGHT, BETWEEN = 13, 4
_WIDTH = 17
_MOST_LINES = 3


@dataclass(frozen=True)
class EndLabel:
    """A label that wants to stand at a height of the panel."""

    text: str
    at: float
    colour: str
    strong: bool = False

    @property
    def lines(self) -> list[str]:
        """The text wrapped to the margin."""
        return wrapped(self.text, _WIDTH, _MOST_LINES)


def wrapped(text: str, width: int, most: int) -> list[str]:
    """Text in at most so many lines of so many characters."""
    return textwrap.wrap(escaping.one_line(text), width, max_lines=most, placeholder="…") or [""]


def spread_apart(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Heights as near the wanted ones as can be, of labels of these sizes, inside low and high and not overlapping.

    All in one unit. When there is no room for all, they fill the space in order from the top.
    """
    order = sorted(range(len(wanted)), key=lambda i: -wanted[i])
    placed = list(wanted)
    ceiling = high
    for i in order:
        placed[i] = min(wanted[i], ceiling - sizes[i] / 2)
        ceiling = placed[i] - sizes[i] / 2
    floor = low
    for i in reversed(order):
        placed[i] = max(placed[i], floor + sizes[i] / 2)
        floor = placed[i] + sizes[i] / 2
    return placed


def write(drawn: Sketch, labels: Sequence[EndLabel], low: float, high: float, pixels: float, yref: str = "y") -> None:
    """Write the labels right of a panel whose y axis runs from low to high over so many pixels."""
    unit = (high - low) / pixels
    sizes = [(len(label.lines) * LINE_HEIGHT + BETWEEN) * unit for label in labels]
    heights = spread_apart([label.at for label in labels], sizes, low - 20 * unit, high + 20 * unit)
    for label, height in zip(labels, heights, strict=True):
        text = "<br>".join(escaping.chart(line) for line in label.lines)
        drawn.annotate(
            name=END,
            text=f"<b>{text}</b>" if label.strong else text,
            x=1,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=height,
            yref=yref,
            yanchor="middle",
            align="left",
            font={"size": template.SMALL, "color": label.colour},
        )
