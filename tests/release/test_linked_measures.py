"""Measures that count the same people under other names: what one of them shows, the other cannot hide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from equity.release.create import audit, audit_bounds, create_release
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import Release
from tests.release.made_up import KEY, cube_of, description_of, random_rows, save_version

STRATA = ("s1", "s2", "s3")
PLAN = Plan(STRATA, "quarter", "year")


def released(folder: Path, rows: pd.DataFrame, number: int = 1, strata: tuple[str, ...] = STRATA) -> Release:
    described = description_of(rows, strata, "month", version=number)
    version = save_version(folder / f"{number:06d}", cube_of(rows, strata, "month"), described)
    return create_release(version, replace(PLAN, stratifiers=strata), policy_of("cms"), folder / "home")


def hidden_in(release: Release, measure: str, period: str = "") -> pd.Series:
    """Whether each cell of a measure is hidden, by its key."""
    cells = release.cells()
    mine = cells[(cells["measure"] == measure) & cells["period"].str.startswith(period)]
    return (mine.set_index(KEY[1:])["shown"] == "hidden").sort_index()


def families(folder: Path, release: Release) -> list[list[str]]:
    return [family["measures"] for family in audit(folder / "home", release.id)["families"]]


def test_whom_one_measure_ends_with_another_begins_with(tmp_path: Path) -> None:
    rows = random_rows(9, 900, months=12, strata=(4, 3, 2))
    screened = rows.assign(measure="Screened")
    followed = rows[rows["x"] == 1].assign(measure="Followed up", x=lambda t: (t.index % 3 > 0).astype(float))
    others = rows[rows["x"] == 0].assign(measure="Reached later", x=lambda t: (t.index % 2).astype(float))
    made = released(tmp_path, pd.concat([screened, followed, others]))
    assert families(tmp_path, made) == [["Followed up", "Reached later", "Screened"]]
    first = hidden_in(made, "Screened")
    assert 0 < first.sum() < len(first)
    for name in ("Followed up", "Reached later"):
        after = hidden_in(made, name)
        assert after[first[first].index.intersection(after.index)].all()
    bounds = audit_bounds(tmp_path / "home", made.id).set_index(["measure", *KEY[1:], "count"])
    ends = ["least", "greatest"]
    x_of_one = bounds.xs("x", level="count").loc["Screened", ends]
    n_of_other = bounds.xs("n", level="count").loc["Followed up", ends]
    pd.testing.assert_frame_equal(x_of_one.loc[n_of_other.index], n_of_other)


def test_a_measure_that_came_later_is_linked_in_the_versions_that_have_both(tmp_path: Path) -> None:
    rows = random_rows(9, 900, months=15, strata=(4, 3, 2))
    old = rows[rows["month"] <= "2022-12"].assign(measure="Old")
    released(tmp_path, old, 1)
    both = pd.concat([rows.assign(measure="Old"), rows.assign(measure="New", x=(rows.index % 2).astype(float))])
    made = released(tmp_path, both, 2)
    assert families(tmp_path, made) == [["New", "Old"]]
    one, other = hidden_in(made, "Old", "2023"), hidden_in(made, "New", "2023")
    together = one & other
    assert 0 < together.sum() < (one | other).sum()
    bounds = audit_bounds(tmp_path / "home", made.id)
    n = bounds[(bounds["count"] == "n") & bounds["period"].str.startswith("2023")].set_index(["measure", *KEY[1:]])
    for name in ("Old", "New"):  # a denominator that the other measure shows is not hidden, and not taken to be
        assert n.loc[name].sort_index().index.equals(together[together].index)
    truth = cube_of(rows, STRATA, "month").set_index(KEY[1:])["n"].reindex(together.index)
    assert (truth < 11).any()
    assert together[truth < 11].all()


def test_measures_of_other_people_are_left_alone(tmp_path: Path) -> None:
    rows = random_rows(9, 600, months=6, strata=(4, 3, 2))
    made = released(
        tmp_path, pd.concat([rows, random_rows(10, 650, months=6, strata=(4, 3, 2)).assign(measure="Else")])
    )
    assert families(tmp_path, made) == [["Control"], ["Else"]]


def test_a_measure_of_nearly_the_same_people_does_not_give_the_other_away(tmp_path: Path) -> None:
    """Whoever knows that one counts some of the other's people knows that it is at most as large, in every cell."""
    rows = random_rows(9, 600, months=6, strata=(4, 3, 2))
    made = released(tmp_path, pd.concat([rows, rows[3:].assign(measure="Most")]))
    assert families(tmp_path, made) == [["Control", "Most"]]
    one, other = hidden_in(made, "Control"), hidden_in(made, "Most")
    assert 0 < one.sum() < len(one)
    assert other[one[one].index.intersection(other.index)].all()
    bounds = audit_bounds(tmp_path / "home", made.id)
    n = bounds[bounds["count"] == "n"].set_index(["measure", *KEY[1:]])
    shared = n.loc["Control"].index.intersection(n.loc["Most"].index)
    whole, part = n.loc["Control"].loc[shared], n.loc["Most"].loc[shared]
    assert len(shared)
    assert (whole["least"] >= part["least"]).all()
    assert (part["greatest"] <= whole["greatest"]).all()


def test_what_did_not_change_is_shown_again_and_the_rest_hides_elsewhere(tmp_path: Path) -> None:
    """An old quarter that a first release showed is shown by the next: hiding it would hide nothing."""
    rows = random_rows(9, 1800, months=15, strata=(4, 3, 2))
    first = released(tmp_path, rows[rows["month"] <= "2022-12"], 1)
    second = released(tmp_path, rows, 2)
    before, after = hidden_in(first, "Control", "2022"), hidden_in(second, "Control", "2022")
    shown = before[~before].index
    assert len(shown) > 50
    assert not after[shown].any()
    new = hidden_in(second, "Control", "2023")
    assert 0 < new.sum() < len(new)


def test_how_many_fewer_one_measure_counts_is_not_told_either(tmp_path: Path) -> None:
    """Seven people of one measure are missing in another: both denominators together would tell how many where."""
    rows, strata = random_rows(9, 1500, months=6, strata=(3, 2)), STRATA[:2]
    made = released(tmp_path, pd.concat([rows, rows[7:].assign(measure="Most")]), strata=strata)
    assert families(tmp_path, made) == [["Control", "Most"]]
    cells = made.cells().set_index(["measure", *KEY[1:]])
    whole, part = cells.loc["Control"], cells.loc["Most"]
    for count in ("n", "x"):
        fewer = (whole[count] - part[count]).dropna()
        assert len(fewer) > 5
        assert not fewer.between(1, 10).any()
    few = cube_of(rows[:7], strata, "month").set_index(KEY[1:]).index.intersection(part.index)
    assert (part.loc[few, "shown"] == "hidden").any()
    assert (whole.loc[few, "shown"] != "hidden").any()
