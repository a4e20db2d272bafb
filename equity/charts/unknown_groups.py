"""A gap along how those not recorded could have fared, from as the best group to as the worst."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import template
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import Completeness
from equity.lens.unknown_groups import Assumed
from equity.words import escaping, numbers
from equity.words.answers import unknown_groups as words

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 260, 34, 52, 46, 20


def along(answer: Completeness, assumed: Assumed) -> go.Figure:
    """The gap and its range; a dot where the choice stands, a line where there is no gap."""
    scale = numbers.display_scale(answer.measure)
    x, gap = np.array(assumed.rates) * scale, assumed.gaps.gap
    middle, lower, upper = (np.asarray(v) * scale for v in (gap.value, gap.lower, gap.upper))
    drawn = Sketch(HEIGHT, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    drawn.scatter(
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([upper, lower[::-1]]),
        mode="lines",
        fill="toself",
        fillcolor=template.BAND,
        line={"width": 0},
        hoverinfo="skip",
    )
    drawn.scatter(
        x=x,
        y=middle,
        mode="lines",
        line={"color": template.FOCUS, "width": 2.5},
        hoverinfo="text",
        hovertext=[escaping.chart(words.point_in_words(answer, assumed, i)) for i in range(len(x))],
    )
    picked = x[0] + assumed.fared * (x[-1] - x[0])
    drawn.scatter(
        x=np.array([picked]),
        y=np.array([float(assumed.at.gap.value) * scale]),
        mode="markers",
        marker={"size": 12, "color": template.FOCUS, "line": {"width": 1, "color": template.PAPER}},
        hoverinfo="skip",
    )
    ends = [0.0, *lower.tolist(), *upper.tolist()]
    room = 0.08 * (max(ends) - min(ends) or 1.0)
    drawn.scatter(x=x[[0, -1]], y=np.zeros(2), mode="lines", line={"color": template.INK, "width": 1}, hoverinfo="skip")
    best, worst = words.best_first(answer)
    side = "left" if x[-1] >= x[0] else "right"
    for text, at, anchor in ((f"as {best}", x[0], side), (f"as {worst}", x[-1], "right" if side == "left" else "left")):
        drawn.annotate(
            text=escaping.chart(text), x=at, y=1, yref="paper", xanchor=anchor, yanchor="bottom", yshift=4,
            font={"size": template.SMALL, "color": template.MUTED},
        )  # fmt: skip
    suffix = "%" if answer.measure.kind == "proportion" else ""
    title = {"text": "Their rate", "font": {"size": template.SMALL, "color": template.MUTED}, "standoff": 6}
    drawn.axis("xaxis", **template.quiet_axis(range=[min(x), max(x)], nticks=6, ticksuffix=suffix, title=title))
    drawn.axis(
        "yaxis",
        **template.quiet_axis(
            range=[min(ends) - room, max(ends) + room], nticks=5, showgrid=True, gridcolor=template.HAIR
        ),
    )
    return drawn.figure()
