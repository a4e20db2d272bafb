"""The best group is chosen on the first period of its measure, be it the extract's first or a later one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.areas import areas
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.lens.over_time.trends import trends
from equity.vocabulary import Measure, PeriodRange, Reference
from equity.vocabulary.period import add_months
from equity.words.answers import disparities as words
from tests.made_up_cubes import cube_of, stratifier, year

RACE = stratifier("race", "A", "B", "C")
MEASURES = [Measure(name, "proportion", "higher_better", "Area") for name in ("Early", "Late")]


def asked(measure: str, period: str = "", reference: str = "best") -> Choices:
    return Choices("Made up", 1, measure, "race", Reference.parse(reference), PeriodRange.parse(period))


def published(folder: Path) -> Cube:
    """Rates by month; those of “Late” begin five months after the others, and A, the best at first, falls behind."""
    rows = []
    for name, first in (("Early", 0), ("Late", 5)):
        for at in range(first, 24):
            for group, rate in (("A", 0.60 - 0.005 * at), ("B", 0.50), ("C", 0.55)):
                day = add_months(year(2023), at)
                rows.append((name, group, day, rate, rate - 0.01, rate + 0.01))
    columns = ["measure", "race", "period", "estimate", "lower", "upper"]
    return cube_of(folder, pd.DataFrame(rows, columns=columns), MEASURES, [RACE], grain="month")


def test_published_rates_that_begin_later_have_a_best_group_of_their_own_first_month(tmp_path: Path) -> None:
    cube = published(tmp_path)
    for name, chosen_on in (("Early", "2023-01"), ("Late", "2023-06")):
        answer = disparities(cube, asked(name, "2023-08"))
        assert (answer.reference.group, answer.reference.chosen_on) == ("A", chosen_on)
        assert answer.rows.set_index("group").loc["B", "gap"] == pytest.approx(0.065)
        followed = trends(cube, asked(name))
        assert (followed.reference.group, followed.reference.chosen_on) == ("A", chosen_on)
        assert followed.rows["gap"].notna().any()
    compared = areas(cube, asked("", "2023-08"))
    assert compared.references["Late", "race"].chosen_on == "2023-06"
    assert set(compared.rows["measure"]) == {"Early", "Late"}


def test_counts_that_begin_a_year_later_have_one_of_their_own_first_whole_year(tmp_path: Path) -> None:
    rows = [
        (name, group, year(when), x, 1000)
        for name, first in (("Early", 2021), ("Late", 2023))
        for when in range(first, 2025)
        for group, x in (("A", 700), ("B", 600), ("C", 650))
    ]
    facts = pd.DataFrame(rows, columns=["measure", "race", "period", "x", "n"])
    cube = cube_of(tmp_path, facts, MEASURES, [RACE])
    for name, chosen_on in (("Early", "2021"), ("Late", "2023")):
        reference = disparities(cube, asked(name, "2024")).reference
        assert (reference.group, reference.chosen_on, reference.picked) == ("A", chosen_on, False)
    assert disparities(cube, asked("Late", "2023")).reference.picked


def test_where_no_group_can_be_the_best_the_reference_is_not_said_to_be_missing(tmp_path: Path) -> None:
    rows = [(group, year(2024), 40, 80) for group in ("A", "B", "C")]
    facts = pd.DataFrame(rows, columns=["race", "period", "x", "n"])
    answer = disparities(cube_of(tmp_path, facts, MEASURES[:1], [RACE]), asked("Early", "2024"))
    assert words.finding(answer).endswith("nothing to compare. No group has enough data to be the best group.")
