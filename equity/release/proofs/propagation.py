"""What each sum says by itself about the counts in it, passed on from sum to sum until nothing new is said.

A count is at least what its sum leaves when all others in it are as large as they can be, and at most what it leaves
when they are as small. That is cheap and never wrong, but only what all sums say together is the whole truth:
bounds.py asks that of the counts that this leaves open.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from equity.release.counts import Flags, Floats

ROUNDS = 50
SLACK = 1e-6


class Propagation:
    """The sums ``matrix @ counts = right``, ready to tighten bounds. ``whole`` says which counts are whole numbers."""

    def __init__(self, matrix: sparse.csr_array, right: Floats, whole: Flags) -> None:
        self._rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        self._columns = matrix.indices
        self._weight = matrix.data
        self._right = right
        self._count = matrix.shape[0]
        self._whole = whole

    def tighten(self, least: Floats, greatest: Floats) -> tuple[Floats, Floats]:
        """Bounds that hold wherever these hold, at least as tight; whole where the count is."""
        least, greatest = inward(least, greatest, self._whole)
        if not self._count:
            return least, greatest
        for _ in range(ROUNDS):
            low, high = self._said(least, greatest)
            tighter_low, tighter_high = least.copy(), greatest.copy()
            np.maximum.at(tighter_low, self._columns, low)
            np.minimum.at(tighter_high, self._columns, high)
            tighter_low, tighter_high = inward(tighter_low, tighter_high, self._whole)
            if _same(tighter_low, least) and _same(tighter_high, greatest):
                break
            least, greatest = tighter_low, tighter_high
        return least, greatest

    def _said(self, least: Floats, greatest: Floats) -> tuple[Floats, Floats]:
        """For each entry of the matrix: the least and greatest that its sum allows its count."""
        added = self._weight > 0
        one, other = self._weight * least[self._columns], self._weight * greatest[self._columns]
        low, high = np.where(added, one, other), np.where(added, other, one)
        right = self._right[self._rows]
        most = (right - self._others(low, -np.inf)) / self._weight
        fewest = (right - self._others(high, np.inf)) / self._weight
        return np.where(added, fewest, most), np.where(added, most, fewest)

    def _others(self, terms: Floats, beyond: float) -> Floats:
        """For each entry the sum of the other terms of its row; ``beyond`` where one of them is infinite."""
        infinite = np.isinf(terms)
        finite = np.where(infinite, 0.0, terms)
        others_infinite = np.bincount(self._rows, infinite, self._count)[self._rows] - infinite
        rest = np.bincount(self._rows, finite, self._count)[self._rows] - finite
        return np.where(others_infinite > 0, beyond, rest)


def inward(least: Floats, greatest: Floats, whole: Flags) -> tuple[Floats, Floats]:
    """The whole numbers just inside bounds, where counts are whole."""
    return (
        np.where(whole, np.ceil(least - SLACK), least),
        np.where(whole, np.floor(greatest + SLACK), greatest),
    )


def _same(one: Floats, other: Floats) -> bool:
    """Whether all are as close as rounding leaves them; written out, since NumPy's own takes longer than the sums."""
    endless = np.isinf(one) | np.isinf(other)
    there, other_there = np.where(endless, 0.0, one), np.where(endless, 0.0, other)
    close = np.abs(there - other_there) <= SLACK + 1e-9 * np.abs(other_there)
    return bool(np.where(endless, one == other, close).all())
