"""Lines over periods: a line with holes, its band, and the points with too few people to read alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from equity.charts.parts import asking, time_axis
from equity.charts.parts.sketch import Sketch
from equity.words import escaping

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class TrendSeries:
    """One group over time: arrays a period, NaN in a hole, scaled as on the axis; ``said`` reads each point aloud.

    ``few`` marks the points with too few people to read alone.
    """

    group: str
    kind: str
    rate: Floats
    lower: Floats
    upper: Floats
    gap: Floats
    gap_lower: Floats
    gap_upper: Floats
    few: npt.NDArray[np.bool_]
    hidden: bool
    said: list[str]

    @property
    def readable(self) -> Floats:
        """The rates that can be read alone, a hole for the others."""
        return np.where(self.few, np.nan, self.rate)


def draw_line(
    drawn: Sketch,
    values: Floats,
    said: list[str],
    colour: str,
    width: float,
    y: str,
    x: str = "x",
    asked: Sequence[asking.Ask] = (),
) -> None:
    """A line with a hole where there is no value; small marks keep a lone point in sight."""
    at = np.arange(values.size, dtype=np.float64)
    drawn.scatter(
        x=at,
        y=values,
        xaxis=x,
        yaxis=y,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": width},
        marker={"size": 2 * width + 1, "color": colour},
        hoverinfo="text",
        hovertext=[escaping.chart(s) for s in said],
        **({"customdata": list(asked)} if asked else {}),
    )


def draw_band(drawn: Sketch, lower: Floats, upper: Floats, colour: str, y: str, x: str = "x") -> None:
    at = np.arange(lower.size, dtype=np.float64)
    for run in time_axis.runs(lower + upper):
        drawn.scatter(
            x=np.concatenate([at[run], at[run][::-1]]),
            y=np.concatenate([upper[run], lower[run][::-1]]),
            xaxis=x,
            yaxis=y,
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=colour,
            opacity=0.55,
            hoverinfo="skip",
        )
