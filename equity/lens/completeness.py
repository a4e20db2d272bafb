"""Who is missing from an answer, and what that could mean for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import Completeness, ResolvedReference
from equity.lens.blocks import Block, block_in_period, block_over_time
from equity.lens.choices import Choices
from equity.lens.disparities import site_of
from equity.lens.intersections import crossed_sample
from equity.lens.opposites import opposite_of
from equity.lens.reference import resolve
from equity.lens.trends import periods_of
from equity.stats.estimate import FloatArray, ratio_of
from equity.stats.missing_groups import completeness_status, gap_bounds, tipping_point
from equity.stats.significance import difference_test
from equity.vocabulary import Grain, Measure, PlainError, Stratifier

COUNTED = ("unknown", "declined", "not_asked")
LONGEST_BY_QUARTER = 8


def completeness(cube: Cube, choices: Choices) -> Completeness:
    """How much is known by site, period and outcome, and the bounds that the unknown put on every gap.

    Raises:
        PlainError: the dataset holds estimates, which do not say how many people are unknown.
    """
    short = missing_from_a_conclusion(cube, choices)
    place = site_of(cube.description.stratifiers, short.stratifier.name)
    parts = [
        short.rows,
        *_by_place(cube, choices, short.measure, short.stratifier, place),
        *_by_period(cube, choices, short.measure, short.stratifier),
    ]
    return replace(short, rows=pd.concat(parts, ignore_index=True), place=place.label if place else "")


def missing_from_a_conclusion(cube: Cube, choices: Choices) -> Completeness:
    """The same without sites and periods: what the page of a conclusion must say about who is missing from it.

    Raises:
        PlainError: the dataset holds estimates, which do not say how many people are unknown.
    """
    if cube.description.values == "estimates":
        raise PlainError(f"“{cube.description.dataset}” holds rates without counts: it cannot say who is missing.")
    measure = cube.description.measure(choices.measure)
    stratifier = cube.description.stratifier(choices.by)
    block = block_in_period(cube, [measure], stratifier, choices.period, choices.where)
    reference = resolve(cube, measure, stratifier, choices.reference, choices.where)
    parts = [_counted(stratifier, "all", [""], block.sample.n[0])]
    if measure.kind == "proportion":
        yes, every = block.sample.x[0], block.sample.n[0]
        parts.append(_counted(stratifier, "outcome", ["yes", "no"], np.vstack([yes, every - yes])))
    unknown = ~block.is_group
    n, x, xx = (sums[0, 0] for sums in (block.sample.n, block.sample.x, block.sample.xx))
    sums = [float(each[mask].sum()) for mask in (~unknown, unknown) for each in (n, x, xx)]
    p = difference_test(measure.kind, sums[0], sums[1], sums[3], sums[4], sums[2], sums[5])
    return Completeness(
        choices=choices,
        measure=measure,
        stratifier=stratifier,
        reference=reference,
        rows=pd.concat(parts, ignore_index=True),
        bounds=_bounds(block, measure, reference),
        unknown_n=sums[3],
        known_rate=sums[1] / sums[0] if sums[0] else float("nan"),
        unknown_rate=sums[4] / sums[3] if sums[3] else float("nan"),
        unknown_p=float(p),
        place="",
        sql=block.sql,
        people=float(block.sample.people.sum()),
    )


def _counted(stratifier: Stratifier, scope: str, values: list[str], n: FloatArray) -> pd.DataFrame:
    """Rows of one scope from (values, groups) denominators."""
    kinds = np.array([c.kind for c in stratifier.categories])
    size = n.sum(axis=-1)
    known = n[:, np.isin(kinds, ["group", "other"])].sum(axis=-1)
    table = pd.DataFrame({"scope": scope, "value": values, "n": size, "known": known})
    for kind in COUNTED:
        table[kind] = n[:, kinds == kind].sum(axis=-1)
    share = ratio_of(known, size)
    return table.assign(share=share, status=completeness_status(share))


def _by_place(
    cube: Cube, choices: Choices, measure: Measure, stratifier: Stratifier, place: Stratifier | None
) -> list[pd.DataFrame]:
    if place is None or cube.description.tables != "crossed" or choices.where:
        return []
    sample, _, _ = crossed_sample(cube, choices, measure, (place, stratifier))
    return [_counted(stratifier, "place", [c.value for c in place.categories], sample.n)]


def _by_period(cube: Cube, choices: Choices, measure: Measure, stratifier: Stratifier) -> list[pd.DataFrame]:
    description = cube.description
    if description.grain == "all" or not description.periods:
        return []
    grain: Grain = "year"
    if description.grain != "year" and len(periods_of(description, "quarter", choices.period)) <= LONGEST_BY_QUARTER:
        grain = "quarter"
    periods = periods_of(description, grain, choices.period)
    block = block_over_time(cube, measure, stratifier, grain, periods, choices.where)
    return [_counted(stratifier, "period", list(periods), block.sample.n[0])]


def _bounds(block: Block, measure: Measure, reference: ResolvedReference) -> pd.DataFrame:
    """Worst and best case of each gap, whoever the unknown turn out to be; two groups of a proportion have them."""
    columns = ["group", "gap", "gap_smallest", "gap_largest", "tipping_people", "tipping_share", "possible"]
    opposite = opposite_of(block, {measure.name: reference})
    if measure.kind != "proportion" or measure.polarity == "neutral" or opposite.kind != "group":
        return pd.DataFrame(columns=columns)
    if opposite.sample is None or not opposite.is_reference.any():
        return pd.DataFrame(columns=columns)
    unknown = ~block.is_group
    n, x = block.sample.n[0, 0], block.sample.x[0, 0]
    reference_n, reference_x = opposite.sample.n[0, 0], opposite.sample.x[0, 0]
    arguments = (x, n, reference_x, reference_n, x[unknown].sum(), n[unknown].sum(), measure.polarity)
    bounds, tipping = gap_bounds(*arguments), tipping_point(*arguments)
    kept = block.is_group & ~opposite.is_reference[0, 0] & (n > 0)
    table = pd.DataFrame(
        {
            "group": list(block.groups),
            "gap": bounds.observed,
            "gap_smallest": bounds.smallest,
            "gap_largest": bounds.largest,
            "tipping_people": tipping.people,
            "tipping_share": tipping.share_with_better_outcome,
            "possible": tipping.possible.astype(int),
        }
    )
    return pd.DataFrame(table[kept]).reset_index(drop=True)
