"""One control chart inside a figure: limits, middle, points and what people laid over them, on axes of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from equity.charts.parts import template, time_axis
from equity.charts.parts.labelled_rows import padded
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import ControlChart
from equity.lens.tables import columns_of
from equity.stats.over_time.control_charts import BETWEEN_EVENTS
from equity.words import escaping, numbers
from equity.words.answers import control as words
from equity.words.cached_per_answer import cached_per_answer
from equity.words.rows import records

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Axes:
    """The names of the axes that a panel is drawn on, as Plotly's traces name them (``x2``, ``y2``)."""

    x: str = "x"
    y: str = "y"


@dataclass(frozen=True)
class PanelSeries:
    """The answer's rows as arrays, scaled as on the axis; NaN in a hole. ``hidden`` marks the holes that are hidden."""

    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    phase: npt.NDArray[np.int64]
    excluded: Booleans
    baseline: Booleans
    outside: Booleans
    run: Booleans
    ringed: Booleans
    hidden: Booleans
    said: list[str]


@cached_per_answer
def series(answer: ControlChart) -> PanelSeries:
    """Read the answer's rows."""
    rows, scale = columns_of(answer.rows), words.scale(answer)
    value, centre, lower, upper = (rows[c].astype(np.float64) * scale for c in ("value", "centre", "lower", "upper"))
    excluded, baseline, outside, longest, shift, trend = (
        rows[c] == 1 for c in ("excluded", "baseline", "outside", "longest", "shift", "trend")
    )
    counted = np.isfinite(value) & ~excluded
    phase = rows["phase"].astype(np.int64)
    return PanelSeries(
        value=value,
        centre=centre,
        lower=lower,
        upper=upper,
        phase=phase,
        excluded=excluded,
        baseline=baseline,
        outside=outside,
        run=longest & counted & ~outside & _in_long_run(answer, phase),
        ringed=(shift | trend) & counted & ~outside,
        hidden=rows["shown"] == "hidden",
        said=[escaping.chart(words.point_in_words(answer, row)) for row in records(answer.rows)],
    )


def _in_long_run(answer: ControlChart, phase: npt.NDArray[np.int64]) -> Booleans:
    """The points of phases whose longest run is longer than chance gives."""
    signals = answer.phase_signals or (answer.signal,)
    long = np.array([s.get("longest_run", 0) > s.get("longest_run_max", 0) for s in signals], dtype=bool)
    return long[np.minimum(phase, len(long) - 1)]


def reach(answers: tuple[ControlChart, ...]) -> tuple[float, float]:
    """One scale that holds every value, limit and target of these charts."""
    values: list[float] = []
    for answer in answers:
        one = series(answer)
        values += [*one.value, *one.lower, *one.upper, *one.centre]
        values.append(answer.target * words.scale(answer))
    kind = answers[0].measure.kind
    if kind == "mean" or answers[0].chart in BETWEEN_EVENTS:
        return padded(values)
    return padded(values, 0.0, 100.0 if kind == "proportion" else None)


def draw(drawn: Sketch, answer: ControlChart, axes: Axes, reach_y: tuple[float, float]) -> PanelSeries:
    """Draw the panel; gives the series, for the labels that the figure adds around it."""
    one = series(answer)
    _hidden(drawn, one, axes, reach_y)
    _frozen(drawn, one, axes)
    _limits(drawn, one, answer.trial, axes)
    _phase_names(drawn, one, axes)
    stepped(drawn, by_phase(one.centre, one.phase), template.INK, 1.5, axes)
    if numbers.known(answer.target):
        _target(drawn, answer, axes)
    _points(drawn, one, axes)
    _marks(drawn, answer, one, axes, reach_y)
    return one


def by_phase(values: Floats, phase: npt.NDArray[np.int64]) -> Floats:
    """A row a phase, NaN outside it, so that a line breaks where a phase begins."""
    return np.array([np.where(phase == number, values, np.nan) for number in np.unique(phase)])


