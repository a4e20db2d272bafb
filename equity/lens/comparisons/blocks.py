"""A block: the answer of the cube laid out as dense arrays, measures × periods × groups, ready to be compared."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from equity.cube import Cube, Slice
from equity.cube.cube_query import HIDDEN_BY_POLICY
from equity.lens.comparisons.samples import ADDITIVE, Sample
from equity.stats.estimate import Estimate, FloatArray, ratio_of
from equity.vocabulary import Grain, Measure, PeriodRange, Stratifier
from equity.vocabulary.description import Values

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Published:
    """Estimates that came without counts, arrays (measures, periods, groups); NaN where the file has none."""

    estimate: Estimate
    population: FloatArray

    def map(self, change: Callable[[FloatArray], FloatArray]) -> Published:
        """The same estimates, each array changed alike."""
        own = self.estimate
        return Published(Estimate(change(own.value), change(own.lower), change(own.upper)), change(self.population))

    @staticmethod
    def joined(parts: Sequence[Published]) -> Published:
        """Estimates of cells in rows, (cells,), one after the other."""
        own = [part.estimate for part in parts]
        sides = (np.concatenate([getattr(each, side) for each in own]) for side in ("value", "lower", "upper"))
        return Published(Estimate(*sides), np.concatenate([part.population for part in parts]))


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

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The names on the last axis."""
        return tuple(c.value for c in self.stratifier.categories)

    @cached_property
    def is_group(self) -> npt.NDArray[np.bool_]:
        """(groups,) those that stand for people (or a named other), not for something unknown."""
        return np.array([c.kind in ("group", "other") for c in self.stratifier.categories], dtype=bool)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all answers the question."""
        return not self.sample.rows.any()


def block_in_period(
    cube: Cube,
    measures: Sequence[Measure],
    stratifier: Stratifier,
    period: PeriodRange,
    where: Sequence[tuple[str, str]] = (),
) -> Block:
    """Every group of the stratifier on these measures, summed over the period."""
    return blocks_in_period(cube, measures, [stratifier], period, where)[0]


def blocks_in_period(
    cube: Cube,
    measures: Sequence[Measure],
    stratifiers: Sequence[Stratifier],
    period: PeriodRange,
    where: Sequence[tuple[str, str]] = (),
) -> list[Block]:
    """The same under each of several stratifiers; everyone in the question is asked for once."""
    names = [m.name for m in measures]
    everyone = cache(lambda: cube.groups(names, (), period, where))
    groups = ((s, cube.groups(names, (s.name,), period, where)) for s in stratifiers)
    return [_laid_out(cube, measures, s, ("",), sums, everyone) for s, sums in groups]


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


def people_counted(cube: Cube, measure: Measure, period: PeriodRange, where: Sequence[tuple[str, str]] = ()) -> float:
    """Distinct people behind everything counted in the question, each once whatever groups they were in; 0 without ids.

    The sum over groups would count somebody whose group changes once for each.
    """
    return float(np.nansum(cube.groups([measure.name], (), period, where).column("people")))


def known_shares(block: Block) -> FloatArray:
    """(measures,) the share of each measure's denominator whose group is known, over all periods; NaN with nobody."""
    known = block.sample.n[..., block.is_group].sum(axis=(1, 2))
    return ratio_of(known, block.sample.n.sum(axis=(1, 2)))


@dataclass(frozen=True)
class _Placing:
    """Which rows of a slice belong into a block, and where each of them stands on its axes."""

    rows: npt.NDArray[np.intp]
    at: tuple[npt.NDArray[np.int64], ...]
    shape: tuple[int, ...]

    def column(self, cells: Slice, name: str, elsewhere: float) -> FloatArray:
        """One column laid out; ``elsewhere`` where there is no row or no number."""
        dense = np.full(self.shape, elsewhere)
        dense[self.at] = cells.column(name)[self.rows]
        return np.where(np.isnan(dense), elsewhere, dense)

    def sample(self, cells: Slice) -> Sample:
        """The sums laid out, 0 where there is no row or no number."""
        dense = np.zeros((len(ADDITIVE), math.prod(self.shape)))
        dense[:, np.ravel_multi_index(self.at, self.shape)] = np.nan_to_num(Sample.sums(cells)[:, self.rows])
        return Sample(*dense.reshape(-1, *self.shape))


def _laid_out(
    cube: Cube,
    measures: Sequence[Measure],
    stratifier: Stratifier,
    periods: tuple[str, ...],
    groups: Slice,
    ask_for_everyone: Callable[[], Slice],
) -> Block:
    values, sql = cube.description.values, groups.sql
    names = tuple(m.name for m in measures)
    placing = _placing(groups, names, periods, tuple(c.value for c in stratifier.categories))
    sample = placing.sample(groups)
    if cube.description.tables == "crossed" and values == "counts":
        everyone = ask_for_everyone()
        sql = f"{sql}\n\n{everyone.sql}"
        whole = _placing(everyone, names, periods, ("",)).sample(everyone)
    else:
        whole = _added_up(groups, placing, sample)
    published = _published(groups, placing) if values == "estimates" else None
    return Block(stratifier, values, tuple(measures), periods, sample, whole, published, sql)


def _added_up(groups: Slice, placing: _Placing, sample: Sample) -> Sample:
    """Everyone, where there is no such table: the sum of the groups, hidden when a release hides any part of it."""
    whole = sample.map(lambda sums: sums.sum(axis=-1, keepdims=True))
    if HIDDEN_BY_POLICY not in groups.columns:
        return whole
    hidden = placing.column(groups, HIDDEN_BY_POLICY, 0.0).any(axis=-1, keepdims=True)
    known = whole.map(lambda sums: np.where(hidden, 0.0, sums))
    return replace(known, rows=np.where(hidden, 1.0, known.rows), hidden_at_source=np.where(hidden, 1.0, 0.0))


def _placing(
    cells: Slice, measures: tuple[str, ...], periods: tuple[str, ...], categories: tuple[str, ...]
) -> _Placing:
    """Where the rows of a slice stand; rows of other periods and of groups that the stratifier has not are left out."""
    onto = (measures, periods, categories)
    measure, period, value = (
        _moved(axis, names)[at] for axis, names, at in zip(cells.axes[:3], onto, cells.places[:3], strict=True)
    )
    if periods == ("",):
        period = np.zeros_like(period)
    rows = np.flatnonzero((measure >= 0) & (period >= 0) & (value >= 0))
    at = (measure[rows], period[rows], value[rows])
    return _Placing(rows, at, (len(measures), len(periods), len(categories)))


def _moved(axis: tuple[str, ...], onto: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """For each name of one axis its place on another, −1 where that has no such name."""
    place_of = {name: place for place, name in enumerate(onto)}
    return np.array([place_of.get(name, -1) for name in axis], dtype=np.int64)


def _published(cells: Slice, placing: _Placing) -> Published:
    """Estimates with limits; where a file gives only the standard error, limits are estimate ± 1.96 × it."""
    value, error, lower, upper, population = (
        placing.column(cells, name, np.nan) for name in ("estimate", "se", "lower", "upper", "population")
    )
    bare = np.isnan(lower) | np.isnan(upper)
    limits = np.where(bare, value - Z95 * error, lower), np.where(bare, value + Z95 * error, upper)
    return Published(Estimate(value, *limits), population)
