"""The same people over several years: intervals hold them as one person each, exactly or at most."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube, open_cube
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.vocabulary import Measure, PeriodRange, Reference
from tests.made_up_cubes import cube_of, stratifier, year

SEEN = Measure("Seen", "proportion", "higher_better")
GROUPS = ("A", "B")


YEARS = (2021, 2022, 2023, 2024)


def visits(random: np.random.Generator, people: int = 120) -> pd.DataFrame:
    """Each person comes in most years, and is one that usually has the outcome or usually has not."""
    own = random.beta(0.8, 0.8, 2 * people)
    parts = []
    for when in YEARS:
        there = np.flatnonzero(random.random(2 * people) < 0.8)
        x = (random.random(len(there)) < own[there]).astype(float)
        parts.append(
            pd.DataFrame({"person": there + 1, "race": np.array(GROUPS)[there % 2], "x": x, "period": year(when)})
        )
    return pd.concat(parts, ignore_index=True).astype({"person": "uint64"})


def asked(cube: Cube, period: str) -> pd.DataFrame:
    chosen = Choices("Made up", 1, "Seen", "race", Reference.parse("A"), PeriodRange.parse(period))
    return disparities(cube, chosen).rows.set_index("group")


def test_all_years_are_what_the_same_rows_give_without_a_period(tmp_path: Path) -> None:
    cube = cube_of(tmp_path, visits(np.random.default_rng(1)), [SEEN], [stratifier("race", *GROUPS)])
    pd.testing.assert_frame_equal(asked(cube, ""), asked(cube, "2021..2024"))
    without = visits(np.random.default_rng(1)).assign(period=None)
    bare = asked(cube_of(tmp_path / "b", without, [SEEN], [stratifier("race", *GROUPS)]), "")
    np.testing.assert_allclose(asked(cube, "2021..2024")["n_effective"], bare["n_effective"])


RUNS = ["2021..2022", "2021..2023", "2022..2024", "2023..2024", "2022-01..2023-12", "2022-Q1..2024-Q4"]


def between(rows: pd.DataFrame, first: dt.date, after: dt.date) -> pd.DataFrame:
    return rows[[first <= day < after for day in rows["period"]]]


@pytest.mark.parametrize("period", RUNS)
def test_a_run_of_years_is_what_its_rows_alone_give(tmp_path: Path, period: str) -> None:
    rows = visits(np.random.default_rng(2))
    cube = cube_of(tmp_path, rows, [SEEN], [stratifier("race", *GROUPS)], grain="month")
    inside = between(rows, *PeriodRange.parse(period).bounds())
    exact = asked(cube_of(tmp_path / "exact", inside, [SEEN], [stratifier("race", *GROUPS)]), "")
    pd.testing.assert_frame_equal(asked(cube, period), exact)


@pytest.mark.parametrize("period", ["2021-Q1..2022-Q1", "2021-01..2023-02"])
def test_any_other_stretch_never_claims_more_people_than_there_are(tmp_path: Path, period: str) -> None:
    rows = visits(np.random.default_rng(2))
    cube = cube_of(tmp_path, rows, [SEEN], [stratifier("race", *GROUPS)], grain="month")
    inside = between(rows, *PeriodRange.parse(period).bounds())
    exact = asked(cube_of(tmp_path / "exact", inside, [SEEN], [stratifier("race", *GROUPS)]), "")
    found = asked(cube, period)
    assert (found["n_effective"] <= exact["n_effective"] + 1e-9).all()
    assert (found["n_effective"] >= 0.4 * exact["n_effective"]).all()
    np.testing.assert_allclose(found["rate"], exact["rate"])


@pytest.mark.parametrize("undated", [False, True])
def test_runs_hold_the_people_that_plain_pandas_counts(tmp_path: Path, undated: bool) -> None:
    """Also where rows without a period make all time more than all years, and over more years than runs are kept."""
    random = np.random.default_rng(8)
    rows = pd.DataFrame(
        {
            "person": random.integers(1, 90, 1500).astype("uint64"),
            "race": np.array(GROUPS)[random.integers(0, 2, 1500)],
            "period": [year(int(when)) for when in random.integers(2011, 2025, 1500)],
            "x": random.integers(0, 2, 1500).astype(float),
        }
    )
    bare = rows.head(20 if undated else 0).assign(period=None)
    cube = cube_of(tmp_path, pd.concat([rows, bare]), [SEEN], [stratifier("race", *GROUPS)])
    for first, last in ((2015, 2016), (2015, 2023), (2015, 2024), (2019, 2022)):
        found = cube.groups(["Seen"], ["race"], PeriodRange.parse(f"{first}..{last}"))
        assert found.people_raised is None
        inside = between(rows, year(first), year(last + 1))
        each = inside.groupby(["race", "person"])["x"].agg(["sum", "count"]).astype(float)
        sums = (
            pd.DataFrame(
                {
                    "people": each["sum"] * 0 + 1,
                    "person_xx": each["sum"] ** 2,
                    "person_xn": each["sum"] * each["count"],
                    "person_nn": each["count"] ** 2,
                }
            )
            .groupby("race")
            .sum()
        )
        np.testing.assert_array_equal(found.table[list(sums.columns)], sums)
    assert cube.people_are_exact(PeriodRange.parse("2010..2030")) != undated
    longer = cube.groups(["Seen"], [], PeriodRange.parse("2012..2024"))
    assert longer.people_raised is not None
    assert longer.column("people")[0] < 4 * rows["person"].nunique()  # 2012, 2013, 2014 and one run


def test_a_cube_from_before_there_were_runs_says_at_most(tmp_path: Path) -> None:
    rows = visits(np.random.default_rng(3))
    cube = cube_of(tmp_path, rows, [SEEN], [stratifier("race", *GROUPS)])
    exact = asked(cube, "2021..2023")
    path = tmp_path / "cube.parquet"
    held = pd.read_parquet(path)
    held[held["grain"] != "years"].to_parquet(path)
    older = open_cube(tmp_path)
    assert not older.people_are_exact(PeriodRange.parse("2021..2023"))
    found = asked(older, "2021..2023")
    assert (found["n_effective"] < exact["n_effective"]).all()
    np.testing.assert_allclose(found["rate"], exact["rate"])


def test_intervals_over_years_cover(tmp_path: Path) -> None:
    """Gaps of 0 between groups of people who come back: 85 to 89 % were covered when years were added up."""
    random = np.random.default_rng(9)
    names = [f"M{i:03d}" for i in range(400)]
    rows = pd.concat([visits(random, 60).assign(measure=name) for name in names], ignore_index=True)
    measures = [Measure(name, "proportion", "higher_better") for name in names]
    cube = cube_of(tmp_path, rows, measures, [stratifier("race", *GROUPS)])
    for period in ("2021..2023", "2021..2024"):
        covered = []
        for name in names:
            chosen = Choices("Made up", 1, name, "race", Reference.parse("A"), PeriodRange.parse(period))
            row = disparities(cube, chosen).rows.set_index("group").loc["B"]
            covered.append(row["gap_lower"] <= 0 <= row["gap_upper"])
        assert 0.93 <= np.mean(covered) <= 0.975


def test_only_stretches_whose_people_are_not_known_say_at_most(tmp_path: Path) -> None:
    cube = cube_of(tmp_path, visits(np.random.default_rng(3)), [SEEN], [stratifier("race", *GROUPS)], grain="month")
    stretches = {"": True, "2022": True, "2021..2024": True, "2021..2023": True, "2021-01..2023-02": False}
    for period, exact in stretches.items():
        chosen = Choices("Made up", 1, "Seen", "race", Reference.parse("A"), PeriodRange.parse(period))
        assert ("people_added_over_periods" not in disparities(cube, chosen).remarks) == exact
