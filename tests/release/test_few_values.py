"""The attacker against means of a few values: scores of 1 to 5, sums of 0 to 3, any three to ten numbers.

Of every listed cell it asks how many people can have each value, over all whole numbers that give the n, the mean and
the spread that are shown, and all sums over groups and time. A small number that is there must have k/2 possibilities.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equity.release.create import create_release
from equity.release.few_values import FewValues, few_values
from equity.release.plan import Plan
from equity.release.policy import Policy, policy_of
from equity.release.rounding import rounded, rounded_mean
from equity.release.shelf import opened
from tests.random_search import examples
from tests.release.attacker import Attacker, Cell
from tests.release.made_up import cube_of, description_of, random_rows, save_version

STRATA = ("s1", "s2")
Truth = dict[Cell, list[float]]


@dataclass(frozen=True)
class Scored:
    """An unknown for each value in each listed cell."""

    start: int
    values: int
    place: dict[Cell, int]

    def of(self, cell: Cell, name: str) -> np.ndarray:
        at = self.start + self.place[cell] * self.values
        return np.arange(at, at + self.values) if name == "n" else np.array([at + int(name)])


@dataclass
class ScoreAttacker(Attacker):
    """Knows the values. ``told`` are the rows, and ``policy`` the rule with all that is written about it."""

    values: tuple[float, ...] = ()
    policy: Policy = field(default_factory=lambda: policy_of("cms"))
    told: dict[Cell, dict[str, Any]] = field(default_factory=dict)

    def take(self, rows: Sequence[dict[str, Any]]) -> None:
        for row in rows:
            groups = frozenset((row[f"by{i}"], row[f"value{i}"]) for i in (1, 2) if row[f"by{i}"])
            self.told[0, row["measure"], row["grain"], row["period"], groups] = row
        self.read(rows)

    def _set_up(self, release: int, measure: str, cells: Sequence[Cell]) -> None:
        found = Scored(self._size, len(self.values), {cell: i for i, cell in enumerate(cells)})
        self.unknowns[release, measure] = found
        self._size += len(cells) * len(self.values)
        for total, members in self._sums(cells):
            for i in range(len(self.values)):
                at = [found.of(cell, str(i))[0] for cell in (total, *members)]
                self._line(at, [1.0, *[-1.0] * len(members)], 0.0, 0.0)
        for cell in cells:
            at, row = found.of(cell, "n"), self.told[cell]
            if row["shown"] == "hidden":
                self._line(at, np.ones(len(at)), 1.0, math.inf)
            else:
                # What is told beside a rounded n is of any n and sum that round to it.
                half = (self.rounding - 1) / 2
                self._line(at, np.ones(len(at)), row["n"] - half, row["n"] + half)
                scaled, mean = self._scaled(np.array(self.values)), self._scaled(row["x"] / row["n"] if row["n"] else 0)
                if self.rounding == 1:
                    self._line(at, -scaled, -mean * row["n"] - 1e-6, 1e-6 - mean * row["n"])
                elif row["n"]:
                    within = self._step(row, half) / 2 / (self.values[-1] - self.values[0]) + 1e-9
                    self._line(at, scaled - mean + within, 0.0, math.inf)
                    self._line(at, scaled - mean - within, -math.inf, 0.0)
        self._read_spread(found, [self.told[cell] | {"cell": cell} for cell in cells])

    def _read_spread(self, found: Scored, rows: Sequence[dict[str, Any]]) -> None:
        """The share of the greatest variance, as it is told of the largest cell, is at most a step or two too large."""
        shown = [row for row in rows if row["shown"] != "hidden" and row["n"] > 0]
        if not shown or self.rounding > 1:
            return
        means = [row["x"] / row["n"] for row in shown]
        largest = max(shown, key=lambda row: float(row["n"]))
        n, mean = largest["n"], largest["x"] / largest["n"]
        apart = (max(means) - min(means)) / 4
        low, high = max(self.values[0], min(means) - apart), min(self.values[-1], max(means) + apart)
        most, chord = (mean - self.values[0]) * (self.values[-1] - mean), (mean - low) * (high - mean)
        if most - chord > 1e-9:
            share = ((largest["xx"] / n - mean**2) - chord) / (most - chord)
            step = max(1 / 8, 2 * self.policy.least_values * (self.values[-1] - self.values[0]) ** 2 / (n * most))
            squares = (self._scaled(np.array(self.values)) - self._scaled(mean)) ** 2
            most *= n / (self.values[-1] - self.values[0]) ** 2
            least, greatest = ((share - part) * most for part in (step if share < 1 - 1e-9 else 2 * step, 0.0))
            self._line(found.of(largest["cell"], "n"), -squares, -greatest - 1e-6, 1e-6 - least)

    def _step(self, row: dict[str, Any], half: float) -> float:
        """The widest steps in which a mean beside a rounded n can be told, by the rule that is written about it."""
        n, mean = row["n"], row["x"] / row["n"]
        told = math.sqrt(max((row["xx"] - mean**2 * n) / max(n - 1, 1), 0.0))
        spread = told + 10.0 ** (math.floor(math.log10(max(told, 1e-9))) - 1) / 2
        return 10.0 ** math.ceil(math.log10(4 * max(spread, 0.25) / max(n - half, 1)) - 1e-12)

    def _scaled(self, value: Any) -> Any:
        """A value as a share of the way from the lowest to the highest."""
        return (value - self.values[0]) / (self.values[-1] - self.values[0])


@dataclass(frozen=True)
class Case:
    rows: pd.DataFrame
    values: tuple[float, ...]
    policy: Policy


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """People by two groupings who have one of three to ten values each, even or uneven, some of them rarely."""
    generator = np.random.default_rng(draw(st.integers(0, 10**6)))
    many = draw(st.integers(3, 10))
    kind = draw(st.sampled_from(["even", "even", "uneven", "digits", "fractions"]))
    if kind == "even":
        values = np.arange(many) * draw(st.sampled_from([1.0, 0.5, 10.0])) + draw(st.integers(-3, 3))
    elif kind == "uneven":
        values = np.sort(generator.choice(30, many, replace=False)).astype(float)
    elif kind == "digits":
        values = np.cumsum(10.0 ** np.arange(many))[: min(many, 5)]
    else:
        values = np.sort(np.round(generator.random(many) * 3, 1)) + np.arange(many) * 0.1
    values = np.round(values, 6)
    count = draw(st.sampled_from([30, 90, 250, 600]))
    weights = generator.dirichlet(np.full(len(values), draw(st.sampled_from([0.2, 1.0, 20.0]))))
    rows = random_rows(int(generator.integers(0, 10**6)), count, months=int(generator.integers(1, 15)), strata=(3, 2))
    rows["x"] = generator.choice(values, count, p=weights)
    policy = policy_of(draw(st.sampled_from(["cms", "cms", "cms", "nhs"])), draw(st.sampled_from([4, 6, 8, 11])))
    return Case(rows, tuple(values.tolist()), policy)


def released(case: Case, folder: Path) -> list[dict[str, Any]]:
    """What the cells of a release of it hold."""
    version = saved(case.rows, folder)
    made = create_release(version, Plan(STRATA, "year", "all"), case.policy, folder / "home")
    return opened(folder / "home", made.id).cells().to_dict("records")


def saved(rows: pd.DataFrame, folder: Path) -> Path:
    described = description_of(rows, STRATA, "month", kinds={"Control": "mean"})
    version = save_version(folder / "000001", cube_of(rows, STRATA, "month"), described)
    rows[["measure", "x", "n", "hidden"]].to_parquet(version / "extract.parquet")
    return version


def truth_of(rows: pd.DataFrame, values: Sequence[float]) -> Truth:
    """How many people have each value, in every cell."""
    found: Truth = {}
    for i, value in enumerate(values):
        for row in cube_of(rows.assign(x=(rows["x"] == value).astype(float)), STRATA, "month").to_dict("records"):
            groups = frozenset((row[f"by{j}"], row[f"value{j}"]) for j in (1, 2) if row[f"by{j}"])
            cell = (0, row["measure"], row["grain"], row["period"], groups)
            found.setdefault(cell, [0.0] * len(values))[i] = row["x"]
    return found


def recovered(attacker: ScoreAttacker, truth: Truth) -> list[str]:
    """The small numbers of people with a value that can be fewer than k/2 numbers."""
    small = [
        (cell, str(i))
        for cell in attacker.cells
        for i, count in enumerate(truth[cell])
        if 0 < count < attacker.policy.threshold
    ]
    return [
        f"{truth[cell][int(name)]} of value {attacker.values[int(name)]} in {cell}: {low} to {high}"
        for (cell, name), low, high in attacker.squeezed(small, attacker.policy.threshold / 2)
    ]


def attacked(case: Case, rows: Sequence[dict[str, Any]]) -> list[str]:
    present = tuple(sorted(set(case.rows["x"])))
    if len(present) < 3:
        return []  # test_any_measure.py's
    attacker = ScoreAttacker({"Control": "mean"}, case.policy.rounding, values=present, policy=case.policy)
    attacker.take(rows)
    return recovered(attacker, truth_of(case.rows, present))


@settings(max_examples=examples(6), deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_nobody_learns_how_many_have_a_value(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = released(case, Path(folder))
    assert attacked(case, rows) == []


def test_the_spread_leaves_as_much_room_at_its_lower_end(tmp_path: Path) -> None:
    """One of 90 people has a 1: steps from nothing on left them three others, since a spread cannot be nothing."""
    counts = {
        ("g0", "g0"): (6, 18, 0),
        ("g0", "g1"): (11, 19, 1),
        ("g1", "g0"): (4, 13, 0),
        ("g1", "g1"): (2, 8, 0),
        ("g2", "g0"): (0, 5, 0),
        ("g2", "g1"): (1, 2, 0),
    }
    values = (0.0, 0.5, 1.0)
    people = [
        (*groups, value)
        for groups, many in counts.items()
        for value, n in zip(values, many, strict=True)
        for _ in range(n)
    ]
    rows = pd.DataFrame(people, columns=["s1", "s2", "x"]).assign(measure="Control", month="2022-01", n=1.0)
    case = Case(rows.assign(person=0, hidden=False), values, policy_of("cms"))
    assert attacked(case, released(case, tmp_path)) == []


@dataclass
class ExactAttacker(ScoreAttacker):
    """Is told the spread of every cell, as it was told before it was known for what it is."""

    def _read_spread(self, found: Scored, rows: Sequence[dict[str, Any]]) -> None:
        for row in rows:
            squares = self._scaled(np.array(self.values)) ** 2
            sums = row["xx"] - 2 * self.values[0] * row["x"] + self.values[0] ** 2 * row["n"]
            total = sums / (self.values[-1] - self.values[0]) ** 2
            self._line(found.of(row["cell"], "n"), -squares, -total - 1e-6, 1e-6 - total)


def scores(
    weights: Sequence[int], count: int, seed: int = 3, values: Sequence[float] = (1.0, 2.0, 3.0, 4.0, 5.0)
) -> Case:
    rows = random_rows(seed, count, months=2, strata=(3, 2))
    shares = np.array(weights) / sum(weights)
    return Case(
        rows.assign(x=np.random.default_rng(seed).choice(values, count, p=shares)), tuple(values), policy_of("cms")
    )


def test_told_with_their_spread_they_would_be_counted() -> None:
    """What the attacker finds where nothing is done: the test above could fail."""
    case = scores([20, 10, 1], 400, values=(0.0, 1.0, 2.0))
    cube = cube_of(case.rows, STRATA, "month")
    told = cube[cube["grain"] == "all"].assign(shown="yes").to_dict("records")
    attacker = ExactAttacker({"Control": "mean"}, values=case.values, policy=case.policy)
    attacker.take(told)
    assert len(recovered(attacker, truth_of(case.rows, case.values))) >= 10


def test_a_score_is_still_told_with_an_honest_range(tmp_path: Path) -> None:
    """Groups of a score keep their means, and their ranges are no shorter than those that the team reads."""
    case = scores([1, 2, 5, 5, 3], 900)
    rows = released(case, tmp_path)
    assert all(row["shown"] == "yes" for row in rows)
    cube = cube_of(case.rows, STRATA, "month")
    key = ["grain", "period", "by1", "value1", "by2", "value2"]
    both = pd.DataFrame(rows).merge(cube, on=key, suffixes=("", "_true"))
    assert len(both) == len(rows)
    assert np.allclose(both["x"], both["x_true"])
    told, true = (both[f"xx{which}"] / both["n"] - (both["x"] / both["n"]) ** 2 for which in ("", "_true"))
    assert (told > 0.97 * true).all()
    assert (told < 2.2 * true).all()
    groups = both[(both["by1"] == "s1") & (both["by2"] == "") & (both["grain"] == "all")]
    everyone = both[(both["by1"] == "") & (both["grain"] == "all")]
    assert groups["xx"].sum() == pytest.approx(everyone["xx"].iloc[0])  # what is told adds up, as what is true does


def test_what_only_few_can_have_hides_its_cell(tmp_path: Path) -> None:
    """Three of 23 people with a 2, and nobody with a 1: n and the mean alone leave four possibilities."""
    few = FewValues((0.0, 1.0, 2.0))
    n, x = np.array([23.0, 23, 23, 23, 2000, 2000]), np.array([6.0, 23, 46, 0, 6, 2000])
    assert few.tells_a_count(n, x, policy_of("cms")).tolist() == [True, False, False, False, True, False]
    uneven = FewValues((0.0, 1.0, 100.0))
    sums = np.array([2003.0, 125.0, 0.0])
    assert uneven.tells_a_count(np.array([43.0, 100.0, 43.0]), sums, policy_of("cms")).tolist() == [True, True, False]


def test_a_cell_whose_mean_tells_too_much_is_hidden_though_nobody_in_it_is_few(tmp_path: Path) -> None:
    """Three of 23 people with a 2: no count of the rule is small, and the mean tells it all the same."""
    groups = {"g0": (20, 0, 3), "g1": (60, 70, 50), "g2": (90, 40, 65)}
    people = [(group, value) for group, many in groups.items() for value, n in enumerate(many) for _ in range(n)]
    rows = pd.DataFrame(people, columns=["s1", "x"]).assign(s2="all", measure="Control", month="2022-01", n=1.0)
    rows = rows.assign(person=0, hidden=False, x=rows["x"].astype(float))
    shown = {
        row["value1"]: row["shown"]
        for row in released(Case(rows, (0.0, 1.0, 2.0), policy_of("cms")), tmp_path)
        if (row["by1"], row["by2"], row["grain"]) == ("s1", "", "all")
    }
    assert shown["g0"] == "hidden"
    assert "yes" in shown.values()


GROUPS = {"g0": (60, 70, 50), "g1": (90, 40, 65), "g2": (80, 70, 60)}
"""How many people of each group have each of three values."""


def people_of(values: Sequence[float], groups: Mapping[str | None, Sequence[int]]) -> list[tuple[str | None, float]]:
    """A group and a value for each of them."""
    return [(g, v) for g, many in groups.items() for v, n in zip(values, many, strict=True) for _ in range(n)]


def told_of(people: Sequence[tuple[str | None, float]], folder: Path, number: int = 1) -> pd.Series:
    """The n of each cell that a release of them shows."""
    rows = pd.DataFrame(people, columns=["s1", "x"]).assign(s2="all", measure="Control", n=1.0, person=0)
    rows = rows.assign(month="2022-01", hidden=False, x=rows["x"].astype(float))
    rows["s1"] = rows["s1"].astype(object).where(rows["s1"].notna(), None)
    described = description_of(rows, STRATA, "month", kinds={"Control": "mean"}, version=number)
    version = save_version(folder / f"{number:06}", cube_of(rows, STRATA, "month"), described)
    rows[["measure", "x", "n", "hidden"]].to_parquet(version / "extract.parquet")
    made = create_release(version, Plan(STRATA, "year", "all"), policy_of("cms"), folder / "home")
    cells = opened(folder / "home", made.id).cells().set_index(["grain", "period", "by1", "value1", "by2", "value2"])
    return cells[cells["shown"] == "yes"]["n"]


@pytest.mark.parametrize("gone", [False, True])
@pytest.mark.parametrize(
    ("values", "more"),
    [((0.0, 1.0, 2.0), (20, 0, 3)), ((0.0, 1.0, 5.0), (7, 5, 10))],
    ids=["few with the highest value", "no small count, and three possibilities"],
)
def test_what_came_or_went_between_two_releases_tells_no_count(
    tmp_path: Path, values: Sequence[float], more: Sequence[int], gone: bool
) -> None:
    """Three of 23 people with a 2, or 22 with 55 points, whose ones are 0, 5 or 10: before and after would tell it."""
    people = people_of(values, GROUPS)
    both = [people, people + people_of(values, {"g0": more})]
    first, second = (told_of(each, tmp_path, at) for at, each in enumerate(both[::-1] if gone else both, start=1))
    assert len(first) > 3
    assert len(second) > 3
    shared = first.index.intersection(second.index)
    assert (first[shared] == second[shared]).all()


def test_people_in_no_listed_group_tell_no_count_either(tmp_path: Path) -> None:
    """Twenty-two people of no known group, 55 points together: everyone less all groups would tell their ones."""
    values = (0.0, 1.0, 5.0)
    told = told_of(people_of(values, GROUPS | {None: (7, 5, 10)}), tmp_path)
    year = [("year", "2022", "", "", "", ""), *(("year", "2022", "s1", group, "", "") for group in GROUPS)]
    assert len(told) > 3
    assert not set(year) <= set(told.index)
    assert set(year) <= set(told_of(people_of(values, GROUPS | {None: (17, 25, 20)}), tmp_path / "many").index)


def test_means_beside_rounded_counts_are_read_too() -> None:
    """What the attacker finds where cells are told that few people give away, though n and mean are rounded."""
    case = replace(scores([40, 30, 1], 500, values=(0.0, 1.0, 60.0)), policy=policy_of("nhs"))
    cube = cube_of(case.rows, STRATA, "month")
    cube = cube[cube["grain"] == "all"].assign(shown="yes")
    shown_n = rounded(cube["n"].to_numpy(), 5)
    cube["x"], cube["xx"] = rounded_mean(*(cube[c].to_numpy() for c in ("n", "x", "xx")), shown_n, 5)
    attacker = ScoreAttacker({"Control": "mean"}, 5, values=case.values, policy=case.policy)
    attacker.take(cube.assign(n=shown_n).to_dict("records"))
    assert recovered(attacker, truth_of(case.rows, case.values)) != []


def test_which_means_have_a_few_values(tmp_path: Path) -> None:
    case = scores([1, 2, 5, 5, 3], 60)
    described = description_of(case.rows, STRATA, "month", kinds={"Control": "mean"})
    cube = cube_of(case.rows, STRATA, "month")
    folder = saved(case.rows, tmp_path)
    assert few_values(folder, described, cube) == {"Control": FewValues(case.values)}
    assert few_values(folder, description_of(case.rows, STRATA, "month"), cube) == {}
    case.rows.assign(n=2.0).to_parquet(folder / "extract.parquet")
    assert few_values(folder, described, cube) == {}  # a row of two people has no value of its own
    case.rows.assign(x=np.arange(60.0)).to_parquet(folder / "extract.parquet")
    assert few_values(folder, described, cube) == {}
    (folder / "extract.parquet").unlink()
    assert few_values(folder, described, cube) == {"Control": FewValues(case.values)}  # the rows stayed elsewhere
