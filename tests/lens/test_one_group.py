"""One group on every measure: judged among all groups, ranked by people, and honest about what cannot be said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.areas import areas
from equity.lens.choices import Choices
from equity.lens.one_group import one_group
from equity.vocabulary import Measure, PlainError, Reference
from tests.made_up_cubes import cube_of, stratifier

EYE = Measure("Eye exam", "proportion", "higher_better", "Diabetes")
FOOT = Measure("Foot exam", "proportion", "higher_better", "Diabetes")
FALLS = Measure("Falls", "rate", "lower_better", "Safety", multiplier=1000)
VISIT = Measure("Visit", "proportion", "higher_better", "Prenatal")
SCREEN = Measure("Screening", "proportion", "higher_better", "Cancer")
RARE = Measure("Rare", "proportion", "higher_better", "Cancer")
SHUT = Measure("Shut", "proportion", "higher_better", "Cancer")
SIDELESS = Measure("Visits", "rate", "neutral", "Use")
RACE = stratifier("race", "A", "B", "C")
ROWS = [
    ("Eye exam", "A", 800, 1000), ("Eye exam", "B", 500, 1000), ("Eye exam", "C", 790, 1000),
    ("Foot exam", "A", 8000, 10000), ("Foot exam", "B", 7000, 10000), ("Foot exam", "C", 7900, 10000),
    ("Falls", "A", 100, 50000), ("Falls", "B", 105, 50000), ("Falls", "C", 180, 50000),
    ("Visit", "A", 700, 1000), ("Visit", "B", 900, 1000), ("Visit", "C", 690, 1000),
    ("Screening", "A", 700, 1000), ("Screening", "B", 690, 1000), ("Screening", "C", 720, 1000),
    ("Rare", "A", 700, 1000), ("Rare", "B", 0, 9), ("Rare", "C", 720, 1000),
    ("Visits", "A", 100, 1000), ("Visits", "B", 900, 1000), ("Visits", "C", 100, 1000),
]  # fmt: skip
MEASURES = [EYE, FOOT, FALLS, VISIT, SCREEN, RARE, SHUT, SIDELESS]


@pytest.fixture(scope="module")
def cube(tmp_path_factory: pytest.TempPathFactory) -> Cube:
    facts = pd.DataFrame(ROWS, columns=["measure", "race", "x", "n"]).assign(hidden=False)
    shut = pd.DataFrame(
        {"measure": "Shut", "race": ["A", "B"], "x": [800.0, None], "n": [1000.0, 9.0], "hidden": [False, True]}
    )
    return cube_of(tmp_path_factory.mktemp("one_group"), pd.concat([facts, shut]), MEASURES, [RACE])


def asked(group: str) -> Choices:
    return Choices("Made up", 1, "", "race", focus=group)


def test_clear_gaps_come_first_by_people_then_the_others_then_what_cannot_be_said(cube: Cube) -> None:
    rows = one_group(cube, asked("B")).rows
    assert rows["measure"].tolist() == ["Foot exam", "Eye exam", "Falls", "Screening", "Visit", "Rare", "Shut"]
    assert rows["rank"].tolist()[:2] == [1, 2]
    assert rows["rank"].isna().tolist() == [False, False, True, True, True, True, True]
    assert rows["verdict"].tolist()[:2] == ["disparity", "disparity"]
    assert (rows["excess_raw"][0], rows["excess_raw"][1]) == pytest.approx((1000, 300))
    named = rows.set_index("measure")
    assert named["verdict"]["Visit"] == "reference"
    assert named["reliability"]["Rare"] == "too_few"
    assert named["shown"]["Shut"] == "hidden"


def test_the_gaps_are_judged_among_those_of_every_group(cube: Cube) -> None:
    """Somebody who looks at every group and picks one has looked at all of them: q is that of the largest gaps."""
    mine, every = one_group(cube, asked("B")), areas(cube, Choices("Made up", 1, "", ""))
    assert mine.tests == every.tests
    of_all = every.rows[every.rows["group"] == "B"].set_index("measure")
    for row in mine.rows[mine.rows["measure"].isin(of_all.index)].itertuples():
        same = of_all.loc[row.measure]
        assert row.verdict == same["verdict"]
        for name in ("gap", "excess", "q"):
            assert getattr(row, name) == pytest.approx(same[name], nan_ok=True)


def test_a_rank_could_be_any_that_the_ranges_allow(cube: Cube) -> None:
    first = one_group(cube, asked("B")).rows.iloc[0]
    assert (first["rank_lower"], first["rank_upper"]) == (1, 1)


def test_a_gap_ahead_of_the_reference_is_clear_and_has_no_rank(cube: Cube) -> None:
    rows = one_group(cube, replace(asked("B"), reference=Reference.parse("A"))).rows.set_index("measure")
    assert (rows["verdict"]["Visit"], rows["gap"]["Visit"] < 0) == ("disparity", True)
    assert rows.index[rows["rank"].notna()].tolist() == ["Foot exam", "Eye exam"]


def test_a_clear_gap_of_a_handful_has_no_rank(cube: Cube) -> None:
    rare = one_group(cube, asked("B")).rows.set_index("measure").loc["Rare"]
    assert (rare["verdict"], rare["reliability"]) == ("disparity", "too_few")
    assert pd.isna(rare["rank"])


def test_a_group_that_is_nowhere_has_no_rows_and_a_dataset_without_sides_says_so(cube: Cube, tmp_path: Path) -> None:
    assert one_group(cube, asked("Nobody")).rows.empty
    facts = pd.DataFrame({"race": ["A", "B"], "x": [1, 2], "n": [10, 10]})
    with pytest.raises(PlainError, match="says which side is better"):
        one_group(cube_of(tmp_path, facts, [SIDELESS], [RACE]), asked("A"))
