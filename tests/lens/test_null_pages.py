"""Pages of measures on which nobody differs: how often one claims a gap, and what it counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.answers import Disparities
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.vocabulary import Measure, PeriodRange, Reference
from equity.words.answers import disparities as words
from tests.made_up_cubes import cube_of, stratifier, year

PAGES = 120
SIZES = {"G0": 4000, "G1": 3000, "G2": 2000, "G3": 1500, "G4": 1000, "G5": 800, "G6": 500, "G7": 300}
RACE = stratifier("race", *SIZES)
Draw = Callable[[np.random.Generator, int], float]
DRAWS: dict[str, Draw] = {
    "proportion": lambda random, n: float(random.binomial(n, 0.6)),
    "rate": lambda random, n: float(random.poisson(n * 0.05)),
}


@pytest.fixture(scope="module", params=list(DRAWS))
def null_cube(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Cube:
    """Measures of eight equal groups over two years."""
    random = np.random.default_rng(2026)
    measures = [Measure(f"M{i:03d}", request.param, "higher_better", "Area") for i in range(PAGES)]
    rows = [
        (measure.name, group, DRAWS[request.param](random, n), n, year(when))
        for measure in measures
        for when in (2022, 2023)
        for group, n in SIZES.items()
    ]
    facts = pd.DataFrame(rows, columns=["measure", "race", "x", "n", "period"])
    return cube_of(tmp_path_factory.mktemp("null"), facts, measures, [RACE])


def pages(cube: Cube, reference: str, period: str) -> list[Disparities]:
    chosen, stretch = Reference.parse(reference), PeriodRange.parse(period)
    return [
        disparities(cube, Choices("Made up", 1, m.name, "race", chosen, stretch)) for m in cube.description.measures
    ]


@pytest.mark.parametrize(("reference", "period"), [("best", ""), ("best", "2023"), ("G0", "2023"), ("others", "")])
def test_equal_groups_seldom_make_a_headline_and_count_next_to_nobody(
    null_cube: Cube, reference: str, period: str
) -> None:
    """Picked on the same data, picked on another year, named, and everyone else."""
    found = pages(null_cube, reference, period)
    claims = [set(a.rows.loc[a.rows["gap"] > 0, "verdict"]) & {"disparity", "small_certain"} for a in found]
    assert sum(map(bool, claims)) <= 0.05 * PAGES + 2 * np.sqrt(0.05 * 0.95 * PAGES)
    shown, measured = (np.mean([getattr(a, n) for a in found]) for n in ("excess_total", "excess_total_raw"))
    assert shown <= 0.12 * measured
    assert all(a.excess_lower == 0 for a, claim in zip(found, claims, strict=True) if not claim)


def test_no_group_is_named_as_best_where_the_groups_cannot_be_told_apart(null_cube: Cube) -> None:
    found = pages(null_cube, "best", "")
    unsaid = [a for a in found if not a.reference.told_apart]
    assert len(unsaid) >= 0.9 * PAGES
    for answer in unsaid:
        assert "No group is named as the best, since chance alone could put it there." in words.caveats(answer)
        assert answer.reference.group not in words.finding(answer)


def test_a_gap_from_a_best_group_of_the_same_data_has_the_range_of_its_picking(tmp_path: Path) -> None:
    """Two groups level at the top: their luck is taken off the count, and stands beside it."""
    rates = {"G0": 0.80, "G1": 0.79, "G2": 0.60}
    years = [(g, y * 1000 + (s * 3 if when == 2023 else 0), 1000, year(when)) for g, y in rates.items()
             for when, s in ((2022, 0), (2023, 1))]  # fmt: skip
    screened = Measure("Screened", "proportion", "higher_better", "Area")
    facts = pd.DataFrame(years, columns=["race", "x", "n", "period"])
    cube = cube_of(tmp_path, facts, [screened], [stratifier("race", *rates)])

    def row(period: str) -> pd.Series:
        chosen, stretch = Reference("best"), PeriodRange.parse(period)
        answer = disparities(cube, Choices("Made up", 1, "Screened", "race", chosen, stretch))
        assert answer.reference.picked == (period == "2022")
        return answer.rows.set_index("group").loc["G2"]

    picked, frozen = row("2022"), row("2023")
    assert picked["gap"] == pytest.approx(frozen["gap"]) == pytest.approx(0.2)
    assert picked["gap_upper"] - picked["gap_lower"] > 1.15 * (frozen["gap_upper"] - frozen["gap_lower"])
    assert frozen["excess"] == pytest.approx(frozen["excess_raw"]) == pytest.approx(200)
    error = np.sqrt((0.80 * 0.20 + 0.79 * 0.21) / 2 / 1000)
    assert picked["excess"] == pytest.approx(200 - 1000 * error / np.sqrt(np.pi), abs=0.2)
    assert picked["excess_raw"] == pytest.approx(200)
