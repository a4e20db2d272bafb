"""Organizations beside each other: a funnel in which the own stands out and the others have no name."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import template
from equity.charts.parts.labelled_rows import padded
from equity.charts.parts.sketch import Sketch
from equity.network.comparison import Picture
from equity.words import escaping, numbers
from equity.words.cohort import comparison as words
from equity.words.cohort.pieces import measure_of

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 340, 34, 50, 46, 60
CROWDED = 0.012
"""How far dots of one band that share a rate stand apart, as a share of the width."""


def funnel(picture: Picture) -> go.Figure:
    """Dots by the middle size of their band; the limits are those of chance and ordinary variation at each size."""
    measure = measure_of(picture.measure)
    scale = numbers.display_scale(measure)
    sizes = [point.size for point in picture.curve]
    own = picture.own
    values = [dot.rate * scale for dot in picture.dots] + ([own.rate * scale] if own else [])
    sides = {name: [getattr(point, name) * scale for point in picture.curve] for name in _SIDES}
    ceiling = 100.0 if measure.kind == "proportion" else None
    bounds = (None, None) if measure.kind == "mean" else (0.0, ceiling)
    low, high = padded([*values, *sides["inner_lower"][6:], *sides["inner_upper"][6:]], *bounds)
    drawn = Sketch(HEIGHT, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    _axes(drawn, picture, sizes, (low, high))
    for name, dash in _SIDES.items():
        line = {"color": template.FAINT, "width": 1.5, "dash": dash}
        drawn.scatter(x=np.array(sizes), y=np.array(sides[name]), mode="lines", line=line, hoverinfo="skip")
    level = {"color": template.INK, "width": 1.5}
    across = np.array([sizes[0], sizes[-1]])
    drawn.scatter(x=across, y=np.full(2, picture.centre * scale), mode="lines", line=level, hoverinfo="skip")
    _dots(drawn, picture, scale)
    if own is not None:
        _own(drawn, picture, own.n, own.rate * scale, own.lower * scale, own.upper * scale)
    return drawn.figure()


_SIDES = {"inner_lower": "dot", "inner_upper": "dot", "outer_lower": "solid", "outer_upper": "solid"}


def _dots(drawn: Sketch, picture: Picture, scale: float) -> None:
    """Dots of one place stand beside each other, so that each is seen."""
    seen: dict[tuple[float, float], int] = {}
    places, measure = [], measure_of(picture.measure)
    for dot in picture.dots:
        at = seen[dot.rate, dot.size] = seen.get((dot.rate, dot.size), -1) + 1
        places.append(dot.size * (1 + CROWDED * 4 * at))
    said = [f"{words.dot_name(dot)}: {words.rounded(measure, dot.rate)}" for dot in picture.dots]
    drawn.scatter(
        x=np.array(places),
        y=np.array([dot.rate * scale for dot in picture.dots]),
        mode="markers",
        marker={"size": 10, "color": template.OTHERS, "line": {"width": 1, "color": template.PAPER}},
        hoverinfo="text",
        hovertext=[escaping.chart(each) for each in said],
    )
    for place, dot in zip(places, picture.dots, strict=True):
        if dot.name:
            font = {"size": template.SMALL, "color": template.INK}
            name = escaping.chart(dot.name[:26])
            drawn.annotate(text=name, x=np.log10(place), y=dot.rate * scale, xanchor="left", xshift=9, font=font)


def _own(drawn: Sketch, picture: Picture, n: float, value: float, lower: float, upper: float) -> None:
    sizes = [point.size for point in picture.curve]
    place = float(np.clip(n, sizes[0], sizes[-1]))
    bar = {"color": template.FOCUS, "width": 2}
    drawn.scatter(x=np.array([place, place]), y=np.array([lower, upper]), mode="lines", line=bar, hoverinfo="skip")
    drawn.scatter(
        x=np.array([place]),
        y=np.array([value]),
        mode="markers",
        marker={"size": 14, "color": template.FOCUS, "symbol": "diamond"},
        hoverinfo="text",
        hovertext=[escaping.chart(words.finding(picture))],
    )
    font = {"size": template.SMALL, "color": template.FOCUS}
    drawn.annotate(text=words.YOURS, x=np.log10(place), y=value, xanchor="left", xshift=11, font=font)


def _axes(drawn: Sketch, picture: Picture, sizes: list[float], up: tuple[float, float]) -> None:
    suffix = "%" if picture.measure.kind == "proportion" else ""
    across = [np.log10(sizes[0]), np.log10(sizes[-1])]
    ticks = sorted({dot.size for dot in picture.dots})
    labels = {"tickvals": ticks, "ticktext": [numbers.count(size) for size in ticks]}
    drawn.axis("xaxis", **template.quiet_axis(type="log", range=across, anchor="y", showticklabels=True, **labels))
    lines = {"showgrid": True, "gridcolor": template.HAIR, "nticks": 5, "ticksuffix": suffix}
    drawn.axis("yaxis", **template.quiet_axis(range=list(up), anchor="x", **lines))
    muted = {"size": template.SMALL, "color": template.MUTED}
    drawn.annotate(
        text=words.AXIS, x=1, xref="paper", y=0, yref="paper", xanchor="right", yanchor="top", yshift=-24, font=muted
    )


def alt(picture: Picture) -> str:
    """The picture for those who do not see it."""
    return f"{words.finding(picture)} {words.spread(picture)}"
