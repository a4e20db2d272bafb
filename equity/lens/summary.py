"""All groups of a stratifier in one number, in each of the field's ways of making one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import Summary
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import Block, block_in_period
from equity.lens.comparisons.comparison import compare
from equity.lens.comparisons.people import groups_of_people
from equity.lens.comparisons.reference import resolve, with_rate
from equity.lens.tables import Columns
from equity.stats.gap import SIGNIFICANCE
from equity.stats.omnibus import best_against_worst, omnibus
from equity.stats.summary.bootstrap import summary_measures
from equity.stats.summary.registry import measure_named
from equity.vocabulary import Measure, PeriodRange, PlainError, Stratifier


def summary(cube: Cube, choices: Choices) -> Summary:
    """Every summary measure with its interval, its noise-corrected value, and why it is not given where it is not.

    Raises:
        PlainError: the measure, stratifier, group or period is not in the dataset, or nobody's group is recorded.
    """
    measure = cube.description.measure(choices.measure)
    stratifier = cube.description.stratifier(choices.by)
    block = block_in_period(cube, [measure], stratifier, choices.period, choices.where)
    if not block.is_group.any():
        raise PlainError(f"Nobody's group is recorded under “{stratifier.label}”, so there is nothing to sum up.")
    reference = resolve(cube, measure, stratifier, choices.reference, choices.where, choices.period)
    groups = groups_of_people(block, measure, reference, ever_with_rows(cube, measure, stratifier))
    measured = summary_measures(groups)
    known = [measure_named(name) for name in measured.names]
    rows = pd.DataFrame(
        {
            "measure": list(measured.names),
            "label": [m.label for m in known],
            "estimate": measured.value,
            "lower": measured.lower,
            "upper": measured.upper,
            "corrected": measured.corrected,
            "corrected_leads": measured.corrected_leads,
            "unit": [m.unit for m in known],
            "reason": NEEDS_COUNTS if without_counts(cube, block) else measured.reason,
        }
    )
    table = compare(block, {measure.name: reference})
    omnibus_p = float(omnibus(groups).p)
    extremes = best_against_worst(groups, block.sample.xx[0, 0, block.is_group])
    best, worst = (_name(block.groups, block.is_group, at) for at in (extremes.best, extremes.worst))
    at = [list(table["group"]).index(name) for name in (best, worst) if name]
    return Summary(
        choices=choices,
        measure=measure,
        stratifier=stratifier,
        reference=replace(with_rate(reference, table, {}), told_apart=_told_apart(table, omnibus_p)),
        rows=rows,
        omnibus_p=omnibus_p,
        best=best,
        worst=worst,
        best_against_worst_p=float(extremes.p),
        sql=block.sql,
        best_rate=float(table["rate"][at[0]]) if best else float("nan"),
        worst_rate=float(table["rate"][at[-1]]) if worst else float("nan"),
        fewest=float(table["n"][at].min()) if at else float("nan"),
        readable=not (table["reliability"][at] == "too_few").any(),
    )


def _told_apart(rows: Columns, omnibus_p: float) -> bool:
    """Whether all groups together, or one of them from the reference, differ by more than chance."""
    return bool(np.nanmin(rows["p_together"], initial=1.0) <= SIGNIFICANCE) or not omnibus_p > SIGNIFICANCE


NEEDS_COUNTS = "needs_counts"


def without_counts(cube: Cube, block: Block) -> bool:
    """Whether the source gives rates alone, so that nothing can be weighed, summed or held against chance."""
    return cube.description.values == "estimates" and not (np.nan_to_num(block.sample.n) > 0).any()


def ever_with_rows(cube: Cube, measure: Measure, stratifier: Stratifier) -> npt.NDArray[np.bool_]:
    """(categories,) those that the measure has in some period: other measures of the file may be of other groups."""

    def ever() -> npt.NDArray[np.bool_]:
        with_rows = {value for period in _periods(cube) for value in _with_rows(cube, measure, stratifier, period)}
        return np.array([c.value in with_rows for c in stratifier.categories], dtype=bool)

    return cube.keep(("ever", measure.name, stratifier.name), ever)


def _periods(cube: Cube) -> tuple[PeriodRange, ...]:
    """All time at once, or, of estimates, which are never added up, each period."""
    if cube.description.values == "counts" or not cube.description.periods:
        return (PeriodRange(),)
    return tuple(PeriodRange(label, label) for label in cube.description.periods)


def _with_rows(cube: Cube, measure: Measure, stratifier: Stratifier, period: PeriodRange) -> set[str]:
    rows = block_in_period(cube, [measure], stratifier, period).sample.rows[0, 0]
    return {c.value for c, count in zip(stratifier.categories, rows.tolist(), strict=True) if count > 0}


def _name(groups: tuple[str, ...], people: npt.NDArray[np.bool_], at: npt.NDArray[np.intp]) -> str:
    named = [group for group, is_group in zip(groups, people, strict=True) if is_group]
    return named[int(at)] if named else ""
