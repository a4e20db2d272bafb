"""The summary measures that share the measure's own unit, on one axis: the others stand in the table."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import labelled_rows, template
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import Summary
from equity.words import escaping, numbers
from equity.words.answers import summary as words
from equity.words.cached_per_answer import cached_per_answer


@cached_per_answer
def in_units(answer: Summary) -> go.Figure:
    """A dot with its interval a measure: the value to show first solid, the other of the two hollow."""
    scale = numbers.display_scale(answer.measure)
    rows = answer.rows[(answer.rows["unit"] == "rate") & (answer.rows["reason"] == "")]
    said = {v.known.name: v for v in words.values(answer)}
    values = [said[name] for name in rows["measure"]]
    lines = [
        Line(v.known.label, figure=v.leading.split(" ", maxsplit=1)[0], below="chance off" if v.corrected_leads else "")
        for v in values
    ]
    columns = {c: rows[c].to_numpy(np.float64) * scale for c in ("estimate", "corrected", "lower", "upper")}
    low, high = labelled_rows.padded([0.0, *np.concatenate([*columns.values(), [0.0]])])
    axis = "percentage points" if answer.measure.kind == "proportion" else numbers.unit(answer.measure)
    drawn = labelled_rows.rows_figure(lines, low, high, axis)
    labelled_rows.heading(drawn, _key(answer), low, low, high, template.MUTED)
    labelled_rows.vertical_ticks(drawn, [(i, 0.0) for i in range(len(values))], template.INK)
    if values:
        leads = rows["corrected_leads"].to_numpy(bool)
        lead = np.where(leads, columns["corrected"], columns["estimate"])
        beside = np.where(leads, columns["estimate"], columns["corrected"])
        hover = [escaping.chart(v.in_a_line) for v in values]
        _beside(drawn, beside)
        _leading(drawn, lead, columns["lower"], columns["upper"], hover)
    return drawn.figure()


def _key(answer: Summary) -> str:
    leads = bool((answer.rows["corrected_leads"].astype(bool) & (answer.rows["unit"] == "rate")).any())
    return "● with chance taken off · ○ as seen" if leads else "● as seen · ○ with chance taken off"


def _leading(
    drawn: Sketch,
    middle: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    lower: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    upper: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    hover: list[str],
) -> None:
    drawn.scatter(
        x=middle,
        y=np.array([labelled_rows.mark_line(i) for i in range(len(middle))]),
        mode="markers",
        marker={"size": 11, "color": template.FOCUS, "line": {"width": 1, "color": template.PAPER}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": np.maximum(np.nan_to_num(upper - middle), 0.0),
            "arrayminus": np.maximum(np.nan_to_num(middle - lower), 0.0),
            "color": template.FOCUS,
            "thickness": 2.5,
            "width": 0,
        },
        hoverinfo="text",
        hovertext=hover,
    )


def _beside(drawn: Sketch, values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> None:
    drawn.scatter(
        x=values,
        y=np.array([labelled_rows.mark_line(i) + 0.16 for i in range(len(values))]),
        mode="markers",
        marker={"size": 7, "color": template.PAPER, "line": {"width": 1.5, "color": template.OTHERS}},
        hoverinfo="skip",
    )
