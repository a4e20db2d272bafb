"""The kinds of run and control chart: a centre line, limits, and the points outside them.

`KINDS` says what each is called, which measures it fits and what draws it: whatever offers, refuses, draws or names a
chart reads that list. Each takes arrays whose last axis is time and gives one `ControlChart` (`chart_limits.py`, which
also says what a hole, a phase and a baseline are).

Sources: Montgomery, Introduction to Statistical Quality Control; Laney 2002 (p′, u′); Wheeler, Understanding Variation
(XmR); Provost & Murray, The Health Care Data Guide. Agrees with qicharts2 with `qic.screenedmr = TRUE`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from equity.stats.estimate import Kind, ratio_of
from equity.stats.over_time.chart_limits import (
    PLAIN_FRAME,
    Booleans,
    ChartFrame,
    ChartKind,
    ControlChart,
    Floats,
    drawn_points,
    each_phase,
    finite,
    limits_about,
    mean_of,
    median_along_time,
    moving_range_sigma,
)

Draw = Callable[[Floats, Floats, ChartFrame], ControlChart]
"""A chart of events (or sums) and denominators, (…, T) each; a period without a denominator is a hole."""

Middle = Literal["mean", "median"]


@dataclass(frozen=True, slots=True)
class KindOfChart:
    """One kind of chart.

    Attributes:
        name: the key used everywhere, and what the terminal takes.
        label: what a person reads.
        fits: the kinds of measure that can be drawn so.
        draw: a point a period; None where a point is an event.
        middle: of what the middle line is, which tells how often the rules about runs are wrong.
        has_limits: whether points can lie outside limits, so that these are trial limits while there are few.
        of_a_share: whether events are some of the denominator, so that there are never more of them.
        between: what lies between two events, where a point is an event; the values are then in this unit, else in the
            measure's own.
    """

    name: str
    label: str
    fits: tuple[Kind, ...]
    draw: Draw | None
    middle: Middle = "mean"
    has_limits: bool = True
    of_a_share: bool = False
    between: str = ""


_OF_A_SHARE = (0.0, 1.0)
_OF_A_RATE = (0.0, np.inf)


def run_chart(values: ArrayLike, frame: ChartFrame = PLAIN_FRAME) -> ControlChart:
    """Run chart: `values` (…, T) about their median. No limits."""
    y = finite(values)
    drawn = drawn_points(y, frame)
    return replace(drawn, centre=each_phase(drawn, lambda used: median_along_time(np.where(used, y, np.nan))))


def xmr_chart(values: ArrayLike, frame: ChartFrame = PLAIN_FRAME) -> ControlChart:
    """XmR chart (individuals): mean ± 3·(mean moving range ÷ 1.128), that is ± 2.66 mean moving ranges.

    `values`: (…, T), a continuous value a period (minutes, a score, the gap itself).
    """
    y = finite(values)
    drawn = drawn_points(y, frame)
    centre = each_phase(drawn, lambda used: mean_of(y, used))
    sigma = each_phase(drawn, lambda used: moving_range_sigma(y, used))
    return limits_about(replace(drawn, centre=centre), "i", centre, sigma, (-np.inf, np.inf))


def p_chart(events: ArrayLike, n: ArrayLike, frame: ChartFrame = PLAIN_FRAME) -> ControlChart:
    """p chart: events ÷ n about Σevents ÷ Σn, limits ± 3·√(CL(1 − CL)/n) a period, clipped to 0 and 1.

    `events`, `n`: (…, T), counts with 0 ≤ events ≤ n. Raises ValueError when they are not.
    """
    x, size = _counts(events, n, most_is_n=True)
    drawn = drawn_points(x / size, frame)
    centre = each_phase(drawn, lambda used: _pooled(x, size, used))
    return limits_about(replace(drawn, centre=centre), "p", centre, np.sqrt(centre * (1 - centre) / size), _OF_A_SHARE)


def u_chart(events: ArrayLike, n: ArrayLike, frame: ChartFrame = PLAIN_FRAME) -> ControlChart:
    """u chart: events ÷ n about Σevents ÷ Σn, limits ± 3·√(CL/n) a period, clipped at 0.

    `events`, `n`: (…, T), counts of events and the exposure they come from. Raises ValueError when one is negative.
    """
    x, size = _counts(events, n, most_is_n=False)
    drawn = drawn_points(x / size, frame)
    centre = each_phase(drawn, lambda used: _pooled(x, size, used))
    return limits_about(replace(drawn, centre=centre), "u", centre, np.sqrt(centre / size), _OF_A_RATE)


def laney_p_chart(events: ArrayLike, n: ArrayLike, frame: ChartFrame = PLAIN_FRAME) -> ControlChart:
    """Laney p′ chart: the limits of the p chart, times σ_z (the moving-range spread of the z-values). See `p_chart`."""
    return _laney("pp", p_chart(events, n, frame), _OF_A_SHARE)


def laney_u_chart(events: ArrayLike, n: ArrayLike, frame: ChartFrame = PLAIN_FRAME) -> ControlChart:
    """Laney u′ chart: the limits of the u chart, times σ_z (the moving-range spread of the z-values). See `u_chart`."""
    return _laney("up", u_chart(events, n, frame), _OF_A_RATE)


def _laney(kind: ChartKind, plain: ControlChart, bounds: tuple[float, float]) -> ControlChart:
    varies = plain.sigma > 0
    z = np.where(varies, (plain.value - plain.centre) / np.where(varies, plain.sigma, 1.0), 0.0)
    spread = each_phase(plain, lambda used: moving_range_sigma(z, used))
    first_points = [int(np.argmax(plain.phase == number)) for number in range(plain.points_used.shape[-1])]
    widened = limits_about(plain, kind, plain.centre, plain.sigma * spread, bounds)
    return replace(widened, sigma_z=spread[..., first_points])


def _counts(events: ArrayLike, n: ArrayLike, *, most_is_n: bool) -> tuple[Floats, Floats]:
    """Events and denominators with every hole (missing, or a denominator of 0) as NaN in both."""
    x, size = np.broadcast_arrays(finite(events), finite(n))
    hole = np.isnan(x) | np.isnan(size) | (size == 0)
    if np.any((x < 0) & ~hole) or np.any((size < 0) & ~hole):
        raise ValueError("events and denominators must not be negative")
    if most_is_n and np.any((x > size) & ~hole):
        place = tuple(int(i) for i in np.argwhere((x > size) & ~hole)[0])
        raise ValueError(f"more events ({x[place]:g}) than people or visits ({size[place]:g}) at point {place[-1] + 1}")
    return np.where(hole, np.nan, x), np.where(hole, np.nan, size)


def _pooled(events: Floats, n: Floats, used: Booleans) -> Floats:
    exposure = np.where(used, n, 0.0).sum(axis=-1)
    total = np.where(used, events, 0.0).sum(axis=-1)
    return np.where(exposure > 0, total / np.where(exposure > 0, exposure, 1.0), np.nan)


def _of_rates(draw: Callable[[Floats, ChartFrame], ControlChart]) -> Draw:
    """A chart of rates alone, whatever their denominators."""
    return lambda events, n, frame: draw(np.where(n > 0, ratio_of(events, n), np.nan), frame)


COUNTED: tuple[Kind, ...] = ("proportion", "rate")
KINDS: tuple[KindOfChart, ...] = (
    KindOfChart("run", "run chart", (*COUNTED, "mean"), _of_rates(run_chart), "median", has_limits=False),
    KindOfChart("p", "p chart", ("proportion",), p_chart, of_a_share=True),
    KindOfChart("pp", "p′ chart", ("proportion",), laney_p_chart, of_a_share=True),
    KindOfChart("u", "u chart", COUNTED, u_chart),
    KindOfChart("up", "u′ chart", COUNTED, laney_u_chart),
    KindOfChart("i", "individuals (XmR) chart", (*COUNTED, "mean"), _of_rates(xmr_chart)),
    KindOfChart("t", "t chart", COUNTED, None, between="days"),
)
"""In the order in which they are offered."""

BY_NAME = {kind.name: kind for kind in KINDS}
BETWEEN_EVENTS = {kind.name: kind.between for kind in KINDS if kind.between}


def fitting(kind: Kind) -> tuple[KindOfChart, ...]:
    """The charts that a measure of this kind can be drawn as."""
    return tuple(each for each in KINDS if kind in each.fits)
