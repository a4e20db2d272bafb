"""Funnel plots of sites: which lie outside what chance, and the ordinary variation between sites, would explain?

Every site is held against one target and its own precision, never against another's rank. Where sites vary by more than
chance altogether (other patients, other records), limits of chance alone would call many of them unusual. That ordinary
variation is estimated from the sites themselves, with the outermost tenth at either side drawn in so that an unusual
site does not widen its own limits, and added to each site's variance (τ²).

With z = (y − θ)/s of I sites and z_w the same drawn in to the 10th and 90th of 100:

    φ = Σ z_w² / I        τ² = max(0, (I·φ − (I − 1)) / (Σw − Σw²/Σw)),   w = 1/s²

Spiegelhalter's φ takes the drawn-in z as they are, which for normal z gives 0.68 where there is only chance; τ² here
stands on φ ÷ 0.68, without which 95 % limits would leave out one site in ten. ``winsorised_phi`` is φ as published.

Limits of proportions and rates are exact (interpolated between whole counts) at the n that gives the wider variance.

Source: Spiegelhalter 2005, Statistics in Medicine 24:1185 (limits: appendix A.1; overdispersion: sections 4 and 5);
DerSimonian & Laird 1986 (τ²).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from equity.stats.estimate import (
    BoolArray,
    FloatArray,
    Kind,
    Numbers,
    as_floats,
    broadcast,
    normal_quantile,
    ratio_of,
    upper_probability,
)

FEWEST_SITES: Final = 5
WINSORISED = 0.1
_CUT = float(special.ndtri(1.0 - WINSORISED))
NORMAL_SHARE = float(
    1 - 2 * WINSORISED - 2 * _CUT * np.exp(-(_CUT**2) / 2) / np.sqrt(2 * np.pi) + 2 * WINSORISED * _CUT**2
)
"""What drawing in leaves of the mean square of normal z: 0.68."""
INNER, OUTER = 0.95, 0.998


@dataclass(frozen=True, slots=True)
class SiteVariation:
    """How much sites vary: ``winsorised_phi`` as published, ``phi`` with what drawing in takes given back, at least 1,
    ``tau_squared`` between sites, in the squared unit of the values."""

    winsorised_phi: float
    phi: float
    tau_squared: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What a site of this precision may be: inner (95 %) and outer (99.8 %) limits, arrays of one shape."""

    inner_lower: FloatArray
    inner_upper: FloatArray
    outer_lower: FloatArray
    outer_upper: FloatArray

    def side(self, values: FloatArray, *, outer: bool) -> FloatArray:
        """+1 above the limits, −1 below, 0 inside or not known."""
        low, high = (self.outer_lower, self.outer_upper) if outer else (self.inner_lower, self.inner_upper)
        return np.where(values > high, 1.0, np.where(values < low, -1.0, 0.0))


def site_variation(values: Numbers, target: float, errors: Numbers) -> SiteVariation:
    """φ and τ² of sites (I,) about a target, from each site's standard error of chance; NaN are left out.

    With fewer than FEWEST_SITES sites nothing can be told of their variation, and chance alone is reckoned with.
    """
    y, s = broadcast(values, errors)
    used = np.isfinite(y) & (s > 0)
    z, weight = (y[used] - target) / s[used], 1.0 / s[used] ** 2
    count = len(z)
    if count < FEWEST_SITES:
        return SiteVariation(np.nan, 1.0, 0.0)
    low, high = np.quantile(z, [WINSORISED, 1.0 - WINSORISED])
    published = float(np.mean(np.clip(z, low, high) ** 2))
    phi = published / NORMAL_SHARE
    spread = weight.sum() - (weight**2).sum() / weight.sum()
    between = (count * phi - (count - 1)) / spread if spread > 0 else 0.0
    return SiteVariation(published, max(phi, 1.0), max(float(between), 0.0))


def chance_error(kind: Kind, rate: Numbers, n: Numbers) -> FloatArray:
    """The standard error by chance of a site of n at this rate: √(θ(1 − θ)/n), √(θ/n); NaN for means."""
    theta, size = broadcast(rate, n)
    spread = theta * (1.0 - theta) if kind == "proportion" else theta if kind == "rate" else np.full(size.shape, np.nan)
    return np.sqrt(ratio_of(np.maximum(spread, 0.0), size))


