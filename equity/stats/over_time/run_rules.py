"""Rules that read the order of points about a centre line.

Two families stand side by side and do different work. The Anhøj rules decide the word *signal*; their limits grow
with the number of points, so the false-alarm rate stays between 1 and 5 % whatever the length of the chart. IHI's
shift and trend keep fixed lengths (6 and 5), so on a long chart of pure noise they fire often; their points are
drawn as "worth a look" and never called a signal.

Points on the centre line neither make nor break a run, and neither do periods without data: both are stepped over.

Sources: Anhøj & Olesen 2014 (doi 10.1371/journal.pone.0113825); Anhøj 2015; Schilling 2012 (longest run); Chen 2010
(crossings); Perla, Provost & Murray 2011 (shift and trend).
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Number = TypeVar("Number", bound=np.generic)

SHIFT_POINTS = 6
"""IHI: this many points in a row on one side of the median are a shift."""

TREND_POINTS = 5
"""IHI: this many points in a row all going up, or all going down, are a trend."""

USEFUL_POINTS_WANTED = 10
"""Fewer useful points than this, and a quiet chart says little: the rules were studied from 10 points up."""

FALSE_ALARMS_ANHOEJ = {12: 0.013, 24: 0.031, 36: 0.042, 48: 0.038}
"""Share of run charts of pure noise (median centre) that the Anhøj rules call a signal, by number of points.
Simulated: 200,000 charts of independent normal values for each length."""

FALSE_ALARMS_IHI = {12: 0.122, 24: 0.361, 36: 0.551, 48: 0.685}
"""Share of run charts of pure noise (median centre) with an IHI shift or trend somewhere, by number of points.
Same simulation. This is why those rules are drawn as "worth a look"."""

FALSE_ALARMS_ANHOEJ_MEAN = {12: 0.017, 24: 0.040, 36: 0.056, 48: 0.047}
FALSE_ALARMS_IHI_MEAN = {12: 0.153, 24: 0.398, 36: 0.581, 48: 0.708}
"""The same around the mean, which is the middle of every chart but the run chart: points lie on its two sides in less
equal numbers, so that long runs and few crossings are more frequent."""

_ON_CENTRE = 1e-12  # relative: a mean of equal numbers may differ from them in the last bit


@dataclass(frozen=True, slots=True)
class RunSignal:
    """What the Anhøj rules say about one series.

    `useful`: points not on the centre line. `longest_run`: points in the longest run on one side; a signal when
    above `longest_run_max`. `crossings`: times the line between points crosses the centre; a signal when below
    `crossings_min`. Counts are points or crossings. With no useful point every count is 0 and nothing is a signal.
    """

    useful: int
    longest_run: int
    longest_run_max: int
    crossings: int
    crossings_min: int
    signal: bool

    @property
    def few_points(self) -> bool:
        """True when there are too few useful points for a quiet chart to mean much."""
        return self.useful < USEFUL_POINTS_WANTED


@dataclass(frozen=True, slots=True)
class RunSignals:
    """The fields of `RunSignal` for many series at once: arrays of the leading shape (integers, and one boolean)."""

    useful: Integers
    longest_run: Integers
    longest_run_max: Integers
    crossings: Integers
    crossings_min: Integers
    signal: Booleans

    def of(self, index: int | tuple[int, ...]) -> RunSignal:
        """What is said of one series: `index` on the leading axes."""
        return RunSignal(
            useful=int(self.useful[index]),
            longest_run=int(self.longest_run[index]),
            longest_run_max=int(self.longest_run_max[index]),
            crossings=int(self.crossings[index]),
            crossings_min=int(self.crossings_min[index]),
            signal=bool(self.signal[index]),
        )


def longest_run_limit(useful: int) -> int:
    """The longest run expected by chance: round(log2 n) + 3 for n useful points (0 when there are none)."""
    return round(math.log2(useful)) + 3 if useful > 0 else 0


@lru_cache(maxsize=4096)
def crossings_limit(useful: int) -> int:
    """The fewest crossings expected by chance: the 5 % quantile of Binomial(n − 1, ½), in whole-number arithmetic."""
    steps = max(useful - 1, 0)
    term, total, crossings = 1, 1, 0
    while 20 * total < 2**steps:
        term = term * (steps - crossings) // (crossings + 1)
        total += term
        crossings += 1
    return crossings


def sides(values: ArrayLike, centre: ArrayLike) -> NDArray[np.int8]:
    """Which side of the centre each point is on: 1 above, −1 below, 0 on the centre or no data.

    `values`: (…, T); `centre` broadcasts to it. The last axis is time.
    """
    y, c = np.broadcast_arrays(np.asarray(values, dtype=float), np.asarray(centre, dtype=float))
    measured = np.isfinite(y) & np.isfinite(c)
    difference = np.where(measured, y, 0.0) - np.where(measured, c, 0.0)
    scale = np.where(measured, np.maximum(np.abs(y), np.abs(c)), 0.0)
    off_centre = measured & (np.abs(difference) > _ON_CENTRE * scale)
    return np.where(off_centre, np.sign(difference), 0).astype(np.int8)


def run_signals_so_far(values: ArrayLike, centre: ArrayLike) -> RunSignals:
    """The Anhøj rules applied at every point to the series up to that point.

    `values`: (…, T); `centre` broadcasts to it and is taken as known throughout. Every field has the shape (…, T);
    the last column is what the rules say of the whole series.
    """
    side = sides(values, centre)
    run, starts = _runs(side)
    useful = np.cumsum(side != 0, axis=-1, dtype=np.int64)
    longest = np.maximum.accumulate(_length_within_run(side, run, starts), axis=-1)
    crossings = np.maximum(np.cumsum(starts, axis=-1, dtype=np.int64) - 1, 0)
    run_limits, crossing_limits = _limits(side.shape[-1])
    longest_max, crossings_min = run_limits[useful], crossing_limits[useful]
    signal = (longest > longest_max) | (crossings < crossings_min)
    return RunSignals(useful, longest, longest_max, crossings, crossings_min, signal)


def run_signals(values: ArrayLike, centre: ArrayLike) -> RunSignals:
    """The Anhøj rules for many series: `values` (…, T), `centre` broadcasts; every field has the leading shape (…)."""
    y = np.asarray(values, dtype=float)
    if y.shape[-1] == 0:
        none = np.zeros(y.shape[:-1], dtype=np.int64)
        return RunSignals(none, none, none, none, none, none.astype(bool))
    each = run_signals_so_far(y, centre)
    return RunSignals(
        each.useful[..., -1],
        each.longest_run[..., -1],
        each.longest_run_max[..., -1],
        each.crossings[..., -1],
        each.crossings_min[..., -1],
        each.signal[..., -1],
    )


def longest_run_points(values: ArrayLike, centre: ArrayLike) -> Booleans:
    """The points of every run longer than the Anhøj limit, so that a chart can mark them: (…, T) booleans."""
    side = sides(values, centre)
    useful = (side != 0).sum(axis=-1, keepdims=True)
    return _in_runs_of(side, _limits(side.shape[-1])[0][useful] + 1)


def shift_points(values: ArrayLike, centre: ArrayLike, *, least: int = SHIFT_POINTS) -> Booleans:
    """The points of every shift: `least` or more useful points in a row on one side of the centre. (…, T) booleans."""
    return _in_runs_of(sides(values, centre), least)


def trend_points(values: ArrayLike, *, least: int = TREND_POINTS) -> Booleans:
    """The points of every trend: `least` or more points in a row all going up, or all going down. (…, T) booleans.

    A point equal to the one before it is stepped over: it neither makes nor breaks a trend. The point that a trend
    sets out from belongs to it.
    """
    y = np.asarray(values, dtype=float)
    before = _previous(y, np.isfinite(y))
    step = sides(y, before)
    rising = _in_runs_of(step, least - 1)
    marked = rising.copy()
    # The first step of each trend leaves from the last point that moved, or from the first point measured.
    moved = (step != 0) | (np.isfinite(y) & ~np.isfinite(before))
    origin = previous_index(moved)
    _, starts = _runs(step)
    for place in np.argwhere(rising & starts):
        leading = tuple(place[:-1])
        marked[(*leading, origin[tuple(place)])] = True
    return marked


def previous_index(present: Booleans) -> Integers:
    """For each place on the last axis, the index of the latest earlier place that is present; −1 when none is."""
    places = np.where(present, np.arange(present.shape[-1]), -1)
    latest = np.maximum.accumulate(places, axis=-1)
    return np.concatenate([np.full((*latest.shape[:-1], 1), -1), latest[..., :-1]], axis=-1)


def taken_along_time(values: NDArray[Number], places: Integers) -> NDArray[Number]:
    """The values at these places of the last axis, arrays (…, T) both: a quick `np.take_along_axis`."""
    if values.ndim == 1:
        return values[places]
    rows = math.prod(values.shape[:-1])
    series = np.arange(rows)[:, np.newaxis]
    return values.reshape(rows, values.shape[-1])[series, places.reshape(rows, places.shape[-1])].reshape(places.shape)


def _previous(values: Floats, present: Booleans) -> Floats:
    """For each place on the last axis, the value at the latest earlier place that is present; NaN when none is."""
    index = previous_index(present)
    return np.where(index >= 0, taken_along_time(values, np.maximum(index, 0)), np.nan)


def _runs(side: NDArray[np.int8]) -> tuple[Integers, Booleans]:
    """The number of the run that each place is in (1, 2, …), and the places where a run starts."""
    useful = side != 0
    index = previous_index(useful)
    starts = useful & ((index < 0) | (side != taken_along_time(side, np.maximum(index, 0))))
    return np.cumsum(starts, axis=-1, dtype=np.int64), starts


@lru_cache(maxsize=64)
def _limits(most: int) -> tuple[Integers, Integers]:
    """The limits of the longest run and of the crossings, (most + 1,) each: by the number of useful points."""
    longest = np.array([longest_run_limit(count) for count in range(most + 1)], dtype=np.int64)
    crossings = np.array([crossings_limit(count) for count in range(most + 1)], dtype=np.int64)
    longest.flags.writeable = crossings.flags.writeable = False
    return longest, crossings


def _length_within_run(side: NDArray[np.int8], run: Integers, starts: Booleans) -> Integers:
    """How many useful points the current run has had, up to and with each place."""
    counted = np.cumsum(side != 0, axis=-1, dtype=np.int64)
    counted_before_run = np.maximum.accumulate(np.where(starts, counted - 1, 0), axis=-1)
    return np.where(run > 0, counted - counted_before_run, 0)


def _in_runs_of(side: NDArray[np.int8], least: ArrayLike) -> Booleans:
    """The useful points that are in a run of at least `least` useful points (`least` broadcasts to (…, 1))."""
    run, _ = _runs(side)
    width = side.shape[-1] + 1
    rows = side.reshape(math.prod(side.shape[:-1]), side.shape[-1])
    keys = run.reshape(rows.shape) + width * np.arange(len(rows))[:, np.newaxis]
    lengths = np.bincount(keys[rows != 0], minlength=width * len(rows))
    of_each_point = lengths[keys].reshape(side.shape)
    return np.asarray((side != 0) & (of_each_point >= np.asarray(least)), dtype=bool)
