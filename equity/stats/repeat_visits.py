"""Repeat visits of one person are not independent: the design-based variance, as an effective sample.

With person *i* contributing nᵢ visits and xᵢ events (or Σx of a mean), the ratio y = Σxᵢ/Σnᵢ has variance

    v = Σᵢ (xᵢ − y·nᵢ)² / n² · m/(m − 1)        over m people,

which needs only the additive sums Σxᵢ², Σxᵢnᵢ and Σnᵢ². The *variance inflation* φ is v over the variance that
independent visits would have. Dividing n, x (and xx) by φ leaves the rate as it is and gives an *effective sample*
that goes through every interval and test of this room unchanged.

Where the data cannot tell (one person; no variation at all), the worst case stands in: everything that one person
contributes counts as one observation. φ is never below 1, since a chance negative correlation between a person's
visits is no reason to claim more information than there were visits.

Source: Cochran 1977 ch. 6 (ratio estimator); Korn & Graubard 1998 and NCHS SR2-175 (effective sample size).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity.stats.estimate import FloatArray, Kind, Numbers, as_floats, broadcast, ratio_of
from equity.stats.intervals import mean_and_variance


@dataclass(frozen=True, slots=True)
class PersonSums:
    """What repeat visits leave behind once added over people: arrays of one shape.

    Attributes:
        people: m, the number of distinct people.
        xx: Σᵢ xᵢ², each person's total squared (not the Σx² over visits).
        xn: Σᵢ xᵢnᵢ.
        nn: Σᵢ nᵢ².
    """

    people: FloatArray
    xx: FloatArray
    xn: FloatArray
    nn: FloatArray


@dataclass(frozen=True, slots=True)
class EffectiveSample:
    """Sums that carry the information of independent observations: same rate, honest size."""

    n: FloatArray
    x: FloatArray
    xx: FloatArray
    inflation: FloatArray


def ratio_variance(n: Numbers, x: Numbers, sums: PersonSums) -> FloatArray:
    """The design-based variance of x/n, in the squared unit of the rate. NaN with fewer than 2 people or n = 0."""
    size, total = broadcast(n, x)
    y = ratio_of(total, size)
    squares = np.maximum(as_floats(sums.xx) - 2.0 * y * as_floats(sums.xn) + y * y * as_floats(sums.nn), 0.0)
    people = as_floats(sums.people)
    correction = ratio_of(people, np.where(people > 1, people - 1.0, 0.0))
    return ratio_of(squares, size * size) * correction


def independent_variance(kind: Kind, n: Numbers, x: Numbers, xx: Numbers = np.nan) -> FloatArray:
    """The variance of x/n if all visits were independent: y(1−y)/n, y/n or s²/n."""
    size, total, squares = broadcast(n, x, xx)
    y = ratio_of(total, size)
    if kind == "proportion":
        return ratio_of(np.maximum(y * (1.0 - y), 0.0), size)
    if kind == "rate":
        return ratio_of(y, size)
    _, variance = mean_and_variance(size, total, squares)
    return ratio_of(variance, size)


def variance_inflation(kind: Kind, n: Numbers, x: Numbers, sums: PersonSums, xx: Numbers = np.nan) -> FloatArray:
    """φ = design-based variance ÷ variance under independence, never below 1; NaN only where n is 0.

    Where it cannot be estimated, the worst case: Σnᵢ²/n (Kish 1965) for proportions and means; for a rate, the number
    of events of a single person, and 1 where there are no events (nothing repeats).
    """
    size, total = broadcast(n, x)
    plain = independent_variance(kind, size, total, xx)
    estimated = ratio_of(ratio_variance(size, total, sums), plain)
    worst = total if kind == "rate" else ratio_of(np.broadcast_to(as_floats(sums.nn), size.shape), size)
    # One visit a person: nothing repeats, and n people are n. (Several events of one person may, in a rate.)
    once = (as_floats(sums.people) == size) & (as_floats(sums.nn) == size) & (kind != "rate")
    inflation = np.where(once, 1.0, np.maximum(np.where(np.isnan(estimated), worst, estimated), 1.0))
    return np.where(size > 0, inflation, np.nan)


def effective_sample(kind: Kind, n: Numbers, x: Numbers, sums: PersonSums, xx: Numbers = np.nan) -> EffectiveSample:
    """The sums divided by the variance inflation. For a proportion the new n is n_eff = y(1−y)/v, at most n.

    With one visit a person n_eff is n. Where n is 0 the effective n and x are 0.
    """
    size, total, squares = broadcast(n, x, xx)
    inflation = variance_inflation(kind, size, total, sums, squares)
    by = np.where(np.isnan(inflation), 1.0, inflation)
    return EffectiveSample(size / by, total / by, squares / by, inflation)
