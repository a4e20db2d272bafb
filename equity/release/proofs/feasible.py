"""All counts that are consistent with what is published: a linear system over the hidden ones.

Variables are the hidden counts only; shown ones stand on the right-hand side. For proportions n = x + others in each
cell, and every count is at least what its being there says.

The events and the others of a proportion obey the same sums, each for itself, and only n ties them together. Where no
other measure has the same n, it is therefore left out and worked out afterwards: what remains falls into *blocks*, a
third as large, and one can be moved while the others stand still.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from equity.release.counts import Flags, Floats
from equity.release.families import Family
from equity.release.linked import LinkedTables
from equity.release.proofs.extremes import Extremes, Moves, whole_extreme
from equity.release.proofs.pieces import OwnPieces, Pieces, in_order

Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class CountBlock:
    """Counts of a part that its other blocks leave alone: ``matrix @ counts`` is as it is at the truth.

    ``columns`` says which counts of the part they are; ``least`` is what they must be while the other blocks stand
    still at the truth (somebody must remain in every cell that is there).
    """

    matrix: sparse.csr_array
    columns: Places
    least: Floats
    truth: Floats

    @cached_property
    def extremes(self) -> Extremes:
        """The block's system, kept warm; bounds are set by whoever asks."""
        return Extremes(self.matrix, self.matrix @ self.truth, self.least, np.full(len(self.columns), np.inf))

    @cached_property
    def moves(self) -> Moves:
        """The moves from the truth that leave every sum as it is."""
        return Moves(self.matrix, self.truth - self.least)


@dataclass(frozen=True)
class Part:
    """A connected part of the system: ``matrix @ counts = right``, ``counts >= least``.

    series, cells   which count each variable is.
    truth           the real values; ``guarded`` says which must stay wide.
    couples         n, x and others of the cells whose n is left out of the blocks: places of counts, −1 for none.
    apart           what the matrix falls into without the rows that say so.
    """

    matrix: sparse.csr_array
    right: Floats
    least: Floats
    whole: Flags
    guarded: Flags
    truth: Floats
    series: Places
    cells: Places
    couples: Places
    apart: OwnPieces

    @cached_property
    def extremes(self) -> Extremes:
        """The whole part's system, kept warm; bounds are set by whoever asks."""
        return Extremes(self.matrix, self.right, self.least, np.full(len(self.truth), np.inf))

    @cached_property
    def blocks(self) -> tuple[CountBlock, ...]:
        """The blocks that the part falls into."""
        least = self._least_beside_the_truth()
        return tuple(CountBlock(matrix, at, least[at], self.truth[at]) for at, matrix in self.apart)

    def whole_extreme(self, goal: Floats, lower: Floats, upper: Floats) -> Floats | None:
        """Whole counts that make ``goal`` least, proven to fit; None when there are none or the solver gives up."""
        extreme = whole_extreme(self.matrix, self.right, self.whole, goal, lower, upper)
        return None if extreme is None else self.settled(extreme)

    def with_block(self, block: CountBlock, counts: Floats) -> Floats:
        """The true counts with those of one block replaced, and every n as they make it."""
        moved = np.append(self.truth, 0.0)
        moved[block.columns] = counts
        change = np.append(moved[:-1] - self.truth, 0.0)
        totals, events, others = self.couples.T
        moved[totals] += change[events] + change[others]
        return moved[:-1]

    def moving(self, i: int) -> Places:
        """The counts of blocks with which count i moves: itself, or the events and the others where it is left out."""
        left_out = self.couples[self.couples[:, 0] == i]
        return left_out[:, 1:].ravel() if len(left_out) else np.array([i])

    def settled(self, counts: Floats) -> Floats | None:
        """The counts made exactly whole, once they are proven to fit all that is published; else None."""
        exact = np.where(self.whole, np.round(counts), counts)
        close = np.all(np.abs(counts - exact) < 1e-5) and np.all(exact >= self.least - 1e-6)
        return exact if close and np.allclose(self.matrix @ exact, self.right, rtol=1e-9, atol=1e-6) else None

    def _least_beside_the_truth(self) -> Floats:
        """What each count must be, at least, for its cell's n to be enough while the other count is the true one."""
        truth, least = np.append(self.truth, 0.0), np.append(self.least, 0.0)
        totals, events, others = self.couples.T
        for own in (events, others):
            np.maximum.at(least, own, least[totals] - truth[totals] + truth[own])
        return least[:-1]


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
    own = _totals_of_one(family)
    sums = sparse.vstack(list(_sums(family, linked, unknown, number, own)), format="csr")
    couples = _couples(family, unknown, number)
    system = sparse.vstack([sums, _coupling(couples, len(series))], format="csr")
    spared = (couples[:, 0] >= 0) & np.isin(series[couples[:, 0]], list(own))
    tied = couples[spared]
    rows = np.concatenate([np.arange(sums.shape[0]), sums.shape[0] + np.flatnonzero(~spared)])
    columns = np.setdiff1d(np.arange(len(series)), tied[:, 0])
    whole, apart = Pieces(system), Pieces(system[rows][:, columns])
    blocks, first_block = in_order(whole.of_column[columns[apart.firsts]], len(whole))
    tied_of, first_tied = in_order(whole.of_column[tied[:, 0]], len(whole))
    place, guarded = np.append(whole.place, -1), family.guarded | family.zero  # a count that there is not stays −1
    for k in range(len(whole)):
        at, matrix = whole.piece(k)
        yield Part(
            matrix=matrix,
            right=matrix @ truth[at],
            least=family.least[series[at], cells[at]],
            whole=family.whole[series[at]],
            guarded=guarded[series[at], cells[at]],
            truth=truth[at],
            series=series[at],
            cells=cells[at],
            couples=place[tied[tied_of[first_tied[k] : first_tied[k + 1]]]],
            apart=OwnPieces(apart, blocks[first_block[k] : first_block[k + 1]], place[columns]),
        )


