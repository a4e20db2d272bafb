"""Families: the counts of one stratifier's tables that are released together, and the sums that tie them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from equity.release.counts import Flags, Floats, MeasureCounts, small
from equity.release.linked import LinkedTables
from equity.release.policy import Policy


@dataclass(frozen=True)
class Family:
    """Measures that share counts, and the series that they share.

    value    series × cells: true values.
    people   series × cells: the fewest people who can stand behind each.
    holders  for each series, the measures (by position) whose cells give it away.
    triples  for each measure the positions of its series: n, x, others (those it has).
    scope    measures × cells: the cells of the versions that hold the measure, and the sums within and between them.
    nested   counts of which one is a part of another, cell by cell, as triples: n the whole, x the part, others the
             difference, a series that no measure holds; with the cells where that is so. A difference of 1 to k − 1
             is guarded: it counts the people of one measure who are not the other's.
    certain  series × cells: values that an attacker is taken to know though nobody publishes them (a rest of 0, no
             cell).
    guarded  series × cells: counts of the policy's kinds that must not be worked out when they are not shown.
    zero     series × cells: counts of 0, which may be known to be 0 but must not be squeezed into a short range.
    least    series × cells: what is known from a cell being there at all.
    whole    for each series, whether it holds whole numbers.
    """

    measures: tuple[MeasureCounts, ...]
    value: Floats
    people: Floats
    holders: tuple[tuple[int, ...], ...]
    triples: tuple[dict[str, int], ...]
    scope: Flags
    nested: tuple[tuple[dict[str, int], Flags], ...]
    certain: Flags
    guarded: Flags
    zero: Flags
    least: Floats
    whole: Flags

    def unknown(self, hidden: Flags) -> Flags:
        """Series × cells: values that no measure of the family shows, given measures × cells hidden."""
        marked = np.stack([hidden[list(holders)].all(axis=0) for holders in self.holders])
        return marked & ~self.certain

    def told_apart(self) -> Flags:
        """Measures × cells: those whose count is a small difference away from one that it is a part of."""
        marked = np.zeros(self.scope.shape, dtype=np.bool_)
        for triple, _ in self.nested:
            for measure in self.holders[triple["x"]]:
                marked[measure] |= self.guarded[triple["others"]]
        return marked


def families(measures: Sequence[MeasureCounts], linked: LinkedTables, policy: Policy) -> tuple[Family, ...]:
    """Measures grouped by the counts that they share."""
    versions = _Versions.of(linked)
    scopes = [versions.scope(measure.present) for measure in measures]
    counts = _Series(versions)
    triples = [
        {name: counts.place(each, scope) for name, each in measure.value.items()}
        for measure, scope in zip(measures, scopes, strict=True)
    ]
    nested = list(_nested(measures, triples, scopes, counts, policy))
    group = list(range(len(measures)))
    first: dict[int, int] = {}
    for i, series in [*((i, at) for i, triple in enumerate(triples) for at in triple.values()), *_ties(nested)]:
        other = first.setdefault(series, i)
        group = [group[other] if g == group[i] else g for g in group]
    joined = []
    for leader in dict.fromkeys(group):
        own = [i for i, g in enumerate(group) if g == leader]
        within = [each for each in nested if group[each.inner] == leader]
        shared = sorted({at for i in own for at in triples[i].values()} | {each.triple["others"] for each in within})
        place = {at: k for k, at in enumerate(shared)}

        def renamed(triple: dict[str, int], place: dict[int, int] = place) -> dict[str, int]:
            return {name: place[at] for name, at in triple.items()}

        joined.append(
            _family(
                [measures[i] for i in own],
                [renamed(triples[i]) for i in own],
                tuple((renamed(each.triple), each.scope) for each in within),
                np.stack([counts.values[at] for at in shared]),
                np.stack([scopes[i] for i in own]),
                linked,
                policy,
            )
        )
    return tuple(joined)


@dataclass(frozen=True)
class _Nested:
    """The n of measure ``inner`` as a part of some count, and in which cells."""

    inner: int
    triple: dict[str, int]
    scope: Flags


def _ties(nested: Sequence[_Nested]) -> list[tuple[int, int]]:
    return [(each.inner, each.triple["n"]) for each in nested]


def _nested(
    measures: Sequence[MeasureCounts],
    triples: Sequence[dict[str, int]],
    scopes: Sequence[Flags],
    counts: _Series,
    policy: Policy,
) -> Iterator[_Nested]:
    """Each n that is nowhere larger than a count of another measure, and close to it in a cell that could be shown."""
    done: set[tuple[int, int]] = set()
    people = [i for i, measure in enumerate(measures) if measure.counts_people]
    for i in people:
        inner = triples[i]["n"]
        for other in people:
            scope = scopes[i] & scopes[other]
            for outer in triples[other].values():
                less = counts.values[outer] - counts.values[inner]
                cells = scope & (measures[i].present | measures[other].present)
                if outer == inner or (outer, inner) in done or i == other or not cells.any():
                    continue
                close = cells & (less < policy.threshold) & (counts.values[outer] >= policy.threshold)
                if close.any() and (less[cells] >= -1e-9).all():
                    done.add((outer, inner))
                    yield _Nested(i, {"n": outer, "x": inner, "others": counts.add(less, scope)}, scope)
                    if outer == triples[other]["n"]:
                        yield from _split_alike(i, triples[i], triples[other], scope, cells, counts)


def _split_alike(
    inner: int, part: dict[str, int], whole: dict[str, int], scope: Flags, cells: Flags, counts: _Series
) -> Iterator[_Nested]:
    """The events of a measure among those of another whose people include its own, and the others among the others.

    Only where both are so in every cell: the people whom one measure counts and the other does not then have events
    and others of their own.
    """
    names = [name for name in ("x", "others") if name in part and name in whole and part[name] != whole[name]]
    less = {name: counts.values[whole[name]] - counts.values[part[name]] for name in names}
    if len(names) == 2 and all((each[cells] >= -1e-9).all() for each in less.values()):
        for name, each in less.items():
            yield _Nested(inner, {"n": whole[name], "x": part[name], "others": counts.add(each, scope)}, scope)


@dataclass(frozen=True)
class _Versions:
    """For every cell and rest the version it is of; a rest between two versions has an earlier one too."""

    later: npt.NDArray[np.intp]
    earlier: npt.NDArray[np.intp]

    @classmethod
    def of(cls, linked: LinkedTables) -> _Versions:
        versions = np.array([key[0] for key in linked.keys], dtype=np.intp)
        first_part = np.array([parts[0] for parts in linked.parts], dtype=np.intp)
        before = versions[np.where(linked.changes, first_part, linked.totals)]
        return cls(np.concatenate([versions, versions[linked.totals]]), np.concatenate([versions, before]))

    def scope(self, present: Flags) -> Flags:
        """The cells of the versions that hold any of these, with the sums within and between them."""
        held = np.unique(self.later[present])
        return np.isin(self.later, held) & np.isin(self.earlier, held)

    def prints(self, count: Floats, scope: Flags) -> list[tuple[int, bytes]]:
        """Each version in which a count is not all 0, with the count in it; changes between versions are left out."""
        prints = []
        for version in np.unique(self.later[scope]):
            own = count[(self.later == version) & (self.earlier == version)]
            if own.any():
                prints.append((int(version), (np.round(own, 6) + 0.0).tobytes()))
        return prints


class _Series:
    """Different counts, each once: ``values`` over all cells. A count that is all 0 is nobody else's."""

    def __init__(self, versions: _Versions) -> None:
        self.values: list[Floats] = []
        self._scopes: list[Flags] = []
        self._known: dict[tuple[int, bytes], list[int]] = {}
        self._versions = versions

    def place(self, count: Floats, scope: Flags) -> int:
        """Which series this count of a measure is: one that equals it wherever both have a version, or a new one."""
        prints = self._versions.prints(count, scope)
        for at in dict.fromkeys(at for each in prints for at in self._known.get(each, [])):
            both = scope & self._scopes[at]
            if np.allclose(count[both], self.values[at][both], rtol=0, atol=1e-6):
                fresh = scope & ~self._scopes[at]
                self.values[at][fresh] = count[fresh]
                self._scopes[at] |= scope
                return self._remember(at, prints)
        return self._remember(self.add(count, scope), prints)

    def add(self, count: Floats, scope: Flags) -> int:
        """A new series, whatever it equals."""
        self.values.append(count.copy())
        self._scopes.append(scope.copy())
        return len(self.values) - 1

    def _remember(self, at: int, prints: list[tuple[int, bytes]]) -> int:
        for each in prints:
            held = self._known.setdefault(each, [])
            if at not in held:
                held.append(at)
        return at


