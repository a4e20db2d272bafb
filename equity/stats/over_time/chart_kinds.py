"""The kinds of run and control chart: what each is called, which measures it fits, and what draws it.

Whatever offers, refuses, draws or names a chart reads this list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from equity.stats.estimate import Kind, ratio_of
from equity.stats.over_time import control_charts
from equity.stats.over_time.control_charts import ChartFrame, ControlChart, Floats

Draw = Callable[[Floats, Floats, ChartFrame], ControlChart]
"""A chart of events (or sums) and denominators, (…, T) each; a period without a denominator is a hole."""


@dataclass(frozen=True, slots=True)
class KindOfChart:
    """One kind of chart.

    Attributes:
        name: the key used everywhere, and what the terminal takes.
        label: what a person reads.
        fits: the kinds of measure that can be drawn so.
        draw: a point a period; None where a point is an event.
        of_a_share: whether events are some of the denominator, so that there are never more of them.
        between: what lies between two events, where a point is an event; the values are then in this unit, else in the
            measure's own.
    """

    name: str
    label: str
    fits: tuple[Kind, ...]
    draw: Draw | None
    of_a_share: bool = False
    between: str = ""


def _of_rates(draw: Callable[[Floats, ChartFrame], ControlChart]) -> Draw:
    """A chart of rates alone, whatever their denominators."""
    return lambda events, n, frame: draw(np.where(n > 0, ratio_of(events, n), np.nan), frame)


COUNTED: tuple[Kind, ...] = ("proportion", "rate")
KINDS: tuple[KindOfChart, ...] = (
    KindOfChart("run", "run chart", (*COUNTED, "mean"), _of_rates(control_charts.run_chart)),
    KindOfChart("p", "p chart", ("proportion",), control_charts.p_chart, of_a_share=True),
    KindOfChart("pp", "p′ chart", ("proportion",), control_charts.laney_p_chart, of_a_share=True),
    KindOfChart("u", "u chart", COUNTED, control_charts.u_chart),
    KindOfChart("up", "u′ chart", COUNTED, control_charts.laney_u_chart),
    KindOfChart("i", "individuals (XmR) chart", (*COUNTED, "mean"), _of_rates(control_charts.xmr_chart)),
    KindOfChart("t", "t chart", COUNTED, None, between="days"),
)
"""In the order in which they are offered."""

BY_NAME = {kind.name: kind for kind in KINDS}
BETWEEN_EVENTS = {kind.name: kind.between for kind in KINDS if kind.between}


def fitting(kind: Kind) -> tuple[KindOfChart, ...]:
    """The charts that a measure of this kind can be drawn as."""
    return tuple(each for each in KINDS if kind in each.fits)