def _totals_of_one(family: Family) -> set[int]:
    """The series that are the n of one proportion and nothing else to any measure."""
    everyone = [*family.triples, *(triple for triple, _ in family.nested)]
    named = [at for triple in everyone for at in triple.values()]
    return {triple["n"] for triple in family.triples if "others" in triple and named.count(triple["n"]) == 1}


def _sums(
    family: Family, linked: LinkedTables, unknown: Flags, number: Places, own: set[int]
) -> Iterator[sparse.csr_array]:
    """The sums over cells, of each series; of n, x and others two are enough, and n is spared where it can be."""
    all_sums = linked.matrix()
    total = int(number.max()) + 1
    named = {
        triple[name]
        for triple in family.triples
        for name in (("x", "others") if triple["n"] in own else ("n", "x"))
        if name in triple
    }
    for series in sorted(named):
        at = np.flatnonzero(unknown[series])
        block = all_sums[:, at].tocoo()
        columns = number[series][at][block.coords[1]]
        yield sparse.csr_array((block.data, (block.coords[0], columns)), shape=(all_sums.shape[0], total))


def _couples(family: Family, unknown: Flags, number: Places) -> Places:
    """For every cell of every proportion of which something is unknown: the variables n, x and others; −1 for none.

    A count that is a part of another is to it as x is to n.
    """
    couples = [np.empty((0, 3), dtype=np.intp)]
    for triple, scope in [*zip(family.triples, family.scope, strict=True), *family.nested]:
        if "others" in triple:
            own = [triple[name] for name in ("n", "x", "others")]
            couples.append(number[own][:, scope & unknown[own].any(axis=0)].T)
    return np.concatenate(couples)


def _coupling(couples: Places, total: int) -> sparse.csr_array:
    """n − x − others = 0 for every couple; two of them may be one and the same variable (nobody had the event)."""
    rows, which = np.nonzero(couples >= 0)
    signs = np.array([1.0, -1.0, -1.0])[which]
    coupling = sparse.coo_array((signs, (rows, couples[rows, which])), shape=(len(couples), total)).tocsr()
    coupling.eliminate_zeros()
    return coupling
