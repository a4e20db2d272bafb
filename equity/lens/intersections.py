"""Groups within groups: two or three stratifiers crossed, raw and partially pooled rates side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from equity.cube import Cube, Slice
from equity.lens.answers import Intersections
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import people_counted
from equity.lens.comparisons.comparison import describe
from equity.lens.comparisons.samples import ADDITIVE, Sample
from equity.lens.emptiness import crossable_pairs, why_not_crossed
from equity.lens.standing_out import stand_out
from equity.lens.tables import Columns, table
from equity.stats.estimate import BoolArray
from equity.stats.models.intersections import partial_pooling
from equity.stats.models.strata_model import StrataVariance, strata_variance
from equity.vocabulary import Measure, PeriodRange, PlainError, Stratifier

Filters = tuple[tuple[str, str], ...]

LEVEL: Final = 0.95
"""Of the pooled rates' intervals."""


def intersections(cube: Cube, choices: Choices, by: Sequence[str]) -> Intersections:
    """Every cell of the crossed stratifiers: its own rate, what its margins suggest, and the two pooled.

    A cell that nobody is in is "no patients", never 0 %. A third stratifier is asked of the extract's rows, since the
    cube holds tables of two.

    Raises:
        PlainError: not two or three different stratifiers, a one-way extract, or estimates without counts.
    """
    crossed = tuple(dict.fromkeys(cube.description.stratifier(name) for name in by))
    if len(crossed) not in (2, 3):
        raise PlainError("Intersections cross two or three stratifiers: name them as --by race,sex.")
    if why_not := why_not_crossed(cube.description):
        raise PlainError(f"{why_not[:-1]}, so its groups cannot be crossed.")
    cells = _crossed(cube, choices, crossed)
    return cells.answer(_model(cells.measure, crossed, cells.sample))


def pairs_where_groups_stand_out(cube: Cube, choices: Choices) -> tuple[Intersections, ...]:
    """Of each two of the stratifiers crossed over all time, without the model, those in which a group fares worse than
    its margins suggest: where to look for a group within groups.

    The intervals of the pooled rates are wider by how many pairs are looked at (Bonferroni), so that looking at all of
    them finds by chance no more than looking at one. Nothing where groups cannot be crossed.
    """
    pairs = crossable_pairs(cube.description)
    if not pairs:
        return ()
    asked = replace(choices, period=PeriodRange(), where=(), reference=None, focus="")
    level = 1.0 - (1.0 - LEVEL) / len(pairs)
    looked_at = (_crossed(cube, asked, pair, level) for pair in pairs)
    return tuple(each.answer() for each in looked_at if (stand_out(each.columns) & each.fares_worse).any())


@dataclass(frozen=True)
class _Crossed:
    """The cells of crossed stratifiers, before they are an answer: ``columns`` are its rows, (cells,) each."""

    choices: Choices
    measure: Measure
    stratifiers: tuple[Stratifier, ...]
    sample: Sample
    columns: Columns
    people: float
    sql: str
    remarks: tuple[str, ...]

    @property
    def fares_worse(self) -> BoolArray:
        """Whether the pooled rate lies toward harm of what the margins suggest; every one of a neutral measure does."""
        apart = self.measure.harm_sign * (self.columns["pooled"] - self.columns["expected"])
        return (apart > 0) | (self.measure.polarity == "neutral")

    def answer(self, model: StrataVariance | None = None) -> Intersections:
        """The answer that these cells make."""
        n, x = self.sample.n.sum(), self.sample.x.sum()
        return Intersections(
            choices=self.choices,
            measure=self.measure,
            stratifiers=self.stratifiers,
            rows=table(self.columns),
            overall_rate=float(x / n) if n else float("nan"),
            sql=self.sql,
            remarks=self.remarks,
            people=self.people,
            model=model,
        )


