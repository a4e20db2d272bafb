"""The resident attacker: everything that a reader can do with the tables of a release, or of several.

It is handed rows of ``show`` and nothing else, and shares no code with the controller. It knows that groups add up to
everyone, crossed cells to margins, months to quarters to years to all time; that x and n − x are counts of n; that a
cell that is listed holds somebody; what each measure's kind is. It may also be told that the past did not change.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import LinearConstraint, milp

Cell = tuple[int, str, str, str, frozenset[tuple[str, str]]]  # release, measure, grain, period, groups
Count = tuple[Cell, str]  # and which: n, x, others
COARSER = {"month": "quarter", "quarter": "year", "year": "all"}


@dataclass
class Attacker:
    """What has been read so far, and what follows from it: ``low`` and ``high`` of every count."""

    kinds: dict[str, str]
    low: dict[Count, float] = field(default_factory=dict)
    high: dict[Count, float] = field(default_factory=dict)
    cells: dict[Cell, str] = field(default_factory=dict)
    sums: list[tuple[Count, tuple[Count, ...]]] = field(default_factory=list)

    def read(self, rows: Iterable[dict[str, Any]], release: int = 0) -> None:
        """Take down the rows of one release and every sum among them."""
        mine = []
        for row in rows:
            groups = frozenset((row[f"by{i}"], row[f"value{i}"]) for i in (1, 2) if row[f"by{i}"])
            cell = (release, row["measure"], row["grain"], row["period"], groups)
            mine.append(cell)
            self.cells[cell] = row["shown"]
            hidden = row["shown"] == "hidden"
            for name in self._counts(cell):
                value = math.nan if hidden else row["n"] - row["x"] if name == "others" else row[name]
                self.low[cell, name] = (1.0 if name == "n" else 0.0) if hidden else value
                self.high[cell, name] = math.inf if hidden else value
            if "others" in self._counts(cell):
                self.sums.append(((cell, "n"), ((cell, "x"), (cell, "others"))))
        self._add_sums(mine)

    def unchanged(
        self, older: int, newer: int, same: Iterable[tuple[str, str, str, frozenset[tuple[str, str]]]]
    ) -> None:
        """Be told that these cells are the same in two releases."""
        for key in same:
            first, second = (older, *key), (newer, *key)
            if first in self.cells and second in self.cells:
                for name in self._counts(first):
                    self.sums.append(((first, name), ((second, name),)))

    def same_people(self, first: str, second: str) -> None:
        """Know that two measures are of the same people: their denominators agree in every cell."""
        for cell in list(self.cells):
            other = (cell[0], second, *cell[2:])
            if cell[1] == first and other in self.cells:
                self.sums.append(((cell, "n"), ((other, "n"),)))

    def _counts(self, cell: Cell) -> tuple[str, ...]:
        return {"proportion": ("n", "x", "others"), "rate": ("n", "x"), "mean": ("n",)}[self.kinds[cell[1]]]

    def _add_sums(self, cells: list[Cell]) -> None:
        known = set(cells)
        parts: dict[tuple[Cell, str], list[Cell]] = defaultdict(list)
        for cell in cells:
            for parent, along in _parents(cell):
                if parent in known:
                    parts[parent, along].append(cell)
        for (total, _), members in parts.items():
            for name in self._counts(total):
                self.sums.append(((total, name), tuple((m, name) for m in members)))

    def propagate(self, rounds: int = 50) -> None:
        """Narrow every count by every sum: complements, hierarchies and margins all come down to this."""
        for _ in range(rounds):
            before = (sum(self.low.values()), sum(h for h in self.high.values() if h < math.inf), self._open())
            for total, members in self.sums:
                self._narrow(total, sum(self.low[m] for m in members), sum(self.high[m] for m in members))
                low, high = sum(self.low[m] for m in members), sum(self.high[m] for m in members)
                for m in members:
                    others_high = (
                        sum(self.high[o] for o in members if o != m) if math.isinf(high) else high - self.high[m]
                    )
                    self._narrow(m, self.low[total] - others_high, self.high[total] - (low - self.low[m]))
                    low, high = sum(self.low[o] for o in members), sum(self.high[o] for o in members)
            if before == (sum(self.low.values()), sum(h for h in self.high.values() if h < math.inf), self._open()):
                return

    def _open(self) -> int:
        return sum(math.isinf(h) for h in self.high.values())

    def _narrow(self, count: Count, low: float, high: float) -> None:
        if low > self.low[count]:
            self.low[count] = low
        if high < self.high[count]:
            self.high[count] = high

    def exact_bounds(self, count: Count, wide_enough: float = math.inf) -> tuple[float, float]:
        """The least and greatest value of one count over whole tables that fit everything read.

        Stops short once two such tables differ by ``wide_enough`` in this count.
        """
        matrix, right, place = self._system()
        if count not in place:
            return self.low[count], self.high[count]
        i = place[count]
        lower = np.array([self.low[c] for c in place])
        upper = np.array([self.high[c] for c in place])
        upper[i] = min(upper[i], lower[i] + 10_000)
        whole = np.array([0 if self.kinds[c[0][1]] == "rate" and c[1] == "n" else 1 for c in place])
        for sign in (1.0, -1.0):
            if self._seen_high[i] - self._seen_low[i] >= wide_enough:
                break
            goal = np.zeros(len(place))
            goal[i] = sign
            limits = LinearConstraint(matrix, right, right)
            found = milp(goal, constraints=limits, bounds=(lower, upper), integrality=whole)
            assert found.x is not None, found.message
            np.minimum(self._seen_low, found.x, out=self._seen_low)
            np.maximum(self._seen_high, found.x, out=self._seen_high)
        return float(self._seen_low[i]), float(self._seen_high[i])

    def _system(self) -> tuple[np.ndarray, np.ndarray, dict[Count, int]]:
        if not hasattr(self, "_built"):
            place = {c: i for i, c in enumerate(c for c in self.low if self.low[c] < self.high[c])}
            lines, right = [], []
            for total, members in self.sums:
                line, rest = np.zeros(len(place)), 0.0
                for count, sign in ((total, 1.0), *((m, -1.0) for m in members)):
                    if count in place:
                        line[place[count]] += sign
                    else:
                        rest -= sign * self.low[count]
                if line.any():
                    lines.append(line)
                    right.append(rest)
            self._built = (np.array(lines).reshape(len(lines), len(place)), np.array(right), place)
            self._seen_low = np.full(len(place), math.inf)
            self._seen_high = np.full(len(place), -math.inf)
        return self._built

    def hidden_together(self) -> Iterator[tuple[str, float]]:
        """What the hidden members of each sum come to together, where that can be worked out by subtraction."""
        for total, members in self.sums:
            if self.low[total] < self.high[total] or total[0] == members[0][0]:
                continue
            hidden = [m for m in members if self.low[m] < self.high[m]]
            if hidden:
                shown = sum(self.low[m] for m in members if m not in hidden)
                yield f"{total[1]} of {len(hidden)} hidden cells below {total[0][1:]}", self.low[total] - shown

    def differences(self, older: int, newer: int) -> Iterator[tuple[str, float]]:
        """What came or went between two releases, in cells that both show."""
        for cell, shown in self.cells.items():
            again = (newer, *cell[1:])
            if cell[0] == older and shown != "hidden" and self.cells.get(again, "hidden") != "hidden":
                for name in self._counts(cell):
                    yield f"change of {name} in {cell[1:]}", abs(self.low[again, name] - self.low[cell, name])


def _parents(cell: Cell) -> Iterator[tuple[Cell, str]]:
    release, measure, grain, period, groups = cell
    for group in groups:
        yield (release, measure, grain, period, groups - {group}), group[0]
    if grain in COARSER:
        yield (release, measure, COARSER[grain], _coarser(grain, period), groups), "time"


def _coarser(grain: str, period: str) -> str:
    if grain == "month":
        year, month = re.fullmatch(r"(\d+)-(\d+)", period).groups()  # type: ignore[union-attr]
        return f"{year}-Q{(int(month) + 2) // 3}"
    return period[:4] if grain == "quarter" else ""