def limits_of_rates(kind: Kind, target: float, n: Numbers, tau_squared: float = 0.0) -> Limits:
    """Limits of sites of n people or person-time (effective) about a target rate: exact, at the n that τ² leaves.

    Where τ² is 0 these are Spiegelhalter's interpolated exact binomial or Poisson limits.
    """
    size = as_floats(n)
    spread = target * (1.0 - target) if kind == "proportion" else target
    left = ratio_of(np.full(size.shape, spread), chance_error(kind, target, size) ** 2 + tau_squared)
    return Limits(*(_exact(kind, target, left, p) for level in (INNER, OUTER) for p in _tails(level)))


def limits_about(target: Numbers, errors: Numbers, tau_squared: float = 0.0) -> Limits:
    """Normal limits about a target, θ ± z·√(s² + τ²): of means, and of gaps."""
    theta, s = broadcast(target, errors)
    reach = np.sqrt(s**2 + tau_squared)
    inner, outer = (normal_quantile(level) * reach for level in (INNER, OUTER))
    return Limits(theta - inner, theta + inner, theta - outer, theta + outer)


def pooled(values: Numbers, errors: Numbers, tau_squared: float = 0.0) -> float:
    """The mean of the sites by 1/(s² + τ²); NaN where there is none."""
    y, s = broadcast(values, errors)
    used = np.isfinite(y) & (s > 0)
    weight = np.where(used, 1.0 / np.where(used, s**2 + tau_squared, 1.0), 0.0)
    return float(ratio_of(np.asarray((weight * np.where(used, y, 0.0)).sum()), np.asarray(weight.sum())))


def difference_error(kind: Kind, x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> FloatArray:
    """The standard error by chance of a site's gap between two groups, as if both had the site's own rate.

    The rate is steadied by half an event, so that a site without events is not known without error. NaN where either
    group has nobody; for means the error is Welch's and comes from :func:`equity.stats.differences.welch_parts`.
    """
    a, size1, b, size2 = broadcast(x1, n1, x2, n2)
    rate = ratio_of(a + b + 0.5, size1 + size2 + (1.0 if kind == "proportion" else 0.0))
    spread = rate * (1.0 - rate) if kind == "proportion" else rate
    both: BoolArray = (size1 > 0) & (size2 > 0)
    parts = np.where(both, 1.0 / np.where(both, size1, 1.0) + 1.0 / np.where(both, size2, 1.0), np.nan)
    return np.asarray(np.sqrt(np.maximum(spread, 0.0) * parts))


def _tails(level: float) -> tuple[float, float]:
    upper = upper_probability(level)
    return 1.0 - upper, upper


def _exact(kind: Kind, target: float, n: FloatArray, p: float) -> FloatArray:
    """The interpolated quantile ÷ n: r, the least count with F(r) ≥ p, drawn back by (F(r) − p)/(F(r) − F(r − 1))."""
    known = np.isfinite(n) & (n > 0) & (target > 0) & (target < 1 if kind == "proportion" else True)
    size = np.where(known, n, 1.0)
    spread = np.sqrt(size * target * ((1.0 - target) if kind == "proportion" else 1.0))
    guess = np.floor(size * target + special.ndtri(p) * spread)
    low, high = np.maximum(guess - 8 - 0.5 * spread, -1.0), guess + 8 + 0.5 * spread
    low, high = np.floor(low), np.ceil(high)
    while np.any(high - low > 1):  # F(low) < p ≤ F(high)
        middle = np.floor((low + high) / 2)
        enough = _at_most(kind, middle, size, target) >= p
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    there, before = _at_most(kind, high, size, target), _at_most(kind, high - 1, size, target)
    back = ratio_of(there - p, there - before)
    least = 0.0
    most = 1.0 if kind == "proportion" else np.inf
    return np.where(known, np.clip((high - np.nan_to_num(back)) / size, least, most), np.nan)


def _at_most(kind: Kind, count: FloatArray, n: FloatArray, rate: float) -> FloatArray:
    """P(X ≤ count), of n that need not be whole; 0 below 0."""
    held = np.maximum(count, 0.0)
    if kind == "proportion":
        left = np.maximum(n - held, 0.0)
        chance = np.where(left > 0, special.betainc(np.where(left > 0, left, 1.0), held + 1.0, 1.0 - rate), 1.0)
    else:
        chance = special.gammaincc(held + 1.0, n * rate)
    return np.where(count < 0, 0.0, chance)
