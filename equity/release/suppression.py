"""Complementary hiding: the cells that must go because, with the sums, they would give the sensitive ones back.

A heuristic in the manner of the *Handbook on Statistical Disclosure Control*, ch. 5: wherever a sum has a single
hidden member, or hidden members that are too few together, the shown member that says least is hidden too, until no
sum does. That is not yet proof: audit.py looks at all sums at once, and calls back here for what it finds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np

from equity.release.counts import Flags
from equity.release.families import Family
from equity.release.linked import LinkedTables
from equity.release.policy import Policy

TOTAL_WEIGHT = 3.0
NEW_TROUBLE = 1.0


class Suppression:
    """Which cells of a family are hidden: measures × cells, growing only.

    ``movable`` marks the cells that this release may hide: present in it, and not yet shown by an earlier one.
    """

    def __init__(self, family: Family, linked: LinkedTables, policy: Policy, hidden: Flags, movable: Flags) -> None:
        self.family = family
        self.policy = policy
        self.hidden = hidden.copy()
        self.members = linked.members
        self._movable = movable
        self._sums_of: list[list[int]] = [[] for _ in range(linked.size)]
        for j, members in enumerate(self.members):
            for cell in members:
                self._sums_of[cell].append(j)
        self._unknown: list[list[bool]] = family.unknown(self.hidden).tolist()
        self._value: list[list[float]] = family.value.tolist()
        self._people: list[list[float]] = family.people.tolist()
        self._guarded: list[list[bool]] = family.guarded.tolist()
        size = np.max([m.value["n"] for m in family.measures], axis=0)
        self._information: list[float] = np.log1p(np.maximum(size, 0.0)).tolist()
        can_hide = hidden | movable
        held = np.stack([can_hide[list(holders)].all(axis=0) for holders in family.holders])
        self._can_hide: list[list[bool]] = (held & ~family.certain).tolist()
        self._beside: list[list[int]] = [[] for _ in family.holders]
        for triple, _ in family.nested:
            self._beside[triple["n"]].append(triple["x"])
            self._beside[triple["x"]].append(triple["n"])
        self._difference = {triple["others"]: (triple["x"], triple["n"]) for triple, _ in family.nested}

    @property
    def unknown(self) -> Flags:
        """Series × cells that nobody can see."""
        return np.array(self._unknown, dtype=np.bool_)

    def close(self) -> None:
        """Hide until no single sum gives a hidden count away."""
        self._settle(range(len(self.members)))

    def hide_beside(self, series: int, cell: int) -> bool:
        """Hide one more cell near a count that the audit found too narrow; False when there is none left to hide.

        Nearest first: in the sums of the cell itself, then in the sums of the hidden cells beside it, and so on. A
        count of which this one is a part, or that is a part of it, stands in its own cell.
        """
        seen, edge = {cell}, [cell]
        while edge:
            sums = sorted({j for c in edge for j in self._sums_of[c]})
            candidates = [(self._weight(series, c, j), c, series) for j in sums for c in self._candidates(series, j)]
            candidates += [
                (self._weight(at, c, self._sums_of[c][0]), c, at) for c in edge for at in self._near(series, c)
            ]
            if candidates:
                _, nearest, of = min(candidates)
                self._settle(self._hide(of, nearest))
                return True
            edge = [c for j in sums for c in self.members[j] if self._unknown[series][c] and c not in seen]
            seen.update(edge)
            edge = list(dict.fromkeys(edge))
        return False

    def _near(self, series: int, cell: int) -> list[int]:
        """Counts of the same cell that are shown, may be hidden, and tell too closely what this one can be.

        A difference is told by both counts together: the smaller goes first.
        """
        if series in self._difference:
            free = (at for at in self._difference[series] if not self._unknown[at][cell] and self._can_hide[at][cell])
            return list(islice(free, 1))
        return [
            at
            for at in self._beside[series]
            if not self._unknown[at][cell]
            and self._can_hide[at][cell]
            and self._sums_of[cell]
            and abs(self._value[at][cell] - self._value[series][cell]) < self.policy.threshold
        ]

    def _settle(self, sums: Iterable[int]) -> None:
        waiting = deque(sums)
        queued = set(waiting)
        while waiting:
            j = waiting.popleft()
            queued.discard(j)
            for series in range(len(self._value)):
                while self._gives_away(series, j):
                    candidates = [(self._weight(series, c, j), c) for c in self._candidates(series, j)]
                    if not candidates:
                        break
                    for touched in self._hide(series, min(candidates)[1]):
                        if touched not in queued:
                            queued.add(touched)
                            waiting.append(touched)

    def _gives_away(self, series: int, j: int) -> bool:
        """Whether this sum alone gives a hidden count back, or the hidden ones together are too small a group."""
        unknown, guarded, people = self._unknown[series], self._guarded[series], self._people[series]
        hidden = [c for c in self.members[j] if unknown[c]]
        if not any(guarded[c] for c in hidden):
            return False
        if len(hidden) == 1:
            return True
        if unknown[self.members[j][0]]:
            return False
        together = float(sum(people[c] for c in hidden))
        return 1e-9 < together < self.policy.threshold

    def _candidates(self, series: int, j: int) -> list[int]:
        """Members of a sum that are shown and may be hidden, and that say something."""
        unknown, can_hide, sizes = self._unknown[series], self._can_hide[series], self._information
        return [c for c in self.members[j] if not unknown[c] and can_hide[c] and sizes[c] > 0.0]

    def _weight(self, series: int, cell: int, j: int) -> tuple[float, float]:
        """What hiding a cell would cost: what it tells, and the other sums that it would leave with one hidden
        member.
        """
        alone = sum(
            1 for k in self._sums_of[cell] if k != j and not any(self._unknown[series][c] for c in self.members[k])
        )
        weight = self._information[cell] * (TOTAL_WEIGHT if cell == self.members[j][0] else 1.0)
        empty = self._value[series][cell] <= 1e-9
        return weight + NEW_TROUBLE * alone + 5.0 * empty, float(cell)

    def _hide(self, series: int, cell: int) -> Sequence[int]:
        """Hide a cell in every measure that gives this series away; the sums that this touches."""
        for measure in self.family.holders[series]:
            self.hidden[measure, cell] = True
        for position, holders in enumerate(self.family.holders):
            shown = any(not self.hidden[measure, cell] for measure in holders)
            self._unknown[position][cell] = not shown and not self.family.certain[position, cell]
        return self._sums_of[cell]
