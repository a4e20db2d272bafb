"""Every gap as measured (hollow) and within places by the model (solid, with its interval). Right is worse."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import labelled_rows, template
from equity.charts.parts.labelled_rows import Line
from equity.lens.answers import GapSources
from equity.words import numbers
from equity.words.answers import gap_sources
from equity.words.answers import site_effects as words
from equity.words.cached_per_answer import cached_per_answer

_BELOW = 0.16


@cached_per_answer
def within(answer: GapSources) -> go.Figure:
    """A row a group."""
    effects, scale = words.there(answer), numbers.display_scale(answer.measure)
    lines = [
        Line(
            m.group,
            figure=gap_sources.gap_in_short(answer, m.within_gap[0], gap_sources.gaps_n(answer), m.crude),
            strong=m.group == gap_sources.focus(answer),
        )
        for m in effects
    ]
    values = np.array([(*m.within_gap, m.gap[0]) for m in effects]).reshape(-1, 4) * scale
    low, high = labelled_rows.padded([0.0, *values.ravel().tolist()])
    axis = "percentage points" if answer.measure.kind == "proportion" else numbers.unit(answer.measure)
    right = "higher" if answer.measure.polarity == "neutral" else "worse"
    drawn = labelled_rows.rows_figure(lines, low, high, f"Gap, {axis}; right is {right}")
    labelled_rows.heading(drawn, "● same place, by the model · ○ as measured", low, low, high, template.MUTED)
    labelled_rows.vertical_ticks(drawn, [(i, 0.0) for i in range(len(effects))], template.INK)
    rows = np.array([labelled_rows.mark_line(i) for i in range(len(effects))])
    drawn.scatter(
        x=values[:, 3],
        y=rows + _BELOW,
        mode="markers",
        marker={"size": 8, "color": template.PAPER, "line": {"width": 1.5, "color": template.OTHERS}},
        hoverinfo="skip",
    )
    labelled_rows.estimates(drawn, values, [words.modelled_in_words(answer, m) for m in effects])
    return drawn.figure()
