"""The sums that statistics take, as arrays of one shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from equity.cube import Slice
from equity.cube.cube_query import INFLATED
from equity.stats.estimate import FloatArray, ratio_of
from equity.stats.repeat_visits import PersonSums, effective_sample
from equity.vocabulary import Kind

ADDITIVE = ("rows", "n", "x", "xx", "people", "person_xx", "person_xn", "person_nn", "hidden_at_source", *INFLATED)
Effective = tuple[FloatArray, FloatArray, FloatArray]
"""(n, Σx, Σx²) of effective samples."""
PERSON_SUMS = ("person_xx", "person_xn", "person_nn")


@dataclass(frozen=True)
class Sample:
    """The cube's sums (docs/house.md), arrays of one shape. ``people`` is 0 where the extract has no person id.

    ``inflated`` and ``inflated_others`` are 0 but in a release, which tells no sums over people: φ·n of the cell, and
    of everyone else in its table, φ being how much repeat visits of the same people widen the variance.
    """

    rows: FloatArray
    n: FloatArray
    x: FloatArray
    xx: FloatArray
    people: FloatArray
    person_xx: FloatArray
    person_xn: FloatArray
    person_nn: FloatArray
    hidden_at_source: FloatArray
    inflated: FloatArray
    inflated_others: FloatArray
    _effective: dict[Kind, Effective] = field(default_factory=dict, init=False, repr=False, compare=False)

    @staticmethod
    def sums(cells: Slice) -> FloatArray:
        """(sums, rows) what a slice holds of each sum; those over people as high as they can be."""
        sums = cells.sums(ADDITIVE)
        if cells.people_raised is None:
            return sums
        raised = np.array([[name in PERSON_SUMS] for name in ADDITIVE])
        return np.where(raised, sums * cells.people_raised, sums)

    def map(self, change: Callable[[FloatArray], FloatArray]) -> Sample:
        """The same sums, each array changed alike."""
        return Sample(*(change(getattr(self, name)) for name in ADDITIVE))

    def map_all(self, change: Callable[[FloatArray], FloatArray]) -> Sample:
        """The same sums, changed as one array (sums, …) whose first axis holds them: quicker where there are many."""
        return Sample(*change(np.stack([getattr(self, name) for name in ADDITIVE])))

    @staticmethod
    def joined(parts: Sequence[Sample]) -> Sample:
        """Samples of cells in rows, (cells,), one after the other."""
        return Sample(*(np.concatenate([getattr(part, name) for part in parts]) for name in ADDITIVE))

    def without(self, part: Sample) -> Sample:
        """These sums less a part of them: everyone else. Sums that rounding would make negative are 0."""
        left = Sample(*(np.maximum(getattr(self, name) - getattr(part, name), 0.0) for name in ADDITIVE))
        told = np.where(part.inflated_others > 0, part.inflated_others, left.inflated)
        return replace(left, inflated=told, inflated_others=np.zeros_like(told))

    def effective(self, kind: Kind) -> Effective:
        """(n, Σx, Σx²) after allowing for repeat visits of the same people; the plain sums without a person id.

        Worked out once, since a page's tables, intervals and models all ask.
        """
        if kind not in self._effective:
            self._effective[kind] = self._allowed_for_repeat_visits(kind)
        return self._effective[kind]

    def _allowed_for_repeat_visits(self, kind: Kind) -> Effective:
        if not self.people.any():
            return self.n, self.x, self.xx
        sums = PersonSums(self.people, self.person_xx, self.person_xn, self.person_nn)
        honest = effective_sample(kind, self.n, self.x, sums, self.xx)
        by = np.where(self.people > 0, np.nan_to_num(honest.inflation, nan=1.0), 1.0)
        told = np.maximum(np.nan_to_num(ratio_of(self.inflated, self.n), nan=1.0), 1.0)
        by = np.where(self.inflated > 0, told, by)
        return self.n / by, self.x / by, self.xx / by

    @property
    def shown(self) -> npt.NDArray[np.str_]:
        """How each may be read: yes, zero (0 of n), hidden (all of it hidden at its source), missing (no data)."""
        conditions = [self.rows == 0, (self.n <= 0) & (self.hidden_at_source > 0), self.n <= 0, self.x == 0]
        return np.select(conditions, ["missing", "hidden", "missing", "zero"], default="yes")
