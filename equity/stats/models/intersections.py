"""Groups within groups: rates of two or three crossed stratifiers, partially pooled.

A small cell's raw rate is mostly noise. Its *expected* rate is what the margins alone suggest: a main-effects model
(additive on the logit scale for proportions, the log scale for rates, the scale itself for means). Each cell is pulled
toward that expectation, little where it has many people or where cells truly differ from their margins, much where it
has few. How much cells differ from their expectations is itself uncertain; the estimate averages over what the data
allow, and its interval holds the errors of the cell, of the expectation and of that average.
Draw it *beside* the raw rate, never instead of it. A cell without people stays empty: "no patients" is not 0 %.

Source: Morris 1983 (parametric empirical Bayes); Gelman 2006 (flat prior on τ); Evans, Williams, Onnela & Subramanian
2018 and Merlo 2018 (multilevel analysis of heterogeneity across intersections).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from equity.stats.estimate import (
    Estimate,
    FloatArray,
    Kind,
    Numbers,
    as_floats,
    broadcast,
    normal_quantile,
    ratio_of,
    upper_probability,
)
from equity.stats.intervals import mean_and_variance

_STEPS = 25
_LONGEST_STEP = 4.0
_RIDGE = 1e-9
_LEAST_INFORMATION = 1e-200  # of nobody, so that its inverse is still a number
_GRID = 40
_FURTHEST = 3.0


@dataclass(frozen=True, slots=True)
class Intersections:
    """Cells of crossed stratifiers, (…, first, second[, third]); NaN where a cell has nobody.

    Attributes:
        raw: the cell's own rate.
        expected: what its margins suggest.
        pooled: the partially pooled rate with its interval.
        own_weight: share of the cell's own rate in the pooled one, 0 to 1.
        prior_size: (…) how many people the expectation weighs as: large where cells follow their margins.
    """

    raw: FloatArray
    expected: FloatArray
    pooled: Estimate
    own_weight: FloatArray
    prior_size: FloatArray


def partial_pooling(
    kind: Kind,
    n: Numbers,
    x: Numbers,
    stratifiers: int = 2,
    xx: Numbers = np.nan,
    level: float = 0.95,
    seen: Numbers | None = None,
) -> Intersections:
    """Partially pooled rates of every cell.

    Args:
        kind: of the measure.
        n: (…, first, second[, third]) people, visits or person-time.
        x: the same, events or sums.
        stratifiers: how many axes at the end are stratifiers, 2 or 3.
        xx: sums of squares, needed for means.
        level: of the interval of the pooled rate.
        seen: how many were in fact seen, where n is an effective sample size: the margins that the expectation keeps to
            are those of everyone seen, and n says how sure each cell is.

    Raises:
        ValueError: fewer axes than stratifiers, or not 2 or 3 of them.
    """
    size, total, squares = broadcast(n, x, xx)
    if stratifiers not in (2, 3) or size.ndim < stratifiers:
        raise ValueError(
            f"Intersections cross 2 or 3 stratifiers, one axis each; {stratifiers} of {size.ndim} axes do not."
        )
    shape = size.shape
    design = _main_effects(shape[-stratifiers:])
    cells = len(design)
    size, total, squares = (each.reshape(-1, cells) for each in (size, total, squares))
    anybody = size > 0
    raw = ratio_of(total, size)
    filled = np.where(anybody, raw, 0.0)
    counted = size if seen is None else np.broadcast_to(as_floats(seen), shape).reshape(-1, cells)
    expected, influence = _fitted(kind, design, counted, filled)
    one = _variance_of_one(kind, expected, size, total, squares)
    scatter = _scatter(size, filled, expected, one, influence)
    value, variance, weight = _averaged_over_scatter(size, filled, expected, one, influence, scatter)
    pooled = _limits(kind, value, variance, level)

    def back(cell_values: FloatArray) -> FloatArray:
        return np.where(anybody, cell_values, np.nan).reshape(shape)

    return Intersections(
        raw=back(raw),
        expected=back(expected),
        pooled=Estimate(back(pooled.value), back(pooled.lower), back(pooled.upper)),
        own_weight=back(weight),
        prior_size=ratio_of(np.ones(len(size)), scatter.mean).reshape(shape[:-stratifiers]),
    )


def _main_effects(shape: tuple[int, ...]) -> FloatArray:
    """(cells, columns): an intercept and an indicator of every category but the first of each stratifier."""
    places = np.indices(shape).reshape(len(shape), -1)
    columns = [np.ones(places.shape[1])]
    for place, categories in zip(places, shape, strict=True):
        columns.extend((place == category).astype(np.float64) for category in range(1, categories))
    return np.stack(columns, axis=-1)


def _fitted(kind: Kind, design: FloatArray, n: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(rates, influence) of the weighted main-effects model, (settings, cells) and (settings, cells, cells).

    Newton's method; a whisper of a ridge settles categories without anyone. Influence is how far a cell's fitted rate
    moves with each cell's own rate (the hat matrix on the scale of the rates).
    """
    total = n.sum(axis=-1)
    total = np.where(total > 0, total, 1.0)
    coefficients = np.zeros((len(y), design.shape[1]))
    coefficients[:, 0] = _link(kind, (n * y).sum(axis=-1) / total, total)
    for _ in range(2 if kind == "mean" else _STEPS):
        rates = _inverse_link(kind, coefficients @ design.T)
        inverse = _inverse_information(design, n * _slope_of_link(kind, rates))
        step = (inverse @ ((n * (y - rates)) @ design)[..., None])[..., 0]
        coefficients = coefficients + (step if kind == "mean" else np.clip(step, -_LONGEST_STEP, _LONGEST_STEP))
        if np.max(np.abs(step), initial=0.0) < 1e-10:
            break
    rates = _inverse_link(kind, coefficients @ design.T)
    slope = _slope_of_link(kind, rates)
    inverse = _inverse_information(design, n * slope)
    return rates, slope[:, :, None] * n[:, None, :] * (design @ inverse @ design.T)


