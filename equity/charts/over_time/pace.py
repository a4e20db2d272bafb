"""How soon a chart could tell that a gap is closing, beside how often it would say so when nothing changes."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import line_ends, template
from equity.charts.parts.line_ends import EndLabel
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import Pace
from equity.words import escaping
from equity.words.answers import pace as words
from equity.words.cached_per_answer import cached_per_answer

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 230, 30, 40, 42, 122
ENOUGH = 80.0


@cached_per_answer
def chance_to_tell(answer: Pace) -> go.Figure:
    """The share of simulated charts that have shown the change by each period, and of those where nothing changed."""
    told, alarms = (np.array(shares) * 100 for shares in (answer.told, answer.false_alarm))
    after = np.arange(1, told.size + 1, dtype=np.float64)
    drawn = Sketch(HEIGHT, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    for values, colour, width in ((alarms, template.OTHERS, 1.5), (told, template.FOCUS, 2.5)):
        drawn.scatter(
            x=after,
            y=values,
            mode="lines",
            line={"color": colour, "width": width},
            hoverinfo="text",
            hovertext=[escaping.chart(words.point_in_words(answer, i)) for i in range(told.size)],
        )
    ends = np.array([0.5, told.size + 0.5])
    drawn.scatter(
        x=ends, y=np.array([ENOUGH, ENOUGH]), mode="lines", line={"color": template.HAIR, "width": 1}, hoverinfo="skip"
    )
    labels = [EndLabel("80 in 100", ENOUGH, template.MUTED)]
    if told.size:
        labels += [
            EndLabel("has shown it", float(told[-1]), template.FOCUS, True),
            EndLabel("false alarm: nothing changed", float(alarms[-1]), template.MUTED),
        ]
    line_ends.write(drawn, labels, 0.0, 100.0, HEIGHT - TOP - BOTTOM)
    unit = f"{answer.grain}s from now"
    drawn.axis("xaxis", **template.quiet_axis(range=[0.5, told.size + 0.5], nticks=7, title=_small(unit)))
    drawn.axis(
        "yaxis",
        **template.quiet_axis(range=[0, 103], nticks=5, ticksuffix="%", showgrid=True, gridcolor=template.HAIR),
    )
    drawn.annotate(
        text="Share of charts that have given a signal", x=0, xref="paper", xshift=4 - LEFT, y=1, yref="paper",
        xanchor="left", yanchor="bottom", yshift=6, font={"size": template.SMALL, "color": template.MUTED},
    )  # fmt: skip
    return drawn.figure()


def _small(text: str) -> dict[str, object]:
    return {"text": text, "font": {"size": template.SMALL, "color": template.MUTED}, "standoff": 4}
