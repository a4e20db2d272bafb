"""Standardised rates: what the rates would be if all groups had the same age (or other) structure.

Show the crude rate first. Adjusting for something that is itself a product of inequity (payer, neighbourhood, site) can
remove the very inequity under study.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity.stats.estimate import Estimate, FloatArray, Numbers, as_floats, broadcast, ratio_of
from equity.stats.intervals import poisson_limits


def direct(x: Numbers, n: Numbers, standard: Numbers, level: float = 0.95) -> Estimate:
    """The directly standardised rate per unit of n, with Dobson's interval from the limits of the total count.

    Args:
        x: (…, strata) events.
        n: (…, strata) person-time or people. A stratum without anyone is left out, with its standard weight; where
            that weight is not 0 the rate describes only the strata that the group has.
        standard: (…, strata) standard population.
        level: two-sided confidence level.

    NaN where no stratum has anyone. With no events at all Dobson's scale is undefined; the limits are those of the
    crude rate.

    Source: Dobson et al. 1991, Statistics in Medicine 10:457; OHID public health methods (below 10 events the limits of
    the count are exact, from 10 up Byar's).
    """
    events, size, weight = broadcast(x, n, standard)
    weight = np.where(size > 0, weight, 0.0)
    events = np.where(size > 0, events, 0.0)
    total_weight = weight.sum(axis=-1)
    per_person = np.where(size > 0, ratio_of(weight, size), 0.0)
    rate = ratio_of((per_person * events).sum(axis=-1), total_weight)
    variance = ratio_of((per_person**2 * events).sum(axis=-1), total_weight**2)
    count = events.sum(axis=-1)
    lower, upper = poisson_limits(count, level)
    crude = ratio_of(np.ones_like(count), np.where(size > 0, size, 0.0).sum(axis=-1))
    scale = np.where(count > 0, np.sqrt(ratio_of(variance, count)), crude)
    return Estimate(rate, rate + scale * (lower - count), rate + scale * (upper - count))


@dataclass(frozen=True, slots=True)
class IndirectlyStandardised:
    """Observed against expected events, (…).

    Attributes:
        expected: events at the reference rates.
        ratio: observed ÷ expected, 1 meaning as many as the reference rates give.
        rate: the ratio times the reference population's crude rate.
    """

    expected: FloatArray
    ratio: Estimate
    rate: Estimate


def indirect(
    x: Numbers,
    n: Numbers,
    reference_x: Numbers,
    reference_n: Numbers,
    level: float = 0.95,
    inflation: Numbers = 1.0,
) -> IndirectlyStandardised:
    """The standardised ratio and rate, with exact limits below 10 events and Byar's from 10 up.

    Meant for small groups, whose own stratum rates are too uncertain for :func:`direct`. Ratios of two groups are each
    against the reference, not against one another.

    Args:
        x: (…) observed events of the group, over all strata.
        n: (…, strata) person-time or people of the group.
        reference_x: (…, strata) events of the reference population.
        reference_n: (…, strata) its person-time or people.
        level: two-sided confidence level.
        inflation: (…) by how much repeat visits inflate the variance of the observed events; it moves the limits alone.

    NaN where no events are expected, or a stratum that the group has is empty in the reference.

    Source: Breslow & Day 1987; OHID public health methods.
    """
    size, ref_events, ref_size = broadcast(n, reference_x, reference_n)
    stratum_rates = np.where(size > 0, ratio_of(ref_events, ref_size), 0.0)
    expected = (size * stratum_rates).sum(axis=-1)
    observed, expected = broadcast(x, expected)
    by = np.maximum(as_floats(inflation), 1.0)
    lower, upper = (limit * by for limit in poisson_limits(observed / by, level))
    ratio = Estimate(ratio_of(observed, expected), ratio_of(lower, expected), ratio_of(upper, expected))
    crude = ratio_of(ref_events.sum(axis=-1), ref_size.sum(axis=-1))
    return IndirectlyStandardised(expected, ratio, ratio.scaled(crude))
