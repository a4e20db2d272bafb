"""Dots with their intervals, in one look."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from equity.charts.parts import asking, template
from equity.charts.parts.sketch import Sketch
from equity.words import escaping


def dots(
    drawn: Sketch,
    heights: Sequence[float],
    values: Sequence[tuple[float, float, float]],
    said: Sequence[str],
    asked: Sequence[asking.Ask],
    colour: str,
    symbol: str,
    hollow: bool,
) -> None:
    """Dots with their intervals: value, lower and upper each."""
    if not values:
        return
    middle, lower, upper = np.array(values).T
    drawn.scatter(
        x=middle,
        y=np.array(heights),
        mode="markers",
        marker={
            "size": 11,
            "color": template.PAPER if hollow else colour,
            "symbol": symbol,
            "line": {"width": 2 if hollow else 1, "color": colour if hollow else template.PAPER},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": np.nan_to_num(upper - middle),
            "arrayminus": np.nan_to_num(middle - lower),
            "color": colour,
            "thickness": 2.5,
            "width": 0,
        },
        hoverinfo="text",
        hovertext=[escaping.chart(s) for s in said],
        customdata=list(asked),
    )
