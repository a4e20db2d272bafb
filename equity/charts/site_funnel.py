"""Sites as a funnel: each site by its size, and the limits of what chance and ordinary variation explain."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import line_ends, template
from equity.charts.parts.labelled_rows import padded
from equity.charts.parts.line_ends import EndLabel
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import SiteFunnel
from equity.words import escaping, numbers
from equity.words.answers import site_funnel as words
from equity.words.answers.site_funnel import Site
from equity.words.cached_per_answer import cached_per_answer

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 400, 34, 50, 46, 104


@cached_per_answer
def funnel(answer: SiteFunnel) -> go.Figure:
    """Sites as points, small ones at the left where the limits are wide; those outside the outer limits are named.

    The level line is all sites together; the inner limits (95 %) are dotted, the outer ones (99.8 %) solid. Outside is
    orange toward harm and blue away from it.
    """
    scale = numbers.display_scale(answer.measure)
    sites, curve = words.sites(answer), answer.curve
    sides = {name: curve[name].to_numpy(np.float64) * scale for name in curve.columns if name != "size"}
    values = [site.value * scale for site in sites]
    bounded = answer.of == "rate" and answer.measure.kind != "mean"
    ceiling = 100.0 if answer.measure.kind == "proportion" else None
    ends = [*values, *sides["lower_998"][_readable(curve)], *sides["upper_998"][_readable(curve)]]
    low, high = padded(ends, *((0.0, ceiling) if bounded else (None, None)))
    size = curve["size"].to_numpy(np.float64)
    drawn = Sketch(HEIGHT, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    _axes(drawn, answer, (float(size.min()), float(size.max())), (low, high))
    for name, dash in (("lower_95", "dot"), ("upper_95", "dot"), ("lower_998", "solid"), ("upper_998", "solid")):
        line = {"color": template.FAINT, "width": 1.5, "dash": dash}
        drawn.scatter(x=size, y=sides[name], mode="lines", line=line, hoverinfo="skip")
    reach = np.array([size.min(), size.max()])
    level = {"color": template.INK, "width": 1.5}
    drawn.scatter(x=reach, y=np.full(2, answer.centre * scale), mode="lines", line=level, hoverinfo="skip")
    _points(drawn, answer, sites, scale)
    _names(drawn, sites, scale, (float(size.min()), float(size.max())))
    labels = [
        EndLabel(f"all {words.place(answer)}s together", answer.centre * scale, template.INK, True),
        EndLabel("99.8%", float(sides["upper_998"][-1]), template.MUTED),
        EndLabel("95%", float(sides["upper_95"][-1]), template.MUTED),
        EndLabel("95%", float(sides["lower_95"][-1]), template.MUTED),
        EndLabel("99.8%", float(sides["lower_998"][-1]), template.MUTED),
    ]
    line_ends.write(drawn, labels, low, high, HEIGHT - TOP - BOTTOM)
    return drawn.figure()


def _readable(curve: object) -> slice:
    """The part of the limits that sets the height of the chart: beyond it they run out at the edge."""
    return slice(4, None)


def colour_of(answer: SiteFunnel, site: Site) -> str:
    """Slate inside the outer limits; outside them orange toward harm, blue away from it, ink where neither is known."""
    if not site.outside:
        return template.OTHERS
    if answer.measure.polarity == "neutral":
        return template.INK
    toward_harm = site.outside if answer.of == "gap" else site.outside * answer.measure.harm_sign
    return template.WORSE if toward_harm > 0 else template.BETTER


def _points(drawn: Sketch, answer: SiteFunnel, sites: tuple[Site, ...], scale: float) -> None:
    drawn.scatter(
        x=np.array([site.size for site in sites]),
        y=np.array([site.value * scale for site in sites]),
        mode="markers",
        marker={
            "size": [12 if site.outside else 9 for site in sites],
            "color": [colour_of(answer, site) for site in sites],
            "symbol": ["diamond" if site.outside else "circle" for site in sites],
            "line": {"width": 1, "color": template.PAPER},
        },
        hoverinfo="text",
        hovertext=[escaping.chart(words.site_in_words(answer, site)) for site in sites],
    )


def _names(drawn: Sketch, sites: tuple[Site, ...], scale: float, reach: tuple[float, float]) -> None:
    """The names of the sites outside, toward the middle of the chart."""
    for site in sites:
        if site.outside:
            left = site.size < sum(reach) / 2
            drawn.annotate(
                text=escaping.chart(line_ends.wrapped(site.name, 26, 1)[0]),
                x=site.size,
                y=site.value * scale,
                xanchor="left" if left else "right",
                xshift=9 if left else -9,
                font={"size": template.SMALL, "color": template.INK},
            )


def _axes(drawn: Sketch, answer: SiteFunnel, across: tuple[float, float], up: tuple[float, float]) -> None:
    counts = answer.of == "rate" and answer.measure.kind != "mean"
    suffix = "%" if answer.of == "rate" and answer.measure.kind == "proportion" else ""
    room = 0.04 * (across[1] - across[0])
    reach = [across[0] - room, across[1] + room]
    drawn.axis("xaxis", **template.quiet_axis(range=reach, nticks=5, showticklabels=counts, anchor="y"))
    lines = {"showgrid": True, "gridcolor": template.HAIR, "nticks": 5, "ticksuffix": suffix}
    drawn.axis("yaxis", **template.quiet_axis(range=list(up), anchor="x", **lines))
    muted = {"size": template.SMALL, "color": template.MUTED}
    drawn.annotate(
        text=escaping.chart(words.axis(answer)),
        x=0,
        xref="paper",
        xshift=4 - LEFT,
        y=1,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=8,
        font=muted,
    )
    along = "Number in the group (after allowing for repeat visits)" if counts else "larger numbers, more certain →"
    drawn.annotate(
        text=along, x=1, xref="paper", y=0, yref="paper", xanchor="right", yanchor="top", yshift=-24, font=muted
    )
