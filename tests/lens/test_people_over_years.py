"""The same people over several years: intervals hold them as one person each, exactly or at most."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
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


@pytest.mark.parametrize("period", ["2021..2023", "2022..2024", "2023..2024"])
def test_a_run_of_years_never_claims_more_people_than_there_are(tmp_path: Path, period: str) -> None:
    rows = visits(np.random.default_rng(2))
    cube = cube_of(tmp_path, rows, [SEEN], [stratifier("race", *GROUPS)])
    first, last = (int(text) for text in period.split(".."))
    inside = rows[[first <= day.year <= last for day in rows["period"]]]
    exact = asked(cube_of(tmp_path / "exact", inside, [SEEN], [stratifier("race", *GROUPS)]), "")
    found = asked(cube, period)
    assert (found["n_effective"] <= exact["n_effective"] + 1e-9).all()
    assert (found["n_effective"] >= 0.4 * exact["n_effective"]).all()
    np.testing.assert_allclose(found["rate"], exact["rate"])


def test_intervals_over_years_cover(tmp_path: Path) -> None:
    """Gaps of 0 between groups of people who come back: 85 to 89 % were covered when years were added up."""
    random = np.random.default_rng(9)
    names = [f"M{i:03d}" for i in range(60)]
    rows = pd.concat([visits(random, 60).assign(measure=name) for name in names], ignore_index=True)
    measures = [Measure(name, "proportion", "higher_better") for name in names]
    cube = cube_of(tmp_path, rows, measures, [stratifier("race", *GROUPS)])
    for period in ("2021..2023", "2021..2024"):
        covered = []
        for name in names:
            chosen = Choices("Made up", 1, name, "race", Reference.parse("A"), PeriodRange.parse(period))
            row = disparities(cube, chosen).rows.set_index("group").loc["B"]
            covered.append(row["gap_lower"] <= 0 <= row["gap_upper"])
        assert np.mean(covered) >= 0.92


def test_only_stretches_whose_people_are_not_known_say_at_most(tmp_path: Path) -> None:
    cube = cube_of(tmp_path, visits(np.random.default_rng(3)), [SEEN], [stratifier("race", *GROUPS)])
    for period, exact in (("", True), ("2022", True), ("2021..2024", True), ("2021..2023", False)):
        chosen = Choices("Made up", 1, "Seen", "race", Reference.parse("A"), PeriodRange.parse(period))
        assert ("people_added_over_periods" not in disparities(cube, chosen).remarks) == exact
