"""Slope and relative index of inequality: a regression of the rate on the mid-rank, read at rank 0 and 1.

Proportions: logistic regression of events and non-events, which carry the group sizes, so there is no second weighting.
Rates: Poisson regression with a log link, its rare-event limit. Means: weighted least squares. All settings and draws
are fitted at once, by Newton's method for two coefficients (iteratively reweighted least squares, written out).

The rank is counted from the middle of the order, where intercept and slope are nearly independent and single precision
is enough.

Source: WHO HEAT technical notes; Pamuk 1985; Mackenbach & Kunst 1997.
"""

from __future__ import annotations

import numpy as np

from equity.stats.estimate import Kind
from equity.stats.summary.formulas import Array

_ENOUGH_STEPS = 50
_STEPS_FROM_NEARBY = 3
_LONGEST_STEP = 4.0
"""On the logit or log scale; a longer step could overshoot where rates are near 0 or 1."""


def fitted_line(kind: Kind, rates: Array, size: Array, midrank: Array) -> tuple[Array, Array]:
    """(intercept, slope) on the link scale, each (settings, draws), by Newton's method until nothing moves.

    Args:
        kind: which regression.
        rates: (groups, settings, draws).
        size: (groups, settings, 1) n or share of n (only proportions matter); 0 for an absent group.
        midrank: (groups, settings, 1), counted from the middle of the order, −½ to ½.
    """
    start = _flat_start(kind, rates, size)
    return _newton(kind, rates, size, midrank, start, _ENOUGH_STEPS, tolerance=1e-13)


def refitted_line(
    kind: Kind, rates: Array, size: Array, midrank: Array, nearby: tuple[Array, Array]
) -> tuple[Array, Array]:
    """The same for bootstrap draws, from the fit of the point estimate.

    Three steps come far closer to the solution than draws differ.
    """
    return _newton(kind, rates, size, midrank, nearby, _STEPS_FROM_NEARBY, tolerance=0.0)


def indices(kind: Kind, line: tuple[Array, Array]) -> tuple[Array, Array]:
    """(slope index, relative index): predicted rate at the top of the order minus, and over, that at the bottom."""
    intercept, slope = line
    low, high = _inverse_link(kind, intercept - slope / 2.0), _inverse_link(kind, intercept + slope / 2.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(high - low), np.asarray(high / low)


def _flat_start(kind: Kind, rates: Array, size: Array) -> tuple[Array, Array]:
    mean = (size * rates).sum(axis=0) / np.maximum(size.sum(axis=0), np.finfo(np.float64).tiny)
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "proportion":
            intercept = np.log(mean / (1.0 - mean))
        elif kind == "rate":
            intercept = np.log(mean)
        else:
            intercept = mean
    return np.asarray(intercept), np.zeros_like(mean)


def _inverse_link(kind: Kind, line: Array) -> Array:
    with np.errstate(over="ignore"):
        if kind == "proportion":
            return np.asarray(1.0 / (1.0 + np.exp(-line)))
        return np.asarray(np.exp(line)) if kind == "rate" else line


def _newton(
    kind: Kind,
    rates: Array,
    size: Array,
    midrank: Array,
    start: tuple[Array, Array],
    steps: int,
    tolerance: float,
) -> tuple[Array, Array]:
    intercept, slope = start
    if kind == "mean":
        steps = 1  # least squares is solved by one step
    for _ in range(steps):
        fitted = _inverse_link(kind, intercept + slope * midrank)
        weight = size * _variance(kind, fitted)
        residual = size * (rates - fitted)
        a, b = weight.sum(axis=0), (weight * midrank).sum(axis=0)
        c = (weight * midrank * midrank).sum(axis=0)
        u, v = residual.sum(axis=0), (residual * midrank).sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            determinant = a * c - b * b
            by_intercept, by_slope = (c * u - b * v) / determinant, (a * v - b * u) / determinant
        if kind != "mean":
            # Rates of 0 and 1 alone have their solution at infinity: stay where the curvature has vanished.
            by_intercept = np.where(determinant > 0, by_intercept, 0)
            by_slope = np.where(determinant > 0, by_slope, 0)
            by_intercept = np.clip(by_intercept, -_LONGEST_STEP, _LONGEST_STEP)
            by_slope = np.clip(by_slope, -_LONGEST_STEP, _LONGEST_STEP)
        intercept, slope = np.asarray(intercept + by_intercept), np.asarray(slope + by_slope)
        if tolerance and not np.any(np.abs(by_intercept) + np.abs(by_slope) > tolerance):
            break
    return intercept, slope


def _variance(kind: Kind, fitted: Array) -> Array:
    if kind == "proportion":
        return np.asarray(fitted * (1.0 - fitted))
    return fitted if kind == "rate" else np.ones_like(fitted)
