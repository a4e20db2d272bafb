"""Groups of one stratifier compared on one measure in one period."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import GROUP_COLUMNS, SPREAD_MINIMUM, Disparities, ResolvedReference
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import Block, block_in_period, known_shares
from equity.lens.comparisons.comparison import compare, everyone, with_q
from equity.lens.comparisons.excess import excess_over_groups
from equity.lens.comparisons.people import groups_of_people
from equity.lens.comparisons.reference import hidden_on_baseline, resolve, with_rate
from equity.lens.emptiness import why_empty
from equity.lens.tables import table
from equity.stats.gap import SIGNIFICANCE
from equity.stats.omnibus import omnibus
from equity.vocabulary import Measure, PlainError, Stratifier

SITE_WORDS = ("site", "clinic", "facility", "hospital", "practice", "ward", "location")


def disparities(cube: Cube, choices: Choices) -> Disparities:
    """Each group's rate, its gap from the reference, and how sure that is.

    Raises:
        PlainError: the measure, stratifier, group or period is not in the dataset.
    """
    measure = cube.description.measure(choices.measure)
    stratifier = cube.description.stratifier(choices.by)
    block = block_in_period(cube, [measure], stratifier, choices.period, choices.where)
    if block.is_empty:
        raise PlainError(why_empty(cube, choices, measure, stratifier))
    reference = resolve(cube, measure, stratifier, choices.reference, choices.where, choices.period)
    rows, tests = with_q(compare(block, {measure.name: reference}))
    total = everyone(block, measure)
    spread = _spread(cube, choices, measure, stratifier)
    different = bool(np.nanmin(rows["p_together"], initial=1.0) <= SIGNIFICANCE) or not _alike(block)
    known_reference = replace(with_rate(reference, rows, total), told_apart=different)
    excess = excess_over_groups(block, measure, reference, rows)
    return Disparities(
        choices=choices,
        measure=measure,
        stratifier=stratifier,
        reference=known_reference,
        rows=table({name: rows[name] for name in GROUP_COLUMNS}),
        total=table(total),
        spread=spread.rows,
        within=spread.within,
        tests=tests,
        known_share=float(known_shares(block)[0]),
        excess_total=excess.value,
        excess_lower=excess.lower,
        excess_upper=excess.upper,
        excess_total_raw=excess.raw,
        sql="\n\n".join(text for text in (block.sql, spread.sql) if text),
        remarks=_remarks(cube, choices, block, known_reference),
        spread_too_few=spread.too_few,
    )


def site_of(stratifiers: tuple[Stratifier, ...], besides: str) -> Stratifier | None:
    """The stratifier that names a place of care, if there is one besides the one that is asked about."""
    named = (s for s in stratifiers if any(w in f"{s.name} {s.label}".casefold() for w in SITE_WORDS))
    return next((s for s in named if s.name != besides), None)


@dataclass(frozen=True)
class _Spread:
    """Each group's rate at each place: the spread behind the dots. ``too_few`` cells are left out."""

    within: str
    rows: pd.DataFrame
    too_few: int = 0
    sql: str = ""


NO_SPREAD = _Spread("", pd.DataFrame(columns=["group", "within", "value", "n", "rate"]))


def _spread(cube: Cube, choices: Choices, measure: Measure, stratifier: Stratifier) -> _Spread:
    place = site_of(cube.description.stratifiers, stratifier.name)
    if place is None or cube.description.tables != "crossed" or cube.description.values != "counts" or choices.where:
        return NO_SPREAD
    try:
        cells = cube.groups([measure.name], (stratifier.name, place.name), choices.period)
    except PlainError:  # a release need not hold this pair
        return NO_SPREAD
    n, x = cells.column("n"), cells.column("x")
    shown = n >= SPREAD_MINIMUM
    group, value = (np.array(axis)[at[shown]] for axis, at in zip(cells.axes[2:], cells.places[2:], strict=True))
    within = np.full(len(group), place.name)
    rows = {"group": group, "within": within, "value": value, "n": n[shown], "rate": x[shown] / n[shown]}
    return _Spread(place.label, table(rows), int(((n > 0) & (n < SPREAD_MINIMUM)).sum()), cells.sql)


def _alike(block: Block) -> bool:
    """Whether chance alone could give the spread of the groups of people in a one-measure, one-stretch block."""
    return bool(omnibus(groups_of_people(block, block.measures[0])).p > SIGNIFICANCE)


def _remarks(cube: Cube, choices: Choices, block: Block, reference: ResolvedReference) -> tuple[str, ...]:
    """Codes of what a reader must know; equity/words says them aloud."""
    remarks = []
    if block.sample.hidden_at_source.any():
        remarks.append("groups_not_compared" if choices.hides_small_counts else "hidden_at_source")
    if cube.description.values == "estimates":
        remarks.append("estimates_without_counts")
    if cube.description.tables == "one_way":
        remarks.append("one_way_tables_only")
    if not cube.people_are_exact(choices.period):
        remarks.append("people_added_over_periods")
    neutral = block.measures[0].polarity == "neutral"  # of which the lowest stands in for the best
    if reference.kind == "best" and not reference.group:
        remarks.append("no_group_to_compare_with" if neutral else "no_group_can_be_best")
    if reference.kind == "best" and choices.hides_small_counts and hidden_on_baseline(cube, block, choices.where):
        remarks.append("lowest_of_those_shown" if neutral else "best_of_those_shown")
    if reference.kind == "best" and not reference.told_apart:
        remarks.append("groups_cannot_be_told_apart")
    return tuple(remarks)
