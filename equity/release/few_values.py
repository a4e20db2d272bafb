"""Means of a few values: what such a mean, told beside its n, tells of how many people have each value.

A score of 1 to 5 has a mean; with n, the mean and the spread, a reader can work out how many gave each answer, as they
can for a yes or no. A release therefore tells no cell's own spread of such a measure, but one for all of them that is
rounded up (:func:`spread`), and hides a cell whose n and mean leave too few possibilities for a small number of people
with any one value (:meth:`FewValues.tells_a_count`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from equity.release.policy import Policy
from equity.vocabulary import Description

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MOST = 12
"""More values than these are no counts of people with a value: a minute of 180 is nobody's answer."""
GRAIN = 10**6
LARGEST_TABLE = 4_000_000
EIGHTHS = 8.0


@dataclass(frozen=True)
class FewValues:
    """Three values or a few more that all people of a measure have, ascending.

    ``steps`` are the same as whole numbers from 0 on, in their greatest common step.
    """

    values: tuple[float, ...]

    @property
    def low(self) -> float:
        return self.values[0]

    @property
    def range(self) -> float:
        return self.values[-1] - self.values[0]

    @property
    def steps(self) -> tuple[int, ...]:
        apart = [round((value - self.low) * GRAIN) for value in self.values]
        step = math.gcd(*apart)
        return tuple(each // step for each in apart)

    def with_means_of(self, n: Floats, x: Floats) -> FewValues:
        """The same, with ends as far apart as these sums need: another version may have known more values."""
        means = x[n > 0] / n[n > 0]
        if not len(means):
            return self
        ends = float(math.floor(means.min() + 1e-6)), float(math.ceil(means.max() - 1e-6))
        low, high = min(self.values[0], ends[0]), max(self.values[-1], ends[1])
        inside = means.min() >= self.values[0] - 1e-9 and means.max() <= self.values[-1] + 1e-9
        return self if inside else FewValues(tuple(sorted({low, *self.values, high})))

    def share(self, n: Floats, x: Floats) -> Floats:
        """Σ(v − low) ÷ range: how many people it would be, had all either the lowest or the highest value."""
        return np.asarray(np.round((x - self.low * n) / self.range, 9), dtype=np.float64)

    def tells_a_count(self, n: Floats, x: Floats, policy: Policy) -> Flags:
        """Where n and Σv leave fewer than k/2 possible numbers of people to a value that few may have."""
        steps, fewest = self.steps, policy.least_values
        largest = max(48, 4 * fewest)
        total = np.round((x - self.low * n) / self.range * steps[-1])
        inside = (n > 0) & (total > 0) & (total < n * steps[-1])
        if steps[-1] * largest**2 > LARGEST_TABLE:
            return inside  # steps so uneven that the digits of a sum are the counts
        told, narrow = _told(steps, largest, fewest, policy.threshold)
        size = np.clip(np.round(n), 0, largest).astype(np.intp)
        beyond = np.maximum(np.round(n) - largest, 0.0)
        at_top = np.clip(np.round(total / steps[-1] - largest / 2), 0.0, beyond)
        left = np.clip(total - at_top * steps[-1], 0, largest * steps[-1]).astype(np.intp)
        marked = np.zeros(n.shape, dtype=np.bool_)
        marked[inside] = np.where(beyond > 0, narrow[size, left], told[size, left])[inside]
        return marked


@cache
def _told(steps: tuple[int, ...], largest: int, fewest: int, threshold: int) -> tuple[Flags, Flags]:
    """(people, sum), of up to ``largest`` people: whether they tell a small number of people with one value, and
    whether they leave fewer than ``fewest`` possibilities to any value.

    More people leave no fewer possibilities: those who are added may all have the lowest value, or the highest.
    """
    width = largest * steps[-1] + 1
    told = ~_sums(steps, largest, width)
    narrow = told.copy()
    for value in steps:
        without = _sums([step for step in steps if step != value], largest, width)
        ways = without.astype(np.uint8)
        few = np.zeros_like(without)
        for n in range(1, largest + 1):
            ways[n, value:] = np.minimum(ways[n, value:] + ways[n - 1, : width - value], 250)
            for count in range(1, min(threshold - 1, n) + 1):
                at = count * value
                few[n, at:] |= without[n - count, : width - at]
        narrow |= ways < fewest
        told |= few & (ways < fewest)
    return told, narrow


def _sums(steps: Sequence[int], largest: int, width: int) -> Flags:
    """(people, sum): whether so many people, each with one of these values, can come to that sum."""
    marked = np.zeros((largest + 1, width), dtype=np.bool_)
    marked[0, 0] = True
    for n in range(1, largest + 1):
        for step in steps:
            marked[n, step:] |= marked[n - 1, : width - step]
    return marked


def spread(few: FewValues, cells: pd.DataFrame, shown: Flags, policy: Policy) -> Floats:
    """Σv² of each cell as a release tells it: a straight line in n and Σv, one for the whole measure.

    The variance of values within known ends is a share φ of the most that it can be at their mean, as in a
    quasi-binomial model; φ is that of the largest shown cell, rounded up (:func:`_share`). The line is the chord over
    the means that are shown, so that it is above that variance for each of them, and sums and differences of cells are
    what they would be told as themselves.
    """
    n, x = (cells[name].to_numpy(dtype=np.float64) for name in ("n", "x"))
    known = shown & (n > 0)
    if not known.any():
        return np.zeros(len(cells))
    low, high = few.values[0], few.values[-1]
    largest = int(np.flatnonzero(known)[np.argmax(n[known])])
    mean, share = x[largest] / n[largest], _share(few, cells, shown, largest, policy)
    means = x[known] / n[known]
    apart = float(means.max() - means.min()) / 4
    ends = max(low, float(means.min()) - apart), min(high, float(means.max()) + apart)
    at = [m * m + share * (m - low) * (high - m) for m in ends]
    slope = (at[1] - at[0]) / (ends[1] - ends[0]) if ends[1] > ends[0] else 2 * mean + share * (low + high - 2 * mean)
    return np.asarray(n * (at[0] - slope * ends[0]) + slope * x, dtype=np.float64)


def _share(few: FewValues, cells: pd.DataFrame, shown: Flags, largest: int, policy: Policy) -> float:
    """What the sum of squares around the mean of a cell is of the most that it can be, rounded up in steps.

    A step is an eighth of the most, and never less than k people could change who went from one end to the other. Steps
    begin where the least is that everything shown leaves possible: then none of them leaves less room than another.
    """
    n, x, xx = (float(cells[name].iloc[largest]) for name in ("n", "x", "xx"))
    most = (x - few.low * n) * (few.values[-1] * n - x) / n
    least = _least_squares(few, cells, shown, n) - x * x / n
    step = max(most / EIGHTHS, 2 * policy.least_values * few.range**2)
    steps = math.floor((most - least) / step + 1e-9)
    taken = max(1, math.ceil((xx - x * x / n - least) / step - 1e-9))
    return 1.0 if taken >= steps or most <= 0 else (least + taken * step) / most


def _least_squares(few: FewValues, cells: pd.DataFrame, shown: Flags, n: float) -> float:
    """The least Σv² that so many people can have who are all that a table counts, by any table of a release."""
    least = 0.0
    for _, table in cells.assign(shown=shown).groupby(["grain", "by1", "by2"], sort=False):
        if abs(table["n"].sum() - n) < 1e-6:
            hidden = table[~table["shown"]]
            parts = [*table[table["shown"]][["n", "x"]].to_numpy(), np.array([hidden["n"].sum(), hidden["x"].sum()])]
            squares = np.square(few.values)
            least = max(least, sum(m * float(np.interp(v / m, few.values, squares)) for m, v in parts if m > 0))
    return least


def few_values(version_folder: Path, description: Description, cube: pd.DataFrame) -> dict[str, FewValues]:
    """The means of a version whose people have three to ``MOST`` values, and those; rows of several people are none.

    Where the rows stayed with an engine elsewhere, all whole numbers between the least and the greatest that the cells
    tell of are taken for its values, if they are few and sums are whole.
    """
    means = [measure.name for measure in description.measures if measure.kind == "mean"]
    if not means or description.values == "estimates":
        return {}
    extract = version_folder / "extract.parquet"
    values_of = _values_of_rows(extract, means) if extract.exists() else _values_of_cells(cube, means)
    return {name: FewValues(values) for name, values in values_of.items() if 3 <= len(values) <= MOST}


def _values_of_rows(extract: Path, means: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """What each of these measures has for values, read a row group at a time; more than ``MOST`` are not told apart."""
    values: dict[str, set[float]] = {name: set() for name in means}
    many: set[str] = set()
    with pq.ParquetFile(extract) as file:
        for batch in file.iter_batches(1 << 20, columns=["measure", "x", "n", "hidden"]):
            names = pc.cast(batch.column("measure"), "string")
            for name in [each for each in means if each not in many]:
                own = pc.and_(pc.equal(names, name), pc.invert(batch.column("hidden")))
                n, x = (pc.filter(batch.column(c), own) for c in ("n", "x"))
                values[name] |= {float(each) for each in pc.unique(pc.drop_null(x)).to_numpy(zero_copy_only=False)}
                if len(values[name]) > MOST or pc.any(pc.not_equal(n, 1.0)).as_py():
                    many.add(name)
    return {name: tuple(sorted(each)) for name, each in values.items() if name not in many}


def _values_of_cells(cube: pd.DataFrame, means: Sequence[str]) -> dict[str, tuple[float, ...]]:
    values = {}
    for name in means:
        own = cube[(cube["measure"] == name) & (cube["n"] > 0)]
        n, x, xx = (own[column].to_numpy(dtype=np.float64) for column in ("n", "x", "xx"))
        if len(n) and np.allclose(x, np.round(x), atol=1e-6):
            mean = x / n
            variance = np.maximum(xx / n - mean**2, 0.0)
            beyond = np.where(n <= 2, np.sqrt(variance), 0.0)  # two people are told exactly
            low, high = math.floor((mean - beyond).min() + 1e-4), math.ceil((mean + beyond).max() - 1e-4)
            while high - low < MOST and np.any(
                variance > (mean - low) * (high - mean) + 1e-6
            ):  # no values so far apart
                low, high = low - 1, high + 1
            if high - low < MOST:
                values[name] = tuple(float(value) for value in range(low, high + 1))
    return values
