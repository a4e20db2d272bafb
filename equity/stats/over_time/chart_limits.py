"""What a run or control chart holds, and what its kinds are made of: phases, the points used, limits, moving ranges.

Every chart takes arrays whose last axis is time; leading axes are separate series (groups, sites). A `ChartFrame`
carries the choices that people make: a baseline whose limits are frozen and extended, phases that each get their own
centre and limits, and points left out of the limits but still drawn.

A period without data (NaN, or a denominator of 0) is a hole: its value is NaN, it is in no limit and no run, and it is
never 0. Moving ranges go from one point used to the next point used.

Sources: Nelson 1982 (screening of moving ranges); Wheeler, Understanding Variation.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from equity.stats.over_time.run_rules import previous_index, taken_along_time

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

ChartKind = str
"""The name of a chart in :mod:`equity.stats.over_time.control_charts`."""

POINTS_FOR_LIMITS = 12
"""With fewer points behind them, limits are called trial limits."""

MOVING_RANGE_TO_SIGMA = 1.128
"""d2 for two points: the mean moving range of normal noise in standard deviations."""

MOVING_RANGE_LIMIT = 3.267
"""D4 for two points: moving ranges above this many mean moving ranges are dropped, once."""

_ON_LIMIT = 1e-12  # relative: rounding in the last bit puts no point outside


@dataclass(frozen=True, slots=True)
class ChartFrame:
    """What people decided about a chart; the program decides none of it.

    `baseline`: booleans that broadcast to (…, T). In a phase that holds baseline points, centre and limits come from
    those points alone and extend over the phase. `excluded`: booleans that broadcast to (…, T), True for points that
    are drawn but used neither for the limits nor for the runs. `phase_starts`: indices on the time axis where a new
    phase begins (0 is implied).
    """

    baseline: NDArray[np.bool_] | None = None
    excluded: NDArray[np.bool_] | None = None
    phase_starts: tuple[int, ...] = ()


PLAIN_FRAME = ChartFrame()


@dataclass(frozen=True, slots=True)
class ControlChart:
    """One chart, or many of one kind, ready to draw.

    (…, T) arrays: `value` (NaN in a hole), `centre`, `lower`, `upper` (NaN where there are no limits: every run chart,
    and holes of a chart whose limits depend on the denominator), `sigma` (the standard deviation the limits are three
    of, before they are clipped), `outside` (strictly beyond a limit), `used` (behind centre and limits), `excluded`.
    `phase`: (T,) the number of the phase, from 0. (…, phases) arrays: `points_used`, `trial` (fewer than 12 points
    used), `sigma_z` (p′ and u′: spread relative to chance; NaN for other kinds).
    Values have the unit of the data: a fraction for p, events per unit of denominator for u.
    """

    kind: ChartKind
    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    sigma: Floats
    outside: Booleans
    used: Booleans
    excluded: Booleans
    phase: Integers
    points_used: Integers
    trial: Booleans
    sigma_z: Floats


def each_phase(chart: ControlChart, figure: Callable[[Booleans], Floats]) -> Floats:
    """One figure a phase, from the points used in it, spread over the points of the phase: (…, T).

    `figure` takes booleans (…, T), True for the points to use, and gives (…).
    """
    spread = np.full(chart.used.shape, np.nan)
    for number in range(int(chart.phase[-1]) + 1):
        inside = chart.phase == number
        spread[..., inside] = figure(chart.used & inside)[..., np.newaxis]
    return spread


def limits_about(
    chart: ControlChart, kind: ChartKind, middle: Floats, sigma: Floats, bounds: tuple[float, float]
) -> ControlChart:
    """The same chart with limits `middle` ± 3·`sigma`, clipped to `bounds`; its centre line stays. Arrays (…, T)."""
    lower, upper = np.clip(middle - 3 * sigma, *bounds), np.clip(middle + 3 * sigma, *bounds)
    outside = beyond(chart.value, lower, upper)
    return replace(chart, kind=kind, lower=lower, upper=upper, sigma=sigma, outside=outside)


def moving_range_sigma(values: Floats, used: Booleans) -> Floats:
    """Short-term standard deviation: mean moving range ÷ 1.128, after ranges above 3.267 × their mean are dropped once.

    `values`, `used`: (…, T). Ranges go from one used point to the next. Gives (…); NaN with fewer than two used points.
    """
    before, paired = previous_used(values, used)
    ranges = np.where(paired, np.abs(np.where(paired, values, 0.0) - before), 0.0)
    kept = paired & (ranges <= MOVING_RANGE_LIMIT * mean_of(ranges, paired)[..., np.newaxis])
    return mean_of(ranges, kept) / MOVING_RANGE_TO_SIGMA


def previous_used(values: Floats, used: Booleans) -> tuple[Floats, Booleans]:
    """For each used point the value of the used point before it, and where there is one (0 elsewhere). (…, T) both."""
    before = previous_index(used)
    paired = used & (before >= 0)
    earlier = taken_along_time(values, np.maximum(before, 0))
    return np.where(paired, earlier, 0.0), paired


def beyond(value: Floats, lower: Floats, upper: Floats) -> Booleans:
    """Strictly outside the limits; a missing value or a missing limit is never outside."""
    room = _ON_LIMIT * np.nan_to_num(np.abs(value))
    return (value > upper + room) | (value < lower - room)


def drawn_points(value: Floats, frame: ChartFrame) -> ControlChart:
    """The chart without its lines: which points there are, and which stand behind the lines of which phase."""
    phase = _phases(frame.phase_starts, value.shape[-1])
    excluded = _mask(frame.excluded, value.shape, "excluded points")
    free = np.isfinite(value) & ~excluded
    frozen = free & _mask(frame.baseline, value.shape, "baseline")
    used = free.copy()
    phases = [phase == number for number in range(int(phase[-1]) + 1)]
    for inside in phases:
        has_baseline = (frozen & inside).any(axis=-1, keepdims=True)
        used[..., inside] = np.where(has_baseline, frozen[..., inside], free[..., inside])
    points_used = np.stack([(used & inside).sum(axis=-1) for inside in phases], axis=-1)
    no_line = np.full(value.shape, np.nan)
    return ControlChart(
        kind="run",
        value=value,
        centre=no_line,
        lower=no_line,
        upper=no_line,
        sigma=no_line,
        outside=np.zeros(value.shape, dtype=bool),
        used=used,
        excluded=excluded,
        phase=phase,
        points_used=points_used,
        trial=points_used < POINTS_FOR_LIMITS,
        sigma_z=np.full(points_used.shape, np.nan),
    )


def finite(values: ArrayLike) -> Floats:
    """The series (…, T) with every hole as NaN; raises ValueError where there is no period."""
    y = np.asarray(values, dtype=float)
    if y.ndim == 0 or y.shape[-1] == 0:
        raise ValueError("a chart needs a series of at least one period")
    return np.where(np.isfinite(y), y, np.nan)


def _mask(given: NDArray[np.bool_] | None, shape: tuple[int, ...], meaning: str) -> Booleans:
    if given is None:
        return np.zeros(shape, dtype=bool)
    try:
        return np.broadcast_to(np.asarray(given, dtype=bool), shape)
    except ValueError:
        raise ValueError(f"the {meaning} have the shape {np.shape(given)}, the series {shape}") from None


def _phases(starts: tuple[int, ...], points: int) -> Integers:
    outside = [start for start in starts if not 0 <= start < points]
    if outside:
        raise ValueError(f"a phase starts at point {outside[0]}, but the series has points 0 to {points - 1}")
    inner = sorted({start for start in starts if start > 0})
    return np.searchsorted(np.asarray(inner, dtype=np.int64), np.arange(points), side="right").astype(np.int64)


def mean_of(values: Floats, used: Booleans) -> Floats:
    """Mean along the last axis of the used values; NaN where none is used."""
    count = used.sum(axis=-1)
    total = np.where(used, values, 0.0).sum(axis=-1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def median_along_time(values: Floats) -> Floats:
    """Median along the last axis of the finite values; NaN where there are none (and no warning about it)."""
    ordered = np.sort(values, axis=-1)  # NaN sorts last
    count = np.isfinite(values).sum(axis=-1)
    low = np.take_along_axis(ordered, np.maximum((count - 1) // 2, 0)[..., np.newaxis], axis=-1)[..., 0]
    high = np.take_along_axis(ordered, np.minimum(count // 2, values.shape[-1] - 1)[..., np.newaxis], axis=-1)[..., 0]
    return np.where(count > 0, (low + high) / 2, np.nan)
