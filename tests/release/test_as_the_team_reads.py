"""What a leader reads of a shown cell is what the team reads; where it cannot be, the page says why.

Words and numbers are the same, but for one number in some thousands that is one off in its last digit: mostly the end
of a range, since how much repeat visits widen it is told to four decimals.

Asked of the sample, in which the same people come again: every measure of each kind, every grouping and every period
that a leader can open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.answers import Disparities
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.release.create import create_release, show
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.repeats import DECIMALS, told_of_repeats
from equity.release.shelf import opened
from equity.release.view import ReleasedCube, as_cube
from equity.store.files.versions import current_version
from equity.vocabulary import Description, PeriodRange, Reference
from equity.words.answers import disparities as words
from equity.words.sharing import leader
from tests.release.made_up import KEY, cube_of, description_of, random_rows, save_version

PROPORTION, RATE, MEAN = "Controlled blood pressure", "Restraint events", "Minutes from arrival to clinician"
PLAN = Plan(("race", "payer"), "quarter", "none", (PROPORTION, RATE, MEAN, "Timely prenatal care"))


@pytest.fixture(scope="module")
def released(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> ReleasedCube:
    home = tmp_path_factory.mktemp("home")
    version = current_version(sample_home, "Sample").folder
    return as_cube(opened(home, create_release(version, PLAN, policy_of("cms"), home).id))


def answers(team: Cube, released: ReleasedCube) -> Iterator[tuple[Disparities, Disparities]]:
    """The same question put to the team's cube and to the release, for all that a leader's page can ask."""
    held = released.description
    periods = ["", "2022", "2023", "2024", *held.periods[::3]]
    for measure, by, period, wish in product(held.measures, held.stratifiers, periods, ("", "average", "others")):
        reference = Reference.parse(wish) if wish else None
        asked = Choices("Sample", 1, measure.name, by.name, reference, PeriodRange.parse(period))
        mine = Choices(
            "Sample", 1, measure.name, by.name, reference, PeriodRange.parse(period), policy="cms", threshold=11
        )
        yield disparities(team, asked), disparities(released, mine)


def test_numbers_and_words_of_shown_groups_are_the_teams(sample_cube: Cube, released: ReleasedCube) -> None:
    compared, apart = Counter[str](), []
    for team, mine in answers(sample_cube, released):
        if team.reference.group != mine.reference.group:
            compared["another best group"] += 1
            assert "best_of_those_shown" in mine.remarks
            continue
        ours, theirs = words.table(team).set_index("Group"), words.table(mine).set_index("Group")
        shown = mine.rows.loc[mine.rows["shown"].isin(["yes", "zero"]), "group"]
        columns = [c for c in theirs.columns if mine.reference.kind != "best" or not of_several_groups(mine, c)]
        some_hidden = bool((mine.rows["shown"] == "hidden").any())
        clear = [set(a.rows.loc[a.rows["verdict"] == "disparity", "group"]) for a in (mine, team)]
        assert clear[0] <= clear[1]  # never surer than the team, who sees every group
        for group, column in product(shown, columns):
            compared["numbers"] += 1
            pair = (ours.loc[group, column], theirs.loc[group, column])
            if pair[0] != pair[1] and not (some_hidden and alike_but_for_decimals(*pair)):
                apart.append(pair)
        if not some_hidden:
            compared["findings"] += 1
            assert (leader.finding(mine), leader.question(mine)) == (leader.finding(team), leader.question(team))
        else:
            compared["with hidden groups"] += 1
            assert "groups_not_compared" in mine.remarks
            assert len(leader.why_not_as_the_team(mine)) > 0
    assert compared["numbers"] > 4_000
    assert len(apart) <= compared["numbers"] / 2_000, apart
    assert [pair for pair in apart if not one_off(*pair)] == []
    assert min(compared["findings"], compared["with hidden groups"]) > 20


def of_several_groups(mine: Disparities, column: str) -> bool:
    """Whether a column cannot be as the team's: it takes the best group, and some group is not shown.

    A gap from the best group allows for how many groups it was picked from; without that group there is no gap.
    """
    compared = column.startswith(("Gap", "Ratio", "Verdict")) or column.endswith("at the reference")
    return compared and bool((mine.rows["shown"] == "hidden").any())


def numbers_in(text: str) -> list[str]:
    return [
        found.replace(",", "") for found in re.findall(r"\d[\d,]*(?:\.\d+)?", re.sub("[Nn]o difference", "0", text))
    ]


def alike_but_for_decimals(one: str, other: str) -> bool:
    """Whether two texts say the same numbers, one with more decimals: a column has those of its middle group."""
    pairs = list(zip(*map(numbers_in, (one, other)), strict=False))
    coarser = [min(len(n.partition(".")[2]) for n in pair) for pair in pairs]
    near = [abs(float(a) - float(b)) <= 0.51 * 10.0**-d for (a, b), d in zip(pairs, coarser, strict=True)]
    return len(pairs) == len(numbers_in(one)) == len(numbers_in(other)) > 0 and all(near)


def one_off(one: str, other: str) -> bool:
    """Whether two texts differ in one number, by one in its last digit, and in nothing else."""
    ends = [numbers_in(text) for text in (one, other)]
    if len(ends[0]) != len(ends[1]):
        return False
    off = [[int(re.sub(r"\D", "", end)) for end in pair] for pair in zip(*ends, strict=True) if pair[0] != pair[1]]
    return len(off) == 1 and abs(off[0][0] - off[0][1]) == 1


def test_visits_are_visits_and_the_range_is_as_narrow(sample_cube: Cube, released: ReleasedCube) -> None:
    """498 visits (422 to 574), and never 498 patients (427 to 569)."""
    asked = Choices("Sample", 1, PROPORTION, "race", Reference("group", "White"), PeriodRange.parse("2024"))
    team, mine = disparities(sample_cube, asked), disparities(released, asked)
    assert "visits" in leader.finding(mine)
    assert leader.finding(mine) == leader.finding(team)
    assert any("same person" in said for said in words.caveats(mine))


def test_no_number_of_people_and_no_sum_over_people_is_in_a_release(
    sample_home: Path, released: ReleasedCube, tmp_path: Path
) -> None:
    version = current_version(sample_home, "Sample").folder
    own = pd.read_parquet(version / "cube.parquet").set_index(KEY)
    made = create_release(version, Plan(("payer",), "year", "none", (PROPORTION,)), policy_of("cms"), tmp_path)
    cells = made.cells().set_index(KEY)
    shown, hidden = cells[cells["shown"] != "hidden"], cells[cells["shown"] == "hidden"]
    assert (shown[["person_xx", "person_xn", "person_nn"]] == 0).all(axis=None)
    assert hidden[["people", "inflated", "inflated_others"]].isna().all(axis=None)
    people = own.loc[shown.index, "people"]
    repeated = shown["n"] > 1.01 * people
    assert (shown["people"] == np.where(repeated, np.ceil(shown["n"] / 1.01) - 1, shown["n"])).all()
    assert "people" not in show(tmp_path, made.id)


@pytest.mark.parametrize("period", ["2022..2023", "2023..2024"])
def test_some_of_the_years_have_ranges_at_most_as_wide_as_shown(
    sample_cube: Cube, released: ReleasedCube, period: str
) -> None:
    """The team's are exact; a release has no cell for a run of years, so it says the most that they can be."""
    assert {label for label in released._cells.periods if ".." in label} == set()
    assert not released.people_are_exact(PeriodRange.parse(period))
    assert sample_cube.people_are_exact(PeriodRange.parse(period))
    for measure in released.description.measures:
        asked = Choices("Sample", 1, measure.name, "race", Reference.parse("White"), PeriodRange.parse(period))
        team, mine = (disparities(cube, asked).rows for cube in (sample_cube, released))
        shown = (mine["shown"] == "yes").to_numpy()
        assert (mine["n_effective"] <= team["n_effective"] * 1.001)[shown].all()
        np.testing.assert_allclose(mine["rate"][shown], team["rate"][shown])
        assert ("people_added_over_periods" in disparities(released, asked).remarks) == released.description.has_person


