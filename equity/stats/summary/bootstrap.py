"""Intervals of the summary measures and of total excess, and their noise-corrected values, by bootstrap from counts.

How draws are made is in :mod:`equity.stats.summary.sampling`; how limits allow for noise, which lifts nearly all of
these measures, is in :mod:`equity.stats.summary.noise`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import BoolArray, FloatArray, Numbers, as_floats, ratio_of
from equity.stats.groups import NO_REFERENCE, Groups
from equity.stats.omnibus import omnibus, target_omnibus, worst_against_reference
from equity.stats.summary.extremes import RANGES, least_distances
from equity.stats.summary.formulas import Array, Spread
from equity.stats.summary.noise import Limits, Line, Quantity, bootstrap_limits
from equity.stats.summary.reasons import GIVEN
from equity.stats.summary.registry import NAMES, SummaryMeasure, measure_named
from equity.stats.summary.sampling import DRAWS, SEED
from equity.stats.summary.values import measure_of, summary_values
from equity.stats.summary.variance import between_group_variance, overall_rate, variance_noise

ReferencePoint = Literal["group", "best", "average", "others", "target"]


@dataclass(frozen=True, slots=True)
class SummaryMeasures:
    """Summary measures with intervals: arrays (…, measures) in the order of ``names``.

    Attributes:
        names: of the measures.
        value: as defined; NaN exactly where ``reason`` is not "".
        corrected: with the noise taken off; equal to ``value`` for measures that noise does not inflate.
        lower, upper: limits of the true value; they always hold ``value`` and ``corrected`` between them.
        corrected_leads: whether to show ``corrected`` first, because what it compares cannot be told apart.
        reason: why a measure is not given (:mod:`equity.stats.summary.reasons`), or "".

    ``corrected`` and the limits of means are NaN where no group has the two values that would show a spread.
    """

    names: tuple[str, ...]
    value: FloatArray
    corrected: FloatArray
    lower: FloatArray
    upper: FloatArray
    corrected_leads: BoolArray
    reason: npt.NDArray[np.str_]


def summary_measures(
    groups: Groups,
    names: Sequence[str] = NAMES,
    *,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> SummaryMeasures:
    """Every named summary measure with its interval and noise-corrected value.

    Args:
        groups: (…, groups).
        names: of :data:`equity.stats.summary.registry.MEASURES`.
        level: two-sided confidence level.
        draws: at least some 2,000 for stable 95 % limits.
        seed: the same seed gives the same limits.

    Raises:
        ValueError: a name is not that of a summary measure, or the level is impossible.
    """
    value, reason = summary_values(groups, names)
    given = reason == GIVEN
    flat = groups.flattened().sorted_by_order()
    quantities = [_summary_quantity(measure_named(name), flat) for name in names]
    equal = _cannot_be_told_apart(flat, quantities, level)
    result = bootstrap_limits(flat, quantities, equal, None, level, draws, seed)
    corrected = _with_closed_forms(result.corrected, flat, names)
    limits = _beside_the_range(replace(result, corrected=corrected), flat, names, level)
    corrected = limits.corrected
    inflated = np.asarray([quantity.inflated for quantity in quantities])

    def shown(values: FloatArray) -> FloatArray:
        return np.where(given, values.reshape(value.shape), np.nan)

    return SummaryMeasures(
        names=tuple(names),
        value=value,
        corrected=shown(corrected),
        lower=shown(np.minimum(limits.lower, np.minimum(corrected, result.value))),
        upper=shown(np.maximum(limits.upper, np.maximum(corrected, result.value))),
        corrected_leads=(inflated & equal & np.isfinite(corrected)).reshape(value.shape) & given,
        reason=reason,
    )


@dataclass(frozen=True, slots=True)
class TotalExcess:
    """Total excess events over the groups of each setting, all (…); see :class:`SummaryMeasures` for the words."""

    value: FloatArray
    corrected: FloatArray
    lower: FloatArray
    upper: FloatArray
    corrected_leads: BoolArray


def total_excess(
    groups: Groups,
    reference_point: ReferencePoint,
    target: Numbers = np.nan,
    *,
    counted: npt.ArrayLike = True,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> TotalExcess:
    """ΣE = Σ n_j · max(0, gap_j) against one reference point, with its interval.

    Args:
        groups: with a ``reference`` where the reference point is ``group``.
        reference_point: ``group``, ``best`` (of each draw), ``average`` (includes the group), ``others`` or ``target``.
        target: (…) in the unit of the rate, for ``target``.
        counted: (…, groups) False for people who are no group (unknown, declined): they are part of the average and of
            everyone else, and their own gap is not counted. Against a group, the best or a target they play no part.
        level: two-sided confidence level.
        draws: number of draws.
        seed: the same seed gives the same limits.

    NaN where the measure is neutral, the reference group or the target is absent, or no group is present.
    """
    shape = groups.rates.shape[:-1]
    own = np.broadcast_to(np.asarray(counted, dtype=np.bool_), groups.rates.shape)
    if reference_point not in ("average", "others"):
        groups = replace(groups, expected=groups.expected & own)
    flat, own = groups.flattened(), own.reshape(-1, own.shape[-1])
    fixed = np.broadcast_to(as_floats(target), shape).reshape(-1)
    against_target = reference_point == "target"
    quantity = Quantity(_excess_formula(flat, own, reference_point, fixed), inflated=True, side=np.ones(len(fixed)))
    equal = ~((target_omnibus(flat, fixed) if against_target else omnibus(flat).p) <= 1.0 - level)
    anchor = fixed if against_target else None
    result = bootstrap_limits(flat, [quantity], equal[:, None], anchor, level, draws, seed)
    known = (flat.present & own).any(axis=-1) & ~np.isnan(flat.harm)
    if against_target:
        known &= np.isfinite(fixed)
    if reference_point == "group":
        at = np.where(flat.reference == NO_REFERENCE, 0, flat.reference)
        known &= (flat.reference != NO_REFERENCE) & flat.present[np.arange(len(at)), at]

    def shown(values: FloatArray) -> FloatArray:
        return np.where(known, values[:, 0], np.nan).reshape(shape)

    return TotalExcess(
        value=shown(result.value),
        corrected=shown(result.corrected),
        lower=shown(np.minimum(result.lower, result.corrected)),
        upper=shown(np.maximum(result.upper, result.value)),
        corrected_leads=(equal & known).reshape(shape),
    )


def _cannot_be_told_apart(groups: Groups, quantities: Sequence[Quantity], level: float) -> BoolArray:
    """(settings, quantities) by the omnibus test, and for what takes the reference apart by its own."""
    equal = ~(omnibus(groups).p <= 1.0 - level)[:, None]
    apart = np.asarray([quantity.reference_apart for quantity in quantities])
    if not apart.any():
        return np.broadcast_to(equal, (len(equal), len(apart)))
    from_reference = ~(worst_against_reference(groups) <= 1.0 - level)[:, None]
    return np.asarray(equal | (from_reference & apart), dtype=np.bool_)


def _summary_quantity(measure: SummaryMeasure, groups: Groups) -> Quantity:
    inflated = measure.is_inflated(ordered=groups.order is not None)
    toward_best = np.where(groups.harm > 0, -1.0, 1.0)
    name, kind = measure.name, groups.kind
    against_worst = name == "difference_from_reference"
    return Quantity(
        of=lambda spread, line, _: measure_of(name, kind, spread, line),
        inflated=inflated,
        side=toward_best if measure.side == "toward_best" else np.ones(len(toward_best)),
        when_equal=measure.when_equal,
        bounded=not against_worst,
        logarithmic=measure.unit == "ratio",
        distance=not measure.of_squares and not against_worst,
        reference_apart=against_worst,
    )


def _excess_formula(
    groups: Groups, counted: BoolArray, point: ReferencePoint, target: FloatArray
) -> Callable[[Spread, Line | None, slice], Array]:
    people = np.where(groups.present, groups.population, 0.0).sum(axis=-1)

    def excess(spread: Spread, _: Line | None, part: slice) -> Array:
        dtype = spread.rates.dtype
        harm, total, fixed = (each[part, None].astype(dtype) for each in (groups.harm, people, target))
        gap: Array = harm * (spread.rates - _reference_rates(spread, point, fixed))
        worse: Array = np.where(counted.T[:, part, None], np.maximum(gap, 0), dtype.type(0))
        return np.asarray(spread.weighted(worse) * total)

    return excess


def _reference_rates(spread: Spread, point: ReferencePoint, target: Array) -> Array:
    if point == "group":
        return spread.reference
    if point == "best":
        return spread.best
    if point == "average":
        return np.asarray(spread.mean)
    if point == "target":
        return target
    rest = 1.0 - spread.frame.share
    with np.errstate(divide="ignore", invalid="ignore"):
        others = (spread.mean - spread.frame.share * spread.rates) / rest
    return np.asarray(np.where(rest > 0, others, spread.mean))


def _beside_the_range(limits: Limits, groups: Groups, names: Sequence[str], level: float) -> Limits:
    """The limits, and the corrected value, no nearer to equality than what stands clearly apart says by itself."""
    least = least_distances(groups, level)
    corrected, lower, upper = (each.copy() for each in (limits.corrected, limits.lower, limits.upper))
    for place, name in enumerate(names):
        if name not in least or (name in RANGES and groups.order is not None):
            continue
        beyond = np.nan_to_num(least[name])
        below = limits.value[:, place] < 0  # PAR and PAF of a measure of which less is better
        for limit in (corrected, lower):
            limit[:, place] = np.where(below, limit[:, place], np.fmax(limit[:, place], beyond))
        for limit in (corrected, upper):
            limit[:, place] = np.where(below, np.fmin(limit[:, place], -beyond), limit[:, place])
    return replace(limits, corrected=corrected, lower=lower, upper=upper)


def _with_closed_forms(corrected: FloatArray, groups: Groups, names: Sequence[str]) -> FloatArray:
    """The variance, its root and the coefficient of variation, whose noise Σp(1−p)s² has a closed form."""
    out = corrected.copy()
    variance = np.maximum(between_group_variance(groups) - variance_noise(groups), 0.0)
    closed = {
        "between_group_variance": variance,
        "between_group_sd": np.sqrt(variance),
        "coefficient_of_variation": 100.0 * ratio_of(np.sqrt(variance), overall_rate(groups)),
    }
    for place, name in enumerate(names):
        if name in closed:
            out[:, place] = closed[name]
    return out
