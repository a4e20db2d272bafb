"""The resident attacker: everything that a reader can do with the tables of a release, or of several.

It is handed rows of ``show`` and nothing else, and shares no code with the controller. It knows that groups add up to
everyone, crossed cells to margins, months to quarters to years to all time; that x and n − x are counts of n; that a
cell that is not listed is empty and a listed one is not. Complements, n − x, hierarchies, margins and differences over
time and between versions all come down to one question, which it asks of every hidden count: its least and greatest
value over all whole numbers that give exactly what is shown.

It can be told more: that the past did not change between versions, that rows were only added, that two measures are of
the same people, that one measure's people are among another's.

A `PatientAttacker` goes further. Everybody was in one month and in one group of every grouping at once, so behind all
tables lies one table that nobody published, period × every grouping crossed: it sets that up and asks the same.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Protocol

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Cell = tuple[int, str, str, str, frozenset[tuple[str, str]]]  # release, measure, grain, period, groups
Key = tuple[str, str, str, frozenset[tuple[str, str]]]
Count = tuple[Cell, str]  # and which: n, x, others
GRAINS = ("month", "quarter", "year", "all")
PARTS = {"proportion": ("x", "others"), "rate": ("n", "x"), "mean": ("n",)}
COUNTS = {"proportion": ("n", "x", "others"), "rate": ("n", "x"), "mean": ("n",)}
FAR = 10.0
PUSHES = 24


class Unknowns(Protocol):
    """Where the counts of one measure of one release stand among all unknowns."""

    def of(self, cell: Cell, name: str) -> np.ndarray:
        """The unknowns that a count of a listed cell is the sum of."""


@dataclass(frozen=True)
class Listed:
    """An unknown for each part (x and others, …) of each listed cell, from ``start`` on."""

    kind: str
    start: int
    place: dict[Cell, int]

    def of(self, cell: Cell, name: str) -> np.ndarray:
        return np.array([self.start + p * len(self.place) + self.place[cell] for p in _parts(self.kind, name)])


@dataclass(frozen=True)
class Behind:
    """An unknown for each part of each cell of the unpublished table: ``labels`` and ``period`` say which cells."""

    kind: str
    start: int
    labels: dict[str, np.ndarray]
    period: dict[str, np.ndarray]

    @property
    def size(self) -> int:
        return len(next(iter(self.period.values())))

    def within(self, cell: Cell) -> np.ndarray:
        """Which of its cells a listed cell is the sum of."""
        found = self.period[cell[2]] == cell[3]
        for by, value in cell[4]:
            found = found & (self.labels[by] == value)
        return np.flatnonzero(found)

    def of(self, cell: Cell, name: str) -> np.ndarray:
        at = self.within(cell)
        return np.concatenate([self.start + p * self.size + at for p in _parts(self.kind, name)])


@dataclass
class Attacker:
    """What has been read so far: ``cells`` (shown, zero or hidden) and the ``value`` of every count that is shown.

    ``rounding`` is what the rule says shown counts are rounded to.
    """

    kinds: dict[str, str]
    rounding: int = 1
    cells: dict[Cell, str] = field(default_factory=dict)
    value: dict[Count, float] = field(default_factory=dict)
    unknowns: dict[tuple[int, str], Unknowns] = field(default_factory=dict)
    _lines: list[tuple[np.ndarray, np.ndarray, float, float]] = field(default_factory=list)
    _size: int = 0

    def read(self, rows: Iterable[dict[str, Any]], release: int = 0) -> None:
        """Take down the rows of one release."""
        mine: dict[str, list[Cell]] = defaultdict(list)
        for row in rows:
            groups = frozenset((row[f"by{i}"], row[f"value{i}"]) for i in (1, 2) if row[f"by{i}"])
            cell = (release, row["measure"], row["grain"], row["period"], groups)
            mine[row["measure"]].append(cell)
            self.cells[cell] = row["shown"]
            if row["shown"] != "hidden":
                for name in self.counts(cell):
                    self.value[cell, name] = row["n"] - row["x"] if name == "others" else row[name]
        for measure, cells in mine.items():
            self._set_up(release, measure, cells)

    def counts(self, cell: Cell) -> tuple[str, ...]:
        """The counts that a cell has."""
        return COUNTS[self.kinds[cell[1]]]

    def hidden(self) -> Iterator[Count]:
        """Every count that stands there and is not shown."""
        for cell, shown in self.cells.items():
            if shown == "hidden":
                for name in self.counts(cell):
                    yield cell, name

    def _set_up(self, release: int, measure: str, cells: Sequence[Cell]) -> None:
        """An unknown a count, and every sum among them."""
        kind = self.kinds[measure]
        found = Listed(kind, self._size, {cell: i for i, cell in enumerate(cells)})
        self.unknowns[release, measure] = found
        self._size += len(cells) * len(PARTS[kind])
        for total, members in self._sums(cells):
            for name in PARTS[kind]:
                at = [found.of(cell, name)[0] for cell in (total, *members)]
                self._line(at, [1.0, *[-1.0] * len(members)], 0.0, 0.0)
        for cell in cells:
            self._say(found, cell)

    def _sums(self, cells: Iterable[Cell]) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
        """Every cell that is the sum of others, over a grouping or over time, and those others."""
        parts: dict[tuple[Cell, str], list[Cell]] = defaultdict(list)
        for cell in cells:
            for parent, along in _parents(cell):
                if parent in self.cells:
                    parts[parent, along].append(cell)
        yield from ((total, tuple(members)) for (total, _), members in parts.items())

    def _say(self, unknowns: Unknowns, cell: Cell) -> None:
        if self.cells[cell] != "hidden":
            for part in PARTS[self.kinds[cell[1]]]:
                self._say_about(unknowns, cell, part)
            if self.rounding > 1:
                self._say_about(unknowns, cell, "n")
        elif self.kinds[cell[1]] != "rate":  # person-time may be less than 1
            at = unknowns.of(cell, "n")
            self._line(at, np.ones(len(at)), 1.0, math.inf)

    def _say_about(self, unknowns: Unknowns, cell: Cell, name: str) -> None:
        """A shown count is what it says, or what rounds to it."""
        at, value = unknowns.of(cell, name), self.value[cell, name]
        half = (self.rounding - 1) / 2 * (2 if name == "others" else 1)
        self._line(at, np.ones(len(at)), value - half, value + half)

    def _line(self, at: Any, signs: Any, low: float, high: float) -> None:
        self._lines.append((np.asarray(at), np.asarray(signs, dtype=float), low, high))
        self.__dict__.pop("_system", None)

    def unchanged(self, older: int, newer: int, same: Iterable[Key]) -> None:
        """Be told that these cells are the same in two releases."""
        for key in same:
            first, second = (older, *key), (newer, *key)
            if first in self.cells and second in self.cells:
                for name in PARTS[self.kinds[key[0]]]:
                    before = self.unknowns[older, key[0]].of(first, name)
                    after = self.unknowns[newer, key[0]].of(second, name)
                    signs = np.repeat([1.0, -1.0], [len(before), len(after)])
                    self._line(np.concatenate([before, after]), signs, 0.0, 0.0)

    def made_of(self, whole: Cell, parts: Sequence[Cell]) -> None:
        """Be told that a cell is others together, of another release: groups were merged, or one was split."""
        if all(cell in self.cells for cell in (whole, *parts)):
            for name in PARTS[self.kinds[whole[1]]]:
                at = [self.unknowns[cell[:2]].of(cell, name) for cell in (whole, *parts)]
                signs = np.repeat([1.0, *[-1.0] * len(parts)], [len(each) for each in at])
                self._line(np.concatenate(at), signs, 0.0, 0.0)

    def equal_counts(self, one: Count, other: Count) -> None:
        """Be told that two counts are the same people."""
        if one[0] in self.cells and other[0] in self.cells:
            at = [self.unknowns[cell[:2]].of(cell, name) for cell, name in (one, other)]
            signs = np.repeat([1.0, -1.0], [len(each) for each in at])
            self._line(np.concatenate(at), signs, 0.0, 0.0)

    def only_added(self, older: int, newer: int) -> None:
        """Be told that no row was taken away or changed from one release to a later one."""
        for cell in [c for c in self.cells if c[0] == older]:
            again = (newer, *cell[1:])
            if again in self.cells:
                for name in PARTS[self.kinds[cell[1]]]:
                    before = self.unknowns[older, cell[1]].of(cell, name)
                    after = self.unknowns[newer, cell[1]].of(again, name)
                    signs = np.repeat([1.0, -1.0], [len(after), len(before)])
                    self._line(np.concatenate([after, before]), signs, 0.0, math.inf)

    def same_people(self, first: str, second: str) -> None:
        """Know that two measures are of the same people: their denominators agree in every cell."""
        self._people(first, second, 0.0)

    def among_the_people(self, inner: str, outer: str) -> None:
        """Know that everybody whom one measure counts is counted by another too."""
        self._people(outer, inner, math.inf)

    def _people(self, outer: str, inner: str, more: float) -> None:
        """In every cell there are at least as many people of one measure as of another, and at most ``more`` more."""
        for release in {release for release, _ in self.unknowns}:
            big, small = self.unknowns[release, outer], self.unknowns[release, inner]
            for cell in [c for c in self.cells if c[:2] == (release, outer)]:
                again = (release, inner, *cell[2:])
                if again in self.cells:
                    plus, minus = big.of(cell, "n"), small.of(again, "n")
                    signs = np.repeat([1.0, -1.0], [len(plus), len(minus)])
                    self._line(np.concatenate([plus, minus]), signs, 0.0, more)

    @property
    def system(self) -> System:
        """All that is known, as one system."""
        if "_system" not in self.__dict__:
            whole = np.ones(self._size)
            for cell in self.cells:
                if self.kinds[cell[1]] == "rate":
                    whole[self.unknowns[cell[:2]].of(cell, "n")] = 0
            self.__dict__["_system"] = System.of(self._lines, whole)
        found: System = self.__dict__["_system"]
        return found

    def squeezed(self, wanted: Iterable[Count], fewest: float, whole: bool = True) -> list[tuple[Count, float, float]]:
        """Of these counts those that can have fewer than ``fewest`` values, with the least and greatest of each.

        Not ``whole`` looks at tables of fractions too: quicker, and what it finds is true all the same.
        """
        counts = list(wanted)
        goals = [self.unknowns[cell[:2]].of(cell, name) for cell, name in counts]
        ranges = self.system.ranges(goals, fewest, whole)
        return [
            (count, low, high)
            for count, (low, high) in zip(counts, ranges, strict=True)
            if values_between(low, high) < fewest
        ]

    def hidden_together(self) -> Iterator[tuple[tuple[Cell, ...], str, float]]:
        """The hidden members of each sum over groups or time, and what they come to together, by subtraction."""
        for total, members in self._sums(self.cells):
            unseen = tuple(m for m in members if self.cells[m] == "hidden")
            if self.cells[total] != "hidden" and unseen:
                for name in self.counts(total):
                    rest = self.value[total, name] - sum(self.value.get((m, name), 0.0) for m in members)
                    yield unseen, name, rest

    def differences(self, older: int, newer: int) -> Iterator[tuple[str, float]]:
        """What came or went between two releases, in cells that both show."""
        for cell, shown in self.cells.items():
            again = (newer, *cell[1:])
            if cell[0] == older and shown != "hidden" and self.cells.get(again, "hidden") != "hidden":
                for name in self.counts(cell):
                    yield f"change of {name} in {cell[1:]}", abs(self.value[again, name] - self.value[cell, name])


@dataclass
class PatientAttacker(Attacker):
    """Sets up the table behind all tables of a measure."""

    def _set_up(self, release: int, measure: str, cells: Sequence[Cell]) -> None:
        kind = self.kinds[measure]
        finest = min((cell[2] for cell in cells), key=GRAINS.index)
        periods = sorted({cell[3] for cell in cells if cell[2] == finest})
        groups: dict[str, set[str]] = defaultdict(set)
        for cell in cells:
            for by, value in cell[4]:
                groups[by].add(value)
        names = sorted(groups)
        every = np.array(list(product(periods, *(sorted(groups[name]) for name in names))), dtype=object)
        period = {grain: np.array([coarser(p, grain) for p in every[:, 0]], dtype=object) for grain in _from(finest)}
        behind = Behind(kind, self._size, {name: every[:, i + 1] for i, name in enumerate(names)}, period)
        self.unknowns[release, measure] = behind
        self._size += behind.size * len(PARTS[kind])
        self._nobody_outside(behind, cells)
        for cell in cells:
            self._say(behind, cell)

    def _nobody_outside(self, behind: Behind, cells: Sequence[Cell]) -> None:
        """What a listed table does not list is empty."""
        tables: dict[tuple[str, frozenset[str]], np.ndarray] = {}
        for cell in cells:
            table = (cell[2], frozenset(by for by, _ in cell[4]))
            covered = tables.setdefault(table, np.zeros(behind.size, dtype=bool))
            covered[behind.within(cell)] = True
        nobody = np.flatnonzero(~np.all(list(tables.values()), axis=0))
        for part in range(len(PARTS[behind.kind])):
            for at in nobody:
                self._line([behind.start + part * behind.size + at], [1.0], 0.0, 0.0)


@dataclass
class System:
    """Tables that fit: ``low <= matrix @ counts <= high``, counts not below 0."""

    matrix: sparse.csr_array
    low: np.ndarray
    high: np.ndarray
    whole: np.ndarray
    top: np.ndarray

    @classmethod
    def of(cls, lines: Sequence[tuple[np.ndarray, np.ndarray, float, float]], whole: np.ndarray) -> System:
        rows = np.repeat(np.arange(len(lines)), [len(at) for at, _, _, _ in lines])
        columns = np.concatenate([at for at, _, _, _ in lines])
        signs = np.concatenate([signs for _, signs, _, _ in lines])
        matrix = sparse.csr_array((signs, (rows, columns)), shape=(len(lines), len(whole)))
        top = np.full(len(whole), math.inf)
        for at, sign, _, high in lines:
            if (sign > 0).all():
                top[at] = np.minimum(top[at], high)
        top[np.isinf(top)] = FAR * max([1_000.0, *(high for _, _, _, high in lines if high < math.inf)])
        return cls(matrix, np.array([r[2] for r in lines]), np.array([r[3] for r in lines]), whole, top)

    def ranges(self, goals: Sequence[np.ndarray], enough: float, whole: bool) -> list[tuple[float, float]]:
        """The least and greatest of each sum of unknowns; stops short at ``enough`` values between two tables."""
        low, high = np.full(len(goals), math.inf), np.full(len(goals), -math.inf)
        generator = np.random.default_rng(7)
        for _ in range(PUSHES):
            still = [i for i in range(len(goals)) if values_between(low[i], high[i]) < enough]
            if not still:
                break
            goal = np.zeros(len(self.whole))
            for i in still:
                goal[goals[i]] += generator.choice([-1.0, 1.0])
            self._widen(self._solve(goal, whole), goals, low, high)
        for i, at in enumerate(goals):
            for sign in (1.0, -1.0):
                if values_between(low[i], high[i]) < enough:
                    goal = np.zeros(len(self.whole))
                    goal[at] = sign
                    self._widen(self._solve(goal, whole), goals, low, high)
        return list(zip(low.tolist(), high.tolist(), strict=True))

    def _solve(self, goal: np.ndarray, whole: bool) -> np.ndarray:
        """A table that fits and makes the goal least."""
        found = milp(
            goal,
            constraints=LinearConstraint(self.matrix, self.low, self.high),
            bounds=Bounds(0.0, self.top),
            integrality=self.whole if whole else None,
        )
        assert found.x is not None, found.message
        return np.asarray(found.x, dtype=float)

    def _widen(self, table: np.ndarray, goals: Sequence[np.ndarray], low: np.ndarray, high: np.ndarray) -> None:
        for i, at in enumerate(goals):
            total = float(table[at].sum())
            low[i], high[i] = min(low[i], total), max(high[i], total)


def decoded(rows: Iterable[dict[str, Any]], low: float, high: float) -> list[dict[str, Any]]:
    """Rows of a mean as those of a proportion, by somebody who knows its two values: x is how many have ``high``."""
    return [{**row, "x": round((row["x"] - low * row["n"]) / (high - low), 6)} for row in rows]


def sizes_that_fit(mean: float, sizes: Iterable[int]) -> list[int]:
    """Of these numbers of people those of whom a mean of whole numbers can be, as precisely as it is written."""
    digits = next(d for d in range(-9, 12) if abs(mean - round(mean, d)) < 1e-9 * max(1.0, abs(mean)) or d == 11)
    half = 0.5 * 10.0**-digits
    return [n for n in sizes if math.floor((mean + half) * n + 1e-9) >= math.ceil((mean - half) * n - 1e-9)]


def values_between(low: float, high: float) -> float:
    """How many whole numbers there are from low to high."""
    return math.floor(high + 1e-6) - math.ceil(low - 1e-6) + 1 if low <= high else 0


def coarser(period: str, grain: str) -> str:
    """The period of a coarser grain that a period (2024-03, 2024-Q1, 2024, or empty) is in."""
    if grain == "all":
        return ""
    if grain == "year":
        return period[:4]
    if grain == "quarter" and "Q" not in period:
        return f"{period[:4]}-Q{(int(period[5:]) + 2) // 3}"
    return period


def _parts(kind: str, name: str) -> tuple[int, ...]:
    """The parts of a measure's counts that a count is the sum of."""
    return (0, 1) if kind == "proportion" and name == "n" else (PARTS[kind].index(name),)


def _from(finest: str) -> tuple[str, ...]:
    return GRAINS[GRAINS.index(finest) :]


def _parents(cell: Cell) -> Iterator[tuple[Cell, str]]:
    release, measure, grain, period, groups = cell
    for group in groups:
        yield (release, measure, grain, period, groups - {group}), group[0]
    for above in _from(grain)[1:2]:
        yield (release, measure, above, coarser(period, above), groups), "time"
