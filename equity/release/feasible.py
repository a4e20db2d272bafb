"""All counts that are consistent with what is published: a linear system over the hidden ones, and its extremes.

Variables are the hidden counts only; shown ones stand on the right-hand side. For proportions n = x + others in each
cell, and every count is at least what its being there says. Solved by HiGHS through scipy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from equity.release.counts import Family, Flags, Floats
from equity.release.linked import LinkedTables

NODES = 2000
GOOD_ENOUGH = 0.5


@dataclass(frozen=True)
class Part:
    """A connected part of the system: ``matrix @ counts = right``, ``counts >= least``.

    ``series`` and ``cells`` say which count each variable is; ``truth`` is the real value, ``guarded`` which must stay
    wide.
    """

    matrix: sparse.csr_array
    right: Floats
    least: Floats
    whole: Flags
    guarded: Flags
    truth: Floats
    series: npt.NDArray[np.intp]
    cells: npt.NDArray[np.intp]

    def extreme(self, goal: Floats, lower: Floats, upper: Floats) -> Floats | None:
        """The counts, whole or not, that make ``goal`` least within the bounds; None when the solver gives up."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        limits = LinearConstraint(self.matrix, self.right, self.right)
        found = milp(goal, constraints=limits, bounds=Bounds(lower, upper))
        return None if found.status != 0 or found.x is None else np.asarray(found.x, dtype=np.float64)

    def whole_extreme(self, goal: Floats, lower: Floats, upper: Floats, gap: float = 0.0) -> Floats | None:
        """Whole counts that make ``goal`` least, or within a share ``gap`` of it; None when the solver gives up.

        It gives up after so many nodes and not so much time, so that every machine gives up at the same place.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        found = milp(
            goal,
            constraints=LinearConstraint(self.matrix, self.right, self.right),
            bounds=Bounds(lower, upper),
            integrality=self.whole.astype(np.int8),
            options={"node_limit": NODES, "mip_rel_gap": gap},
        )
        return self.settled(None if found.x is None else np.asarray(found.x, dtype=np.float64))

    def settled(self, counts: Floats | None) -> Floats | None:
        """The counts made exactly whole, once they are proven to fit all that is published; else None."""
        if counts is None:
            return None
        exact = np.where(self.whole, np.round(counts), counts)
        close = np.all(np.abs(counts - exact) < 1e-5) and np.all(exact >= self.least - 1e-6)
        return exact if close and np.allclose(self.matrix @ exact, self.right, rtol=1e-9, atol=1e-6) else None


def without_implied_zeros(family: Family, linked: LinkedTables, unknown: Flags) -> Flags:
    """Of the series × cells that nobody can see, those that a shown total of 0 (or a rest of 0) does not settle as 0.

    A 0 may be shown, so it may also be known: what is below a total of 0 needs no guard.
    """
    matrix = linked.matrix()
    below = -matrix.minimum(0)
    total = matrix.maximum(0)
    left = unknown.copy()
    while True:
        rest = (left * family.value) @ below.T
        sums = (left.astype(float) @ total.T == 0) & (np.abs(rest) < 1e-9)
        shrinking = ((left & (family.least < 0)).astype(float) @ below.T) > 0
        settled = left & ((sums & ~shrinking).astype(float) @ below > 0)
        if not settled.any():
            return left
        left &= ~settled


def parts(family: Family, linked: LinkedTables, hidden: Flags) -> Iterator[Part]:
    """The connected parts of a family's system, given which series × cells nobody can see."""
    unknown = without_implied_zeros(family, linked, hidden)
    series, cells = np.nonzero(unknown)
    if not len(series):
        return
    number = np.full(unknown.shape, -1, dtype=np.intp)
    number[series, cells] = np.arange(len(series))
    truth = family.value[series, cells]
    matrix = sparse.vstack([*_sums(family, linked, unknown, number), *_couples(family, unknown, number)], format="csr")
    matrix = matrix[np.diff(matrix.indptr) > 0]
    count, label = connected_components(matrix.T @ matrix, directed=False)
    row_label = label[matrix.indices[matrix.indptr[:-1]]] if matrix.shape[0] else np.empty(0, dtype=np.intp)
    for k in range(count):
        at = np.flatnonzero(label == k)
        mine = matrix[np.flatnonzero(row_label == k)][:, at]
        yield Part(
            matrix=mine,
            right=mine @ truth[at],
            least=family.least[series[at], cells[at]],
            whole=family.whole[series[at]],
            guarded=(family.guarded | family.zero)[series[at], cells[at]],
            truth=truth[at],
            series=series[at],
            cells=cells[at],
        )


def _sums(
    family: Family, linked: LinkedTables, unknown: Flags, number: npt.NDArray[np.intp]
) -> Iterator[sparse.csr_array]:
    """The sums over cells, of each series. Sums of ``others`` follow from those of n and x, and are left out."""
    all_sums = linked.matrix()
    total = int(number.max()) + 1
    for series in sorted({triple[name] for triple in family.triples for name in ("n", "x") if name in triple}):
        at = np.flatnonzero(unknown[series])
        block = all_sums[:, at].tocoo()
        columns = number[series][at][block.coords[1]]
        yield sparse.csr_array((block.data, (block.coords[0], columns)), shape=(all_sums.shape[0], total))


def _couples(family: Family, unknown: Flags, number: npt.NDArray[np.intp]) -> Iterator[sparse.csr_array]:
    """n − x − others = 0 in every cell of every proportion."""
    total = int(number.max()) + 1
    for triple in family.triples:
        if "others" not in triple:
            continue
        entries = [
            (np.flatnonzero(unknown[triple[name]]), number[triple[name]], sign)
            for name, sign in (("n", 1.0), ("x", -1.0), ("others", -1.0))
        ]
        rows = np.concatenate([at for at, _, _ in entries])
        columns = np.concatenate([numbers[at] for at, numbers, _ in entries])
        signs = np.concatenate([np.full(len(at), sign) for at, _, sign in entries])
        yield sparse.csr_array((signs, (rows, columns)), shape=(unknown.shape[1], total))
