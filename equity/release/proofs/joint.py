"""The joint tables: what everybody knows to lie behind the published ones, though nobody publishes it.

Everyone was there in one period and stood in one group of every grouping at once. Behind all tables therefore lies one
table, period × every grouping crossed, of counts that are not below 0, and every published cell is a sum over it. Sums
among the published cells do not say all that this says (the problem of marginals: margins that agree pairwise need not
have a common table).

A release of many groupings has a joint table too large to reckon with: then all tables of as many groupings as fit are
taken, each by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

import numpy as np
import numpy.typing as npt
from scipy import sparse

from equity.release.counts import Flags
from equity.release.linked import Key, LinkedTables
from equity.vocabulary import GRAINS, Grain, period_label, period_start

MOST_CELLS = 20_000
Codes = npt.NDArray[np.intp]
Period = tuple[Grain, str]


@dataclass(frozen=True)
class JointTable:
    """One table behind the published ones, of the newest version.

    groupings  the stratifiers that it crosses, with the finest periods.
    sums       linked cells and rests × joint cells: 1 where a joint cell is counted in the linked one.
    within     which linked cells and rests are sums over it.
    table      for each linked cell the number of its published table, in which no joint cell is counted twice; −1 for
               none.
    """

    groupings: tuple[str, ...]
    sums: sparse.csr_array
    within: Flags
    table: Codes


def joint_tables(linked: LinkedTables, open_rests: Flags) -> tuple[JointTable, ...]:
    """The joint tables behind linked ones that say more than the sums do; together at most MOST_CELLS cells.

    ``open_rests`` (one a sum) marks those whose rest is not 0: there are then people in no listed part.
    """
    layout = _Layout(linked, open_rests)
    return tuple(layout.table(groupings) for groupings in layout.chosen())


class _Layout:
    """Periods and groups of the newest version, with a place for those who are in none that is listed."""

    def __init__(self, linked: LinkedTables, open_rests: Flags) -> None:
        self._linked = linked
        self._newest = max(key[0] for key in linked.keys)
        self._keys = [(i, key) for i, key in enumerate(linked.keys) if key[0] == self._newest]
        self._groups: dict[str, dict[str, int]] = {}
        for _, key in self._keys:
            for by, value in _sides(key):
                own = self._groups.setdefault(by, {})
                own.setdefault(value, len(own))
        unlisted, unfinished = self._with_rests(open_rests)
        self._size = {by: len(own) + (by in unlisted) for by, own in self._groups.items()}
        self._periods = self._leaves(unfinished)

    def chosen(self) -> list[tuple[str, ...]]:
        """The largest sets of groupings that all fit; of pairs those that fit, small ones first."""
        for many in range(len(self._groups), 1, -1):
            sets = sorted(filter(self._says_more, combinations(self._groups, many)), key=self._cells)
            fitting = np.cumsum([self._cells(each) for each in sets]) <= MOST_CELLS
            if fitting.all() or many == 2:
                return [each for each, fits in zip(sets, fitting, strict=True) if fits]
        return []

    def _cells(self, groupings: Sequence[str]) -> int:
        return len(self._periods) * prod(self._size[by] for by in groupings)

    def _says_more(self, groupings: Sequence[str]) -> bool:
        """Not where published tables have no circle among them: margins that agree then have a common table."""
        own = [key for _, key in self._keys if {by for by, _ in _sides(key)} <= set(groupings)]
        crossed = [GRAINS.index(key[1]) for key in own if key[5]]
        return bool(crossed) and (len(groupings) > 2 or min(GRAINS.index(key[1]) for key in own) < min(crossed))

    def _with_rests(self, open_rests: Flags) -> tuple[set[str], set[Period]]:
        """The groupings that leave people out, and the periods that hold people of no finer one."""
        groupings: set[str] = set()
        periods: set[Period] = set()
        for j in np.flatnonzero(open_rests & ~self._linked.changes):
            total, part = self._linked.keys[self._linked.totals[j]], self._linked.keys[self._linked.parts[j][0]]
            if total[0] == self._newest and total[1] != part[1]:
                periods.add((_grain(total), total[2]))
            elif total[0] == self._newest:
                groupings |= {by for by, _ in _sides(part)} - {by for by, _ in _sides(total)}
        return groupings, periods

    def _leaves(self, unfinished: set[Period]) -> list[Period]:
        """The finest periods, and what coarser ones hold besides."""
        listed = {(_grain(key), key[2]) for _, key in self._keys}
        parents = {(_coarser(grain), _at(_coarser(grain), period)) for grain, period in listed if grain != "all"}
        return sorted((listed - parents) | (listed & unfinished))

    def table(self, groupings: tuple[str, ...]) -> JointTable:
        """The joint table of these groupings."""
        shape = (len(self._periods), *(self._size[by] for by in groupings))
        grid = dict(zip(("", *groupings), np.indices(shape).reshape(len(shape), -1), strict=True))
        own = [(i, key) for i, key in self._keys if {by for by, _ in _sides(key)} <= set(groupings)]
        tables: dict[tuple[Grain, tuple[str, ...]], list[tuple[int, Key]]] = {}
        for i, key in own:
            tables.setdefault((_grain(key), tuple(by for by, _ in _sides(key))), []).append((i, key))
        pairs = [self._counted(grain, bys, cells, grid) for (grain, bys), cells in tables.items()]
        rows, columns = (np.concatenate(each) for each in zip(*pairs, strict=True))
        shape = (len(self._linked.keys), prod(shape))
        keys = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
        number = np.full(self._linked.size, -1, dtype=np.intp)
        for place, cells in enumerate(tables.values()):
            number[[i for i, _ in cells]] = place
        return self._with_rests_too(groupings, keys, number)

    def _counted(
        self, grain: Grain, bys: tuple[str, ...], cells: list[tuple[int, Key]], grid: dict[str, Codes]
    ) -> tuple[Codes, Codes]:
        """Linked cells of one published table, and the joint cells that each counts."""
        reached = [(self._at_grain(period, grain)) for period in self._periods]
        labels = {label: place for place, label in enumerate(dict.fromkeys(reached))}
        code = np.array([labels[label] for label in reached])[grid[""]]
        size = len(labels)
        for by in bys:
            code, size = code * self._size[by] + grid[by], size * self._size[by]
        places = np.full(size, -1, dtype=np.intp)
        for i, key in cells:
            place = labels[key[2]]
            for by, value in _sides(key):
                place = place * self._size[by] + self._groups[by][value]
            places[place] = i
        counted = places[code]
        inside = np.flatnonzero(counted >= 0)
        return counted[inside], inside

    def _at_grain(self, period: Period, grain: Grain) -> str | None:
        """The label of the coarser period; None where this one is coarser itself."""
        return _at(grain, period[1]) if GRAINS.index(grain) >= GRAINS.index(period[0]) else None

    def _with_rests_too(self, groupings: tuple[str, ...], keys: sparse.csr_array, number: Codes) -> JointTable:
        """The same for the rest of every sum: what its total counts and its parts do not."""
        listed = number[: len(self._linked.keys)] >= 0
        matrix = self._linked.matrix()[:, : len(listed)]
        within = (abs(matrix) @ (~listed).astype(np.float64) == 0) & ~self._linked.changes
        rests = sparse.diags_array(within.astype(np.float64)) @ matrix @ keys
        rests.eliminate_zeros()
        sums = sparse.vstack([keys, rests], format="csr")
        return JointTable(groupings, sums, np.concatenate([listed, within]), number)


def _sides(key: Key) -> Iterator[tuple[str, str]]:
    for by, value in (key[3:5], key[5:7]):
        if by:
            yield by, value


def _grain(key: Key) -> Grain:
    return GRAINS[GRAINS.index(key[1])]


def _coarser(grain: Grain) -> Grain:
    return GRAINS[GRAINS.index(grain) + 1]


def _at(grain: Grain, period: str) -> str:
    return "" if grain == "all" or not period else period_label(period_start(period), grain)
