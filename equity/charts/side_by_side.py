"""Two answers side by side: slopes from one period to another; two marks a row for measures, references and groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import labelled_rows, line_ends, template
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.line_ends import EndLabel
from equity.charts.parts.sketch import Sketch
from equity.lens.side_by_side import SideBySide
from equity.words import escaping, measures, numbers
from equity.words.answers import side_by_side as words
from equity.words.cached_per_answer import cached_per_answer

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 420, 34, 16, 64, 150
_APART: Final = 0.12
"""How far the two marks of a row stand above and below its line, where they would cover each other."""


@cached_per_answer
def draw(answer: SideBySide) -> go.Figure:
    """The picture of two answers, both on one scale."""
    return _slopes(answer) if answer.kind == "period" else _pairs(answer)


def _slopes(answer: SideBySide) -> go.Figure:
    """A line a group from its rate then to its rate now, named at its end; the focus strong, the reference in ink."""
    rows, scale = words.shown_rows(answer), numbers.display_scale(answer.measure)
    strong, ink = words.subject(answer), answer.second.reference.group
    low, high = labelled_rows.padded([row[f"{side}_rate"] * scale for row in rows for side in ("first", "second")])
    tall = max(HEIGHT, TOP + BOTTOM + 22 * len(rows))
    drawn = Sketch(tall, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    drawn.axis("xaxis", **template.quiet_axis(range=[0, 1], showticklabels=False))
    drawn.axis("yaxis", **template.quiet_axis(range=[low, high], showticklabels=False))
    for x, name in zip((0.0, 1.0), words.sides(answer), strict=True):
        drawn.shape(type="line", x0=x, x1=x, y0=low, y1=high, line={"color": template.HAIR, "width": 1}, layer="below")
        drawn.annotate(
            text=escaping.chart(name),
            x=x,
            y=1,
            yref="paper",
            xanchor="center",
            yanchor="bottom",
            yshift=6,
            font={"size": template.TEXT, "color": template.INK},
        )
    for row in sorted(rows, key=lambda row: (row["group"] == strong, row["group"] == ink)):
        _slope(drawn, answer, row, scale, template.FOCUS if row["group"] == strong else _rest(row["group"] == ink))
    ends = [
        EndLabel(
            f"{row['group']} {words.rate(answer.second, row, 'second')}",
            row["second_rate"] * scale,
            template.FOCUS if row["group"] == strong else template.INK if row["group"] == ink else template.MUTED,
            row["group"] in (strong, ink),
        )
        for row in rows
    ]
    line_ends.write(drawn, ends, low, high, tall - TOP - BOTTOM)
    _begins(drawn, answer, [row for row in rows if row["group"] in (strong, ink)], scale)
    return drawn.figure()


def _rest(is_reference: bool) -> str:
    return template.INK if is_reference else template.OTHERS


def _slope(drawn: Sketch, answer: SideBySide, row: dict[str, Any], scale: float, colour: str) -> None:
    said = escaping.chart(f"{row['group']}: {words.describe_row(answer, row)}")
    few = "too_few" in (row["first_reliability"], row["second_reliability"])
    drawn.scatter(
        x=np.array([0.0, 1.0]),
        y=np.array([row["first_rate"], row["second_rate"]]) * scale,
        mode="lines+markers",
        line={"color": colour, "width": 1.2 if colour == template.OTHERS else 3, "dash": "dot" if few else "solid"},
        marker={
            "size": 7 if colour == template.OTHERS else 10,
            "color": template.PAPER if few else colour,
            "line": {"width": 2, "color": colour},
        },
        hoverinfo="text",
        hovertext=[said, said],
        cliponaxis=False,
    )


def _begins(drawn: Sketch, answer: SideBySide, rows: Sequence[dict[str, Any]], scale: float) -> None:
    """The rates at the left ends of the two lines that matter most."""
    for row in rows:
        drawn.annotate(
            text=escaping.chart(words.rate(answer.first, row, "first")),
            x=0,
            y=row["first_rate"] * scale,
            xanchor="right",
            yanchor="middle",
            xshift=-10,
            font={"size": template.SMALL, "color": template.INK},
        )


def _pairs(answer: SideBySide) -> go.Figure:
    """Two marks a row on one scale: the first filled, the second hollow; of two groups one mark each."""
    rows, scale = words.shown_rows(answer), numbers.display_scale(answer.measure)
    value = "gap" if answer.kind == "reference" else "rate"
    both = answer.kind != "group"
    sides = ("first", "second") if both else ("first",)
    rows.sort(key=lambda row: -row["first_rate"] * answer.measure.harm_sign)
    strong = words.subject(answer)
    parts = [value, *(["lower", "upper"] if value == "rate" else ["gap_lower", "gap_upper"])]
    reach = [row[f"{side}_{part}"] * scale for row in rows for side in sides for part in parts if _readable(row, side)]
    low, high = labelled_rows.padded([*reach, *([0.0] if value == "gap" else [])])
    lines = [_line(answer, row, value, row["group"] == strong, both) for row in rows]
    suffix = "%" if answer.measure.kind == "proportion" and value == "rate" else ""
    drawn = labelled_rows.rows_figure(lines, low, high, _axis(answer, value), suffix)
    if value == "gap":
        labelled_rows.vertical_ticks(drawn, [(i, 0.0) for i in range(len(rows))], template.INK)
    if both:
        left, right = words.sides(answer)
        labelled_rows.heading(drawn, f"● {left}   ○ {right}", low, low, high, template.MUTED)
    for i, row in enumerate(rows):
        for side in sides:
            _mark(drawn, answer, i, row, side, parts, scale, row["group"] == strong)
    return drawn.figure()


def _readable(row: dict[str, Any], side: str) -> bool:
    return bool(row[f"{side}_reliability"] != "too_few")


def _axis(answer: SideBySide, value: str) -> str:
    if value == "gap":
        return "Gap, percentage points" if answer.measure.kind == "proportion" else "Gap"
    unit = numbers.unit(answer.measure)
    named = "Rate" if answer.kind == "measure" else measures.heading(answer.measure)
    return f"{named}{f', {unit}' if unit else ''}"


def _line(answer: SideBySide, row: dict[str, Any], value: str, strong: bool, both: bool) -> Line:
    if value == "gap":
        first, second = (words.gap(one, row["group"]) for one in (answer.first, answer.second))
    else:
        first = words.rate(answer.first, row, "first")
        second = words.rate(answer.second, row, "second") if both else ""
    return Line(str(row["group"]), figure=first, below=second, strong=strong)


def _mark(
    drawn: Sketch,
    answer: SideBySide,
    i: int,
    row: dict[str, Any],
    side: str,
    parts: Sequence[str],
    scale: float,
    strong: bool,
) -> None:
    """One mark with its range; nothing where there is no number, as for the gap of the reference itself."""
    middle, lower, upper = (float(row[f"{side}_{part}"]) * scale for part in parts)
    if not np.isfinite(middle):
        return
    colour = template.FOCUS if strong else template.OTHERS
    hollow = side == "second"
    apart = 0.0 if answer.kind == "group" else _APART if hollow else -_APART
    drawn.scatter(
        x=np.array([middle]),
        y=np.array([labelled_rows.mark_line(i) + apart]),
        mode="markers",
        marker={
            "size": 11,
            "color": template.PAPER if hollow else colour,
            "line": {"width": 2 if hollow else 1, "color": colour if hollow else template.PAPER},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": np.nan_to_num(np.array([upper - middle])),
            "arrayminus": np.nan_to_num(np.array([middle - lower])),
            "color": colour,
            "thickness": 2,
            "width": 0,
        },
        hoverinfo="text",
        hovertext=[escaping.chart(f"{row['group']}: {words.describe_row(answer, row)}")],
    )