def stepped(drawn: Sketch, phases: Floats, colour: str, width: float, axes: Axes, dash: str = "solid") -> None:
    """A stepped line, one trace; a break between phases."""
    xs, ys = [], []
    for row in phases:
        x, y = time_axis.steps(row)
        xs += [x, np.array([np.nan])]
        ys += [y, np.array([np.nan])]
    line = {"color": colour, "width": width, "dash": dash}
    x, y = np.concatenate(xs[:-1]), np.concatenate(ys[:-1])
    drawn.scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", connectgaps=False, xaxis=axes.x, yaxis=axes.y)


def _hidden(drawn: Sketch, one: PanelSeries, axes: Axes, reach_y: tuple[float, float]) -> None:
    """The periods that are hidden, hatched as in every chart; through one without data the middle line goes on."""
    if one.hidden.any():
        at = np.flatnonzero(one.hidden)
        drawn.bar(
            x=at.astype(np.float64),
            y=np.full(at.size, reach_y[1] - reach_y[0]),
            base=np.full(at.size, reach_y[0]),
            width=1.0,
            xaxis=axes.x,
            yaxis=axes.y,
            marker=template.HATCHED | {"line": {"width": 0}},  # neighbours are one patch
            hoverinfo="text",
            hovertext=[one.said[i] for i in at],
        )


def _frozen(drawn: Sketch, one: PanelSeries, axes: Axes) -> None:
    """The periods of a frozen baseline, shaded, with a word."""
    for run in time_axis.runs(np.where(one.baseline, 1.0, np.nan)):
        placed = {"xref": axes.x, "yref": f"{axes.y} domain", "y0": 0, "y1": 1}
        drawn.shape(
            type="rect", x0=run.start - 0.5, x1=run.stop - 0.5, fillcolor=template.HAIR, opacity=0.5,
            line={"width": 0}, layer="below", **placed,
        )  # fmt: skip
        drawn.annotate(
            text="baseline", x=run.start - 0.5, xref=axes.x, y=0, yref=f"{axes.y} domain", xanchor="left",
            yanchor="bottom", xshift=3, font={"size": template.SMALL, "color": template.MUTED},
        )  # fmt: skip


def _phase_names(drawn: Sketch, one: PanelSeries, axes: Axes) -> None:
    """Where each phase but the first begins."""
    for at in np.flatnonzero(np.diff(one.phase)) + 1:
        drawn.annotate(
            text=f"phase {one.phase[at] + 1}", x=at - 0.5, xref=axes.x, y=0, yref=f"{axes.y} domain", xanchor="left",
            yanchor="bottom", xshift=3, font={"size": template.SMALL, "color": template.MUTED},
        )  # fmt: skip


def _limits(drawn: Sketch, one: PanelSeries, trial: bool, axes: Axes) -> None:
    for low_row, high_row in zip(by_phase(one.lower, one.phase), by_phase(one.upper, one.phase), strict=True):
        x, low = time_axis.steps(low_row)
        _, high = time_axis.steps(high_row)
        for run in time_axis.runs(low + high):
            drawn.scatter(
                x=np.concatenate([x[run], x[run][::-1]]),
                y=np.concatenate([high[run], low[run][::-1]]),
                xaxis=axes.x,
                yaxis=axes.y,
                mode="lines",
                line={"width": 0},
                fill="toself",
                fillcolor=template.BAND,
                opacity=0.6,
                hoverinfo="skip",
            )
    for edge in (one.lower, one.upper):
        stepped(drawn, by_phase(edge, one.phase), template.OTHERS, 1, axes, "dot" if trial else "solid")


