"""Inequality over time: an absolute measure above, the relative one of the same rates below, each with its range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from equity.charts.parts import line_ends, template, time_axis
from equity.charts.parts.labelled_rows import padded
from equity.charts.parts.line_ends import EndLabel
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import InequalityOverTime
from equity.stats.summary.registry import SummaryMeasure
from equity.words import escaping, numbers
from equity.words.answers import inequality_over_time as words
from equity.words.cached_per_answer import cached_per_answer

Floats = npt.NDArray[np.float64]

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 420, 30, 46, 42, 104
DOMAINS = ((0.58, 1.0), (0.0, 0.42))


@dataclass(frozen=True)
class _Series:
    """One measure over the periods, scaled as on the axis, NaN in a hole; ``off`` has chance taken off."""

    known: SummaryMeasure
    seen: Floats
    off: Floats
    lower: Floats
    upper: Floats
    said: tuple[str, ...]
    last: str

    @property
    def equal(self) -> float:
        return self.known.when_equal


@cached_per_answer
def over_time(answer: InequalityOverTime, pair: str = "") -> go.Figure:
    """Two panels on one time axis: the value with chance taken off as a line in its range, hollow as seen.

    A level line says where all groups would be equal. A period in which a measure is not given is a hole, hatched
    where a group is hidden.
    """
    drawn = Sketch(HEIGHT, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    for place, known in enumerate(words.sides(words.pair_named(answer, pair))):
        _panel(drawn, answer, _series(answer, known), place)
    return drawn.figure()


def scale_of(answer: InequalityOverTime, known: SummaryMeasure) -> float:
    """What a measure's value is multiplied by on its axis."""
    own = numbers.display_scale(answer.measure)
    return {"rate": own, "rate_squared": own**2}.get(known.unit, 1.0)


def _series(answer: InequalityOverTime, known: SummaryMeasure) -> _Series:
    rows = answer.rows[answer.rows["measure"] == known.name]
    scale = scale_of(answer, known)
    seen, corrected, lower, upper = (
        rows[c].to_numpy(np.float64) * scale for c in ("estimate", "corrected", "lower", "upper")
    )
    points = words.points(answer, known.name)
    given = [point for point in points if point.value]
    off = np.where(np.isfinite(corrected), corrected, seen)
    return _Series(known, seen, off, lower, upper, tuple(p.said for p in points), given[-1].value if given else "")


def _panel(drawn: Sketch, answer: InequalityOverTime, one: _Series, place: int) -> None:
    x, y = (("x", "y"), ("x2", "y2"))[place]
    domain = DOMAINS[place]
    values = np.concatenate([one.seen, one.off, one.lower, one.upper])
    low, high = padded([one.equal, *values[np.isfinite(values)]])
    at, text = time_axis.ticks(answer.periods)
    reach = [-0.5, len(answer.periods) - 0.5]
    across = template.quiet_axis(range=reach, tickvals=at, ticktext=text, anchor=y, showticklabels=place == 1)
    up = template.quiet_axis(domain=list(domain), anchor=x, range=[low, high], nticks=4)
    drawn.axis(x.replace("x", "xaxis"), **across)
    drawn.axis(y.replace("y", "yaxis"), **up | {"showgrid": True, "gridcolor": template.HAIR})
    _hidden(drawn, answer, (low, high), x, y)
    _level(drawn, reach, one.equal, x, y)
    _range(drawn, one, x, y)
    _lines(drawn, one, x, y)
    _heading(drawn, f"{words.heading(answer, one.known)}  ·  ● chance off  ○ as seen", domain[1])
    labels = [EndLabel("all equal", one.equal, template.INK)]
    known = one.off[np.isfinite(one.off)]
    if known.size:
        labels.append(EndLabel(one.last, float(known[-1]), template.FOCUS, True))
    pixels = (HEIGHT - TOP - BOTTOM) * (domain[1] - domain[0])
    line_ends.write(drawn, labels, low, high, pixels, y)


def _hidden(drawn: Sketch, answer: InequalityOverTime, reach: tuple[float, float], x: str, y: str) -> None:
    """A hatched column where some group of the period is hidden."""
    shown = answer.rows.drop_duplicates("period")["shown"].to_numpy()
    at = np.flatnonzero(shown == "hidden").astype(np.float64)
    if at.size:
        drawn.bar(
            x=at,
            y=np.full(at.size, reach[1] - reach[0]),
            base=np.full(at.size, reach[0]),
            width=1.0,
            xaxis=x,
            yaxis=y,
            marker=template.HATCHED,
            opacity=0.6,
            hoverinfo="text",
            hovertext=["Some groups are not shown in this period"] * at.size,
        )


def _level(drawn: Sketch, reach: list[float], at: float, x: str, y: str) -> None:
    line = {"color": template.INK, "width": 1.5}
    drawn.scatter(x=np.array(reach), y=np.array([at, at]), xaxis=x, yaxis=y, mode="lines", line=line, hoverinfo="skip")


def _range(drawn: Sketch, one: _Series, x: str, y: str) -> None:
    at = np.arange(one.lower.size, dtype=np.float64)
    for run in time_axis.runs(one.lower + one.upper):
        drawn.scatter(
            x=np.concatenate([at[run], at[run][::-1]]),
            y=np.concatenate([one.upper[run], one.lower[run][::-1]]),
            xaxis=x,
            yaxis=y,
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=template.BAND,
            opacity=0.55,
            hoverinfo="skip",
        )


def _lines(drawn: Sketch, one: _Series, x: str, y: str) -> None:
    at = np.arange(one.off.size, dtype=np.float64)
    hollow = {"size": 6, "color": template.PAPER, "line": {"width": 1.5, "color": template.OTHERS}}
    drawn.scatter(x=at, y=one.seen, xaxis=x, yaxis=y, mode="markers", marker=hollow, hoverinfo="skip")
    drawn.scatter(
        x=at,
        y=one.off,
        xaxis=x,
        yaxis=y,
        mode="lines+markers",
        connectgaps=False,
        line={"color": template.FOCUS, "width": 2.5},
        marker={"size": 6, "color": template.FOCUS},
        hoverinfo="text",
        hovertext=[escaping.chart(said) for said in one.said],
    )


def _heading(drawn: Sketch, text: str, at: float) -> None:
    drawn.annotate(
        text=escaping.chart(text),
        x=0,
        xref="paper",
        xshift=4 - LEFT,
        y=at,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=6,
        font={"size": template.SMALL, "color": template.MUTED},
    )
