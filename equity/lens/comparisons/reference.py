"""Which group, rate or target the choice of reference stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from equity.cube import Cube
from equity.lens.answers import ResolvedReference, Surpassed
from equity.lens.comparisons.baseline import baselines
from equity.lens.comparisons.blocks import Block, block_in_period, block_over_time
from equity.lens.comparisons.comparison import describe
from equity.lens.tables import Columns
from equity.stats.estimate import FloatArray
from equity.vocabulary import Kind, Measure, PeriodRange, PlainError, Reference, Stratifier


def best_groups(block: Block) -> dict[str, str]:
    """For each measure the best-performing group that is not too few to read and has the measure's minimum n; of a
    neutral measure, which has no best, the lowest.

    A measure without such a group is left out. Only groups of people qualify, never "unknown" or "other".
    """
    people = np.array([c.kind == "group" for c in block.stratifier.categories], dtype=bool)
    best: dict[str, str] = {}
    rates, readable, large = (values[:, 0] for values in _rates(block))
    for at, measure in enumerate(block.measures):
        harm = np.where(readable[at] & large[at] & people, measure.harm_sign * rates[at], np.inf)
        if np.isfinite(harm).any():
            best[measure.name] = block.groups[int(np.argmin(harm))]
    return best


def best_on_baseline(
    cube: Cube, measures: Sequence[Measure], stratifier: Stratifier, where: Sequence[tuple[str, str]] = ()
) -> tuple[dict[str, str], dict[str, PeriodRange]]:
    """The best group of each measure on its baseline, and that period; it does not hop between quarters."""
    of = baselines(cube, measures, stratifier)

    def best_by_measure() -> dict[str, str]:
        best: dict[str, str] = {}
        for period in dict.fromkeys(of.values()):
            mine = [measure for measure in measures if of[measure.name] == period]
            best |= best_groups(block_in_period(cube, mine, stratifier, period, where))
        return best

    key = ("best_on_baseline", tuple(m.name for m in measures), stratifier.name, tuple(where))
    return cube.keep(key, best_by_measure), of


def best_group(group: str, baseline: PeriodRange, period: PeriodRange) -> ResolvedReference:
    """The best group of a baseline as the reference of a stretch; ``group`` is empty where none has enough data."""
    picked = bool(group) and period.overlaps(baseline)
    return ResolvedReference("best", "the best group", group=group, chosen_on=str(baseline), picked=picked)


def surpassed_in(block: Block, references: Mapping[str, ResolvedReference]) -> dict[str, ResolvedReference]:
    """The same references by measure, those to a best group with whether others have a better rate in this block, in
    any one of its periods where it has several.
    """
    people = np.array([c.kind == "group" for c in block.stratifier.categories], dtype=bool)
    judged = dict(references)
    best = [
        (at, measure, reference)
        for at, measure in enumerate(block.measures)
        if (reference := references.get(measure.name)) and reference.kind == "best" and reference.group in block.groups
    ]
    if not best:
        return judged
    rates, readable, large = _rates(block)
    for at, measure, reference in best:
        harm = measure.harm_sign * rates[at]
        better = readable[at] & people & (harm < harm[:, [block.groups.index(reference.group)]])
        surpassed: Surpassed = "no" if not better.any() else "any" if (better & large[at]).any() else "smaller"
        judged[measure.name] = replace(reference, surpassed=surpassed)
    return judged


def _asked(
    cube: Cube, measure: Measure, stratifier: Stratifier, where: Sequence[tuple[str, str]], period: PeriodRange
) -> Block:
    """What is asked, added up over its stretch; of estimates, which cannot be added up, each period of the stretch."""
    held = cube.description
    if held.values == "estimates":
        within = [label for label in held.periods if period.overlaps(PeriodRange.parse(label))]
        if within:
            return block_over_time(cube, measure, stratifier, held.grain, within, where)
    return block_in_period(cube, [measure], stratifier, period, where)


def hidden_on_baseline(cube: Cube, asked: Block, where: Sequence[tuple[str, str]] = ()) -> bool:
    """Whether a group of people is hidden in the period on which the best group is chosen: it may be the best one."""
    periods = dict.fromkeys(baselines(cube, asked.measures, asked.stratifier).values())
    blocks = (block_in_period(cube, asked.measures, asked.stratifier, period, where) for period in periods)
    return any(bool(np.any(block.is_group & (block.sample.shown == "hidden"))) for block in blocks)


def resolve(
    cube: Cube,
    measure: Measure,
    stratifier: Stratifier,
    reference: Reference | None,
    where: Sequence[tuple[str, str]],
    period: PeriodRange,
) -> ResolvedReference:
    """What the choice stands for on this dataset, before any rate is known.

    ``period`` is the stretch that is asked about: a best group whose baseline lies in it was picked by the same data.

    Raises:
        PlainError: the named group is not one of the stratifier's, or the measure has no target.
    """
    chosen = reference or measure.reference
    if chosen.kind == "best":
        best, of = best_on_baseline(cube, [measure], stratifier, where)
        resolved = best_group(best.get(measure.name, ""), of[measure.name], period)
        key = ("surpassed", measure.name, resolved.group, stratifier.name, tuple(where), period)
        asked = partial(_asked, cube, measure, stratifier, where, period)
        resolved = cube.keep(key, lambda: surpassed_in(asked(), {measure.name: resolved})[measure.name])
        return replace(resolved, label="the lowest of the larger groups") if measure.polarity == "neutral" else resolved
    if chosen.kind == "group":
        if reference is None and chosen.group not in stratifier.groups:
            return resolve(cube, measure, stratifier, Reference("best"), where, period)
        return ResolvedReference("group", chosen.group, group=_named(stratifier, chosen.group))
    if chosen.kind == "target":
        if measure.target is None:
            raise PlainError(
                f"The measure “{measure.name}” has no target: add one to the mapping, or choose another reference."
            )
        return ResolvedReference("target", "the target", rate=measure.target)
    label = "everyone, the group included" if chosen.kind == "average" else "everyone else"
    return ResolvedReference(chosen.kind, label)


def with_rate(reference: ResolvedReference, rows: Columns, total: Columns) -> ResolvedReference:
    """The same reference with the rate, n, x and interval it has among an answer's rows (a target keeps its own).

    ``total`` is the row of everyone, or empty where there is none.
    """
    if reference.kind in ("target", "others"):
        return reference
    own = total if reference.kind == "average" else rows
    named = "everyone" if reference.kind == "average" else reference.group
    at = own["group"].tolist().index(named) if own and named in own["group"] else None
    if at is None:
        return reference
    n, x, rate, lower, upper = (float(own[name][at]) for name in ("n", "x", "rate", "lower", "upper"))
    return replace(reference, n=n, x=x, rate=rate, lower=lower, upper=upper)


def _named(stratifier: Stratifier, group: str) -> str:
    exact = next((g for g in stratifier.groups if g == group), None)
    same = exact or next((g for g in stratifier.groups if g.casefold() == group.casefold()), None)
    if same is None:
        names = ", ".join(f"“{g}”" for g in stratifier.groups)
        raise PlainError(
            f"“{group}” is not a group of {stratifier.label}: "
            f"compare with {names}, or with best, average, others or target."
        )
    return same


def _rates(block: Block) -> tuple[FloatArray, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """(rates, which can be read, which have the measure's minimum n), arrays (measures, periods, groups)."""
    if block.published is not None:
        rates = block.published.estimate.value
        return rates, ~np.isnan(rates), np.ones(rates.shape, dtype=np.bool_)
    shape = block.sample.n.shape
    rates, readable, large = np.full(shape, np.nan), np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for kind in dict.fromkeys(measure.kind for measure in block.measures):
        alike = np.array([measure.kind == kind for measure in block.measures])
        rates[alike], readable[alike], large[alike] = _rates_of(kind, block, alike)
    return rates, readable, large


def _rates_of(
    kind: Kind, block: Block, alike: npt.NDArray[np.bool_]
) -> tuple[FloatArray, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The same of the measures of one kind."""
    alone, estimate = describe(kind, block.sample.map_all(lambda sums: sums[:, alike]))
    readable = (
        (alone["reliability"] != "too_few")
        & (alone["hidden_at_source"] == 0)
        & np.isin(alone["shown"], ["yes", "zero"])
    )
    least = np.array([measure.minimum_n for measure in block.measures])[alike]
    return estimate.value, readable, alone["n"] >= least[:, None, None]
