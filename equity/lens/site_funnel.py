"""Sites as a funnel: one group's rate at each site, or its gap, against what chance and ordinary variation explain."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import ResolvedReference, SiteFunnel
from equity.lens.choices import Choices
from equity.lens.comparisons.samples import Sample
from equity.lens.gap_sources import Sides, seen_at_sites, sides_of
from equity.stats.differences import welch_parts
from equity.stats.estimate import BoolArray, FloatArray, ratio_of
from equity.stats.intervals import mean_and_variance
from equity.stats.models.funnel import (
    FEWEST_SITES,
    Limits,
    chance_error,
    difference_error,
    limits_about,
    limits_of_rates,
    pooled,
    site_variation,
)
from equity.vocabulary import Measure, PlainError

OF = ("gap", "rate")
_CURVE = 60


def site_funnel(
    cube: Cube, choices: Choices, within: str | None = None, group: str = "", of: str = "gap"
) -> SiteFunnel:
    """One group's gap, or its rate, at every site with limits of 95 % and 99.8 % about that of all sites together.

    ``group`` is the one asked about; without it the one whose gap affects most.

    Raises:
        PlainError: as for the breakdown of gaps; a group that is not there; fewer than five sites to compare.
    """
    if of not in OF:
        raise PlainError(f"A funnel is of the gap or of the group's own rate, not of “{of}”: write gap or rate.")
    seen = seen_at_sites(cube, replace(choices, where=()), within)
    there = np.nansum(seen.sample.n, axis=-1) > 0  # a site that is hidden is left out, and not the whole group
    beside = _beside(seen.reference, group, of)
    every = sides_of(seen.sample, seen.stratifier, seen.within, beside, there)
    at = _place(seen.measure, every, group)
    one, other = (side.map(lambda sums: sums[at]) for side in (every.group, every.comparator))
    sides = Sides(one, other, (), every.strata)
    known = _known(sides, of)
    if known.sum() < FEWEST_SITES:
        raise PlainError(
            f"A funnel needs at least {FEWEST_SITES} places or groups in which “{every.names[at]}” can be "
            f"compared: here there {'is' if known.sum() == 1 else 'are'} {int(known.sum())}."
        )
    funnel = _gaps(seen.measure, sides, known) if of == "gap" else _rates(seen.measure, sides.group, known)
    rows = _rows(sides, known, funnel, seen.measure.harm_sign)
    return SiteFunnel(
        choices=choices,
        measure=seen.measure,
        stratifier=seen.stratifier,
        within=seen.within,
        reference=seen.reference,
        group=every.names[at],
        of=of,
        rows=rows,
        curve=funnel.curve,
        centre=funnel.centre,
        phi=funnel.phi,
        winsorised_phi=funnel.winsorised_phi,
        tau=funnel.tau,
        sql=seen.sql,
    )


@dataclass(frozen=True)
class _Funnel:
    """Values of all sites (sites,), what they are held against, and the limits as a curve over ``size``.

    ``size`` is where a site stands along the funnel: its effective n, or, for means and gaps, 1 ÷ its standard error.
    """

    values: FloatArray
    errors: FloatArray
    size: FloatArray
    limits: Limits
    curve: pd.DataFrame
    centre: float
    phi: float
    winsorised_phi: float
    tau: float


def _beside(reference: ResolvedReference, group: str, of: str) -> ResolvedReference:
    """What the groups are held against: the reference's own rate is asked of it as one of the groups."""
    return replace(reference, group="") if of == "rate" and group and group == reference.group else reference


def _place(measure: Measure, sides: Sides, group: str) -> int:
    """Which of the compared groups is asked about."""
    names = sides.names
    if group:
        if group not in names:
            raise PlainError(f"“{group}” is not a group that is compared here: there is {', '.join(names)}.")
        return names.index(group)
    if not names:
        raise PlainError("No group can be compared at these sites.")
    rates = [ratio_of(np.nansum(s.x, axis=-1), np.nansum(s.n, axis=-1)) for s in (sides.group, sides.comparator)]
    behind = measure.harm_sign * (rates[0] - rates[1]) * np.nansum(sides.group.n, axis=-1)
    return int(np.argmax(np.nan_to_num(behind, nan=-np.inf)))


def _known(sides: Sides, of: str) -> BoolArray:
    """Sites with numbers of which nothing is hidden; for a gap of both sides."""
    own = (sides.group.n > 0) & (sides.group.hidden_at_source == 0)
    other = (sides.comparator.n > 0) & (sides.comparator.hidden_at_source == 0)
    return np.asarray(own & other if of == "gap" else own, dtype=np.bool_)


