"""Gap breakdown: groups are seen at different places, or fare differently at the same ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import GapSources, ResolvedReference
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import people_counted
from equity.lens.comparisons.reference import resolve
from equity.lens.comparisons.samples import Sample
from equity.lens.disparities import site_of
from equity.lens.emptiness import why_not_crossed
from equity.lens.intersections import crossed_sample
from equity.lens.tables import Columns, table
from equity.stats.decomposition import Decomposition, kitagawa
from equity.stats.differences import difference
from equity.stats.estimate import BoolArray, Estimate, ratio_of
from equity.stats.models.site_effects import site_effects
from equity.stats.standardization.standardise import direct, indirect
from equity.vocabulary import Measure, PlainError, Stratifier


@dataclass(frozen=True)
class Sides:
    """The strata of both sides, arrays (groups, strata)."""

    group: Sample
    comparator: Sample
    names: tuple[str, ...]
    strata: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """Who was seen where: what the split and the alarm are both worked out from."""

    measure: Measure
    stratifier: Stratifier
    within: Stratifier
    reference: ResolvedReference
    sample: Sample
    sides: Sides
    sql: str


def gap_sources(cube: Cube, choices: Choices, within: str | None = None) -> GapSources:
    """Kitagawa's split of every gap over the strata of ``within``, the Simpson alarm, and standardised rates.

    Raises:
        PlainError: nothing to look within, a one-way extract, or a reference that is a target.
    """
    seen = seen_at_sites(cube, choices, within)
    split = _split(seen.measure, seen.sides)
    return GapSources(
        choices=choices,
        measure=seen.measure,
        stratifier=seen.stratifier,
        within=seen.within,
        reference=seen.reference,
        parts=_parts(seen.measure, seen.sides, seen.sample, split),
        strata=_strata(seen.measure, seen.sides, split),
        sql=seen.sql,
        remarks=("adjusting_can_hide",),
        people=people_counted(cube, seen.measure, choices.period, choices.where),
        n=float(seen.sample.n.sum()),
        model=_model(seen.measure, seen.sides, split),
    )


def is_misleading(cube: Cube, choices: Choices, within: str | None = None) -> bool:
    """Whether some gap reverses or halves within the strata, and no more than that: the Simpson alarm alone.

    Raises:
        PlainError: as :func:`gap_sources`.
    """
    seen = seen_at_sites(cube, choices, within)
    return bool((_split(seen.measure, seen.sides).simpson != "").any())


def seen_at_sites(cube: Cube, choices: Choices, within: str | None) -> Seen:
    """Who was seen where: every compared group and its comparator at every stratum of ``within``.

    Raises:
        PlainError: as :func:`gap_sources`.
    """
    description = cube.description
    measure, stratifier = description.measure(choices.measure), description.stratifier(choices.by)
    inside = _within(cube, stratifier, within)
    reference = resolve(cube, measure, stratifier, choices.reference, choices.where, choices.period)
    if reference.kind == "target":
        raise PlainError("A target is the same at every site, so there is nothing to split: compare with a group.")
    sample, sql, _ = crossed_sample(cube, choices, measure, (stratifier, inside))
    sides = sides_of(sample, stratifier, inside, reference, sample.n.sum(axis=-1) > 0)
    return Seen(measure, stratifier, inside, reference, sample, sides, sql)


def _within(cube: Cube, stratifier: Stratifier, name: str | None) -> Stratifier:
    if why_not_crossed(cube.description):
        raise PlainError(f"{why_not_crossed(cube.description)[:-1]}: there is nothing to look within.")
    place = cube.description.stratifier(name) if name else site_of(cube.description.stratifiers, stratifier.name)
    if place is None or place.name == stratifier.name:
        raise PlainError(f"Name another stratifier than {stratifier.label} to look within, such as the site of care.")
    return place


def sides_of(
    sample: Sample, stratifier: Stratifier, inside: Stratifier, reference: ResolvedReference, there: BoolArray
) -> Sides:
    """Those of the groups ``there`` that are compared, each with its comparator: the reference group, or all others.

    A sum of which a part is hidden is NaN.
    """
    names = [c.value for c in stratifier.categories]
    people = [c.kind in ("group", "other") and c.value != reference.group for c in stratifier.categories]
    at = np.flatnonzero(np.array(people) & there)
    group = sample.map(lambda sums: sums[at])
    if reference.group:
        place = names.index(reference.group)
        comparator = sample.map(lambda sums: np.repeat(sums[place : place + 1], len(at), axis=0))
    else:
        comparator = sample.map(lambda sums: np.repeat(sums.sum(axis=0, keepdims=True), len(at), axis=0)).without(group)
    return Sides(group, comparator, tuple(names[i] for i in at), tuple(c.value for c in inside.categories))


def _split(measure: Measure, sides: Sides) -> Decomposition:
    n1, x1, xx1 = sides.group.effective(measure.kind)
    n2, x2, xx2 = sides.comparator.effective(measure.kind)
    return kitagawa(measure.kind, n1, x1, n2, x2, xx1, xx2, seen1=sides.group.n, seen2=sides.comparator.n)


def _parts(measure: Measure, sides: Sides, everyone: Sample, split: Decomposition) -> pd.DataFrame:
    n1, x1, _ = sides.group.effective(measure.kind)
    sign = float(measure.harm_sign)
    columns: Columns = {"group": np.array(sides.names, dtype=str)}
    for name, estimate in (("gap", split.total), ("between", split.mix), ("within", split.rate)):
        columns |= _three(name, _bounded(measure, estimate.scaled(sign)))
    columns["simpson"] = split.simpson
    columns["crude"] = ratio_of(sides.group.x.sum(axis=-1), sides.group.n.sum(axis=-1))
    if measure.kind == "mean":
        nothing = np.full(len(sides.names), np.nan)
        adjusted, observed = Estimate(nothing, nothing, nothing), Estimate(nothing, nothing, nothing)
    else:
        standard = np.broadcast_to(everyone.n.sum(axis=0), n1.shape)
        adjusted = direct(x1, n1, standard)
        # Plain counts make the ratio; how much repeat visits inflate it moves its limits alone.
        x, n = sides.group.x, sides.group.n
        inflated = ratio_of(np.where(x1 > 0, x * ratio_of(x, x1), 0.0).sum(axis=-1), x.sum(axis=-1))
        reference = everyone.x.sum(axis=0), everyone.n.sum(axis=0)
        observed = indirect(x.sum(axis=-1), n, *reference, inflation=np.nan_to_num(inflated, nan=1.0)).ratio
    columns |= _three("adjusted", adjusted) | _three("ratio_indirect", observed)
    return table(columns)


def _bounded(measure: Measure, estimate: Estimate) -> Estimate:
    """No two shares, nor a part of what is between them, are further apart than 100 points."""
    if measure.kind != "proportion":
        return estimate
    return Estimate(*(np.clip(side, -1.0, 1.0) for side in (estimate.value, estimate.lower, estimate.upper)))


def _model(measure: Measure, sides: Sides, split: Decomposition) -> pd.DataFrame:
    """Every gap by a model in which each stratum has a level of its own; crude first."""
    rows = [_modelled(measure, sides, split, place) for place in range(len(sides.names))]
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else ["group", "reason"])


def _modelled(measure: Measure, sides: Sides, split: Decomposition, place: int) -> dict[str, object]:
    row: dict[str, object] = {"group": sides.names[place], "strata": 0.0, "reason": "few_strata"}
    names = ("crude_ratio", "within_ratio", "across_ratio", "within_gap")
    row |= {f"{name}{end}": np.nan for name in names for end in ("", "_lower", "_upper")}
    row |= {"across_gap": np.nan, "scatter": np.nan, "share_between": np.nan}
    if measure.kind == "mean":
        return row | {"reason": "not_for_means"}
    pair = [sides.group.map(lambda sums: sums[place]), sides.comparator.map(lambda sums: sums[place])]
    both = sides.group.effective(measure.kind), sides.comparator.effective(measure.kind)
    counts = [sums[place] for side in both for sums in side[:2]]
    if any((side.hidden_at_source > 0).any() for side in pair) or not all(np.isfinite(c).all() for c in counts):
        return row | {"reason": "hidden"}
    effects = site_effects(measure.kind, *counts)
    if effects is None:
        return row
    sign = float(measure.harm_sign)
    within = sorted((sign * effects.within_gap[1], sign * effects.within_gap[2]))
    gaps = (sign * effects.within_gap[0], *within)
    told = (effects.crude, effects.within, effects.across, gaps)
    for name, three in zip(names, told, strict=True):
        row |= dict(zip((name, f"{name}_lower", f"{name}_upper"), three, strict=True))
    row |= {"across_gap": sign * float(split.total.value[place]) - gaps[0], "strata": float(effects.sites)}
    return row | {"scatter": effects.scatter, "share_between": effects.share_between, "reason": ""}


def _strata(measure: Measure, sides: Sides, split: Decomposition) -> pd.DataFrame:
    n1, x1, xx1 = sides.group.effective(measure.kind)
    n2, x2, xx2 = sides.comparator.effective(measure.kind)
    apart = difference(measure.kind, n1, x1, n2, x2, xx1, xx2).scaled(float(measure.harm_sign))
    groups, strata = n1.shape
    columns: Columns = {
        "group": np.repeat(np.array(sides.names, dtype=str), strata),
        "stratum": np.tile(np.array(sides.strata, dtype=str), groups),
        "n": sides.group.n.reshape(-1),
        "rate": ratio_of(sides.group.x, sides.group.n).reshape(-1),
        "reference_n": sides.comparator.n.reshape(-1),
        "reference_rate": ratio_of(sides.comparator.x, sides.comparator.n).reshape(-1),
        **{name: values.reshape(-1) for name, values in _three("gap", apart).items()},
        "between": measure.harm_sign * split.mix_by_stratum.reshape(-1),
        "within": measure.harm_sign * split.rate_by_stratum.reshape(-1),
    }
    return table(columns)


def _three(name: str, estimate: Estimate) -> Columns:
    return {name: estimate.value, f"{name}_lower": estimate.lower, f"{name}_upper": estimate.upper}
