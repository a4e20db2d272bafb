"""A question without rows says why, and what can be asked instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.cube import Cube, open_cube
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.lens.intersections import intersections
from equity.loading import Accepted, load
from equity.store.files.versions import current_version
from equity.vocabulary import PeriodRange, PlainError

LINES = [
    f"{year},{sex},{race},{rate}"
    for year in (2022, 2023)
    for sex, race, rate in (
        ("Female", "White", 40.1),
        ("Female", "Black", 55.2),
        ("Male", "White", 60.4),
        ("Male", "Black", 81.9),
    )
]


@pytest.fixture
def crossed(tmp_path: Path) -> Cube:
    file = tmp_path / "crossed.csv"
    file.write_text("Year,Sex,Race,Deaths per 100000\n" + "\n".join(LINES) + "\n", encoding="utf-8")
    load([file], "Crossed", None, "replace", tmp_path / "home", accepted=Accepted(proposal=True))
    return open_cube(current_version(tmp_path / "home", "Crossed").folder)


def question(cube: Cube, period: str, where: tuple[tuple[str, str], ...] = ()) -> Choices:
    measure = cube.description.measures[0].name
    return Choices("Crossed", 1, measure, "race", period=PeriodRange.parse(period), where=where)


def test_crossed_rates_are_told_to_be_crossed_and_the_remedy_works(crossed: Cube) -> None:
    with pytest.raises(PlainError) as refused:
        disparities(crossed, question(crossed, "2023"))
    assert "for Race and Sex together only" in str(refused.value)
    assert "such as “Female”" in str(refused.value)
    assert len(disparities(crossed, question(crossed, "2023", (("sex", "Female"),))).rows) == 2


def test_a_period_without_rows_is_named(crossed: Cube) -> None:
    with pytest.raises(PlainError, match="has no rows by Race in 2021: choose another period"):
        disparities(crossed, question(crossed, "2021"))


def test_rates_without_counts_are_not_said_to_hold_one_grouping(crossed: Cube) -> None:
    with pytest.raises(PlainError, match="holds rates without counts, which cannot be put together"):
        intersections(crossed, question(crossed, "2023"), ("race", "sex"))
