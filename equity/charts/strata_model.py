"""How much lies between combined groups, and how much of that each grouping explains alone."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import labelled_rows
from equity.charts.parts.labelled_rows import Line
from equity.lens.answers import Intersections
from equity.words.answers import strata_model as words
from equity.words.cached_per_answer import cached_per_answer


@cached_per_answer
def shares(answer: Intersections) -> go.Figure:
    """A dot with its interval a share, from 0 to 100 %."""
    named = words.shares(answer)
    lines = [Line(name, figure=words.share_said(three).split(" ", maxsplit=1)[0]) for name, three in named]
    drawn = labelled_rows.rows_figure(lines, 0.0, 100.0, "Share", "%")
    values = np.array([three for _, three in named]).reshape(-1, 3) * 100.0
    labelled_rows.estimates(drawn, values, [f"{name}: {words.share_said(three)}" for name, three in named])
    return drawn.figure()
