"""Points inside a system of sums, and how far counts can move from there.

A corner of a system with thousands of unknowns proves a few hidden counts wide and takes a second. From a point inside,
where every unknown is above 0, each count can move along one straight line: the one that changes the unknowns least in
proportion (Dikin's affine scaling), and as far as all of them stay above 0. That is less than the least and greatest
there are, never more, and mostly enough.

The point is looked for by iterative proportional fitting (Deming and Stephan 1940), which comes near fast and arrives
slowly, and then by Newton's method, which does the opposite.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from equity.release.counts import Floats

Rows = npt.NDArray[np.intp]
Solver = Callable[[Floats], Floats]

SWEEPS = 25
STEPS = 30
RIDGE = 1e-10
CLOSE = 1e-7
SLACK = 1e-6
AT_ONCE = 128


class InteriorPoint:
    """``matrix @ unknowns = right``, every unknown above 0.

    ``tables`` are sets of rows of weight 1 in which no unknown stands twice: fitted one after another.
    """

    def __init__(self, matrix: sparse.csr_array, right: Floats, tables: Sequence[Rows]) -> None:
        self._matrix, self._right = matrix, right
        self._across = matrix.T.tocsr()
        self._tables = [self._table(rows) for rows in tables]

    def fitted(self, start: Floats) -> Floats:
        """Unknowns that come near every sum of the tables, as much in proportion to the start as they can."""
        unknowns = start.copy()
        for _ in range(SWEEPS):
            for row, wanted in self._tables:
                together = np.bincount(row, unknowns, len(wanted))
                unknowns *= np.append(wanted[:-1] / np.maximum(together[:-1], 1e-300), 1.0)[row]
        return unknowns

    def point(self, near: Floats) -> Floats | None:
        """A point inside that fits every sum, near this one; None where none is found."""
        point = near
        for _ in range(STEPS):
            missing = self._right - self._matrix @ point
            if np.all(np.abs(missing) <= CLOSE * (1.0 + np.abs(self._right))):
                return point
            change = self._across @ self._weights(point)(missing[:, np.newaxis])[:, 0]
            if not np.isfinite(change).all():
                return None
            point = point * (1.0 + min(1.0, 0.9 / max(float(-change.min()), 1e-9)) * change)
        return None

    def reached(self, point: Floats, counts: sparse.csr_array) -> tuple[Floats, Floats]:
        """A value below and one above, for each count (a row: the unknowns that it sums), that can be moved to."""
        low, high = np.empty(counts.shape[0]), np.empty(counts.shape[0])
        weights = self._weights(point) if counts.shape[0] else _none
        for begin in range(0, counts.shape[0], AT_ONCE):
            some = slice(begin, begin + AT_ONCE)
            low[some], high[some] = self._reached(point, counts[some], weights)
        return low, high

    def _reached(self, point: Floats, counts: sparse.csr_array, weights: Solver) -> tuple[Floats, Floats]:
        gradient = (counts * point).T.tocsr()
        change = counts.T.toarray() - self._across @ weights((self._matrix @ gradient).toarray())
        now, speed = counts @ point, (gradient.T @ change).diagonal()
        # A count that the sums settle moves by errors of rounding alone: no line may leave a sum by more than a trace.
        straying = np.abs(self._matrix @ (change * point[:, np.newaxis])).max(axis=0, initial=0.0)
        longest = SLACK / np.maximum(straying, 1e-300)
        falling, rising = (
            np.maximum(-change.min(axis=0, initial=0.0), 1e-9),
            np.maximum(change.max(axis=0, initial=0.0), 1e-9),
        )
        return (
            now - np.maximum(speed, 0.0) * np.minimum((1 - 1e-9) / rising, longest),
            now + np.maximum(speed, 0.0) * np.minimum((1 - 1e-9) / falling, longest),
        )

    def _weights(self, point: Floats) -> Solver:
        """What gives the weights of the sums by which the unknowns change, in proportion, to change every sum so."""
        normal = ((self._matrix * point) @ self._across).toarray()
        scale = 1.0 / np.sqrt(np.maximum(normal.diagonal(), 1e-300))
        normal *= scale[:, np.newaxis] * scale
        normal[np.diag_indices(len(normal))] += RIDGE
        try:
            factor = linalg.cho_factor(normal, overwrite_a=True, check_finite=False)
        except linalg.LinAlgError:
            return _none
        return lambda right: np.asarray(scale[:, np.newaxis] * linalg.cho_solve(factor, scale[:, np.newaxis] * right))

    def _table(self, rows: Rows) -> tuple[Rows, Floats]:
        """For each unknown its row among these, the last for none; and what each row is."""
        table = self._matrix[rows].tocoo()
        row = np.full(self._matrix.shape[1], len(rows), dtype=np.intp)
        row[table.coords[1]] = table.coords[0]
        return row, np.append(self._right[rows], 0.0)


def _none(right: Floats) -> Floats:
    """The weights where the sums have none."""
    return np.full_like(right, np.nan)
