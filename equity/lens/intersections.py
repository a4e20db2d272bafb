"""Groups within groups: two or three stratifiers crossed, raw and partially pooled rates side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube, Slice
from equity.lens.answers import Intersections
from equity.lens.choices import Choices
from equity.lens.comparisons.comparison import describe
from equity.lens.comparisons.samples import ADDITIVE, Sample
from equity.lens.emptiness import crossable_pairs, why_not_crossed
from equity.lens.tables import Columns
from equity.stats.estimate import FloatArray
from equity.stats.models.intersections import partial_pooling
from equity.stats.models.strata_model import StrataVariance, strata_variance
from equity.vocabulary import Category, Measure, PeriodRange, PlainError, Stratifier

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
    return _crossed(cube, choices, crossed)


def every_pair(cube: Cube, choices: Choices) -> tuple[Intersections, ...]:
    """Each two of the stratifiers crossed over all time, without the model: where to look for a group within groups.

    The intervals of the pooled rates are wider by how many pairs are looked at (Bonferroni), so that looking at all of
    them finds by chance no more than looking at one. Nothing where groups cannot be crossed.
    """
    pairs = crossable_pairs(cube.description)
    if not pairs:
        return ()
    asked = replace(choices, period=PeriodRange(), where=(), reference=None, focus="")
    level = 1.0 - (1.0 - LEVEL) / len(pairs)
    return tuple(_crossed(cube, asked, pair, level, modelled=False) for pair in pairs)


def _crossed(
    cube: Cube, choices: Choices, crossed: tuple[Stratifier, ...], level: float = LEVEL, *, modelled: bool = True
) -> Intersections:
    measure = cube.description.measure(choices.measure)
    sample, sql, remarks = crossed_sample(cube, choices, measure, crossed)
    n, x, xx = sample.effective(measure.kind)
    pooled = partial_pooling(measure.kind, n, x, len(crossed), xx, level, seen=sample.n)
    alone, estimate = describe(measure.kind, sample)
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
    return Intersections(
        choices=choices,
        measure=measure,
        stratifiers=crossed,
        rows=_as_rows(crossed, columns),
        overall_rate=float(sample.x.sum() / sample.n.sum()) if sample.n.sum() else float("nan"),
        sql=sql,
        remarks=remarks,
        people=float(sample.people.sum()),
        model=_model(measure, crossed, sample, n, x) if modelled else None,
    )


def _model(
    measure: Measure, crossed: tuple[Stratifier, ...], sample: Sample, n: FloatArray, x: FloatArray
) -> StrataVariance | None:
    """The groups of people as strata of a two-level model; those that are not shown, or in part, are left out."""
    if measure.kind == "mean":
        return None
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


def _as_rows(crossed: tuple[Stratifier, ...], columns: Columns) -> pd.DataFrame:
    shape = tuple(len(s.categories) for s in crossed)
    places = np.indices(shape).reshape(len(shape), -1)
    named: dict[str, list[str]] = {
        f"value{axis + 1}": [s.categories[i].value for i in places[axis]] for axis, s in enumerate(crossed)
    }
    named["kind"] = [_kind([s.categories[i] for s, i in zip(crossed, cell, strict=True)]) for cell in places.T]
    flat: dict[str, npt.NDArray[np.generic]] = {name: values.reshape(-1) for name, values in columns.items()}
    return pd.DataFrame({**named, **flat})


def _kind(categories: list[Category]) -> str:
    """What the cell stands for: a group when every part is one, else what the first other part is."""
    return next((c.kind for c in categories if c.kind != "group"), "group")
