"""Which cells of an earlier release count the same people as cells of the cube that is released now.

Names are no evidence: a measure, a grouping, a group or all groups can be renamed between two releases, a dataset
deleted and loaded again, or the same table loaded as another dataset. What ties two releases is what they count. A
group is the one whose counts it has; only where counts leave it open does its name decide, and then what is left over.
Groups that were merged or split are tied by their sums. A tie that is none costs little: two counts that have nothing
to do with each other are then an earlier and a later one, with an unknown change between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

import pandas as pd

from equity.release.linked import KEY
from equity.release.other_releases.group_vectors import (
    COUNTS,
    UNCHANGED,
    Side,
    Vector,
    made_of,
    one_way_counts,
    share_in_common,
)
from equity.vocabulary import GRAINS, PlainError, period_label, period_start
from equity.vocabulary.period import MONTHS_IN, add_months

ALIKE = 0.3
"""The share of counts that agree from which measures of different names or datasets are taken to be of one table."""
SAME_PEOPLE = 0.5
"""The same share where only one count of each is compared, which agrees by chance more easily."""
ENOUGH = 3
TELLING = 11
NEAR = 2.0


@dataclass(frozen=True)
class Naming:
    """What an earlier release calls things, in the words of now.

    measures  each measure's name now; one that is not there any more keeps a name of its own.
    bys       each grouping's name now.
    sides     (grouping, group) → the same now.
    months    by how many months its periods moved.
    merged    (grouping, group) now → the earlier groups (in the words of now) that it is made of.
    split     the other way round: an earlier group → the groups of now.
    """

    measures: dict[str, str]
    bys: dict[str, str]
    sides: dict[Side, Side]
    months: int = 0
    merged: dict[Side, tuple[Side, ...]] = field(default_factory=dict)
    split: dict[Side, tuple[Side, ...]] = field(default_factory=dict)

    def now(self, cells: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
        """Cells of the earlier release with their keys as they are called now; ``order`` is that of the groupings."""
        renamed = cells.copy()
        renamed["measure"] = cells["measure"].map(self.measures)
        rank = {by: place for place, by in enumerate(order)}
        keys = []
        for _, grain, period, *sides in cells[["measure", *KEY]].itertuples(index=False, name=None):
            own = [self.sides[sides[i], sides[i + 1]] for i in (0, 2) if sides[i]]
            own.sort(key=lambda side: rank.get(side[0], len(rank)))
            flat = [text for side in own for text in side]
            keys.append((grain, self.period_now(grain, period), *flat, *[""] * (4 - len(flat))))
        renamed[KEY] = pd.DataFrame(keys, columns=KEY, index=renamed.index)
        return renamed

    def period_now(self, grain: str, period: str) -> str:
        """What a period is called now."""
        if not self.months or not period:
            return period
        return period_label(add_months(period_start(period), self.months), GRAINS[GRAINS.index(grain)])


def naming(kept: pd.DataFrame, cube: pd.DataFrame, same_dataset: bool, mark: str) -> Naming | None:
    """How the cells of an earlier release are called in a cube; None where nothing says that they count the same.

    Releases of the same dataset are always reckoned with, those of others where their counts fit. ``mark`` makes names
    of what is not there any more.
    """
    old, cube = (each[each["by2"] == ""].assign(others=each["n"] - each["x"]) for each in (kept, cube))
    measures = _measures(old, cube, same_dataset)
    counted = _same_people(old, cube) | {a: Pair(b, "n", "n") for a, b in measures.items()}
    if not same_dataset and not counted:
        return None
    months = _months(old, cube, counted)
    named = {name: measures.get(name, f"{name} ({mark})") for name in dict.fromkeys(kept["measure"])}
    groups = _Groups(old, cube, counted, months)
    bys, sides = groups.named(mark)
    merged, split = groups.sums(sides)
    return Naming(named, bys, sides, months, merged, split)


@dataclass(frozen=True)
class Pair:
    """A measure of now, and which count of then (n, x, others) is which of its own."""

    measure: str
    then: str
    now: str


def _counts(cells: pd.DataFrame, measure: str, *columns: str) -> Counter[tuple[object, ...]]:
    mine = cells[(cells["measure"] == measure) & (cells[columns[0]] >= TELLING)]
    return Counter(mine[["grain", *columns]].round(6).itertuples(index=False, name=None))


def _agreeing(one: Counter[tuple[object, ...]], other: Counter[tuple[object, ...]]) -> float:
    """The share of counts that both have; 0 for fewer than ENOUGH."""
    both = (one & other).total()
    return both / max(min(one.total(), other.total()), 1) if both >= ENOUGH else 0.0


def _measures(old: pd.DataFrame, cube: pd.DataFrame, same_dataset: bool) -> dict[str, str]:
    """Measures of an earlier release by what they are called now."""
    then, now = ([*dict.fromkeys(cells["measure"])] for cells in (old, cube))
    counts = [{m: _counts(cells, m, "n", "x") for m in names} for cells, names in ((old, then), (cube, now))]
    shares = [(_agreeing(counts[0][a], counts[1][b]), a == b, a, b) for a in then for b in now]
    now_called: dict[str, str] = {}
    for share, _, a, b in sorted(shares, key=lambda each: each[:2], reverse=True):
        if share >= ALIKE and a not in now_called and b not in now_called.values():
            now_called[a] = b
    if same_dataset:
        now_called |= {a: a for a in then if a not in now_called and a in now and a not in now_called.values()}
        totals = [_totals(cells) for cells in (old, cube)]
        left = [[m for m in names if m not in used] for names, used in ((then, now_called), (now, now_called.values()))]
        now_called |= _nearest(
            *[{m: each.get(m, 0.0) for m in names} for each, names in zip(totals, left, strict=True)]
        )
    return now_called


def _same_people(old: pd.DataFrame, cube: pd.DataFrame) -> dict[str, Pair]:
    """Measures that have a count in common, whatever each calls it: n is another's n, or its x, say."""
    then, now = ([*dict.fromkeys(cells["measure"])] for cells in (old, cube))
    counts = [
        {(m, count): _counts(cells, m, count) for m in names for count in COUNTS}
        for cells, names in ((old, then), (cube, now))
    ]
    same: dict[str, Pair] = {}
    for a in then:
        pairs = [
            (_agreeing(counts[0][a, one], counts[1][b, other]), b, one, other)
            for b, one, other in product(now, COUNTS, COUNTS)
        ]
        share, b, one, other = max(pairs, key=lambda pair: pair[0], default=(0.0, "", "", ""))
        if share >= SAME_PEOPLE:
            same[a] = Pair(b, one, other)
    return same