def _rates(measure: Measure, group: Sample, known: BoolArray) -> _Funnel:
    n, x, xx = (np.where(known, each, np.nan) for each in group.effective(measure.kind))
    values = ratio_of(np.where(known, group.x, np.nan), np.where(known, group.n, np.nan))
    if measure.kind == "mean":
        _, variance = mean_and_variance(n, x, xx)
        return _normal(values, np.sqrt(ratio_of(variance, n)))
    target = float(np.nansum(np.where(known, group.x, 0.0)) / np.nansum(np.where(known, group.n, 0.0)))
    errors = chance_error(measure.kind, target, n)
    variation = site_variation(values, target, errors)
    limits = limits_of_rates(measure.kind, target, n, variation.tau_squared)
    grid = _grid(n)
    curve = _curve(grid, limits_of_rates(measure.kind, target, grid, variation.tau_squared))
    tau = float(np.sqrt(variation.tau_squared))
    return _Funnel(values, errors, n, limits, curve, target, variation.phi, variation.winsorised_phi, tau)


def _gaps(measure: Measure, sides: Sides, known: BoolArray) -> _Funnel:
    """Gaps toward harm (a neutral measure's: above the reference), held against their mean by precision."""
    both = (sides.group, sides.comparator)
    own, other = ([np.where(known, each, np.nan) for each in s.effective(measure.kind)] for s in both)
    rates = [ratio_of(np.where(known, s.x, np.nan), np.where(known, s.n, np.nan)) for s in both]
    values = float(measure.harm_sign) * (rates[0] - rates[1])
    if measure.kind == "mean":
        _, _, one, two, _ = welch_parts(own[0], own[1], own[2], other[0], other[1], other[2])
        return _normal(values, np.sqrt(one + two))
    return _normal(values, difference_error(measure.kind, own[1], own[0], other[1], other[0]))


def _normal(values: FloatArray, errors: FloatArray) -> _Funnel:
    """A funnel with normal limits about the mean of the sites by precision."""
    variation = site_variation(values, pooled(values, errors), errors)
    centre = pooled(values, errors, variation.tau_squared)
    precision = ratio_of(np.ones(errors.shape), errors)
    grid = _grid(precision)
    curve = _curve(grid, limits_about(centre, 1.0 / grid, variation.tau_squared))
    limits = limits_about(centre, errors, variation.tau_squared)
    tau = float(np.sqrt(variation.tau_squared))
    return _Funnel(values, errors, precision, limits, curve, centre, variation.phi, variation.winsorised_phi, tau)


def _grid(size: FloatArray) -> FloatArray:
    """Sizes from the smallest site to the largest, a little beyond both."""
    there = size[np.isfinite(size) & (size > 0)]
    return np.geomspace(0.85 * there.min(), 1.1 * there.max(), _CURVE) if there.size else np.ones(1)


def _curve(size: FloatArray, limits: Limits) -> pd.DataFrame:
    return pd.DataFrame({"size": size, **_named(limits)})


def _named(limits: Limits) -> dict[str, FloatArray]:
    names = ("lower_95", "upper_95", "lower_998", "upper_998")
    sides = (limits.inner_lower, limits.inner_upper, limits.outer_lower, limits.outer_upper)
    return dict(zip(names, sides, strict=True))


def _rows(sides: Sides, known: BoolArray, funnel: _Funnel, harm: float) -> pd.DataFrame:
    """A row a site, in the sites' order; those that neither side is seen at are left out."""
    outside, near = (funnel.limits.side(funnel.values, outer=outer) for outer in (True, False))
    table = pd.DataFrame(
        {
            "stratum": list(sides.strata),
            "n": sides.group.n,
            "reference_n": sides.comparator.n,
            "value": funnel.values,
            "se": funnel.errors,
            "size": funnel.size,
            **_named(funnel.limits),
            "outside": np.where(known, outside, 0.0),
            "near": np.where(known, near, 0.0),
            "shown": _shown(sides, known),
        }
    )
    return table[table["shown"] != "missing"].reset_index(drop=True)


def _shown(sides: Sides, known: BoolArray) -> npt.NDArray[np.str_]:
    """yes; hidden where a count of it is; alone where one of the two groups is not seen; missing where neither is."""
    hidden = (sides.group.hidden_at_source > 0) | (sides.comparator.hidden_at_source > 0)
    neither = ~(sides.group.rows > 0) & ~(sides.comparator.rows > 0)
    return np.select([known, hidden, neither], ["yes", "hidden", "missing"], default="alone")
