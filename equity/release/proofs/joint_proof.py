"""The proof that hidden counts stay wide for somebody who sets up a joint table too.

Unknown are the events and the others (or what else a measure counts) of every joint cell, not below 0. They add up to
what is shown, and to at least one person in every hidden cell that is there. Most counts are proven wide from points
inside (interior.py), with the events and the others each by themselves; what that leaves open is asked of everything
together by linear programming, least and greatest.

Each measure is asked by itself, with what other measures of its family show of its counts. What several measures say
together is proof.py's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from equity.release.counts import Flags, Floats
from equity.release.families import Family
from equity.release.linked import LinkedTables
from equity.release.policy import Policy
from equity.release.proofs.extremes import Extremes
from equity.release.proofs.feasible import Places, without_implied_zeros
from equity.release.proofs.interior_point import InteriorPoint
from equity.release.proofs.joint import JointTable
from equity.release.proofs.proof import needed
from equity.release.proofs.propagation import inward
from equity.release.watch import Watch

FAR = 10.0
ROOM = 0.5


def too_narrow_jointly(
    family: Family, linked: LinkedTables, joint: JointTable, hidden: Flags, policy: Policy, watch: Watch
) -> Iterator[tuple[int, int]]:
    """The guarded counts (series, cell) of a family to which a joint table does not leave k/2 values."""
    unknown = without_implied_zeros(family, linked, hidden) & joint.within
    for triple, scope in [*zip(family.triples, family.scope, strict=True), *family.nested]:
        sheet = _Sheet(family, linked, joint, triple, unknown & scope, policy)
        if any(asked.any() for asked in sheet.asked.values()):
            yield from _Search(sheet, policy).too_narrow(watch)


@dataclass(frozen=True)
class _System:
    """Joint cells of some counts of a measure, and the sums over them.

    ``first`` and ``cells`` say where the cells of each count begin among the unknowns and which they are; behind them
    stands, for every count that has a least value, how far it is above it.
    """

    matrix: sparse.csr_array
    right: Floats
    tables: tuple[Places, ...]
    first: dict[str, int]
    cells: dict[str, Places]
    least: Floats
    bounded: sparse.csr_array


class _Sheet:
    """What is known of one measure's counts over the linked cells of a joint table, and what is asked.

    Counts are named as in ``Family.triples``; ``atoms`` are those that every other is a sum of. Where the measure
    ``splits`` its n into x and others, any two of them that are known make the third known. Asked for are counts of 1
    to k − 1: what is larger gives nobody away.
    """

    def __init__(
        self,
        family: Family,
        linked: LinkedTables,
        joint: JointTable,
        triple: dict[str, int],
        unknown: Flags,
        policy: Policy,
    ) -> None:
        self.triple, self.joint = triple, joint
        self.splits = "others" in triple
        self.atoms = ("x", "others") if self.splits else tuple(triple)
        hidden = {name: unknown[at].copy() for name, at in triple.items()}
        if self.splits:
            settled = np.sum([hidden[name] for name in triple], axis=0) < 2
            hidden = {name: each & ~settled for name, each in hidden.items()}
        self.hidden = hidden
        self.value = {name: family.value[at] for name, at in triple.items()}
        self.least = {name: np.where(hidden[name], family.least[at], 0.0) for name, at in triple.items()}
        self.whole = {name: bool(family.whole[at]) for name, at in triple.items()}
        small = family.guarded & (np.abs(family.value) < policy.threshold)
        self.asked = {name: hidden[name] & small[at] for name, at in triple.items()}
        self._known = {name: joint.within & ~each for name, each in hidden.items()}
        matrix = linked.matrix()[joint.within[len(linked.keys) :]]
        self._totals, self._parts = matrix.maximum(0.0), -matrix.minimum(0.0)

    @property
    def tied(self) -> Flags:
        """Linked cells in which n is known and how it falls into events and others is not."""
        return self._known["n"] & self.hidden["x"] if self.splits else np.zeros_like(self.joint.within)

    def counts(self, system: _System, name: str, cells: Places) -> sparse.csr_array:
        """Each of these counts as a sum of unknowns of a system."""
        parts = [name] if name in system.cells else list(system.cells)
        sums = sparse.csr_array((len(cells), system.matrix.shape[1]))
        for part in parts:
            sums = sums + _placed(self.joint.sums[cells][:, system.cells[part]], system.first[part], sums.shape)
        return sums

    def system(self, atoms: Sequence[str]) -> _System:
        """The sums over joint cells of these counts; the others, if any, stand still at their true values."""
        cells = {name: np.flatnonzero(self._possible(name)) for name in atoms}
        first = dict(zip(atoms, np.cumsum([0, *(len(each) for each in cells.values())]).tolist(), strict=False))
        width = sum(len(each) for each in cells.values())
        bare = _System(
            sparse.csr_array((0, width)), np.empty(0), (), first, cells, np.empty(0), sparse.csr_array((0, width))
        )
        together = len(atoms) > 1 and self.splits
        said = {name: self._telling(name) for name in atoms} | ({"n": self.tied} if together else {})
        rows, right, tables, at = [], [], [], 0
        for name, known in said.items():
            where = np.flatnonzero(known)
            rows.append(self.counts(bare, name, where))
            right.append(self.value[name][where])
            number = self.joint.table[where]
            tables += [at + np.flatnonzero(number == table) for table in np.unique(number[number >= 0])]
            at += len(where)
        bounded, least = self._bounded(bare, together)
        matrix = sparse.block_array(
            [[sparse.vstack(rows), None], [bounded, -sparse.eye_array(len(least))]], format="csr"
        )
        return _System(matrix, np.concatenate([*right, least]), tuple(tables), first, cells, least, bounded)

    def _possible(self, name: str) -> Flags:
        """Joint cells of a count that no shown 0 covers."""
        empty = self._known[name] & (np.abs(self.value[name]) < 1e-9)
        if self.splits:
            empty |= self._known["n"] & (np.abs(self.value["n"]) < 1e-9)
        covered = empty.astype(np.float64) @ self.joint.sums
        return np.asarray(covered == 0, dtype=np.bool_)

    def _telling(self, name: str) -> Flags:
        """Known values of a count that are not 0 and not the sum of other known ones."""
        repeated = self._totals[self._parts @ self.hidden[name].astype(np.float64) == 0].sum(axis=0) > 0
        telling = self._known[name] & ~repeated & (np.abs(self.value[name]) >= 1e-9)
        return np.asarray(telling, dtype=np.bool_)

    def _bounded(self, bare: _System, together: bool) -> tuple[sparse.csr_array, Floats]:
        """The hidden counts that must be at least something, and what; a part of a total says it for the total."""
        rows, least = [sparse.csr_array((0, bare.matrix.shape[1]))], [np.empty(0)]
        for name in self.triple if together else bare.cells:
            bound = self.least[name]
            if self.splits and not together:
                beside = self.value["others" if name == "x" else "x"]
                bound = np.maximum(bound, np.where(self.hidden["n"], self.least["n"] - beside, 0.0))
            needs = (bound > 0) & self.hidden[name]
            needs &= ~(self._totals[self._parts @ needs.astype(np.float64) > 0].sum(axis=0) > 0)
            where = np.flatnonzero(needs)
            rows.append(self.counts(bare, name, where))
            least.append(bound[where])
        return sparse.vstack(rows, format="csr"), np.concatenate(least)


class _Search:
    """Least and greatest found so far of every count that is asked, beginning at the true value."""

    def __init__(self, sheet: _Sheet, policy: Policy) -> None:
        self._sheet = sheet
        self._low = {name: each.copy() for name, each in sheet.value.items()}
        self._high = {name: each.copy() for name, each in sheet.value.items()}
        self._reach = {name: float(needed(np.array([whole]), policy)[0]) for name, whole in sheet.whole.items()}

    def too_narrow(self, watch: Watch) -> Iterator[tuple[int, int]]:
        """The counts asked that cannot be far enough apart: series and linked cell.

        Numbers behind which no such table can be (groups that overlap) tell nobody anything by it.
        """
        sheet = self._sheet
        tied = bool(sheet.tied.any())
        systems = [sheet.system(atoms) for atoms in ([sheet.atoms] if tied else [(name,) for name in sheet.atoms])]
        for system in systems:
            self._from_inside(system, watch)
        for system in systems:
            if not self._from_corners(system, watch):
                return
        if sheet.splits and not tied and any(len(self._open(name)) for name in sheet.triple):
            self._from_corners(sheet.system(sheet.atoms), watch)
        for name, series in sheet.triple.items():
            for cell in self._open(name):
                yield series, int(cell)

    def _open(self, name: str) -> Places:
        """The cells of a count in which it is not wide yet."""
        low, high = inward(self._low[name], self._high[name], np.array(self._sheet.whole[name]))
        return np.flatnonzero(self._sheet.asked[name] & (high - low < self._reach[name] - 1e-6))

    def _goals(self, system: _System) -> Iterator[tuple[str, str, Places]]:
        """What is open for a system: the count to move, the count that is asked, and the cells.

        Where the events move alone, n moves with them.
        """
        for name in system.cells:
            yield name, name, self._open(name)
        if self._sheet.splits and len(system.cells) > 1:
            yield "n", "n", self._open("n")
        elif self._sheet.splits:
            (name,) = system.cells
            yield name, "n", self._open("n")

    def _from_inside(self, system: _System, watch: Watch) -> None:
        """Widen what is open by straight lines from a point interior."""
        watch.check()
        interior = InteriorPoint(system.matrix, system.right, system.tables)
        point = interior.point(self._start(system, interior))
        if point is not None:
            for name, _, cells in self._goals(system):
                self._widen(system, name, cells, *interior.reached(point, self._sheet.counts(system, name, cells)))

    def _start(self, system: _System, interior: InteriorPoint) -> Floats:
        """Unknowns that fit the tables, with some room above every least value."""
        unknowns = interior.fitted(np.ones(system.matrix.shape[1]))
        bounded = system.bounded.shape[1]
        unknowns[bounded:] = np.maximum(system.bounded @ unknowns[:bounded] - system.least, ROOM)
        return unknowns

    def _from_corners(self, system: _System, watch: Watch) -> bool:
        """Ask for least and greatest of each count of a system that is open; False where no table fits it."""
        goals = [(name, asked, int(cell)) for name, asked, cells in self._goals(system) for cell in cells]
        if not goals:
            return True
        width = system.matrix.shape[1]
        far = FAR * max(1000.0, float(np.abs(system.right).max(initial=0.0)))
        extremes = Extremes(system.matrix, system.right, np.zeros(width), np.full(width, far))
        if extremes.corner(np.zeros(width)) is None:
            return False
        for name, asked, cell in goals:
            goal = self._sheet.counts(system, name, np.array([cell])).toarray()[0]
            for sign in (-1.0, 1.0):
                watch.check()
                if cell in self._open(asked):
                    self._take(extremes.corner(sign * goal), system)
        return True

    def _take(self, corner: Floats | None, system: _System) -> None:
        """Widen all that is open by one joint table."""
        if corner is None:
            return
        for name, _, cells in self._goals(system):
            counted = self._sheet.counts(system, name, cells) @ corner
            self._widen(system, name, cells, counted, counted)

    def _widen(self, system: _System, name: str, cells: Places, low: Floats, high: Floats) -> None:
        """Take these values of a count into its bounds; of events or others that move alone into those of n too."""
        moved = [(name, 0.0)]
        if self._sheet.splits and len(system.cells) == 1:
            moved.append(("n", self._sheet.value["others" if name == "x" else "x"][cells]))
        for each, beside in moved:
            self._low[each][cells] = np.minimum(self._low[each][cells], low + beside)
            self._high[each][cells] = np.maximum(self._high[each][cells], high + beside)


def _placed(matrix: sparse.csr_array, first: int, shape: tuple[int, int]) -> sparse.csr_array:
    """A matrix as the columns of a wider one, from ``first`` on."""
    return sparse.csr_array((matrix.data, matrix.indices + first, matrix.indptr), shape=shape)