def _target(drawn: Sketch, answer: ControlChart, axes: Axes) -> None:
    at = answer.target * words.scale(answer)
    drawn.scatter(
        x=np.array([-0.5, len(answer.rows) - 0.5]),
        y=np.array([at, at]),
        xaxis=axes.x,
        yaxis=axes.y,
        mode="lines",
        line={"color": template.BETTER, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )
    drawn.annotate(
        text="target", bgcolor=template.PAPER, opacity=0.8, x=-0.5,
        xref=axes.x, y=at, yref=axes.y, xanchor="left", yanchor="bottom", xshift=3,
        font={"size": template.SMALL, "color": template.MUTED},
    )  # fmt: skip


def _points(drawn: Sketch, one: PanelSeries, axes: Axes) -> None:
    at = np.arange(one.value.size, dtype=np.float64)
    drawn.scatter(
        x=at,
        y=np.where(one.excluded, np.nan, one.value),
        xaxis=axes.x,
        yaxis=axes.y,
        mode="lines+markers",
        connectgaps=False,
        line={"color": template.FOCUS, "width": 2},
        marker={"size": 6, "color": template.PAPER, "line": {"color": template.FOCUS, "width": 1.5}},
        hoverinfo="text",
        hovertext=one.said,
    )
    _some(drawn, one, one.excluded & np.isfinite(one.value), axes, " (left out)", {
        "size": 10, "symbol": "x-thin", "color": template.MUTED, "line": {"color": template.MUTED, "width": 2},
    })  # fmt: skip
    _some(drawn, one, one.excluded & np.isfinite(one.value), axes, " (left out)", {
        "size": 9, "symbol": "circle-open", "color": template.MUTED, "line": {"color": template.MUTED, "width": 1.5},
    })  # fmt: skip
    _some(drawn, one, one.ringed, axes, ", worth a look", {
        "size": 11, "symbol": "circle-open", "color": template.OTHERS, "line": {"color": template.OTHERS, "width": 1},
    })  # fmt: skip


def _marks(drawn: Sketch, answer: ControlChart, one: PanelSeries, axes: Axes, reach_y: tuple[float, float]) -> None:
    """The signals as filled marks, each kind with a word, once."""
    _some(drawn, one, one.run, axes, "", {"size": 7, "color": template.FOCUS})
    if one.run.any():
        _count_run(drawn, answer, one, axes)
    outside = one.outside & np.isfinite(one.value)
    side = words.harm_side(answer) * np.sign(one.value - one.centre)
    for colour, at in ((template.WORSE, side > 0), (template.BETTER, side < 0), (template.OTHERS, side == 0)):
        _some(drawn, one, outside & at, axes, "", {"size": 11, "symbol": "diamond", "color": colour})
    if outside.any():
        _name_outside(drawn, one, int(np.flatnonzero(outside)[-1]), axes, reach_y)


def _name_outside(drawn: Sketch, one: PanelSeries, last: int, axes: Axes, reach_y: tuple[float, float]) -> None:
    """The word at the last point outside, away from the line; never in the panel's heading."""
    near_top = one.value[last] > reach_y[0] + 0.9 * (reach_y[1] - reach_y[0])
    below = near_top or one.value[last] < one.centre[last]
    drawn.annotate(
        text="outside", x=last, xref=axes.x, y=one.value[last], yref=axes.y, yshift=-8 if below else 8,
        yanchor="top" if below else "bottom", xanchor="right" if last > one.value.size * 0.8 else "center",
        font={"size": template.SMALL, "color": template.INK},
    )  # fmt: skip


def _some(drawn: Sketch, one: PanelSeries, which: Booleans, axes: Axes, more: str, marker: dict[str, object]) -> None:
    if which.any():
        at = np.flatnonzero(which)
        drawn.scatter(
            x=at.astype(np.float64),
            y=one.value[at],
            xaxis=axes.x,
            yaxis=axes.y,
            mode="markers",
            marker=marker,
            hoverinfo="text",
            hovertext=[f"{one.said[i]}{more}" for i in at],
        )


def _count_run(drawn: Sketch, answer: ControlChart, one: PanelSeries, axes: Axes) -> None:
    """The length of the latest such run in words, on the empty side of the middle line."""
    latest = one.run & (one.phase == one.phase[one.run].max())
    at = np.flatnonzero(latest)
    signals = answer.phase_signals or (answer.signal,)
    signal = signals[min(int(one.phase[at[0]]), len(signals) - 1)]
    middle = float(one.centre[at[0]])
    above = one.value[at].mean() > middle
    drawn.annotate(
        text=f"{signal['longest_run']} in a row",
        x=float(at[at.size // 2]),
        xref=axes.x,
        y=middle,
        yref=axes.y,
        yanchor="top" if above else "bottom",
        yshift=-6 if above else 6,
        font={"size": template.SMALL, "color": template.INK},
    )
