"""A cube from which every sensitive cell is gone, with all that would give it back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.release.audit import FamilyAudit, GivenAwayError, protect_and_bound
from equity.release.counts import Flags, Floats, measure_counts
from equity.release.families import Family, families
from equity.release.few_values import FewValues, few_values
from equity.release.linked import KEY, LinkedTables, link
from equity.release.other_releases.earlier import PLACE, seen, whole_cube
from equity.release.plan import Plan
from equity.release.policy import Policy
from equity.release.proofs.joint import JointTable, joint_tables
from equity.release.shelf import Release
from equity.release.suppression import Suppression
from equity.release.watch import Watch
from equity.release.written_cells import flags_of, gone_at_source, listed_bounds, released_measure, written_cells
from equity.vocabulary import Description, PlainError

AT_ONCE = 4
"""Families that are worked on side by side at most: each holds tables of its own in memory."""


@dataclass(frozen=True)
class Controlled:
    """A controlled cube and what its audit found.

    cells         the released cells with ``shown`` and null sums where hidden.
    audits        one a family of measures.
    bounds        (BOUNDS) what everything published leaves possible for each hidden count, where that was asked for;
                  ``count`` is n, x, others (n − x) or people, ``greatest`` and ``width`` are infinite where nothing
                  ends them.
    shown_before  cells that are hidden here and that earlier releases show.
    kept          the true counts of the released cells, which later audits need and nobody is sent.
    joint_tables  the groupings of each joint table that was reckoned with.
    audited       the earlier releases that were reckoned with.
    """

    cells: pd.DataFrame
    audits: tuple[FamilyAudit, ...]
    bounds: pd.DataFrame
    shown_before: int
    kept: pd.DataFrame
    joint_tables: tuple[tuple[str, ...], ...] = ()
    audited: tuple[Release, ...] = ()


Protector = Callable[[Suppression, LinkedTables, Sequence[JointTable], Watch], FamilyAudit]


def control(
    version_folder: Path,
    description: Description,
    plan: Plan,
    policy: Policy,
    earlier: Sequence[Release],
    protector: Protector = protect_and_bound,
    watch: Watch | None = None,
) -> Controlled:
    """Apply a policy to a settled plan of a version, reckoning with the dataset's earlier releases.

    ``protector`` hides what must go besides the sensitive cells: ``unaudited``, ``protect`` or ``protect_and_bound`` of
    audit.py; only the latter two prove it enough, and only the last keeps bounds.

    Raises :class:`PlainError` where the extract holds estimates without counts, unless the policy is ``public``, and
    where counts could be worked out whatever is hidden.
    """
    cube = whole_cube(version_folder)
    released = cube[plan.covers(cube)].reset_index(drop=True)
    if released.empty:
        raise PlainError(
            f"The dataset “{description.dataset}” has nothing to release by this plan: choose another grain."
        )
    if not policy.hides:
        shown = written_cells(released, gone_at_source(released), description, policy, {})
        return Controlled(shown, (), listed_bounds([]), 0, released)
    if description.values == "estimates":
        raise PlainError(
            f"The dataset “{description.dataset}” holds estimates without counts, so nobody can tell which are of few "
            "people: release it by the policy “public” if it is public already."
        )
    few = few_values(version_folder, description, cube) if "x" in policy.counts else {}
    tables = _Tables(version_folder, description, cube, released, policy, earlier, few)
    try:
        audits = tables.hide(protector, watch or Watch())
    except GivenAwayError as error:
        names = [m.name for m in description.measures if m.name in error.measures]
        raise PlainError(_refusal(names or list(plan.measures), error.count, bool(tables.audited))) from None
    bounds = tables.bounds(audits)
    shown = written_cells(released, tables.hidden_cells(), description, policy, few)
    return Controlled(shown, audits, bounds, tables.shown_before(), released, tables.joint_tables(), tables.audited)


def _refusal(names: Sequence[str], count: int, after_others: bool) -> str:
    many = f"{count} hidden {'count' if count == 1 else 'counts'}"
    which = ", ".join(f"“{name}”" for name in names)
    seen = "with what earlier releases show, " if after_others else ""
    remedy = "repeat the plan and the rule of the earlier release" if after_others else "choose a coarser period"
    return (
        f"Nothing was released: {seen}{many} of {which} could be worked out whatever else is hidden; {remedy}, or "
        "leave that measure out."
    )


class _Tables:
    """The released cells of every measure, with all that ties them to each other and to earlier releases."""

    def __init__(
        self,
        version_folder: Path,
        description: Description,
        cube: pd.DataFrame,
        released: pd.DataFrame,
        policy: Policy,
        earlier: Sequence[Release],
        few: Mapping[str, FewValues],
    ) -> None:
        before = seen(earlier, version_folder, description, cube)
        self.audited = before.audited
        newest = len(earlier) + 1
        self._mine = released.assign(version=newest)
        places = pd.concat([self._mine[PLACE], before.listed[PLACE]]).drop_duplicates()
        keys = places[["version", *KEY]].drop_duplicates().sort_values(["version", *KEY])
        there = set(keys.itertuples(index=False, name=None))
        made = [(whole, tuple(p for p in parts if p in there)) for whole, parts in before.made if whole in there]
        self._linked = link(keys, [(whole, parts) for whole, parts in made if parts])
        every = pd.concat([cube.assign(version=newest), before.cells]).drop_duplicates(PLACE)
        bridges = [m.name for m in before.measures if m.name not in set(places["measure"])]
        self._names = list(dict.fromkeys([*bridges, *(m for m in places["measure"] if isinstance(m, str))]))
        self._row = {name: place for place, name in enumerate(self._names)}
        in_release, listed, shown = (
            flags_of(frame, self._names, self._linked) for frame in (self._mine, places, before.shown)
        )
        rests = np.zeros((len(self._names), len(self._linked.totals)), dtype=np.bool_)
        self._in_release, self._shown = (np.concatenate([flags, rests], axis=1) for flags in (in_release, shown))
        self._hidden, self._known = np.zeros_like(self._in_release), np.zeros_like(self._in_release)
        self._policy = policy
        self._own = {m.name for m in description.measures}
        self._people_within_n = description.has_person and bool((released["people"] <= released["n"] + 1e-9).all())
        rows_are_people = description.shape == "rows" and not description.has_person
        counts = [
            measure_counts(
                released_measure(name, description, before.measures),
                every[every["measure"] == name],
                self._linked,
                policy,
                flags,
                rows_are_people,
                few.get(name),
            )
            for name, flags in zip(self._names, listed, strict=True)
        ]
        self._has_person = description.has_person
        self._families = families(counts, self._linked, policy)
        left = [np.abs(value[len(self._linked.keys) :]) > 1e-9 for each in counts for value in each.value.values()]
        self._joint = joint_tables(self._linked, np.any(left, axis=0))

    def hide(self, protector: Protector, watch: Watch) -> tuple[FamilyAudit, ...]:
        """Hide what must be hidden, family by family, as many at once as there are processors.

        No family reads or writes a row of another, and nearly all of the time goes into solvers that let other threads
        run. Whatever the number of threads, what is hidden and which error is raised are the same.
        """
        with ThreadPoolExecutor(min(os.cpu_count() or 1, AT_ONCE)) as pool:
            begun = [pool.submit(self._hide_in, family, protector, watch) for family in self._families]
            try:
                return tuple(self._told(begun, watch))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _told(self, begun: Sequence[Future[FamilyAudit]], watch: Watch) -> Iterator[FamilyAudit]:
        for done, (family, audit) in enumerate(zip(self._families, begun, strict=True)):
            named = next((m.measure for m in family.measures if m.measure in self._own), family.measures[0].measure)
            watch.say(done / len(self._families), f"Hiding and checking “{named}”")
            yield audit.result()

    def _hide_in(self, family: Family, protector: Protector, watch: Watch) -> FamilyAudit:
        watch.check()
        at = self._at(family)
        known = self._known_before(family)
        family = replace(family, certain=family.certain | known)
        self._known[at] = [known[triple["n"]] for triple in family.triples]
        mine, shown = self._in_release[at], self._shown[at]
        own = np.stack([m.sensitive | m.hidden_at_source for m in family.measures])
        own = (own | family.told_apart() & ~shown) & mine
        suppression = Suppression(family, self._linked, self._policy, (own | ~mine) & ~shown, mine & ~shown)
        audit = protector(suppression, self._linked, self._joint, watch)
        self._hidden[at] = (suppression.hidden | own) & mine
        return replace(audit, measures=tuple(name for name in audit.measures if name in self._own))

    def _known_before(self, family: Family) -> Flags:
        """Series × cells that earlier releases show, or another version of them in which nothing changed.

        Whoever reads two releases may well know that an old quarter is as it was. Hiding it in the later one would hide
        nothing; it is shown again, and what must be hidden is found elsewhere.
        """
        linked, shown = self._linked, self._shown[self._at(family)]
        known = np.stack([shown[list(holders)].any(axis=0) for holders in family.holders])
        compared = np.array([j for j in np.flatnonzero(linked.changes) if len(linked.parts[j]) == 1], dtype=np.intp)
        later, earlier = linked.totals[compared], np.array([linked.parts[j][0] for j in compared], dtype=np.intp)
        unchanged = family.certain[:, len(linked.keys) + compared]
        while True:
            wider = known.copy()
            for one, other in ((later, earlier), (earlier, later)):
                series, which = np.nonzero(unchanged & known[:, one])
                wider[series, other[which]] = True
            for triple, _ in family.nested:
                wider[triple["others"]] |= wider[triple["n"]] & wider[triple["x"]]
            if np.array_equal(wider, known):
                return known
            known = wider

    def hidden_cells(self) -> Flags:
        """Which of the released cells are hidden."""
        place = {key: i for i, key in enumerate(self._linked.keys)}
        columns = [place[key] for key in self._mine[["version", *KEY]].itertuples(index=False, name=None)]
        rows = [self._row[name] for name in self._mine["measure"]]
        return np.asarray(self._hidden[rows, columns], dtype=np.bool_)

    def shown_before(self) -> int:
        """How many of the hidden cells earlier releases show."""
        return int(np.count_nonzero(self._hidden & self._known))

    def joint_tables(self) -> tuple[tuple[str, ...], ...]:
        """The groupings of each joint table."""
        return tuple(table.groupings for table in self._joint)

    def bounds(self, audits: Sequence[FamilyAudit]) -> pd.DataFrame:
        """The bounds (BOUNDS) of every hidden count of this release that no earlier one shows."""
        tables = []
        for family, audit in zip(self._families, audits, strict=True):
            if audit.bounds is None:
                continue
            for triple, counts, at in zip(family.triples, family.measures, self._at(family), strict=True):
                cells = np.flatnonzero(self._hidden[at] & ~counts.hidden_at_source)
                for name, series in triple.items():
                    ends = audit.bounds.least[series, cells], audit.bounds.greatest[series, cells]
                    tables.append(self._bounded(counts.measure, name, cells, *ends))
                if self._has_person:
                    n = audit.bounds.greatest[triple["n"], cells]
                    most = n if self._people_within_n else np.where(n > 0, np.inf, 0.0)
                    tables.append(self._bounded(counts.measure, "people", cells, np.minimum(n, 1.0), most))
        return listed_bounds(tables)

    def _bounded(
        self, measure: str, name: str, cells: npt.NDArray[np.intp], least: Floats, greatest: Floats
    ) -> pd.DataFrame:
        keys = pd.DataFrame([self._linked.keys[cell][1:] for cell in cells], columns=KEY)
        keys.insert(0, "measure", measure)
        # Written to four decimals, and inward: a person-time of 12.30001 to 80 is said to be 12.3001 to 80.
        low, high = np.ceil(least * 1e4 - 1e-2) / 1e4, np.floor(greatest * 1e4 + 1e-2) / 1e4
        return keys.assign(count=name, least=low, greatest=high, width=high - low)

    def _at(self, family: Family) -> list[int]:
        return [self._row[m.measure] for m in family.measures]
