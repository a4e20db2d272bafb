"""The formulas of the summary measures, on arrays whose *first* axis is the groups.

Bootstrap draws make these arrays large, and NumPy adds up a short axis fastest when it is the first. The arrays are
(groups, settings, draws); a point estimate has one draw. What does not depend on the rates (population shares, order,
reference) is in a :class:`Frame`; quantities that several measures need are computed once in a :class:`Spread`.

y is a rate, p a population share, μ = Σp·y, r = y/μ, k the number of groups, X the mid-rank of an ordered group.

Source of the conventions: WHO HEAT technical notes; Schlotheuber & Hosseinpoor 2022. The "mean" is the
population-weighted mean everywhere, also in the unweighted measures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import BoolArray
from equity.stats.groups import NO_REFERENCE, Groups

Array: TypeAlias = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class DrawConstants:
    """What stays the same from draw to draw: (groups, settings, 1), or (settings, 1) where there is no group.

    Attributes:
        share: population share p; 0 for an absent group.
        equal: 1/k of the groups present; 0 for an absent group.
        present: which groups have a rate.
        any_absent: whether any group of any setting is absent.
        higher_better: where the highest rate is the best one. What needs "best" is not shown without polarity.
        rising: where an ordered difference is last − first: everywhere but where lower is better.
        ordered: whether the stratifier is ordered.
        first, last: index of the lowest and the highest group present.
        midrank: X, the cumulative population share to the middle of a group.
        reference: index of the reference group; 0 where there is none.
    """

    share: Array
    equal: Array
    present: BoolArray
    any_absent: bool
    higher_better: BoolArray
    rising: BoolArray
    ordered: bool
    first: npt.NDArray[np.intp]
    last: npt.NDArray[np.intp]
    midrank: Array
    reference: npt.NDArray[np.intp]

    @classmethod
    def of(cls, groups: Groups, dtype: npt.DTypeLike = np.float64) -> DrawConstants:
        """The frame of flattened groups that are already sorted by their order."""
        present = groups.present.T[:, :, None]
        weight = np.where(present, groups.population.T[:, :, None], 0.0)
        total = weight.sum(axis=0)
        share = weight / np.where(total > 0, total, 1.0)
        count = present.sum(axis=0)
        k = present.shape[0]
        return cls(
            share=share.astype(dtype),
            equal=(present / np.maximum(count, 1)).astype(dtype),
            present=present,
            any_absent=bool(not present.all()),
            higher_better=groups.harm[:, None] < 0,
            rising=~(groups.harm[:, None] > 0),
            ordered=groups.order is not None,
            first=np.argmax(present, axis=0),
            last=k - 1 - np.argmax(present[::-1], axis=0),
            midrank=(np.cumsum(share, axis=0) - share / 2.0).astype(dtype),
            reference=np.where(groups.reference == NO_REFERENCE, 0, groups.reference)[:, None],
        )


class Spread:
    """Rates of (groups, settings, draws) in their frame, with the quantities that several measures share."""

    def __init__(self, rates: Array, frame: DrawConstants) -> None:
        self.frame = frame
        if frame.any_absent:
            known = np.where(frame.present, rates, rates.dtype.type(0))
            self.mean = (frame.share * known).sum(axis=0)
            # An absent group sits at the mean, where it moves no maximum, minimum or deviation.
            self.rates: Array = np.where(frame.present, rates, self.mean)
        else:
            self.rates = rates
            self.mean = (frame.share * rates).sum(axis=0)

    @cached_property
    def deviation(self) -> Array:
        return np.asarray(self.rates - self.mean)

    @cached_property
    def distance(self) -> Array:
        return np.abs(self.deviation)

    @cached_property
    def variance(self) -> Array:
        return self.weighted(self.deviation * self.deviation)

    @cached_property
    def log_relative(self) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.log(self.rates / self.mean))

    @cached_property
    def highest(self) -> Array:
        return np.asarray(self.rates.max(axis=0))

    @cached_property
    def lowest(self) -> Array:
        return np.asarray(self.rates.min(axis=0))

    @cached_property
    def best(self) -> Array:
        return np.where(self.frame.higher_better, self.highest, self.lowest)

    @cached_property
    def from_best(self) -> Array:
        """|y − best|: with the best at one end, the signs of all differences are known."""
        return np.asarray(np.abs(self.rates - self.best))

    @cached_property
    def reference(self) -> Array:
        return self.at(self.frame.reference)

    @cached_property
    def from_reference(self) -> Array:
        return np.asarray(np.abs(self.rates - self.reference))

    @cached_property
    def concentration(self) -> Array:
        return self.weighted((2.0 * self.frame.midrank - 1.0).astype(self.rates.dtype) * self.rates)

    def at(self, group: npt.NDArray[np.intp]) -> Array:
        """The rate of one group per setting."""
        index = np.broadcast_to(group[None], (1, *self.rates.shape[1:]))
        return np.asarray(np.take_along_axis(self.rates, index, axis=0)[0])

    def weighted(self, values: Array) -> Array:
        """Σ p·value. Only present groups count: the share of an absent one is 0 and its value finite."""
        return np.asarray((self.frame.share * values).sum(axis=0))

    def unweighted(self, values: Array) -> Array:
        """The plain mean over the groups present."""
        return np.asarray((self.frame.equal * values).sum(axis=0))

    def over_mean(self, values: Array) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(values / self.mean)


def difference(spread: Spread) -> Array:
    """Unordered: highest − lowest. Ordered: last − first, or first − last where lower is better."""
    if not spread.frame.ordered:
        return np.asarray(spread.highest - spread.lowest)
    rise = spread.at(spread.frame.last) - spread.at(spread.frame.first)
    return np.where(spread.frame.rising, rise, -rise)


def ratio(spread: Spread) -> Array:
    """The two rates of the difference, divided."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if not spread.frame.ordered:
            return np.asarray(spread.highest / spread.lowest)
        first, last = spread.at(spread.frame.first), spread.at(spread.frame.last)
        return np.where(spread.frame.rising, last / first, first / last)


def difference_from_reference(spread: Spread) -> Array:
    """The reference against the worst of the other groups, positive where that group does worse."""
    index = np.arange(spread.rates.shape[0])[:, None, None]
    other = spread.frame.present & (index != spread.frame.reference[None])
    infinity = spread.rates.dtype.type(np.inf)
    lowest = np.where(other, spread.rates, infinity).min(axis=0)
    highest = np.where(other, spread.rates, -infinity).max(axis=0)
    return np.asarray(np.where(spread.frame.higher_better, spread.reference - lowest, highest - spread.reference))


def theil(spread: Spread) -> Array:
    """1000·Σ p·r·ln r. A rate of 0 adds 0, its limit."""
    relative = spread.over_mean(spread.rates)
    with np.errstate(invalid="ignore"):
        product = relative * spread.log_relative
    return np.asarray(1000.0 * spread.weighted(np.where(relative == 0, relative.dtype.type(0), product)))


def mean_log_deviation(spread: Spread) -> Array:
    """1000·Σ p·(−ln r). Infinite where a present group has a rate of 0."""
    return np.asarray(-1000.0 * spread.weighted(spread.log_relative))