def _inverse_information(design: FloatArray, weight: FloatArray) -> FloatArray:
    information = design.T @ (weight[..., None] * design)
    scale = np.maximum(np.trace(information, axis1=1, axis2=2), _LEAST_INFORMATION)
    ridge = (_RIDGE * scale)[:, None, None] * np.eye(design.shape[1])
    return np.asarray(np.linalg.inv(information + ridge), dtype=np.float64)


def _slope_of_link(kind: Kind, rates: FloatArray) -> FloatArray:
    if kind == "proportion":
        return rates * (1.0 - rates)
    return rates if kind == "rate" else np.ones_like(rates)


def _link(kind: Kind, mean: FloatArray, total: FloatArray) -> FloatArray:
    if kind == "mean":
        return mean
    least = 0.5 / np.maximum(total, 1.0)
    if kind == "rate":
        return np.log(np.maximum(mean, 0.5 / np.maximum(total, np.finfo(np.float64).tiny)))
    inside = np.clip(mean, least, 1.0 - least)
    return np.asarray(special.logit(inside))


def _inverse_link(kind: Kind, line: FloatArray) -> FloatArray:
    if kind == "proportion":
        return np.asarray(special.expit(line))
    return np.asarray(np.exp(np.clip(line, -700.0, 700.0))) if kind == "rate" else line


def _variance_of_one(kind: Kind, expected: FloatArray, n: FloatArray, x: FloatArray, xx: FloatArray) -> FloatArray:
    """(settings, cells) the variance of one person's value; for means one variance pooled over all cells."""
    if kind != "mean":
        return _slope_of_link(kind, expected)
    _, variances = mean_and_variance(n, x, xx)
    freedom = np.where(np.isnan(variances), 0.0, n - 1.0)
    within = (np.where(freedom > 0, variances, 0.0) * freedom).sum(axis=-1, keepdims=True)
    return np.broadcast_to(ratio_of(within, freedom.sum(axis=-1, keepdims=True)), n.shape)


@dataclass(frozen=True, slots=True)
class _Scatter:
    """What the data say about τ², the variance of cells around their expectation per variance of one person.

    Attributes:
        squared: (settings, grid) values of τ².
        weight: (settings, grid) how well each fits, adding to 1.
        mean: (settings) their mean; 1/mean is how many people the expectation weighs.
    """

    squared: FloatArray
    weight: FloatArray
    mean: FloatArray


