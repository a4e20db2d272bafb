"""Crossed groups as strata of a two-level model: how much lies between strata, and how much of that is additive.

Two models of the same cells, each with an intercept of its own for every stratum: one with nothing else, one with the
main effects of each grouping.

* **VPC** (variance partition coefficient): τ₀² ÷ (τ₀² + π²/3), the share of all variation between people, on the logit
  scale, that lies between strata.
* **PCV** (proportional change in variance): 1 − τ₁² ÷ τ₀², how much of that the groupings explain one by one. What is
  left is particular to combinations.

Both τ by restricted likelihood, since main effects use up most of what a few strata can tell. The VPC's interval is
that of the profile; the PCV's holds what the data say of τ₁ (flat prior) and of the main effects.

Source: Evans, Williams, Onnela & Subramanian 2018; Merlo 2018; Larsen & Merlo 2005 (median odds ratio).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from equity.stats.estimate import FloatArray, Numbers, as_floats
from equity.stats.models.cluster_likelihood import Family, ModelCells
from equity.stats.models.random_intercept import Profile, restricted_profile

LATENT_VARIANCE = float(np.pi**2 / 3)
"""The variance of one person's logit: that of the standard logistic distribution."""
FEWEST = 6
"""Strata below which a variance between them says nothing."""

_TAUS = np.concatenate([[1e-3], np.geomspace(0.015, 3.0, 18)])
_DRAWS = 2_000
_SEED = 1
_CUT = float(special.chdtri(1, 0.05) / 2)
_ALIKE = 0.01
_LARGE = 100.0

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class StrataVariance:
    """What lies between strata; each (value, lower, upper), NaN where it is not given.

    Attributes:
        strata: how many have anyone.
        vpc: share of all variation that lies between strata; NaN for a rate, whose people have no variance of a unit.
        pcv: share of what lies between strata that the groupings explain one by one; NaN where nothing lies between.
        median_ratio: odds ratio (rate ratio for a rate) between two strata picked at random, the higher to the lower.
    """

    strata: int
    vpc: Triple
    pcv: Triple
    median_ratio: Triple


def strata_variance(family: Family, n: Numbers, x: Numbers, stratifiers: int) -> StrataVariance | None:
    """The two models of crossed counts; None where fewer than six strata have anyone.

    Args:
        family: of the counts.
        n: (first, second[, third]) denominators, 0 where nobody is; effective ones where people come again.
        x: the same, events.
        stratifiers: how many axes there are.
    """
    size, events = as_floats(n), as_floats(x)
    there = size.reshape(-1) > 0
    if size.ndim != stratifiers or there.sum() < FEWEST:
        return None
    counts = size.reshape(-1)[there], events.reshape(-1)[there]
    cluster = np.arange(int(there.sum()))
    nothing = ModelCells(family, *counts, np.ones((len(cluster), 1)), cluster)
    main = ModelCells(family, *counts, _independent(_main_effects(size.shape)[there]), cluster)
    null, additive = restricted_profile(nothing, _TAUS), restricted_profile(main, _TAUS)
    between, left = _at_its_best(null), _at_its_best(additive)
    return StrataVariance(
        strata=len(cluster),
        vpc=_each(_share_between, between) if family == "proportion" else (np.nan, np.nan, np.nan),
        pcv=_explained(main, additive, between[0], left),
        median_ratio=_each(_median_ratio, between),
    )


def _main_effects(shape: tuple[int, ...]) -> FloatArray:
    """(cells, columns): an intercept and an indicator of every category but the first of each stratifier."""
    places = np.indices(shape).reshape(len(shape), -1)
    columns = [np.ones(places.shape[1])]
    for place, categories in zip(places, shape, strict=True):
        columns.extend((place == category).astype(np.float64) for category in range(1, categories))
    return np.stack(columns, axis=-1)


def _independent(design: FloatArray) -> FloatArray:
    """The columns that say something the ones before do not: categories that nobody is in go."""
    kept: list[FloatArray] = []
    places = []
    for place, column in enumerate(design.T):
        left = column - sum((base * (base @ column) for base in kept), np.zeros(len(column)))
        length = float(np.linalg.norm(left))
        if length > 1e-8 * len(column):
            kept.append(left / length)
            places.append(place)
    return design[:, places]


