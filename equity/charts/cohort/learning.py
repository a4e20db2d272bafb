"""What tests of one idea came to: each team's change with its range, what it had expected, and all together."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import template
from equity.charts.parts.labelled_rows import padded
from equity.charts.parts.sketch import Sketch
from equity.network.learning import IdeaLearned
from equity.words import escaping
from equity.words.cohort import learning as words

ROW, TOP, BOTTOM, LEFT, RIGHT = 34, 24, 44, 150, 20


def changes(idea: IdeaLearned) -> go.Figure:
    """A row a team: a dot with its range, a ring where the team had expected it; the diamond is all together."""
    scale = 100.0 if idea.kind == "proportion" else 1.0
    rows = [(escaping.chart(team.team[:22]), team.value, team.error * 1.959964) for team in idea.teams]
    both = idea.together if idea.together.count > 1 else None
    count = len(rows) + (1 if both else 0)
    drawn = Sketch(TOP + BOTTOM + ROW * max(count, 1), {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    ends = [scale * (value + side * half) for _, value, half in rows for side in (-1, 1)]
    ends += [scale * team.predicted for team in idea.teams if team.predicted is not None]
    ends += [0.0, *([scale * both.lower, scale * both.upper] if both else [])]
    low, high = padded(ends, None, None)
    muted = {"size": template.SMALL, "color": template.MUTED}
    drawn.axis("xaxis", **template.quiet_axis(range=[low, high], nticks=6, anchor="y", showticklabels=True))
    drawn.axis("yaxis", **template.quiet_axis(range=[count - 0.5, -0.5], showticklabels=False, anchor="x"))
    zero = {"color": template.INK, "width": 1}
    drawn.scatter(x=np.zeros(2), y=np.array([-0.5, count - 0.5]), mode="lines", line=zero, hoverinfo="skip")
    for at, (name, value, half) in enumerate(rows):
        _row(
            drawn, at, name, scale * value, (scale * (value - half), scale * (value + half)), template.OTHERS, "circle"
        )
        expected = idea.teams[at].predicted
        if expected is not None:
            ring = {"size": 11, "color": template.INK, "symbol": "circle-open"}
            place = {"x": np.array([scale * expected]), "y": np.array([at])}
            drawn.scatter(**place, mode="markers", marker=ring, hoverinfo="text", hovertext=[words.EXPECTED])
    if both:
        ranged = (scale * both.lower, scale * both.upper)
        _row(drawn, len(rows), words.TOGETHER, scale * both.value, ranged, template.FOCUS, "diamond")
    foot = {"x": 1, "xref": "paper", "y": 0, "yref": "paper", "xanchor": "right", "yanchor": "top", "yshift": -20}
    drawn.annotate(text=escaping.chart(words.axis(idea)), font=muted, **foot)
    return drawn.figure()


def _row(drawn: Sketch, at: int, name: str, value: float, ranged: tuple[float, float], color: str, symbol: str) -> None:
    drawn.scatter(
        x=np.array(ranged), y=np.full(2, at), mode="lines", line={"color": color, "width": 2}, hoverinfo="skip"
    )
    marker = {"size": 11, "color": color, "symbol": symbol}
    drawn.scatter(x=np.array([value]), y=np.array([at]), mode="markers", marker=marker, hoverinfo="skip")
    font = {"size": template.SMALL, "color": template.INK}
    drawn.annotate(text=name, x=0, xref="paper", y=at, xanchor="right", xshift=-8, font=font)


def alt(idea: IdeaLearned) -> str:
    """The picture for those who do not see it."""
    return f"{words.heading(idea)}. {words.together(idea)}"
