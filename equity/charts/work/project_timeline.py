"""Projects over time: a bar from its first to its last day for each project that has them, and today as a line."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import template
from equity.charts.parts.sketch import Sketch
from equity.improvement.dates import day
from equity.improvement.portfolio import Portfolio, Row
from equity.improvement.projects import OVER
from equity.words import escaping
from equity.words.days import describe_date
from equity.words.work import projects as words

ROW_HEIGHT, TOP, BOTTOM, MOST_ROWS = 40, 24, 40, 40
MARGIN_DAYS, MOST_TICKS = 14, 5


@dataclass(frozen=True)
class _Bar:
    """A project with its days as day numbers; ``open`` where no last day is set: then it reaches to today or beyond."""

    row: Row
    first: int
    last: int
    open: bool


def timeline(portfolio: Portfolio) -> go.Figure:
    """The projects with a first day, the earliest on top. ``bars`` beyond the first forty are in the table alone."""
    bars = _bars(portfolio)[:MOST_ROWS]
    today = portfolio.today.toordinal()
    low = min([today, *(bar.first for bar in bars)]) - MARGIN_DAYS
    high = max([today, *(bar.last for bar in bars)]) + MARGIN_DAYS
    drawn = Sketch(TOP + ROW_HEIGHT * max(1, len(bars)) + BOTTOM, {"l": 4, "r": 4, "t": TOP, "b": BOTTOM})
    drawn.axis("yaxis", **template.hidden_axis(max(1, len(bars)) - 0.5, -0.5))
    ticks = _months(low, high)
    drawn.axis(
        "xaxis",
        **template.quiet_axis(
            range=[low, high],
            tickvals=[tick.toordinal() for tick in ticks],
            ticktext=[f"{tick:%b}<br>{tick.year}" for tick in ticks],
            showline=True,
            linecolor=template.FAINT,
        ),
    )
    for place, bar in enumerate(bars):
        _draw(drawn, bar, place, low)
    drawn.shape(
        type="line", x0=today, x1=today, y0=-0.5, y1=max(1, len(bars)) - 0.5, line={"color": template.INK, "width": 1}
    )
    drawn.annotate(
        text="today", x=today, y=1, yref="paper", yanchor="bottom", font={"size": template.SMALL, "color": template.INK}
    )
    return drawn.figure()


def _bars(portfolio: Portfolio) -> list[_Bar]:
    bars = []
    for row in portfolio.rows:
        first, last = day(row.project.begins), day(row.project.ends)
        if first is not None:
            until = last or max(first, portfolio.today)
            bars.append(_Bar(row, first.toordinal(), until.toordinal(), last is None))
    return sorted(bars, key=lambda bar: (bar.first, bar.row.project.title))


def _draw(drawn: Sketch, bar: _Bar, place: int, low: int) -> None:
    """A bar under its title; those that are over are grey."""
    project = bar.row.project
    until = "open" if bar.open else describe_date(project.ends)
    said = (
        f"{escaping.chart(project.title)}<br>{words.STATES[project.state]}, {describe_date(project.begins)} to {until}"
    )
    drawn.scatter(
        x=np.array([bar.first, max(bar.last, bar.first + 1)], dtype=float),
        y=np.array([place + 0.22, place + 0.22]),
        mode="lines",
        line={
            "color": template.OTHERS if project.state in OVER else template.FOCUS,
            "width": 9,
            "dash": "solid",
        },
        hoverinfo="text",
        hovertext=said,
    )
    drawn.annotate(
        text=escaping.chart(escaping.one_line(project.title, 46)),
        x=low,
        y=place - 0.18,
        xanchor="left",
        font={"size": template.TEXT, "color": template.INK},
    )


def _months(low: int, high: int) -> list[dt.date]:
    """The first days of a few months between two days, evenly spread."""
    first, last = dt.date.fromordinal(low), dt.date.fromordinal(high)
    months = [
        dt.date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= dt.date(year, month, 1) <= last
    ]
    step = max(1, -(-len(months) // MOST_TICKS))
    return months[::step]
