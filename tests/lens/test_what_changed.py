"""Two versions of made-up datasets: each kind of change is told by its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from equity.cube import Cube
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.lens.what_changed import WhatChanged, what_changed
from equity.vocabulary import Measure
from equity.words.datasets import what_changed as words
from tests.made_up_cubes import cube_of, stratifier, year

SCREENED = Measure("Screened", "proportion", "higher_better")
RACE = stratifier("race", "A", "B")


def counts(*cells: tuple[int, str, float, float]) -> pd.DataFrame:
    """A row a (year, race, x, n)."""
    return pd.DataFrame([{"period": year(y), "race": race, "x": x, "n": n} for y, race, x, n in cells])


BEFORE = counts((2021, "A", 50, 100), (2021, "B", 40, 100), (2022, "A", 60, 100), (2022, "B", 50, 100))


def cube(folder: Path, facts: pd.DataFrame, measure: Measure = SCREENED, *races: str) -> Cube:
    made = cube_of(folder, facts, [measure], [stratifier("race", *races) if races else RACE])
    return replace(made, description=replace(made.description, version=int(folder.name)))


def compared(folder: Path, later: pd.DataFrame, measure: Measure = SCREENED) -> WhatChanged:
    return what_changed(cube(folder / "1", BEFORE), cube(folder / "2", later, measure))


def changes(answer: WhatChanged) -> dict[str, str]:
    return dict(zip(answer.rows["period"], answer.rows["change"], strict=True))


def test_the_same_numbers_are_no_change(tmp_path: Path) -> None:
    answer = compared(tmp_path, BEFORE)
    assert changes(answer) == {"2021": "same", "2022": "same"}
    assert words.finding(answer) == "Version 2 beside version 1: every number is the same."
    assert words.table(answer).empty
    assert len(words.table(answer, with_same=True)) == 2


def test_more_people_are_data_and_other_outcomes_of_the_same_people_performance(tmp_path: Path) -> None:
    later = counts((2021, "A", 50, 100), (2021, "B", 60, 150), (2022, "A", 70, 100), (2022, "B", 50, 100))
    answer = compared(tmp_path, later)
    assert changes(answer) == {"2021": "data", "2022": "performance"}
    assert words.finding(answer) == (
        "Version 2 beside version 1: 1 number changed with the data; 1 number changed in performance."
    )
    first = words.table(answer).iloc[0]
    assert (first["Rate before"], first["Rate now"]) == ("45%", "44%")


def test_a_new_period_stands_beside_the_one_before_it_and_a_lost_one_is_gone(tmp_path: Path) -> None:
    later = counts((2022, "A", 60, 100), (2022, "B", 50, 100), (2023, "A", 80, 100), (2023, "B", 70, 100))
    answer = compared(tmp_path, later)
    assert changes(answer) == {"2021": "gone", "2022": "same", "2023": "new"}
    new = answer.rows[answer.rows["change"] == "new"].iloc[0]
    assert (new["rate_before"], new["rate_after"]) == (0.55, 0.75)
    assert "55% in the period before" in set(words.table(answer)["Rate before"])


def test_a_measure_of_another_kind_is_a_definition(tmp_path: Path) -> None:
    later = BEFORE.assign(x=BEFORE["x"] * 2)
    answer = compared(tmp_path, later, replace(SCREENED, kind="rate", multiplier=1000))
    assert set(answer.rows["change"]) == {"definition"}
    assert "“Screened” is now read as a rate; it was proportion before." in words.definitions(answer)
    assert "“Screened” is now shown per 1000; it was 1 before." in words.definitions(answer)


def test_a_target_alone_changes_no_number(tmp_path: Path) -> None:
    answer = compared(tmp_path, BEFORE, replace(SCREENED, target=0.7))
    assert set(answer.rows["change"]) == {"same"}
    assert words.definitions(answer) == ["“Screened” now has the target 0.7; it was nothing before."]
    assert words.finding(answer) == "Version 2 beside version 1: 1 definition differs."


def test_categories_that_are_new_and_gone_are_named(tmp_path: Path) -> None:
    later = BEFORE.replace({"race": {"B": "C"}})
    answer = what_changed(cube(tmp_path / "1", BEFORE), cube(tmp_path / "2", later, SCREENED, "A", "C"))
    assert words.definitions(answer) == ["“Race” has new groups: C; groups no longer there: B."]
    assert set(answer.rows["change"]) == {"same"}


MAPPING = """
[extract]
shape = "counts"
[columns]
x = "{x}"
n = "people"
[stratifiers.race]
column = "race"
label = "Race"
drop = [{drop}]
[measures.Screened]
kind = "proportion"
"""


def test_another_column_or_total_left_out_is_a_definition(tmp_path: Path) -> None:
    mappings = tuple(
        mapping_from_toml(MAPPING.format(x=x, drop=drop), "m.toml") for x, drop in (("met", ""), ("passed", '"All"'))
    )
    cubes = cube(tmp_path / "1", BEFORE), cube(tmp_path / "2", BEFORE.assign(x=BEFORE["x"] + 1))
    answer = what_changed(*cubes, (mappings[0], mappings[1]))
    assert set(answer.rows["change"]) == {"definition"}
    assert words.definitions(answer) == [
        "What gives the outcome or events was met; it is passed now.",
        "“Race” now leaves out All; it was nothing before.",
    ]


@pytest.mark.parametrize("change", list(words.CHANGES))
def test_every_reason_has_a_word(change: str) -> None:
    assert words.CHANGES[change]
