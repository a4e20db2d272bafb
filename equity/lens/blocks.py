"""A block: the answer of the cube laid out as dense arrays, measures × periods × groups, ready to be compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube, Slice
from equity.lens.samples import ADDITIVE, Sample
from equity.stats.estimate import Estimate, FloatArray, ratio_of
from equity.vocabulary import Grain, Measure, PeriodRange, Stratifier
from equity.vocabulary.description import Values

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Published:
    """Estimates that came without counts, arrays (measures, periods, groups); NaN where the file has none."""

    estimate: Estimate
    population: FloatArray


@dataclass(frozen=True)
class Block:
    """Every group of one stratifier in every period, for some measures.

    ``sample`` has the shape (measures, periods, groups), ``population`` (everyone in the question) the shape (measures,
    periods, 1). A group without rows in a period keeps its place with sums of 0. ``published`` is None for counts.
    ``periods`` is one empty label when the question is about one stretch of time.
    """

    stratifier: Stratifier
    values: Values
    measures: tuple[Measure, ...]
    periods: tuple[str, ...]
    sample: Sample
    population: Sample
    published: Published | None
    sql: str

    @property
    def groups(self) -> tuple[str, ...]:
        """The names on the last axis."""
        return tuple(c.value for c in self.stratifier.categories)

    @property
    def is_group(self) -> npt.NDArray[np.bool_]:
        """(groups,) those that stand for people (or a named other), not for something unknown."""
        return np.array([c.kind in ("group", "other") for c in self.stratifier.categories], dtype=bool)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all answers the question."""
        return not self.sample.rows.any()

    def of_measures(self, names: Collection[str]) -> Block:
        """The part of the block that belongs to these measures."""
        at = np.array([m.name in names for m in self.measures], dtype=bool)
        return replace(
            self,
            measures=tuple(m for m in self.measures if m.name in names),
            sample=self.sample.map(lambda sums: sums[at]),
            population=self.population.map(lambda sums: sums[at]),
            published=None if self.published is None else _part(self.published, at),
        )


def block_in_period(
    cube: Cube,
    measures: Sequence[Measure],
    stratifier: Stratifier,
    period: PeriodRange,
    where: Sequence[tuple[str, str]] = (),
) -> Block:
    """Every group of the stratifier on these measures, summed over the period."""
    names = [m.name for m in measures]
    groups = cube.groups(names, (stratifier.name,), period, where)
    return _laid_out(cube, measures, stratifier, ("",), groups, lambda: cube.groups(names, (), period, where))


def block_over_time(
    cube: Cube,
    measure: Measure,
    stratifier: Stratifier,
    grain: Grain,
    periods: Sequence[str],
    where: Sequence[tuple[str, str]] = (),
) -> Block:
    """Every group in every one of these periods."""
    groups = cube.series([measure.name], (stratifier.name,), grain, where)
    return _laid_out(
        cube, [measure], stratifier, tuple(periods), groups, lambda: cube.series([measure.name], (), grain, where)
    )


def known_shares(block: Block) -> FloatArray:
    """(measures,) the share of each measure's denominator whose group is known, over all periods; NaN with nobody."""
    known = block.sample.n[..., block.is_group].sum(axis=(1, 2))
    return ratio_of(known, block.sample.n.sum(axis=(1, 2)))


def _laid_out(
    cube: Cube,
    measures: Sequence[Measure],
    stratifier: Stratifier,
    periods: tuple[str, ...],
    groups: Slice,
    ask_for_everyone: Callable[[], Slice],
) -> Block:
    values, sql = cube.description.values, groups.sql
    table = groups.table
    categories = [c.value for c in stratifier.categories]
    at = _places(table, measures, periods, categories)
    shape = (len(measures), len(periods), len(categories))
    sample = _dense(table, at, shape)
    if cube.description.tables == "crossed" and values == "counts":
        everyone = ask_for_everyone()
        sql = f"{sql}\n\n{everyone.sql}"
        whole = _dense(everyone.table, _places(everyone.table, measures, periods, [""]), (*shape[:2], 1))
    else:
        whole = _added_up(table, at, sample)
    published = _published(table, at, shape) if values == "estimates" else None
    return Block(stratifier, values, tuple(measures), periods, sample, whole, published, sql)


def _added_up(table: pd.DataFrame, at: npt.NDArray[np.intp], sample: Sample) -> Sample:
    """Everyone, where there is no such table: the sum of the groups, hidden when a release hides any part of it."""
    whole = sample.map(lambda sums: sums.sum(axis=-1, keepdims=True))
    if "hidden_by_policy" not in table:
        return whole
    parts = _placed(table, "hidden_by_policy", at, sample.n.shape, 0.0)
    hidden = parts.any(axis=-1, keepdims=True)
    known = whole.map(lambda sums: np.where(hidden, 0.0, sums))
    return replace(known, rows=np.where(hidden, 1.0, known.rows), hidden_at_source=np.where(hidden, 1.0, 0.0))


def _places(
    table: pd.DataFrame, measures: Sequence[Measure], periods: tuple[str, ...], categories: Sequence[str]
) -> npt.NDArray[np.intp]:
    """(rows, 4): the row of the slice, and where it stands on each axis; rows of other periods are left out."""
    measure_at = {m.name: i for i, m in enumerate(measures)}
    period_at = {label: i for i, label in enumerate(periods)}
    value_at = {value: i for i, value in enumerate(categories)}
    one_stretch = periods == ("",)
    found = [
        (row, measure_at[measure], 0 if one_stretch else period_at[period], value_at[value])
        for row, (measure, period, value) in enumerate(
            zip(table["measure"].tolist(), table["period"].tolist(), table["value1"].tolist(), strict=True)
        )
        if (one_stretch or period in period_at) and value in value_at
    ]
    return np.array(found, dtype=np.intp).reshape(-1, 4)


def _dense(table: pd.DataFrame, at: npt.NDArray[np.intp], shape: tuple[int, ...]) -> Sample:
    return Sample(*(_placed(table, name, at, shape, 0.0) for name in ADDITIVE))


def _placed(
    table: pd.DataFrame, name: str, at: npt.NDArray[np.intp], shape: tuple[int, ...], elsewhere: float
) -> FloatArray:
    dense = np.full(shape, elsewhere, dtype=np.float64)
    values = table[name].to_numpy(dtype=np.float64, na_value=np.nan)[at[:, 0]]
    dense[at[:, 1], at[:, 2], at[:, 3]] = values
    return np.where(np.isnan(dense), elsewhere, dense)


def _published(table: pd.DataFrame, at: npt.NDArray[np.intp], shape: tuple[int, ...]) -> Published:
    """Estimates with limits; where a file gives only the standard error, limits are estimate ± 1.96 × it."""
    value, error, lower, upper, population = (
        _placed(table, name, at, shape, np.nan) for name in ("estimate", "se", "lower", "upper", "population")
    )
    bare = np.isnan(lower) | np.isnan(upper)
    limits = np.where(bare, value - Z95 * error, lower), np.where(bare, value + Z95 * error, upper)
    return Published(Estimate(value, *limits), population)


def _part(published: Published, at: npt.NDArray[np.bool_]) -> Published:
    own = published.estimate
    return Published(Estimate(own.value[at], own.lower[at], own.upper[at]), published.population[at])
