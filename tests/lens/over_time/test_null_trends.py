"""Trend pages on which nothing changed, from months that take after each other: how often a word of change appears."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.answers import Trends
from equity.lens.choices import Choices
from equity.lens.over_time.trends import trends
from equity.vocabulary import Measure, Reference
from equity.vocabulary.period import add_months
from tests.made_up_cubes import cube_of, stratifier, year

PAGES, MONTHS = 80, 36
SIZES = np.array([1600, 1200, 800, 600, 400, 320, 240, 200])
GROUPS = [f"G{i}" for i in range(len(SIZES))]
WORDS = {"closing_by_lifting", "levelling_down", "widening"}


def months_alike(random: np.random.Generator, shape: tuple[int, ...], correlation: float) -> np.ndarray:
    """Standard noise along the last axis, each month with this correlation to the month before."""
    noise = random.normal(size=shape)
    for at in range(1, shape[-1]):
        noise[..., at] = correlation * noise[..., at - 1] + np.sqrt(1 - correlation**2) * noise[..., at]
    return noise


def null_cube(folder: Path, correlation: float, spread: float) -> Cube:
    """Measures of eight groups at 60 % throughout; months spread ``spread`` times as much as chance."""
    random = np.random.default_rng([int(10 * correlation), int(10 * spread)])
    noise = months_alike(random, (PAGES, len(SIZES), MONTHS), correlation)
    rate = 0.6 + noise * np.sqrt(spread * 0.24 / SIZES)[:, np.newaxis]
    months = [add_months(year(2022), i) for i in range(MONTHS)]
    page, group, month = (at.ravel() for at in np.indices(noise.shape))
    n = SIZES[group]
    facts = pd.DataFrame(
        {
            "measure": np.array([f"M{i:03d}" for i in range(PAGES)])[page],
            "race": np.array(GROUPS)[group],
            "x": np.clip(np.round(rate.ravel() * n), 0, n),
            "n": n,
            "period": np.array(months, dtype=object)[month],
        }
    )
    measures = [Measure(f"M{i:03d}", "proportion", "higher_better") for i in range(PAGES)]
    return cube_of(folder, facts, measures, [stratifier("race", *GROUPS)], grain="month")


def said(answer: Trends) -> set[str]:
    """Every word of change on the page: of the line, of the windows, and of each group's own years."""
    own = set(answer.yearly["verdict"]) & {"improving", "worsening"} if len(answer.yearly) else set()
    return {*(set(answer.changes["verdict"]) & WORDS), *(set(answer.windows["verdict"]) & WORDS), *own}


@pytest.mark.parametrize(
    ("correlation", "spread", "reference"),
    [(0.0, 1.0, "best"), (0.5, 1.0, "G0"), (0.5, 3.0, "G0"), (0.5, 3.0, "best")],
)
def test_where_nothing_changed_few_pages_say_that_something_did(
    tmp_path: Path, correlation: float, spread: float, reference: str
) -> None:
    cube = null_cube(tmp_path, correlation, spread)
    asked = [Choices("Made up", 1, m.name, "race", Reference.parse(reference)) for m in cube.description.measures]
    false = [bool(said(trends(cube, choices, "month"))) for choices in asked]
    assert np.mean(false) <= 0.10


def test_a_real_change_is_still_told(tmp_path: Path) -> None:
    """One of eight groups rises 12 points in three years among months that take after each other."""
    random = np.random.default_rng(3)
    noise = months_alike(random, (30, len(SIZES), MONTHS), 0.5)
    rate = 0.6 + noise * np.sqrt(0.24 / SIZES)[:, np.newaxis]
    rate[:, 2] += -0.12 + 0.12 * np.linspace(0, 1, MONTHS)
    months = [add_months(year(2022), i) for i in range(MONTHS)]
    page, group, month = (at.ravel() for at in np.indices(rate.shape))
    names = np.array([f"M{i:03d}" for i in range(30)])
    facts = pd.DataFrame({"measure": names[page], "race": np.array(GROUPS)[group], "n": SIZES[group]})
    facts = facts.assign(x=np.round(rate.ravel() * SIZES[group]), period=np.array(months, dtype=object)[month])
    measures = [Measure(name, "proportion", "higher_better") for name in names]
    cube = cube_of(tmp_path, facts, measures, [stratifier("race", *GROUPS)], grain="month")
    found = [trends(cube, Choices("Made up", 1, name, "race", Reference.parse("G0")), "month") for name in names]
    words = [answer.changes.set_index("group").loc["G2", "verdict"] for answer in found]
    assert words.count("closing_by_lifting") >= 0.8 * len(names)
