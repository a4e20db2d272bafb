"""Rates at equal ages: every group crude (hollow) and standardized (solid, with its interval), and over time."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import labelled_rows, line_ends, template, time_axis
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.line_ends import EndLabel
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import AgeStandardized
from equity.words import escaping, measures, numbers
from equity.words.answers import age_standard as words
from equity.words.answers.age_standard import Row
from equity.words.cached_per_answer import cached_per_answer
from equity.words.rows import records

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 300, 30, 46, 46, 132
_BELOW = 0.16


@cached_per_answer
def groups(answer: AgeStandardized) -> go.Figure:
    """A row a group: hollow as measured, solid at equal ages."""
    rows, scale, lead = words.rows(answer), numbers.display_scale(answer.measure), words.lead(answer)
    lines = [_line(answer, row, lead is not None and row.group == lead.group) for row in rows]
    drawn_rows = [(i, row) for i, row in enumerate(rows) if row.known]
    ends = [v * scale for row in rows for v in (row.crude, *row.rate)]
    low, high = labelled_rows.padded(ends, *_bounds(answer))
    suffix = "%" if answer.measure.kind == "proportion" else ""
    drawn = labelled_rows.rows_figure(lines, low, high, _axis(answer), suffix)
    labelled_rows.heading(drawn, "● at equal ages · ○ as measured", low, low, high, template.MUTED)
    said = [escaping.chart(words.row_in_words(answer, row)) for _, row in drawn_rows]
    _crude(drawn, [(i, row.crude * scale) for i, row in drawn_rows])
    values = np.array([row.rate for _, row in drawn_rows]).reshape(-1, 3) * scale
    drawn.scatter(
        x=values[:, 0],
        y=np.array([labelled_rows.mark_line(i) for i, _ in drawn_rows]),
        mode="markers",
        marker={"size": 11, "color": template.FOCUS, "line": {"width": 1, "color": template.PAPER}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": np.maximum(values[:, 2] - values[:, 0], 0.0),
            "arrayminus": np.maximum(values[:, 0] - values[:, 1], 0.0),
            "color": template.FOCUS,
            "thickness": 2,
            "width": 0,
        },
        hoverinfo="text",
        hovertext=said,
    )
    return drawn.figure()


@cached_per_answer
def over_time(answer: AgeStandardized) -> go.Figure:
    """A line a group at equal ages, the group in focus strong."""
    scale, lead = numbers.display_scale(answer.measure), words.lead(answer)
    every = records(answer.over_time)
    periods = sorted({str(row["period"]) for row in every})
    drawn = Sketch(HEIGHT, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    labels, ends = [], []
    for row in words.rows(answer):
        own = {str(r["period"]): float(r["rate"]) * scale for r in every if r["group"] == row.group}
        values = np.array([own.get(period, np.nan) for period in periods])
        if not np.isfinite(values).any():
            continue
        strong = lead is not None and row.group == lead.group
        colour = template.FOCUS if strong else template.INK if row.is_reference else template.OTHERS
        drawn.scatter(
            x=np.arange(len(periods), dtype=np.float64),
            y=values,
            mode="lines+markers",
            line={"color": colour, "width": 2.5 if strong else 1.5},
            marker={"size": 6, "color": colour},
            hoverinfo="text",
            hovertext=[
                escaping.chart(f"{row.group}, {p}: {v:.1f}") if v == v else ""
                for p, v in zip(periods, values, strict=True)
            ],
        )
        ends.extend(values[np.isfinite(values)].tolist())
        if strong or row.is_reference:
            labels.append(EndLabel(row.group, float(values[np.isfinite(values)][-1]), colour, strong))
    low, high = labelled_rows.padded(ends, *_bounds(answer))
    line_ends.write(drawn, labels, low, high, HEIGHT - TOP - BOTTOM)
    at, text = time_axis.ticks(periods)
    suffix = "%" if answer.measure.kind == "proportion" else ""
    drawn.axis("xaxis", **template.quiet_axis(range=[-0.5, len(periods) - 0.5], tickvals=at, ticktext=text))
    drawn.axis(
        "yaxis",
        **template.quiet_axis(range=[low, high], nticks=5, ticksuffix=suffix, showgrid=True, gridcolor=template.HAIR),
    )
    return drawn.figure()


def _line(answer: AgeStandardized, row: Row, strong: bool) -> Line:
    if not row.known:
        absent = "Some counts by age are not shown" if row.reason == "hidden" else "Not every age band has someone"
        return Line(row.group, absent=absent, hatched=row.reason == "hidden")
    return Line(
        row.group,
        figure=numbers.bare_rate(answer.measure, row.rate[0], words.column_n(answer)),
        below=f"crude {numbers.bare_rate(answer.measure, row.crude, words.column_n(answer))}",
        strong=strong,
    )


def _crude(drawn: Sketch, rates: list[tuple[int, float]]) -> None:
    drawn.scatter(
        x=np.array([value for _, value in rates]),
        y=np.array([labelled_rows.mark_line(i) + _BELOW for i, _ in rates]),
        mode="markers",
        marker={"size": 8, "color": template.PAPER, "line": {"width": 1.5, "color": template.OTHERS}},
        hoverinfo="skip",
    )


def _bounds(answer: AgeStandardized) -> tuple[float | None, float | None]:
    if answer.measure.kind == "mean":
        return None, None
    return 0.0, 100.0 if answer.measure.kind == "proportion" else None


def _axis(answer: AgeStandardized) -> str:
    unit = numbers.unit(answer.measure)
    return f"{measures.heading(answer.measure)}{f', {unit}' if unit else ''}"