def test_where_counts_are_rounded_repeats_do_not_tell_them_exactly(tmp_path: Path) -> None:
    """Where everybody comes once, φ is m ÷ (m − 1): told to four decimals it would be the number of people."""
    rows = random_rows(8, 700, months=1, strata=(3,)).assign(month="", person=lambda t: t.index + 1)
    version = save_version(tmp_path / "000001", cube_of(rows, ("s1",), "all"), description_of(rows, ("s1",), "all"))
    cells = create_release(version, Plan(("s1",), "all", "none"), policy_of("nhs"), tmp_path).cells()
    shown = cells[cells["shown"] == "yes"]
    assert len(shown) > 2
    assert (shown[["n", "x", "people"]] % 5 == 0).all(axis=None)
    assert (shown["inflated"] == shown["n"]).all()


def told(rows: pd.DataFrame, hidden: pd.MultiIndex) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The true cells, and what a release tells of repeat visits when these are hidden."""
    strata = ("s1", "s2")
    cube = cube_of(rows, strata, "all")
    described: Description = description_of(rows, strata, "all")
    unseen = pd.MultiIndex.from_frame(cube[KEY]).isin(hidden)
    said = told_of_repeats(cube, unseen, described, cube["n"].to_numpy(float), DECIMALS)
    return cube.set_index(KEY), said.set_index(pd.MultiIndex.from_frame(cube[KEY]))


def test_the_tables_that_the_audit_reckons_with_tell_the_same_of_repeats(tmp_path: Path) -> None:
    """Whoever comes once can be moved round a circle of hidden cells: all that a release tells stays as it was."""
    rows = random_rows(8, 700, months=1, strata=(5, 4)).assign(month="")
    generator = np.random.default_rng(3)
    rows["person"] = np.where(generator.random(len(rows)) < 0.8, np.arange(len(rows)) + 1000, rows.index // 7 + 1)
    version = save_version(
        tmp_path / "000001", cube_of(rows, ("s1", "s2"), "all"), description_of(rows, ("s1", "s2"), "all")
    )
    cells = create_release(version, Plan(("s1", "s2"), "all", "all"), policy_of("cms"), tmp_path).cells()
    hidden = pd.MultiIndex.from_frame(cells.loc[cells["shown"] == "hidden", KEY])
    assert 4 <= len(hidden) < len(cells)
    before, said = told(rows, hidden)
    assert (said["inflated"] > before["n"] * 1.001).any()
    pairs = {(v1, v2) for _, _, _, _, v1, b2, v2 in hidden if b2}
    values: dict[tuple[str, str], set[float]] = {}
    for _ in range(150):
        moved = moved_round(rows, pairs, generator)
        if moved is None:
            continue
        rows = moved
        after, again = told(moved, hidden)
        pd.testing.assert_frame_equal(again.drop(hidden), said.drop(hidden))
        counts = ["n", "x", "people"]
        pd.testing.assert_frame_equal(after.drop(hidden)[counts], before.drop(hidden)[counts])
        for key in hidden[[bool(k[5]) for k in hidden]]:
            values.setdefault((key[4], key[6]), set()).add(float(after.loc[key, "n"]))
    small = [pair for pair in pairs if 0 < before.loc[("Control", "all", "", "s1", pair[0], "s2", pair[1]), "n"] < 11]
    assert sum(len(values[pair]) >= 6 for pair in small) >= 2


def moved_round(rows: pd.DataFrame, pairs: set[tuple[str, str]], generator: np.random.Generator) -> pd.DataFrame | None:
    """Some people who came once, alike in x, moved round four hidden cells; None where these cells have too few."""
    (a, b), (c, d) = (sorted(pairs)[i] for i in generator.integers(0, len(pairs), 2))
    if a == c or b == d or not {(a, d), (c, b)} <= pairs:
        return None
    x, many = generator.integers(0, 2), generator.integers(1, 6)
    once = ~rows["person"].duplicated(keep=False) & (rows["x"] == x)
    own, other = (rows.index[once & (rows["s1"] == s1) & (rows["s2"] == s2)] for s1, s2 in ((a, b), (c, d)))
    if min(len(own), len(other)) <= many:
        return None
    moved = rows.copy()
    moved.loc[own[:many], "s2"], moved.loc[other[:many], "s2"] = d, b
    return moved