def _totals(cells: pd.DataFrame) -> dict[str, float]:
    everyone = cells[(cells["by1"] == "") & (cells["grain"] == "all")]
    return dict(zip(everyone["measure"], everyone["n"].astype(float), strict=True))


def _nearest(then: dict[str, float], now: dict[str, float]) -> dict[str, str]:
    """What is left over on both sides, nearest in size first; not where one is more than NEAR times the other."""
    apart = [
        (max(a, b) / min(a, b), one, other) for one, a in then.items() for other, b in now.items() if min(a, b) > 0
    ]
    names: dict[str, str] = {}
    for times, one, other in sorted(apart):
        if times <= NEAR and one not in names and other not in names.values():
            names[one] = other
    return names


def _months(old: pd.DataFrame, cube: pd.DataFrame, measures: dict[str, Pair]) -> int:
    """By how many months the periods moved, if nothing agrees where they were and all agrees elsewhere.

    Raises :class:`PlainError` where the move cuts across the periods of the earlier release.
    """
    then = [_over_time(cells) for cells in (old, cube)]
    series = {(measures[m].measure, grain, start): n for (m, grain, start), n in then[0].items() if m in measures}
    moves = Counter[int]()
    places: dict[tuple[str, str, float], list[int]] = {}
    for (m, grain, start), n in then[1].items():
        places.setdefault((m, grain, n), []).append(start)
    for (m, grain, start), n in series.items():
        moves.update(later - start for later in places.get((m, grain, n), []))
    if not moves or moves[0] * 2 >= moves.most_common(1)[0][1] or any(n == then[1].get(k) for k, n in series.items()):
        return 0
    months = min(moves, key=lambda move: (-moves[move], abs(move)))
    if moves[months] < max(ENOUGH, len(series) / 2) and len(series) > 1:
        return 0
    grains = set(old["grain"]) - {"all"}
    if any(months % MONTHS_IN[GRAINS[GRAINS.index(grain)]] for grain in grains):
        raise PlainError(
            f"Nothing was released: an earlier release has the same numbers {abs(months)} months "
            f"{'earlier' if months > 0 else 'later'}, in other years or quarters; correct the dates, or leave the "
            "measures of that release out."
        )
    return months