def _scatter(n: FloatArray, y: FloatArray, expected: FloatArray, one: FloatArray, influence: FloatArray) -> _Scatter:
    """The posterior of τ on a grid, under a flat prior, from the cells' distances from their expectation.

    With V the variance of one person, a cell of n has variance V·(1/n + τ²) around its expectation, less the freedom
    that the fit used up. The grid reaches three times as far as the moment estimate plus one typical cell's error.
    """
    usable = (n > 0) & (one > 0)
    left = np.where(usable, 1.0 - np.clip(np.diagonal(influence, axis1=1, axis2=2), 0.0, 1.0), 0.0)
    squared_distance = np.where(usable, ratio_of((y - expected) ** 2, one), 0.0)
    people = np.maximum((n * left).sum(axis=-1), np.finfo(np.float64).tiny)
    beyond = np.maximum((n * squared_distance).sum(axis=-1) - left.sum(axis=-1), 0.0) / people
    typical = np.maximum(left.sum(axis=-1), 1.0) / np.maximum(people, 1.0)
    furthest = _FURTHEST * np.sqrt(beyond + typical)
    tau = furthest[:, None] * (np.arange(_GRID) + 0.5) / _GRID
    spread = ratio_of(np.ones_like(n), n)[:, :, None] + tau[:, None, :] ** 2
    terms = left[:, :, None] * np.log(spread) + squared_distance[:, :, None] / spread
    fit = -0.5 * np.where(usable[:, :, None], terms, 0.0).sum(axis=1)
    weight = np.exp(fit - fit.max(axis=-1, keepdims=True))
    weight /= weight.sum(axis=-1, keepdims=True)
    return _Scatter(tau**2, weight, (weight * tau**2).sum(axis=-1))


def _averaged_over_scatter(
    n: FloatArray, y: FloatArray, expected: FloatArray, one: FloatArray, influence: FloatArray, scatter: _Scatter
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(pooled rate, its variance, weight of the cell's own rate), (settings, cells), averaged over τ²."""
    by_cell = influence**2 * one[:, None, :]
    from_chance = (by_cell * np.where(n > 0, ratio_of(np.ones_like(n), n), 0.0)[:, None, :]).sum(axis=-1)
    from_scatter = np.where(n[:, None, :] > 0, by_cell, 0.0).sum(axis=-1)
    own = n[:, :, None] * scatter.squared[:, None, :]
    own = own / (1.0 + own)
    value = own * y[:, :, None] + (1.0 - own) * expected[:, :, None]
    of_expected = from_chance[:, :, None] + from_scatter[:, :, None] * scatter.squared[:, None, :]
    of_cell = own * (one * np.where(n > 0, ratio_of(np.ones_like(n), n), 0.0))[:, :, None]
    weight = scatter.weight[:, None, :]
    mean = (weight * value).sum(axis=-1)
    within = (weight * (of_cell + (1.0 - own) ** 2 * of_expected)).sum(axis=-1)
    between = (weight * (value - mean[:, :, None]) ** 2).sum(axis=-1)
    return mean, within + between, (weight * own).sum(axis=-1)


def _limits(kind: Kind, value: FloatArray, variance: FloatArray, level: float) -> Estimate:
    """Limits of the Beta, Gamma or normal distribution with this mean and variance."""
    if kind == "mean":
        half = normal_quantile(level) * np.sqrt(variance)
        return Estimate(value, value - half, value + half)
    high = upper_probability(level)
    tiny = np.finfo(np.float64).tiny
    variance = np.maximum(variance, tiny)
    if kind == "rate":
        shape, per = np.maximum(value**2 / variance, tiny), np.maximum(value, tiny) / variance
        limits = [as_floats(special.gammaincinv(shape, p)) / per for p in (1.0 - high, high)]
    else:
        size = np.maximum(value * (1.0 - value) / variance - 1.0, 1e-6)
        a, b = np.maximum(size * value, tiny), np.maximum(size * (1.0 - value), tiny)
        limits = [as_floats(special.betaincinv(a, b, p)) for p in (1.0 - high, high)]
    return Estimate(value, limits[0], limits[1])