def _crossed(cube: Cube, choices: Choices, crossed: tuple[Stratifier, ...], level: float = LEVEL) -> _Crossed:
    measure = cube.description.measure(choices.measure)
    sample, sql, remarks = crossed_sample(cube, choices, measure, crossed)
    own = sample.effective(measure.kind)
    n, x, xx = own
    pooled = partial_pooling(measure.kind, n, x, len(crossed), xx, level, seen=sample.n)
    alone, estimate = describe(measure.kind, sample, own)
    columns: Columns = {
        **{name: alone[name] for name in ("n", "x", "rate", "lower", "upper")},
        "expected": pooled.expected,
        "pooled": pooled.pooled.value,
        "pooled_lower": pooled.pooled.lower,
        "pooled_upper": pooled.pooled.upper,
        "own_weight": pooled.own_weight,
        "gap": measure.harm_sign * (estimate.value - pooled.expected),
        "reliability": alone["reliability"],
        "shown": alone["shown"],
    }
    flat = {name: values.reshape(-1) for name, values in columns.items()}
    people = people_counted(cube, measure, choices.period, choices.where)
    return _Crossed(choices, measure, crossed, sample, {**_named(crossed), **flat}, people, sql, remarks)


def _model(measure: Measure, crossed: tuple[Stratifier, ...], sample: Sample) -> StrataVariance | None:
    """The groups of people as strata of a two-level model; those that are not shown, or in part, are left out."""
    if measure.kind == "mean":
        return None
    n, x, _ = sample.effective(measure.kind)
    people = np.ix_(*([i for i, c in enumerate(s.categories) if c.kind in ("group", "other")] for s in crossed))
    told = np.isfinite(n) & np.isfinite(x) & (sample.hidden_at_source == 0)
    size, events = np.where(told, n, 0.0)[people], np.where(told, x, 0.0)[people]
    return strata_variance(measure.kind, size, events, len(crossed))


def crossed_sample(
    cube: Cube, choices: Choices, measure: Measure, crossed: tuple[Stratifier, ...]
) -> tuple[Sample, str, tuple[str, ...]]:
    """The sums as (first, second[, third]) arrays."""
    first, second = crossed[:2]
    if len(crossed) == 2:
        sample, sql, remark = _table(cube, choices, measure, first, second, choices.where)
        return sample, sql, (("asked_of_rows",) if remark else ())
    slabs = [
        _table(cube, choices, measure, first, second, (*choices.where, (crossed[2].name, c.value)))
        for c in crossed[2].categories
    ]
    stacked = Sample(*(np.stack([getattr(s, name) for s, _, _ in slabs], axis=-1) for name in ADDITIVE))
    return stacked, slabs[0][1] if slabs else "", ("asked_of_rows",)


def _table(
    cube: Cube, choices: Choices, measure: Measure, first: Stratifier, second: Stratifier, where: Filters
) -> tuple[Sample, str, str]:
    cells = cube.groups([measure.name], (first.name, second.name), choices.period, where)
    return laid_out(cells, (first, second)), cells.sql, cells.remark


def laid_out(cells: Slice, crossed: tuple[Stratifier, Stratifier], period: str | None = None) -> Sample:
    """A slice of two stratifiers as (first, second) arrays; ``period`` picks one of a series."""
    rows = np.ones(len(cells.places[1]), dtype=np.bool_)
    if period is not None:
        rows = np.array(cells.axes[1], dtype=str)[cells.places[1]] == period
    at = []
    for stratifier, axis, places in zip(crossed, cells.axes[2:], cells.places[2:], strict=True):
        place_of = {c.value: place for place, c in enumerate(stratifier.categories)}
        at.append(np.array([place_of[name] for name in axis], dtype=np.int64)[places[rows]])
    dense = np.zeros((len(ADDITIVE), *(len(s.categories) for s in crossed)))
    dense[:, *at] = Sample.sums(cells)[:, rows]
    return Sample(*dense)


def _named(crossed: tuple[Stratifier, ...]) -> Columns:
    """What each cell is called, (cells,): value1, value2 (and value3), and its kind."""
    shape = tuple(len(s.categories) for s in crossed)
    places = np.indices(shape).reshape(len(shape), -1)
    named: Columns = {
        f"value{axis + 1}": np.array([c.value for c in s.categories])[places[axis]] for axis, s in enumerate(crossed)
    }
    return {**named, "kind": _kinds(crossed, places)}


def _kinds(crossed: tuple[Stratifier, ...], places: npt.NDArray[np.intp]) -> npt.NDArray[np.str_]:
    """What each cell stands for: a group when every part is one, else what the first other part is."""
    kinds = np.full(places.shape[1], "group", dtype=object)
    for stratifier, place in reversed(list(zip(crossed, places, strict=True))):
        own = np.array([c.kind for c in stratifier.categories], dtype=object)[place]
        kinds = np.where(own != "group", own, kinds)
    return kinds.astype(str)