def _over_time(cells: pd.DataFrame) -> dict[tuple[str, str, int], float]:
    everyone = cells[(cells["by1"] == "") & (cells["period"] != "") & (cells["n"] >= TELLING)]
    people = {}
    for measure, grain, period, n in everyone[["measure", "grain", "period", "n"]].itertuples(index=False, name=None):
        start = period_start(period)
        people[measure, grain, start.year * 12 + start.month] = float(n)
    return people


class _Groups:
    """The groups of both sides by their n in every period and measure."""

    def __init__(self, old: pd.DataFrame, cube: pd.DataFrame, measures: dict[str, Pair], months: int) -> None:
        moved = Naming({}, {}, {}, months)
        self._then: dict[str, dict[str, Vector]] = {}
        self._now: dict[str, dict[str, Vector]] = {}
        for (by, value), cells in one_way_counts(old, {m: pair.then for m, pair in measures.items()}):
            vector = {(measures[m].measure, g, moved.period_now(g, p)): n for (m, g, p), n in cells.items()}
            self._then.setdefault(by, {})[value] = vector
        for (by, value), cells in one_way_counts(cube, {pair.measure: pair.now for pair in measures.values()}):
            self._now.setdefault(by, {})[value] = cells
        self._exact: set[Side] = set()
        self._exact_now: set[Side] = set()
        self._bys: dict[str, str] = {}

    def named(self, mark: str) -> tuple[dict[str, str], dict[Side, Side]]:
        """What each grouping and each group is called now."""
        fits = {(s, t): self._fit(s, t) for s in self._then for t in self._now}
        for s, t in sorted(fits, key=lambda pair: fits[pair][0] + 0.01 * (pair[0] == pair[1]), reverse=True):
            if (fits[s, t][0] > 0 or s == t) and s not in self._bys and t not in self._bys.values():
                self._bys[s] = t
        sides: dict[Side, Side] = {}
        for s, groups in self._then.items():
            to = self._bys.get(s)
            same = self._assigned(s, to) if to is not None else {}
            for value in groups:
                sides[s, value] = (to or f"{s} ({mark})", same.get(value, f"{value} ({mark})"))
        bys = {s: self._bys.get(s, f"{s} ({mark})") for s in self._then}
        return bys, sides

    def _fit(self, s: str, t: str) -> tuple[float, dict[str, str]]:
        """How much of the counts of a grouping another one has, and which group is then which."""
        shares = []
        for g, own in self._then[s].items():
            for h, other in self._now[t].items():
                if share := share_in_common(own, other):
                    shares.append((share, g == h, g, h))
        names: dict[str, str] = {}
        total = 0.0
        for share, _, g, h in sorted(shares, key=lambda each: each[:2], reverse=True):
            if g not in names and h not in names.values():
                names[g] = h
                total += share
        return total / max(len(self._then[s]), 1), names

    def _assigned(self, s: str, t: str) -> dict[str, str]:
        then, now = self._then[s], self._now[t]
        names = self._fit(s, t)[1]
        for g, h in names.items():
            if share_in_common(then[g], now[h]) >= UNCHANGED:
                self._exact.add((s, g))
                self._exact_now.add((t, h))
        names |= {g: g for g in then if g not in names and g in now and g not in names.values()}
        left = [{g: sum(v.values()) for g, v in then.items() if g not in names}]
        left.append({h: sum(v.values()) for h, v in now.items() if h not in names.values()})
        return names | _nearest(*left)

    def sums(self, sides: dict[Side, Side]) -> tuple[dict[Side, tuple[Side, ...]], dict[Side, tuple[Side, ...]]]:
        """Groups of now that are several earlier ones together, and the other way round."""
        merged: dict[Side, tuple[Side, ...]] = {}
        split: dict[Side, tuple[Side, ...]] = {}
        for s, t in self._bys.items():
            then = {g: v for g, v in self._then[s].items() if (s, g) not in self._exact}
            now = {h: v for h, v in self._now[t].items() if (t, h) not in self._exact_now}
            for h, parts in made_of(now, then):
                merged[t, h] = tuple(sides[s, g] for g in parts)
            for g, parts in made_of(then, now):
                split[sides[s, g]] = tuple((t, h) for h in parts)
        return merged, split
