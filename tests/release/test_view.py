"""A release opened as a cube: lenses run on it, and a sum with a hidden part is hidden."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from equity.release.create import create_release
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import opened
from equity.release.view import ReleasedCube, as_cube
from equity.vocabulary import PeriodRange, PlainError
from tests.release.made_up import cube_of, description_of, random_rows, save_version

STRATA = ("s1", "s2", "s3")


@pytest.fixture(scope="module")
def cube(tmp_path_factory: pytest.TempPathFactory) -> ReleasedCube:
    home = tmp_path_factory.mktemp("home")
    rows = random_rows(6, 1500, months=24, strata=(5, 3, 2))
    version = save_version(home / "000001", cube_of(rows, STRATA, "month"), description_of(rows, STRATA, "month"))
    return as_cube(opened(home, create_release(version, Plan(STRATA, "quarter", "year"), policy_of("cms"), home).id))


def test_a_slice_holds_what_the_release_shows(cube: ReleasedCube, tmp_path: Path) -> None:
    table = cube.series(["Control"], ["s1"], "quarter").table
    assert set(table["hidden_by_policy"]) == {0, 1}
    hidden = table["hidden_by_policy"] == 1
    assert table.loc[hidden, ["n", "x", "xx"]].isna().all(axis=None)
    assert (table.loc[hidden, ["rows", "hidden_at_source"]] >= 1).all(axis=None)
    assert (table.loc[~hidden, "n"] >= 11).all()
    assert (table["people"] == 0).all()


def test_a_sum_over_time_or_groups_with_a_hidden_part_is_hidden(cube: ReleasedCube) -> None:
    quarters = cube.series(["Control"], ["s1"], "quarter").table
    first_two = quarters[quarters["period"].isin(["2022-Q1", "2022-Q2"])]
    together = cube.groups(["Control"], ["s1"], PeriodRange.parse("2022-Q1..2022-Q2")).table.set_index("value1")
    for group, parts in first_two.groupby("value1"):
        if (parts["hidden_by_policy"] == 1).any():
            assert np.isnan(together.loc[group, "n"])
            assert together.loc[group, "rows"] == 1
        else:
            assert together.loc[group, "n"] == parts["n"].sum()
    assert together["n"].isna().any()
    assert together["n"].notna().any()
    year = PeriodRange.parse("2022")
    pair = cube.groups(["Control"], ["s1", "s2"], year).table
    wanted = [("s2", "g0"), ("s2", "g2")]
    filtered = cube.groups(["Control"], ["s1"], year, wanted).table.set_index("value1")
    for group, parts in pair[pair["value2"].isin(["g0", "g2"])].groupby("value1"):
        assert np.isnan(filtered.loc[group, "n"]) == (parts["hidden_by_policy"] == 1).any()


def test_what_was_not_released_is_refused(cube: ReleasedCube) -> None:
    with pytest.raises(PlainError, match="does not combine “S1” and “S2” by quarter: it does so by year"):
        cube.series(["Control"], ["s1", "s2"], "quarter")
    with pytest.raises(PlainError, match="does not combine “S1” and “S2” by quarter"):
        cube.groups(["Control"], ["s1"], PeriodRange.parse("2022-Q1"), [("s2", "g0")])
    with pytest.raises(PlainError, match="two groupings at most"):
        cube.groups(["Control"], ["s1", "s2"], PeriodRange(), [("s3", "g0")])
    with pytest.raises(PlainError, match="holds quarters"):
        cube.series(["Control"], ["s1"], "month")


def test_lenses_run_on_a_release_and_say_hidden(cube: ReleasedCube) -> None:
    from equity.lens.choices import Choices
    from equity.lens.disparities import disparities

    answer = disparities(cube, Choices("Visits", 1, "Control", "s1", period=PeriodRange.parse("2022-Q1")))
    hidden = answer.rows[answer.rows["shown"] == "hidden"]
    assert 0 < len(hidden) < len(answer.rows)
    assert hidden[["rate", "lower", "upper", "gap", "ratio", "excess"]].isna().all(axis=None)


def test_a_release_without_pairs_says_so(tmp_path: Path) -> None:
    rows = random_rows(6, 300, months=3, strata=(2, 2))
    version = save_version(
        tmp_path / "000001", cube_of(rows, ("s1", "s2"), "month"), description_of(rows, ("s1", "s2"), "month")
    )
    made = create_release(version, Plan(("s1", "s2"), "month", "none"), policy_of("cms"), tmp_path)
    with pytest.raises(PlainError, match="ask for one of them"):
        as_cube(made).groups(["Control"], ["s1", "s2"], PeriodRange())
