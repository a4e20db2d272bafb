"""The least and the greatest value of every hidden count, over all counts consistent with everything published.

By linear programming over the sparse system, one block at a time, each goal beginning at the corner where the one
before it ended (Dantzig's simplex method, kept warm by HiGHS). What the sums say one by one comes first; a corner found
for one count is a table that fits, and settles the ends of all others that it reaches; only what is then still open is
asked alone. Whole counts get the whole numbers just inside.

That somebody must be in every cell that is there ties a proportion's blocks together. Small parts are therefore asked
once more as a whole; in larger ones it is reckoned with cell by cell here, and in full in proof.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity.release.counts import Flags, Floats
from equity.release.families import Family
from equity.release.linked import LinkedTables
from equity.release.proofs.extremes import Extremes
from equity.release.proofs.feasible import CountBlock, Part, parts
from equity.release.proofs.propagation import Propagation, inward
from equity.release.watch import Watch

FAR = 10.0
PUSHES = 40
LEAST_PROGRESS = 0.05
BETWEEN_TIGHTENING = 10
SMALL = 400


@dataclass(frozen=True)
class Bounds:
    """Series × cells: ``least`` and ``greatest``, NaN where a count is not hidden; ``greatest`` may be infinite."""

    least: Floats
    greatest: Floats


def bounds_of(family: Family, linked: LinkedTables, hidden: Flags, watch: Watch) -> Bounds:
    """Bounds of every count of a family that nobody can see; a 0 that a shown total settles is known to be 0."""
    least = np.where(hidden, 0.0, np.nan)
    greatest = least.copy()
    for part in parts(family, linked, hidden):
        low, high = part_bounds(part, watch)
        least[part.series, part.cells] = low
        greatest[part.series, part.cells] = high
    return Bounds(least, greatest)


def part_bounds(part: Part, watch: Watch) -> tuple[Floats, Floats]:
    """Least and greatest of every count of a part."""
    sums = Propagation(part.matrix, part.right, part.whole)
    low, high = sums.tighten(part.least, np.full(len(part.truth), np.inf))
    for block in part.blocks:
        _close_in(part, block, low, high, watch)
    low, high = sums.tighten(low, high)
    if len(part.couples) and len(part.truth) <= SMALL:
        everything = np.arange(len(part.truth))
        _close_in(part, CountBlock(part.matrix, everything, part.least, part.truth), low, high, watch)
    return low, high


def _close_in(part: Part, block: CountBlock, low: Floats, high: Floats, watch: Watch) -> None:
    """Tighten what is known of a part's counts by what the sums of one block say together."""
    search = _Search(part, block, low[block.columns], high[block.columns])
    search.push_together(watch)
    search.push_alone(watch)
    low[block.columns], high[block.columns] = search.low, search.high


class _Search:
    """Bounds of a block that close in from outside (low, high) on the corners found (reached_low, reached_high)."""

    def __init__(self, part: Part, block: CountBlock, low: Floats, high: Floats) -> None:
        self.low, self.high = low, high
        self._truth, self._whole = block.truth, part.whole[block.columns]
        right = block.matrix @ block.truth
        self._sums = Propagation(block.matrix, right, self._whole)
        self._reached_low, self._reached_high = self._truth.copy(), self._truth.copy()
        self._far = FAR * max(1000.0, float(np.abs(self._truth).sum()))
        least = np.maximum(part.least[block.columns], -self._far)
        self._extremes = Extremes(block.matrix, right, least, np.full(len(least), self._far))

    def push_together(self, watch: Watch) -> None:
        """Corners for goals that push all open ends at once, while each brings enough."""
        generator = np.random.default_rng(len(self._truth))
        before: list[int] = []
        for _ in range(PUSHES):
            watch.check()
            down, up = self._open()
            before.append(int(np.count_nonzero(down) + np.count_nonzero(up)))
            if before[-1] == 0 or (len(before) > 4 and before[-4] - before[-1] < LEAST_PROGRESS * before[-4]):
                return
            either = generator.choice([-1.0, 1.0], len(self._truth))
            goal = np.where(down & up, either, down * 1.0 - up * 1.0)
            self._corner(goal * generator.uniform(0.0, 1.0, len(goal)))

    def push_alone(self, watch: Watch) -> None:
        """One goal for every end that is still open."""
        asked = 0
        ends = self._open()
        for i in range(len(self._truth)):
            for sign, end in ((1.0, 0), (-1.0, 1)):
                if not ends[end][i]:
                    continue
                watch.check()
                goal = np.zeros(len(self._truth))
                goal[i] = sign
                corner = self._corner(goal)
                if corner is not None:
                    self._close(i, sign, float(corner[i]))
                asked += 1
                if asked % BETWEEN_TIGHTENING == 0:
                    self.low, self.high = self._sums.tighten(self.low, self.high)
                ends = self._open()

    def _close(self, i: int, sign: float, end: float) -> None:
        """Take what a corner says of one end; far away means that there is no end."""
        if abs(end) >= self._far / 2:
            return
        if sign > 0:
            self.low[i] = max(self.low[i], end)
        else:
            self.high[i] = min(self.high[i], end)
        self.low, self.high = inward(self.low, self.high, self._whole)

    def _corner(self, goal: Floats) -> Floats | None:
        corner = self._extremes.corner(goal)
        if corner is not None:
            np.minimum(self._reached_low, corner, out=self._reached_low)
            np.maximum(self._reached_high, corner, out=self._reached_high)
        return corner

    def _open(self) -> tuple[Flags, Flags]:
        """The lower and the upper ends that no corner has reached yet."""
        reached_low, reached_high = inward(self._reached_low, self._reached_high, self._whole)
        return reached_low > self.low + _near(self.low), reached_high < self.high - _near(self.high)


def _near(ends: Floats) -> Floats:
    """How close counts as there: a millionth, and of large numbers that share of a thousandth."""
    return np.where(np.isinf(ends), 0.0, 1e-6 + 1e-9 * np.abs(ends))
