"""Two releases of the same people under other names: whatever was done in between, nothing comes back.

The attacker knows what was done (it reads the second release in the words of the first) and which counts did not
change.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from equity.release.create import create_release, show
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.vocabulary import PlainError
from tests.release.attacker import Attacker
from tests.release.made_up import cube_of, description_of, random_rows, save_version
from tests.release.test_attack import recovered, truth_of

Shown = list[dict[str, Any]]
Rows = pd.DataFrame
STRATA = ("s1", "s2")
PLAN = Plan(STRATA, "all", "all")
GROUPS = {f"g{i}": name for i, name in enumerate(["Delta", "Alpha", "Echo", "Bravo", "Charlie"])}


def rows_of(counts: dict[str, int], by: str = "s1") -> Rows:
    """A row a person, alike in nothing but their group; every third has the event."""
    groups = [group for group, count in counts.items() for _ in range(count)]
    rows = pd.DataFrame({by: groups}).assign(measure="Control", month="", n=1.0, person=0, hidden=False)
    return rows.assign(x=[float(i % 3 > 0) for i in range(len(rows))])


def base(months: int = 1) -> Rows:
    rows = random_rows(12, 420, months=months, strata=(5, 3))
    return rows if months > 1 else rows.assign(month="")


def corrected(rows: Rows) -> Rows:
    """Some rows of one group are taken out: what was shown of it becomes small."""
    group = rows.index[(rows["s1"] == "g2") & (rows["s2"] == "g0")]
    return rows.drop(group[6:])


@dataclass(frozen=True)
class Way:
    """What happens between two releases.

    change    what the rows become, in the first release's words.
    measure, by, groups, year   what is called otherwise in the second file.
    """

    change: Callable[[Rows], Rows] = corrected
    measure: str = "Control"
    by: dict[str, str] = field(default_factory=dict)
    groups: dict[str, dict[str, str]] = field(default_factory=dict)
    years: int = 0
    dataset: str = "Visits"
    gone: bool = False
    months: int = 1
    may_be_refused: bool = False
    plans: tuple[Plan, Plan] = (PLAN, PLAN)

    def disguised(self, rows: Rows) -> Rows:
        found = rows.assign(measure=self.measure)
        for by, names in self.groups.items():
            found[by] = found[by].map(lambda group, names=names: names.get(group, group))
        if self.years:
            found["month"] = [f"{int(m[:4]) + self.years}{m[4:]}" for m in found["month"]]
        return found.rename(columns=self.by)

    def read(self, shown: Shown) -> Shown:
        """The second release in the words of the first."""
        bys = {new: old for old, new in self.by.items()}
        groups = {by: {new: old for old, new in names.items()} for by, names in self.groups.items()}
        found = []
        for row in shown:
            row = {**row, "measure": "Control"}
            for i in (1, 2):
                by = bys.get(row[f"by{i}"], row[f"by{i}"])
                row[f"by{i}"] = by
                row[f"value{i}"] = groups.get(by, {}).get(row[f"value{i}"], row[f"value{i}"])
            if self.years and row["period"]:
                row["period"] = f"{int(row['period'][:4]) - self.years}{row['period'][4:]}"
            found.append(row)
        return found


def released(folder: Path, home: Path, rows: Rows, plan: Plan, number: int, dataset: str = "Visits") -> Shown:
    strata = [c for c in rows.columns if c not in ("measure", "month", "n", "x", "person", "hidden")]
    grain = "month" if rows["month"].any() else "all"
    described = description_of(rows, strata, grain, dataset=dataset, version=number)
    described = replace(described, created=f"2024-01-0{number}T00:00:00+00:00")
    version = save_version(folder, cube_of(rows, strata, grain), described)
    plan = replace(plan, stratifiers=tuple(s for s in strata if s in plan.stratifiers or plan.stratifiers == STRATA))
    made = create_release(version, plan, policy_of("cms"), home)
    return show(home, made.id).to_dict("records")


def attacked(folder: Path, rows: Rows, way: Way) -> list[str]:
    """What is recovered from a release and the one after; nothing where the second is refused."""
    home, first = folder / "home", folder / "000001"
    attacker = Attacker({"Control": "proportion"})
    attacker.read(released(first, home, rows, way.plans[0], 1))
    if way.gone:
        shutil.rmtree(first)
    changed = way.change(rows)
    try:
        again = released(folder / "000002", home, way.disguised(changed), way.plans[1], 2, way.dataset)
    except PlainError as error:
        assert way.may_be_refused, error
        return []
    attacker.read(way.read(again), 1)
    strata = [c for c in rows.columns if c.startswith("s")]
    grain = "month" if way.months > 1 else "all"
    truths = [truth_of(cube_of(each, strata, grain)) for each in (rows, changed)]
    attacker.unchanged(0, 1, [key for key, counts in truths[1].items() if truths[0].get(key) == counts])
    return recovered(attacker, truths, 11)


ALL = {"s1": GROUPS, "s2": {"g0": "North", "g1": "East", "g2": "West"}}
BY = {"s1": "origin", "s2": "place"}
BY_QUARTER = {"months": 6, "plans": (Plan(STRATA, "quarter", "none"),) * 2}
WAYS: dict[str, Way] = {
    "nothing but corrected": Way(),
    "one group renamed": Way(groups={"s1": {"g1": "Alpha"}}),
    "the small group renamed": Way(groups={"s1": {"g4": "Charlie"}}),
    "the corrected group renamed": Way(groups={"s1": {"g2": "Echo"}}),
    "the names of two groups exchanged": Way(groups={"s1": {"g0": "g1", "g1": "g0"}}),
    "the names of all groups turned round": Way(groups={"s1": {f"g{i}": f"g{4 - i}" for i in range(5)}}),
    "all groups renamed": Way(groups=ALL),
    "groups written as numbers": Way(groups={"s1": {f"g{i}": str(i + 1) for i in range(5)}}),
    "groups in other letters": Way(groups={"s1": {f"g{i}": f" G{i}" for i in range(5)}}),
    "a grouping renamed": Way(by={"s1": "origin"}),
    "two groupings renamed": Way(by=BY),
    "the groupings' names exchanged": Way(by={"s1": "s2", "s2": "s1"}),
    "a grouping and all groups renamed": Way(by=BY, groups=ALL),
    "the measure renamed": Way(measure="Blood pressure"),
    "everything renamed": Way(measure="Blood pressure", by=BY, groups=ALL),
    "deleted and loaded again": Way(gone=True),
    "deleted and loaded again, renamed": Way(gone=True, measure="Blood pressure", groups=ALL),
    "another dataset": Way(dataset="Registry"),
    "another dataset, renamed": Way(dataset="Registry", measure="Blood pressure", by=BY, groups=ALL),
    "another dataset, the first one gone": Way(dataset="Registry", gone=True, groups=ALL),
    "dated a year later": Way(years=1, **BY_QUARTER),
    "dated a year later, all groups renamed": Way(years=1, groups=ALL, **BY_QUARTER),
    "a month left out, renamed": Way(change=lambda rows: rows[rows["month"] != "2022-06"], groups=ALL, **BY_QUARTER),
    "by quarter, then by year, renamed": Way(
        groups=ALL, months=6, plans=(Plan(STRATA, "quarter", "none"), Plan(STRATA, "year", "year"))
    ),
    "crossed only later, renamed": Way(groups=ALL, plans=(Plan(STRATA, "all", "none"), PLAN)),
    "a few rows more, renamed": Way(change=lambda rows: pd.concat([rows, rows.iloc[:4]]), groups=ALL),
    "a group of another grouping left out": Way(change=lambda rows: rows[rows["s2"] != "g2"], groups={"s1": GROUPS}),
}


@pytest.mark.parametrize("name", WAYS)
def test_nothing_comes_back_whatever_was_done_between(name: str, tmp_path: Path) -> None:
    assert attacked(tmp_path, base(WAYS[name].months), WAYS[name]) == []


@pytest.mark.parametrize("measure", ["Control", "Blood pressure"])
@pytest.mark.parametrize(
    "groups", [{"A": "Alpha"}, {"E": "Echo"}, {"C": "Other"}, dict(zip("ABCDE", "VWXYZ", strict=True))]
)
def test_a_corrected_group_and_a_new_name(tmp_path: Path, measure: str, groups: dict[str, str]) -> None:
    """A 120, B 110, D 41, E 45 and C 8; then E is 34: with the names as they were, C is what is left."""
    rows = rows_of({"A": 120, "B": 110, "C": 8, "D": 41, "E": 45})

    def fewer(rows: Rows) -> Rows:
        return rows.drop(rows.index[rows["s1"] == "E"][34:])

    plan = Plan(("s1",), "all", "none")
    assert attacked(tmp_path, rows, Way(fewer, measure, groups={"s1": groups}, plans=(plan, plan))) == []


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ({"C": "C", "D": "D", "E": "E"}, {"C": "CE", "E": "CE"}, {"CE": ("C", "E")}),
        ({"C": "C", "D": "D", "E": "E"}, {"C": "CD", "D": "CD"}, {"CD": ("C", "D")}),
        ({"C": "CE", "E": "CE", "D": "D"}, {"C": "C", "E": "E"}, {"CE": ("C", "E")}),
        ({"D": "DE", "E": "DE", "C": "C"}, {"D": "D2", "E": "E2"}, {"DE": ("D2", "E2")}),
    ],
)
def test_groups_that_were_merged_or_split(
    tmp_path: Path, before: dict[str, str], after: dict[str, str], made: dict[str, tuple[str, str]]
) -> None:
    rows, plan = rows_of({"A": 120, "B": 110, "C": 8, "D": 41, "E": 45}), Plan(("s1",), "all", "none")
    one, other = (rows.assign(s1=rows["s1"].map(lambda g, names=names: names.get(g, g))) for names in (before, after))
    attacker, truths = Attacker({"Control": "proportion"}), []
    for number, each in enumerate((one, other)):
        attacker.read(released(tmp_path / f"00000{number + 1}", tmp_path / "home", each, plan, number + 1), number)
        truths.append(truth_of(cube_of(each, ["s1"], "all")))
    attacker.unchanged(0, 1, [key for key, counts in truths[1].items() if truths[0].get(key) == counts])
    for whole, parts in made.items():
        first = 0 if whole in set(one["s1"]) else 1
        cells = [("Control", "all", "", frozenset([("s1", group)])) for group in (whole, *parts)]
        attacker.made_of((first, *cells[0]), [(1 - first, *cell) for cell in cells[1:]])
    assert recovered(attacker, truths, 11) == []


@pytest.mark.parametrize("dataset", ["Visits", "Registry"])
@pytest.mark.parametrize("people", ["n", "x", "others"])
def test_another_measure_of_the_same_people(tmp_path: Path, dataset: str, people: str) -> None:
    """The second file counts something else of those whom the first counted, of its events or of its others."""
    rows = base()
    again = corrected(rows)
    if people != "n":
        again = again[again["x"] == (1.0 if people == "x" else 0.0)]
    again = again.assign(measure="Follow-up", x=[float(i % 4 > 0) for i in range(len(again))])
    attacker = Attacker({"Control": "proportion", "Follow-up": "proportion"})
    attacker.read(released(tmp_path / "000001", tmp_path / "home", rows, PLAN, 1))
    try:
        attacker.read(released(tmp_path / "000002", tmp_path / "home", again, PLAN, 2, dataset), 1)
    except PlainError as error:
        assert "earlier releases" in str(error)
        return
    truths = [truth_of(cube_of(each, STRATA, "all")) for each in (rows, again)]
    for key, counts in truths[1].items():
        then = ("Control", *key[1:])
        if truths[0].get(then, {}).get(people) == counts["n"]:
            attacker.equal_counts(((0, *then), people), ((1, *key), "n"))
    assert recovered(attacker, truths, 11) == []


def test_tables_that_have_nothing_to_do_with_each_other_are_left_alone(tmp_path: Path) -> None:
    one, other = base(), random_rows(99, 460, months=1, strata=(5, 3)).assign(month="")
    alone = released(tmp_path / "a" / "000001", tmp_path / "alone", other, PLAN, 1, "Registry")
    released(tmp_path / "b" / "000001", tmp_path / "home", one, PLAN, 1)
    beside = released(tmp_path / "b" / "000002", tmp_path / "home", other, PLAN, 2, "Registry")
    pd.testing.assert_frame_equal(pd.DataFrame(beside), pd.DataFrame(alone))