def _family(
    measures: Sequence[MeasureCounts],
    triples: Sequence[dict[str, int]],
    nested: tuple[tuple[dict[str, int], Flags], ...],
    value: Floats,
    scope: Flags,
    linked: LinkedTables,
    policy: Policy,
) -> Family:
    every = range(len(value))
    holders = [[i for i, triple in enumerate(triples) if at in triple.values()] for at in every]
    wholes = [all(measures[i].whole for i in held) for held in holders]
    there = np.stack([m.present for m in measures])
    present = np.stack([there[held].any(axis=0) for held in holders])
    at_source = np.any([m.hidden_at_source for m in measures], axis=0)
    is_rest = np.arange(linked.size) >= len(linked.keys)
    is_change = np.concatenate([np.zeros(len(linked.keys), dtype=np.bool_), linked.changes])
    small_rest = small(np.abs(value), policy)
    for triple, counts in zip(triples, measures, strict=True):
        small_rest[[triple[name] for name in ("x", "others") if name in triple]] |= counts.sensitive & is_rest
    in_scope = np.stack([scope[held].any(axis=0) for held in holders])
    for triple, cells in nested:
        in_scope[triple["others"]] = cells
        present[triple["others"]] = present[triple["n"]]
    certain = np.where(is_rest, np.abs(value) < 1e-9, ~present | ~in_scope)
    certain |= is_rest & ~is_change & ~small_rest
    stands = np.stack([m.published for m in measures])
    published = np.stack([stands[held].any(axis=0) for held in holders])
    ruled = {triple[name] for triple in triples for name in policy.counts if name in triple}
    published &= np.isin(np.arange(len(value)), sorted(ruled))[:, np.newaxis]
    published &= in_scope
    guarded = np.where(is_change, small_rest, np.abs(value) > 1e-9) & published
    for triple, cells in nested:
        both = published[triple["n"]] & published[triple["x"]] & present[triple["x"]] & cells & ~is_rest
        guarded[triple["others"]] = both & small_rest[triple["others"]]
    least = np.zeros_like(value)
    for triple, counts in zip(triples, measures, strict=True):
        if counts.whole_n:
            least[triple["n"]] = np.maximum(least[triple["n"]], np.where(counts.present & ~at_source, 1.0, 0.0))
    least[:, is_rest] = np.minimum(0.0, np.where(is_change[is_rest] & _shrinks(value, is_change), -np.inf, 0.0))
    least[:, is_rest & ~is_change] = np.where(value[:, is_rest & ~is_change] < 0, -np.inf, 0.0)
    people = np.abs(value)
    for triple, counts in zip(triples, measures, strict=True):
        for name, at in triple.items():
            people[at] = np.where(counts.present, np.minimum(people[at], counts.people[name]), people[at])
    return Family(
        measures=tuple(measures),
        value=value,
        people=people,
        holders=tuple(tuple(h) for h in holders),
        triples=tuple(triples),
        scope=scope,
        nested=nested,
        certain=certain,
        guarded=guarded,
        zero=~is_rest & published & (np.abs(value) <= 1e-9),
        least=least,
        whole=np.array(wholes),
    )


def _shrinks(value: Floats, is_change: Flags) -> bool:
    """Whether any count became smaller between versions: only then may an attacker not take growth for granted."""
    return bool((value[:, is_change] < 0).any())
