"""The Trends lens: every group in every period, whether the gap closes and which side moved, control charts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.choices import Choices
from equity.lens.over_time.control import control_chart
from equity.lens.over_time.inequality_over_time import inequality_over_time
from equity.lens.over_time.trends import trends
from equity.vocabulary import Measure, PeriodRange, PlainError, Reference
from tests.made_up_cubes import cube_of, stratifier, year

SCREENED = Measure("Screened", "proportion", "higher_better", "Cancer")
RACE = stratifier("race", "Black", "White", Unknown="unknown")


def over_years(folder: Path, black: list[int | None], white: list[int], n: int = 4000) -> Cube:
    rows = [
        (group, x, n, year(2015 + at))
        for group, counts in (("Black", black), ("White", white))
        for at, x in enumerate(counts)
        if x is not None
    ]
    return cube_of(folder, pd.DataFrame(rows, columns=["race", "x", "n", "period"]), [SCREENED], [RACE])


def choices(period: str = "") -> Choices:
    return Choices("Made up", 1, "Screened", "race", Reference("group", "White"), PeriodRange.parse(period))


@pytest.mark.parametrize(
    ("black", "white", "verdict"),
    [
        ([2000, 2160, 2320, 2480, 2640, 2800], [2800, 2810, 2790, 2805, 2795, 2800], "closing_by_lifting"),
        ([2400, 2410, 2390, 2405, 2395, 2400], [3200, 3040, 2880, 2720, 2560, 2420], "levelling_down"),
        ([2400, 2300, 2200, 2100, 2000, 1900], [2800, 2810, 2790, 2805, 2795, 2800], "widening"),
        ([2400, 2390, 2410, 2405, 2395, 2400], [2800, 2810, 2790, 2805, 2795, 2800], "no_clear_change"),
    ],
)
def test_the_word_for_a_change_in_the_gap(tmp_path: Path, black: list[int], white: list[int], verdict: str) -> None:
    changes = trends(over_years(tmp_path, black, white), choices()).changes
    assert list(changes["group"]) == ["Black"]
    assert changes.loc[0, "verdict"] == verdict
    sides = changes.loc[0, "reference_change"] - changes.loc[0, "group_change"]
    assert changes.loc[0, "gap_change"] == pytest.approx(sides)


def test_a_year_without_data_is_a_hole_and_never_0(tmp_path: Path) -> None:
    answer = trends(over_years(tmp_path, [2000, None, 2320, 2480], [2800, 2800, 2800, 2800]), choices())
    black = answer.rows[answer.rows["group"] == "Black"].set_index("period")
    assert answer.periods == ("2015", "2016", "2017", "2018")
    assert black.loc["2016", "shown"] == "missing"
    assert np.isnan(black.loc["2016", "rate"])
    assert np.isnan(black.loc["2016", "gap"])
    assert black.loc["2017", "gap"] == pytest.approx((2800 - 2320) / 4000)


def test_a_stretch_of_time_is_kept_to(tmp_path: Path) -> None:
    cube = over_years(tmp_path, [2000, 2100, 2320, 2480], [2800, 2800, 2800, 2800])
    assert trends(cube, choices("2016..2017")).periods == ("2016", "2017")


def test_a_control_chart_of_one_group(tmp_path: Path) -> None:
    counts = [400, 420, 380, 410, 395, 405, 390, 415, 400, 385, 410, 700]
    chart = control_chart(over_years(tmp_path, counts, [2800] * 12), choices(), "black", "p")
    centre = sum(counts) / (4000 * 12)
    assert chart.rows["centre"].to_numpy() == pytest.approx(centre)
    half = 3 * np.sqrt(centre * (1 - centre) / 4000)
    assert chart.rows["upper"].to_numpy() == pytest.approx(centre + half)
    assert list(chart.rows["outside"])[-1] == 1
    assert chart.signal["useful"] == 12
    assert not chart.trial
    assert control_chart(over_years(tmp_path / "b", counts[:11], [2800] * 11), choices(), "Black", "p").trial


@pytest.mark.parametrize(
    ("group", "chart", "says"), [("Martian", "p", "is not a group of Race"), ("Black", "q", "There is no chart “q”")]
)
def test_what_is_wrong_is_said(tmp_path: Path, group: str, chart: str, says: str) -> None:
    with pytest.raises(PlainError, match=says):
        control_chart(over_years(tmp_path, [1, 2], [3, 4]), choices(), group, chart)


def test_an_extract_without_periods_has_no_trend(tmp_path: Path) -> None:
    cube = cube_of(tmp_path, pd.DataFrame([("Black", 1, 2)], columns=["race", "x", "n"]), [SCREENED], [RACE])
    with pytest.raises(PlainError, match="no periods"):
        trends(cube, choices())


def monthly_estimates(folder: Path, black: list[float], white: list[float]) -> Cube:
    rows = [
        (date(2024, 1 + at, 1), group, rate)
        for group, rates in (("Black", black), ("White", white))
        for at, rate in enumerate(rates)
    ]
    facts = pd.DataFrame(rows, columns=["period", "race", "estimate"])
    return cube_of(folder, facts, [SCREENED], [RACE], grain="month")


@pytest.mark.parametrize(
    ("period", "months", "surpassed"),
    [("", 4, "any"), ("2024-01..2024-02", 2, "no"), ("2024-Q1", 3, "any"), ("2024-02", 1, "no")],
)
def test_months_of_estimates_are_asked_with_the_best_group_of_the_first(
    tmp_path: Path, period: str, months: int, surpassed: str
) -> None:
    cube = monthly_estimates(tmp_path, [0.5, 0.6, 0.8, 0.6], [0.7, 0.7, 0.7, 0.7])
    asked = replace(choices(period), reference=Reference("best"))
    for answer in (trends(cube, asked), inequality_over_time(cube, asked)):
        assert (answer.reference.group, answer.reference.chosen_on) == ("White", "2024-01")
        assert answer.reference.surpassed == surpassed  # in March alone the other group has the better rate
    gaps = trends(cube, asked).rows.query("group == 'Black'").set_index("period")["gap"]
    expected = {"2024-01": 0.2, "2024-02": 0.1, "2024-03": -0.1, "2024-04": 0.1}
    assert gaps.to_dict() == pytest.approx({month: expected[month] for month in gaps.index})
    assert len(gaps) == months
