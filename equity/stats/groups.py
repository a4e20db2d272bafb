"""The groups of one stratifier, as every function that works *across* groups wants them.

The last axis is the groups; all axes before it are settings (measures, periods, sites …) done at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import BoolArray, FloatArray, Kind, Numbers, Polarity, as_floats, broadcast, ratio_of
from equity.stats.gap import harm_sign
from equity.stats.intervals import mean_and_variance

AnyArray: TypeAlias = npt.NDArray[Any]

NO_REFERENCE = -1
_LARGEST_SAMPLE = 1e12


@dataclass(frozen=True, slots=True)
class Groups:
    """Rates of groups with their population and their uncertainty. Build with ``from_counts`` or ``from_estimates``.

    Attributes:
        kind: ``proportion``, ``rate`` or ``mean``.
        rates: (…, groups) fractions, rates per unit of n, or means. NaN where a group has nobody.
        population: (…, groups) the n that weights a group; 0 where it has nobody.
        sample: (…, groups) effective n, of the same information as independent observations.
        events: (…, groups) effective x (proportions and rates).
        standard_error: (…, groups) of a mean; NaN for proportions and rates, whose counts say it.
        harm: (…) +1 where more is worse, −1 where more is better, NaN for a neutral measure.
        order: (…, groups) position of each group of an ordered stratifier, low to high; None if unordered.
        reference: (…) index of the reference group, ``NO_REFERENCE`` where there is none.
        expected: (…, groups) False for padding: a group that this setting does not have.
    """

    kind: Kind
    rates: FloatArray
    population: FloatArray
    sample: FloatArray
    events: FloatArray
    standard_error: FloatArray
    harm: FloatArray
    order: FloatArray | None
    reference: npt.NDArray[np.intp]
    expected: BoolArray

    @classmethod
    def from_counts(
        cls,
        kind: Kind,
        n: Numbers,
        x: Numbers,
        polarity: Polarity | npt.NDArray[np.str_],
        *,
        xx: Numbers = np.nan,
        inflation: Numbers = 1.0,
        order: Numbers | None = None,
        reference: npt.ArrayLike = NO_REFERENCE,
        expected: npt.ArrayLike = True,
    ) -> Groups:
        """Groups from the sums n, x (and xx = Σx² for means).

        Args:
            kind: ``proportion``, ``rate`` or ``mean``.
            n: (…, groups) people, visits or person-time.
            x: (…, groups) events, or the sum of a mean.
            polarity: of the measure, one for all settings or (…).
            xx: (…, groups) sum of squares, needed for means.
            inflation: variance inflation of repeat visits (:mod:`equity.stats.repeat_visits`).
            order: (…, groups) position in an ordered stratifier.
            reference: (…) index of the reference group on the last axis.
            expected: (…, groups) False for padding.
        """
        size, total, squares, by = broadcast(n, x, xx, inflation)
        by = np.where(by >= 1.0, by, 1.0)
        rates = ratio_of(total, size)
        if kind == "mean":
            _, variance = mean_and_variance(size, total, squares)
            error = np.sqrt(ratio_of(variance * by, size))
        else:
            error = np.full(rates.shape, np.nan)
        return cls._assembled(kind, rates, size, size / by, total / by, error, polarity, order, reference, expected)

    @classmethod
    def from_estimates(
        cls,
        kind: Kind,
        rates: Numbers,
        standard_errors: Numbers,
        population: Numbers,
        polarity: Polarity | npt.NDArray[np.str_],
        *,
        order: Numbers | None = None,
        reference: npt.ArrayLike = NO_REFERENCE,
        expected: npt.ArrayLike = True,
    ) -> Groups:
        """Groups from published rates with their standard errors, where counts are not known.

        A proportion or rate gets the effective counts that would have this standard error, y(1−y)/s² people or (y/s)²
        events; where that is undefined (y is 0 or 1, no error given) the population stands in.
        """
        y, error, size = broadcast(rates, standard_errors, population)
        squared = error * error
        if kind == "proportion":
            sample = ratio_of(y * (1.0 - y), squared)
        elif kind == "rate":
            sample = ratio_of(y, squared)
        else:
            sample = size
        sample = np.minimum(np.where(sample > 0, sample, size), _LARGEST_SAMPLE)
        kept = error if kind == "mean" else np.full(y.shape, np.nan)
        y = np.where(size > 0, y, np.nan)
        return cls._assembled(kind, y, size, sample, y * sample, kept, polarity, order, reference, expected)

    @classmethod
    def _assembled(
        cls,
        kind: Kind,
        rates: FloatArray,
        population: FloatArray,
        sample: FloatArray,
        events: FloatArray,
        standard_error: FloatArray,
        polarity: Polarity | npt.NDArray[np.str_],
        order: Numbers | None,
        reference: npt.ArrayLike,
        expected: npt.ArrayLike,
    ) -> Groups:
        if rates.ndim == 0:
            raise ValueError("Groups need an axis of groups: pass arrays whose last axis is the groups.")
        settings = rates.shape[:-1]
        return cls(
            kind=kind,
            rates=rates,
            population=population,
            sample=sample,
            events=events,
            standard_error=standard_error,
            harm=np.broadcast_to(harm_sign(polarity), settings),
            order=None if order is None else np.broadcast_to(as_floats(order), rates.shape),
            reference=np.broadcast_to(np.asarray(reference, dtype=np.intp), settings),
            expected=np.broadcast_to(np.asarray(expected, dtype=np.bool_), rates.shape),
        )

    @property
    def present(self) -> BoolArray:
        """(…, groups) True where a group belongs to the setting and has a rate."""
        return self.expected & (self.population > 0) & np.isfinite(self.rates)

    def flattened(self) -> Groups:
        """The same groups with one axis of settings: (settings, groups)."""
        k = self.rates.shape[-1]
        return self._rearranged(lambda array: array.reshape(-1, k), lambda array: array.reshape(-1))

    def part(self, settings: slice) -> Groups:
        """Some settings of flattened groups."""
        return self._rearranged(lambda array: array[settings], lambda array: array[settings])

    def at_settings(self, settings: BoolArray) -> Groups:
        """Those settings of flattened groups for which the booleans (settings,) say so."""
        return self._rearranged(lambda array: array[settings], lambda array: array[settings])

    def sorted_by_order(self) -> Groups:
        """The groups from the lowest to the highest position of an ordered stratifier; unchanged if unordered."""
        if self.order is None:
            return self
        by = np.argsort(self.order, axis=-1, kind="stable")
        place = np.argsort(by, axis=-1)
        moved = np.take_along_axis(place, np.maximum(self.reference, 0)[..., None], axis=-1)[..., 0]
        by_position = self._rearranged(lambda array: np.take_along_axis(array, by, axis=-1), lambda array: array)
        return replace(by_position, reference=np.where(self.reference == NO_REFERENCE, NO_REFERENCE, moved))

    def _rearranged(
        self, by_group: Callable[[AnyArray], AnyArray], by_setting: Callable[[AnyArray], AnyArray]
    ) -> Groups:
        return replace(
            self,
            rates=by_group(self.rates),
            population=by_group(self.population),
            sample=by_group(self.sample),
            events=by_group(self.events),
            standard_error=by_group(self.standard_error),
            order=None if self.order is None else by_group(self.order),
            expected=by_group(self.expected),
            harm=by_setting(self.harm),
            reference=by_setting(self.reference),
        )
