"""A control chart: the series, its middle line, stepped limits as a band, and the points that are signals."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from equity.charts import line_ends, template, time_axis
from equity.charts.labelled_rows import padded
from equity.charts.line_ends import EndLabel
from equity.charts.sketch import Sketch
from equity.lens.answers import ControlChart
from equity.words import control as words
from equity.words import escaping, measures, numbers
from equity.words.rows import records

Floats = npt.NDArray[np.float64]
HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 360, 44, 46, 42, 104


def chart(answer: ControlChart) -> go.Figure:
    """The chart. A period without data is a hole; limits that stand on fewer than 12 points say "trial limits"."""
    scale = numbers.display_scale(answer.measure)
    value, centre, lower, upper = (
        answer.rows[c].to_numpy(np.float64) * scale for c in ("value", "centre", "lower", "upper")
    )
    outside = answer.rows["outside"].to_numpy() == 1
    drawn = Sketch(HEIGHT, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    low, high = padded([*value, *lower, *upper, *centre], *_bounds(answer))
    _limits(drawn, lower, upper, answer.trial)
    _stepped(drawn, centre, template.INK, 1.5)
    _points(drawn, answer, value, outside)
    _name_ends(drawn, answer, centre, lower, upper, low, high)
    _axes(drawn, answer, low, high)
    return drawn.figure()


def _bounds(answer: ControlChart) -> tuple[float | None, float | None]:
    if answer.measure.kind == "mean":
        return None, None
    return 0.0, 100.0 if answer.measure.kind == "proportion" else None


def _limits(drawn: Sketch, lower: Floats, upper: Floats, trial: bool) -> None:
    x, low = time_axis.steps(lower)
    _, high = time_axis.steps(upper)
    for run in time_axis.runs(low + high):
        drawn.scatter(
            x=np.concatenate([x[run], x[run][::-1]]),
            y=np.concatenate([high[run], low[run][::-1]]),
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=template.BAND,
            opacity=0.6,
            hoverinfo="skip",
        )
    for edge in (lower, upper):
        _stepped(drawn, edge, template.OTHERS, 1, "dot" if trial else "solid")


def _stepped(drawn: Sketch, values: Floats, colour: str, width: float, dash: str = "solid") -> None:
    x, y = time_axis.steps(values)
    line = {"color": colour, "width": width, "dash": dash}
    drawn.scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", connectgaps=False)


def _points(drawn: Sketch, answer: ControlChart, value: Floats, outside: npt.NDArray[np.bool_]) -> None:
    at = np.arange(value.size, dtype=np.float64)
    said = [escaping.chart(words.point_in_words(answer, row)) for row in records(answer.rows)]
    drawn.scatter(
        x=at,
        y=value,
        mode="lines+markers",
        connectgaps=False,
        line={"color": template.FOCUS, "width": 2},
        marker={"size": 6, "color": template.PAPER, "line": {"color": template.FOCUS, "width": 1.5}},
        hoverinfo="text",
        hovertext=said,
    )
    run = (answer.rows["longest"].to_numpy() == 1) & np.isfinite(value) & ~outside
    if run.any() and answer.signal["longest_run"] > answer.signal["longest_run_max"]:
        marked = [s for s, inside in zip(said, run, strict=True) if inside]
        _fill_run(drawn, at[run], value[run], marked)
        _count_run(drawn, answer, at[run], value[run])
    if outside.any():
        drawn.scatter(
            x=at[outside],
            y=value[outside],
            mode="markers",
            marker={"size": 11, "symbol": "diamond", "color": template.WORSE},
            hoverinfo="text",
            hovertext=[s for s, out in zip(said, outside, strict=True) if out],
        )
        last = int(np.flatnonzero(outside)[-1])
        drawn.annotate(
            text="outside", x=last, y=value[last], yshift=12, yanchor="bottom",
            font={"size": template.SMALL, "color": template.INK},
        )  # fmt: skip


def _fill_run(drawn: Sketch, at: Floats, value: Floats, said: list[str]) -> None:
    """The points of the run that makes the signal, filled."""
    drawn.scatter(
        x=at,
        y=value,
        mode="markers",
        marker={"size": 7, "color": template.FOCUS},
        hoverinfo="text",
        hovertext=said,
    )


def _count_run(drawn: Sketch, answer: ControlChart, at: Floats, value: Floats) -> None:
    """The run's length in words, on the empty side of the middle line."""
    middle = float(answer.rows["centre"].to_numpy(np.float64)[int(at[0])]) * numbers.display_scale(answer.measure)
    above = value.mean() > middle
    drawn.annotate(
        text=f"{answer.signal['longest_run']} in a row",
        x=float(at[at.size // 2]),
        y=middle,
        yanchor="top" if above else "bottom",
        yshift=-6 if above else 6,
        font={"size": template.SMALL, "color": template.INK},
    )


def _name_ends(
    drawn: Sketch, answer: ControlChart, centre: Floats, lower: Floats, upper: Floats, low: float, high: float
) -> None:
    labels = []
    limit = "trial limit" if answer.trial else "limit"
    n = float(answer.rows["n"].sum())
    for name, values, strong in (
        (f"upper {limit}", upper, False),
        ("middle", centre, True),
        (f"lower {limit}", lower, False),
    ):
        known = values[np.isfinite(values)]
        if known.size:
            last = float(known[-1])
            rate = numbers.bare_rate(answer.measure, last / numbers.display_scale(answer.measure), n)
            colour = template.INK if strong else template.MUTED
            labels.append(EndLabel(f"{name} {rate}", last, colour, strong))
    line_ends.write(drawn, labels, low, high, HEIGHT - TOP - BOTTOM)


def _axes(drawn: Sketch, answer: ControlChart, low: float, high: float) -> None:
    periods = [str(p) for p in answer.rows["period"]]
    at, text = time_axis.ticks(periods)
    suffix = "%" if answer.measure.kind == "proportion" else ""
    drawn.axis("xaxis", **template.quiet_axis(range=[-0.7, len(periods) - 0.3], tickvals=at, ticktext=text))
    drawn.axis(
        "yaxis",
        **template.quiet_axis(range=[low, high], nticks=5, ticksuffix=suffix, showgrid=True, gridcolor=template.HAIR),
    )
    unit = numbers.unit(answer.measure)
    found = "signal" if words.signals(answer) else "no signal"
    title = f"{measures.heading(answer.measure)}{f', {unit}' if unit else ''}"
    for text_line, shift, colour in ((title, 20, template.MUTED), (found, 4, template.INK)):
        drawn.annotate(
            text=escaping.chart(text_line),
            x=0,
            xref="paper",
            xshift=4 - LEFT,
            y=1,
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            yshift=shift,
            font={"size": template.SMALL, "color": colour},
        )
