"""Groups of one stratifier compared on one measure in one period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import GROUP_COLUMNS, Disparities, ResolvedReference
from equity.lens.blocks import Block, block_in_period, known_shares
from equity.lens.choices import Choices
from equity.lens.comparison import compare, everyone, with_q
from equity.lens.excess import excess_over_groups
from equity.lens.people import groups_of_people
from equity.lens.reference import resolve, with_rate
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
        raise PlainError(
            f"“{measure.name}” has no rows in {choices.period or 'this question'}: choose another period or filter."
        )
    reference = resolve(cube, measure, stratifier, choices.reference, choices.where)
    rows, tests = with_q(compare(block, {measure.name: reference}))
    rows = rows[list(GROUP_COLUMNS)]
    total = everyone(block, measure)
    within, spread, spread_sql = _spread(cube, choices, measure, stratifier)
    known_reference = with_rate(reference, rows, total)
    found = excess_over_groups(block, measure, reference)
    return Disparities(
        choices=choices,
        measure=measure,
        stratifier=stratifier,
        reference=known_reference,
        rows=rows,
        total=total,
        spread=spread,
        within=within,
        tests=tests,
        known_share=float(known_shares(block)[0]),
        excess_total=float(found.value),
        excess_lower=float(found.lower),
        excess_upper=float(found.upper),
        sql="\n\n".join(text for text in (block.sql, spread_sql) if text),
        remarks=_remarks(cube, choices, block, reference),
    )


def site_of(stratifiers: tuple[Stratifier, ...], besides: str) -> Stratifier | None:
    """The stratifier that names a place of care, if there is one besides the one that is asked about."""
    named = (s for s in stratifiers if any(w in f"{s.name} {s.label}".casefold() for w in SITE_WORDS))
    return next((s for s in named if s.name != besides), None)


def _spread(cube: Cube, choices: Choices, measure: Measure, stratifier: Stratifier) -> tuple[str, pd.DataFrame, str]:
    """Each group's rate at each site: the spread behind the dots. Cells with fewer than 30 say more about chance."""
    nothing = pd.DataFrame(columns=["group", "within", "value", "n", "rate"])
    place = site_of(cube.description.stratifiers, stratifier.name)
    if place is None or cube.description.tables != "crossed" or cube.description.values != "counts" or choices.where:
        return "", nothing, ""
    try:
        found = cube.groups([measure.name], (stratifier.name, place.name), choices.period)
    except PlainError:  # a release need not hold this pair
        return "", nothing, ""
    table = found.table[found.table["n"] >= 30]
    spread = pd.DataFrame(
        {
            "group": table["value1"].to_numpy(),
            "within": place.name,
            "value": table["value2"].to_numpy(),
            "n": table["n"].to_numpy(dtype=np.float64),
            "rate": (table["x"] / table["n"]).to_numpy(dtype=np.float64),
        }
    )
    return place.label, spread, found.sql


def _remarks(cube: Cube, choices: Choices, block: Block, reference: ResolvedReference) -> tuple[str, ...]:
    """Codes of what a reader must know; equity/words says them aloud."""
    remarks = []
    if block.sample.hidden_at_source.any():
        remarks.append("hidden_at_source")
    if cube.description.values == "estimates":
        remarks.append("estimates_without_counts")
    if cube.description.tables == "one_way":
        remarks.append("one_way_tables_only")
    if cube.description.has_person and len(choices.period.tiles()) > 1:
        remarks.append("people_added_over_periods")
    if reference.kind == "best" and not reference.group:
        remarks.append("no_group_can_be_best")
    if reference.kind == "best" and omnibus(groups_of_people(block, block.measures[0])).p > SIGNIFICANCE:
        remarks.append("groups_cannot_be_told_apart")
    return tuple(remarks)