def _at_its_best(profile: Profile) -> Triple:
    """τ where the profile is highest, and the ends within which it falls by no more than half of χ²(1)'s 95 %."""
    from scipy.interpolate import CubicSpline  # a third of a second, which only this answer needs

    fine = np.concatenate([np.linspace(_TAUS[0], 0.05, 60)[:-1], np.geomspace(0.05, _TAUS[-1], 1_500)])
    values = CubicSpline(profile.taus, profile.log_likelihood)(fine)
    inside = fine[values >= values.max() - _CUT]
    best = float(fine[np.argmax(values)])
    zero = float(fine[0])
    ends = (float(inside[0]), float(inside[-1]))
    return _or_none(best, zero), _or_none(ends[0], zero), _or_none(ends[1], zero)


def _or_none(tau: float, zero: float) -> float:
    """τ, and 0 for the smallest that was tried."""
    return 0.0 if tau <= zero else tau


def _explained(main: ModelCells, profile: Profile, between: float, left: Triple) -> Triple:
    """The PCV: of the two models' variances; its interval from draws of τ₁ and, given each, of the main effects.

    What the main effects explain is told by their sum of squares, a noncentral χ² of the error of a stratum: drawn from
    its confidence distribution, for draws of β alone would count their error twice. τ₁ that may be 0 lets it reach 1.
    """
    if between <= _ALIKE:
        return np.nan, np.nan, np.nan
    random = np.random.default_rng(_SEED)
    widths = np.gradient(profile.taus)
    weight = np.exp(profile.log_likelihood - profile.log_likelihood.max()) * widths
    place = random.choice(len(weight), size=_DRAWS, p=weight / weight.sum())
    tau = np.maximum(profile.taus[place] + (random.random(_DRAWS) - 0.5) * widths[place], 0.0)
    strata, columns = main.design.shape
    fitted = profile.coefficients @ main.design.T
    squares = ((fitted - fitted.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)[place]
    error = np.array([_error_of_fit(main, each) for each in profile.covariance])[place]
    top = np.clip(random.random(_DRAWS), 1e-9, 1.0 - 1e-9)
    ratio = squares / error
    noncentral = _noncentral(ratio, columns - 1, top)
    fixed = noncentral * error / (strata - 1)
    lower, upper = np.quantile(fixed / np.maximum(fixed + tau**2, 1e-12), [0.025, 0.975])
    value = max(1.0 - left[0] ** 2 / between**2, 0.0)
    return value, float(min(lower, value)), 1.0 if left[1] == 0.0 else float(max(upper, value))


def _noncentral(ratio: FloatArray, freedom: int, chance: FloatArray) -> FloatArray:
    """λ at which a noncentral χ² lies below ``ratio`` with this chance, 0 where none is large enough.

    From 100 on by the root of a noncentral χ², which is then as good as normal around √(λ + freedom − 1).
    """
    rooted = np.maximum((np.sqrt(ratio) - special.ndtri(chance)) ** 2 - (freedom - 1), 0.0)
    told = special.chdtr(freedom, ratio) > chance
    exact = told & (ratio <= _LARGE)  # which takes a search for each: only where it is the answer
    rooted[exact] = np.nan_to_num(special.chndtrinc(ratio[exact], freedom, chance[exact]))
    return np.where(told, rooted, 0.0)


def _error_of_fit(cells: ModelCells, covariance: FloatArray) -> float:
    """How much the error of β adds to the fitted strata's sum of squares, for each freedom of the main effects."""
    apart = cells.design - cells.design.mean(axis=0)
    return float(np.einsum("ci,ij,cj->", apart, covariance, apart)) / max(len(covariance) - 1, 1)


def _each(change: Callable[[float], float], three: Triple) -> Triple:
    return change(three[0]), change(three[1]), change(three[2])


def _share_between(tau: float) -> float:
    return tau**2 / (tau**2 + LATENT_VARIANCE)


def _median_ratio(tau: float) -> float:
    return float(np.exp(np.sqrt(2.0) * tau * special.ndtri(0.75)))
