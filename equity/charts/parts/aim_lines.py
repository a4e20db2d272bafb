"""The lines of aims on a chart over time: dashed, from the baseline to the target, named where they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from equity.charts.parts import template
from equity.charts.parts.line_ends import EndLabel
from equity.charts.parts.sketch import Sketch
from equity.improvement.aim_line import AimLine, Placed, placed
from equity.vocabulary import Measure
from equity.words import numbers
from equity.words.work import aims as words


@dataclass(frozen=True)
class Way:
    """One aim as it is drawn: its line in the chart's own units, and the words at its end."""

    at: Placed
    label: str


def on(lines: Sequence[AimLine], measure: Measure, periods: Sequence[str]) -> tuple[Way, ...]:
    """The lines among a chart's periods, cut at the chart's end; those that begin after it are left out."""
    scale = numbers.display_scale(measure)
    ways = []
    for line in lines:
        at = placed(line, periods)
        if at.x[0] < len(periods) - 1 and at.x[1] > 0:
            at = at.cut_at(len(periods) - 1)
            ways.append(Way(Placed(at.x, (at.y[0] * scale, at.y[1] * scale)), words.line_label(measure, line)))
    return tuple(ways)


def reach(ways: Sequence[Way], low: float, high: float) -> tuple[float, float]:
    """A chart's range, wide enough for the lines."""
    heights = [height for way in ways for height in way.at.y]
    return min([low, *heights]), max([high, *heights])


def draw(drawn: Sketch, way: Way, yaxis: str) -> EndLabel:
    """Draw one line, and give the label for its end."""
    drawn.scatter(
        x=np.array(way.at.x),
        y=np.array(way.at.y),
        yaxis=yaxis,
        mode="lines+markers",
        line={"color": template.INK, "width": 1.5, "dash": "dash"},
        marker={"size": 6, "color": template.INK, "symbol": "diamond"},
        hoverinfo="text",
        hovertext=[way.label, way.label],
        name="aim",
    )
    return EndLabel(way.label, way.at.y[1], template.INK)
