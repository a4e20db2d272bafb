"""One aim over time: the group's rate so far, the aim's line to its date, and where the group stands now."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.over_time.trends import RIGHT, series
from equity.charts.parts import aim_lines, line_ends, template, time_axis
from equity.charts.parts.labelled_rows import padded
from equity.charts.parts.line_ends import EndLabel
from equity.charts.parts.lines_over_time import TrendSeries, draw_band, draw_line
from equity.charts.parts.sketch import Sketch
from equity.improvement.aim_line import AimLine, placed, until
from equity.improvement.progress import Progress
from equity.lens.answers import Trends
from equity.words import escaping, numbers
from equity.words.work import aims as words

HEIGHT, TOP, BOTTOM, LEFT = 300, 12, 46, 42


def over_time(answer: Trends, line: AimLine, progress: Progress) -> go.Figure:
    """The group's rate by period with its interval, the dashed line from baseline to target, and the progress period.

    ``answer`` holds the group over time; the axis goes on to the aim's date.
    """
    one = next(s for s in series(answer) if s.group == line.group)
    periods = until(line, answer.periods)
    ways = aim_lines.on((line,), answer.measure, periods)
    low, high = aim_lines.reach(ways, *_range(answer, one))
    drawn = Sketch(HEIGHT, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    draw_band(drawn, one.lower, one.upper, template.BAND, "y")
    draw_line(drawn, one.rate, one.said, template.FOCUS, 2.5, "y")
    labels = [aim_lines.draw(drawn, way, "y") for way in ways]
    if progress.verdict != "no_data_yet":
        labels.append(_now(drawn, answer, progress))
    line_ends.write(drawn, labels, low, high, HEIGHT - TOP - BOTTOM)
    at, text = time_axis.ticks(periods)
    suffix = "%" if answer.measure.kind == "proportion" else ""
    drawn.axis("xaxis", **template.quiet_axis(range=[-0.4, len(periods) - 0.6], tickvals=at, ticktext=text))
    grid = {"showgrid": True, "gridcolor": template.HAIR, "nticks": 5}
    drawn.axis("yaxis", **template.quiet_axis(range=[low, high], ticksuffix=suffix, **grid))
    return drawn.figure()


def _range(answer: Trends, one: TrendSeries) -> tuple[float, float]:
    values = [v for v in (*one.rate, *one.lower, *one.upper) if np.isfinite(v)]
    if answer.measure.kind == "mean":
        return padded(values)
    return padded(values, 0.0, 100.0 if answer.measure.kind == "proportion" else None)


def _now(drawn: Sketch, answer: Trends, progress: Progress) -> EndLabel:
    """Where the group stands in the period that progress is told of: a square over the months of it, with its range."""
    scale = numbers.display_scale(answer.measure)
    now = AimLine(progress.aim.group, progress.period, float(progress.now.value), 0.0, progress.period)
    value, low, high = (float(side) * scale for side in (progress.now.value, progress.now.lower, progress.now.upper))
    said = words.finding(progress)
    drawn.scatter(
        x=np.array([placed(now, answer.periods).x[0]]),
        y=np.array([value]),
        mode="markers",
        marker={"size": 11, "color": template.FOCUS, "symbol": "square", "line": {"width": 1, "color": template.PAPER}},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": np.array([high - value]),
            "arrayminus": np.array([value - low]),
            "color": template.FOCUS,
            "thickness": 1.5,
        },
        hoverinfo="text",
        hovertext=[escaping.chart(said)],
        name="now",
    )
    return EndLabel(words.now_label(progress), value, template.FOCUS, True)
