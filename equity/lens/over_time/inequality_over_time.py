"""All groups of a stratifier in one number, period by period: absolute and relative measures side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import InequalityOverTime
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import Block, block_over_time
from equity.lens.comparisons.people import groups_of_people_by_period
from equity.lens.comparisons.reference import resolve
from equity.lens.over_time.trends import periods_of
from equity.lens.summary import NEEDS_COUNTS, ever_with_rows, without_counts
from equity.stats.estimate import BoolArray
from equity.stats.gap import SIGNIFICANCE
from equity.stats.groups import Groups
from equity.stats.omnibus import omnibus
from equity.stats.over_time.inequality_change import ALIKE, inequality_change
from equity.stats.summary.bootstrap import SummaryMeasures, summary_measures
from equity.stats.summary.registry import PAIRS, SummaryMeasure, measure_named
from equity.vocabulary import Grain, PlainError

GROUP_HIDDEN = "a_group_is_hidden"


def inequality_over_time(cube: Cube, choices: Choices, grain: Grain | None = None) -> InequalityOverTime:
    """Every summary measure in every period, with its interval, and whether it has changed.

    Raises:
        PlainError: the extract has no periods, or none finer than the one asked for; nobody's group is recorded.
    """
    measure, stratifier = cube.description.measure(choices.measure), cube.description.stratifier(choices.by)
    grain = grain or cube.description.grain
    periods = periods_of(cube.description, grain, choices.period)
    block = block_over_time(cube, measure, stratifier, grain, periods, choices.where)
    if not block.is_group.any():
        raise PlainError(f"Nobody's group is recorded under “{stratifier.label}”, so there is nothing to sum up.")
    reference = resolve(cube, measure, stratifier, choices.reference, choices.where, choices.period)
    groups = groups_of_people_by_period(block, measure, reference, ever_with_rows(cube, measure, stratifier))
    shown, told_apart = _shown(block), omnibus(groups).p <= SIGNIFICANCE
    measured = _without_hidden(summary_measures(groups), shown == "hidden")
    known = [measure_named(name) for name in measured.names]
    rows = _rows(measured, known, block, groups, told_apart, shown)
    if without_counts(cube, block):
        rows = rows.assign(reason=NEEDS_COUNTS, shown="yes")
    changes = _changes(measured, known, told_apart)
    return InequalityOverTime(
        choices=choices,
        measure=measure,
        stratifier=stratifier,
        reference=replace(reference, told_apart=not (changes["word"] == ALIKE).any()),
        grain=grain,
        periods=periods,
        rows=rows,
        changes=changes,
        sql=block.sql,
        remarks=("hidden_at_source",) if block.sample.hidden_at_source.any() else (),
    )


def _rows(
    summary: SummaryMeasures,
    known: list[SummaryMeasure],
    block: Block,
    groups: Groups,
    told_apart: BoolArray,
    shown: npt.NDArray[np.str_],
) -> pd.DataFrame:
    """A row a period and measure."""
    each = len(known)

    def spread(values: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
        return np.repeat(values, each)

    table = {
        "period": spread(np.array(block.periods)),
        "measure": list(summary.names) * len(block.periods),
        "label": [m.label for m in known] * len(block.periods),
        "estimate": summary.value.ravel(),
        "lower": summary.lower.ravel(),
        "upper": summary.upper.ravel(),
        "corrected": summary.corrected.ravel(),
        "corrected_leads": summary.corrected_leads.ravel(),
        "unit": [m.unit for m in known] * len(block.periods),
        "reason": summary.reason.ravel(),
        "groups": spread(groups.present.sum(axis=-1)),
        "told_apart": spread(told_apart.astype(int)),
        "shown": spread(shown),
    }
    return pd.DataFrame(table)


def _shown(block: Block) -> npt.NDArray[np.str_]:
    """(periods,) hidden where some group is, missing where none has data, else yes."""
    states = block.sample.shown[0][:, block.is_group]
    hidden, missing = (states == "hidden").any(axis=-1), (states == "missing").all(axis=-1)
    return np.select([hidden, missing], ["hidden", "missing"], default="yes")


def _without_hidden(summary: SummaryMeasures, hidden: BoolArray) -> SummaryMeasures:
    """Nothing in a period of which a group is hidden: over the other groups it would not be the same inequality."""
    gone = hidden[:, np.newaxis]
    value, corrected, lower, upper = (
        np.where(gone, np.nan, each) for each in (summary.value, summary.corrected, summary.lower, summary.upper)
    )
    reason, leads = np.where(gone, GROUP_HIDDEN, summary.reason), summary.corrected_leads & ~gone
    return SummaryMeasures(summary.names, value, corrected, lower, upper, leads, reason)


def _changes(summary: SummaryMeasures, known: list[SummaryMeasure], told_apart: BoolArray) -> pd.DataFrame:
    """A row a measure: the line through its periods; what is said holds for both numbers of a pair."""
    steadied = np.where(np.isfinite(summary.corrected), summary.corrected, summary.value).T
    equal = np.array([m.when_equal for m in known])
    ratios = np.array([m.unit == "ratio" for m in known])
    at = {name: place for place, name in enumerate(summary.names)}
    beside = [(at[pair.absolute], at[pair.relative]) for pair in PAIRS]
    change = inequality_change(steadied, equal, np.broadcast_to(told_apart, steadied.shape), ratios, beside=beside)
    return pd.DataFrame(
        {
            "measure": list(summary.names),
            "label": [m.label for m in known],
            "unit": [m.unit for m in known],
            "periods": change.periods,
            "first": change.first,
            "last": change.last,
            "change": change.change.value,
            "change_lower": change.change.lower,
            "change_upper": change.change.upper,
            "p": change.p,
            "word": change.word,
        }
    )
