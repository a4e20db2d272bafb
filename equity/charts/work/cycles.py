"""A test of change in two pictures: numbers that were written down by hand, and what the data say around its days."""

from __future__ import annotations

import datetime as dt

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import template, time_axis
from equity.charts.parts.sketch import Sketch
from equity.improvement.cycle_data import Measured
from equity.improvement.cycles import Cycle
from equity.improvement.dates import day
from equity.vocabulary import period_start
from equity.words import escaping, numbers, periods
from equity.words.work import cycles as words

HEIGHT, MARGIN = 240, {"l": 46, "r": 16, "t": 24, "b": 46}
MOST_TICKS = 5


def by_hand(cycle: Cycle) -> go.Figure:
    """The readings as points in the order of their days."""
    readings = sorted(cycle.readings, key=lambda reading: reading.day)
    days = [when.toordinal() for reading in readings if (when := day(reading.day)) is not None]
    values = np.array([reading.value for reading in readings], dtype=float)
    drawn = Sketch(HEIGHT, MARGIN)
    shown = days[:: max(1, -(-len(days) // MOST_TICKS))]
    drawn.axis(
        "xaxis",
        **template.quiet_axis(
            range=[min(days) - 1, max(days) + 1],
            tickvals=shown,
            ticktext=[f"{dt.date.fromordinal(at):%b %d}" for at in shown],
            showline=True,
            linecolor=template.FAINT,
        ),
    )
    low, high = float(values.min()), float(values.max())
    room = (high - low or abs(high) or 1.0) * 0.15
    drawn.axis("yaxis", **template.quiet_axis(range=[low - room, high + room], nticks=5))
    drawn.scatter(
        x=np.array(days, dtype=float),
        y=values,
        mode="lines+markers",
        line={"color": template.FAINT, "width": 1},
        marker={"color": template.FOCUS, "size": 9},
        hoverinfo="text",
        hovertext=[escaping.chart(words.reading(reading)) for reading in readings],
    )
    return drawn.figure()


def measured(series: Measured, cycle: Cycle) -> go.Figure:
    """The group's rate with its interval in each period; the days of the test as a band."""
    rates, lower, upper = (np.array(each, dtype=float) for each in (series.rates, series.lower, series.upper))
    per_cent = series.measure.kind == "proportion"
    scale = 100.0 if per_cent else series.measure.multiplier if series.measure.kind == "rate" else 1.0
    at = np.arange(len(series.periods), dtype=float)
    drawn = Sketch(HEIGHT, MARGIN)
    positions, texts = time_axis.ticks(series.periods)
    drawn.axis(
        "xaxis",
        **template.quiet_axis(
            range=[-0.5, len(series.periods) - 0.5], tickvals=positions, ticktext=texts, showline=True,
            linecolor=template.FAINT,
        ),
    )  # fmt: skip
    low, high = (float(f(each)) * scale for f, each in ((np.nanmin, lower), (np.nanmax, upper)))
    room = (high - low or 1.0) * 0.08
    drawn.axis(
        "yaxis", **template.quiet_axis(range=[low - room, high + room], nticks=5, ticksuffix="%" if per_cent else "")
    )
    _days(drawn, series.periods, cycle)
    drawn.scatter(
        x=np.column_stack([at, at, np.full_like(at, np.nan)]).ravel(),
        y=np.column_stack([lower * scale, upper * scale, np.full_like(at, np.nan)]).ravel(),
        mode="lines",
        line={"color": template.BAND, "width": 5},
        hoverinfo="skip",
    )
    drawn.scatter(
        x=at,
        y=rates * scale,
        mode="lines+markers",
        connectgaps=False,
        line={"color": template.FOCUS, "width": 1.5},
        marker={"color": template.FOCUS, "size": 6},
        hoverinfo="text",
        hovertext=[
            escaping.chart(
                f"{periods.describe_period(p)}: {numbers.rate(series.measure, r, n) if numbers.known(r) else 'no data'}"
            )
            for p, r, n in zip(series.periods, series.rates, series.n, strict=True)
        ],
    )
    return drawn.figure()


def _days(drawn: Sketch, labels: tuple[str, ...], cycle: Cycle) -> None:
    """The periods of the test as a band behind the line, where the chart shows them."""
    begins, ends = day(cycle.begins), day(cycle.ends) or day(cycle.begins)
    if begins is None or ends is None:
        return
    starts = [period_start(label) for label in labels]
    inside = [i for i, start in enumerate(starts) if start <= ends and (i + 1 == len(starts) or starts[i + 1] > begins)]
    if not inside or ends < starts[0]:
        return
    drawn.shape(
        type="rect", x0=inside[0] - 0.5, x1=inside[-1] + 0.5, y0=0, y1=1, yref="paper", layer="below",
        fillcolor=template.WASH, line={"color": template.FAINT, "width": 1},
    )  # fmt: skip
    drawn.annotate(
        text="test", x=inside[0] - 0.45, y=1, yref="paper", xanchor="left", yanchor="bottom",
        font={"size": template.SMALL, "color": template.MUTED},
    )  # fmt: skip
