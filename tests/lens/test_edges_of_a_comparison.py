"""Where a comparison just may be made, and where one group alone tells the groups apart."""

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

SCREENED = Measure("Screened", "proportion", "higher_better", "Cancer")


@pytest.mark.parametrize(("events", "compared"), [(200, True), (199, False)])
def test_a_hidden_count_that_moves_a_rate_by_just_a_twentieth_is_compared(
    tmp_path: Path, events: int, compared: bool
) -> None:
    """A hidden count is at most 10 events: a twentieth of 200."""
    rows = [("A", events, 400, False), ("A", None, None, True), ("B", 300, 400, False), ("C", 280, 400, False)]
    facts = pd.DataFrame(rows, columns=["race", "x", "n", "hidden"])
    cube = cube_of(tmp_path, facts, [SCREENED], [stratifier("race", "A", "B", "C")])
    found = disparities(cube, Choices("Made up", 1, "Screened", "race", Reference.parse("B"))).rows.set_index("group")
    assert bool(np.isfinite(found.loc["A", "gap"])) is compared
    assert np.isfinite(found.loc["C", "gap"])


def one_apart(folder: Path, apart: int) -> Cube:
    """Ten groups: eight just below the best, and one of many people that differs by some points; twice, a year each."""
    met = {"A": (1400, 2000), "B": (apart, 800)} | dict.fromkeys("CDEFGHIJ", (137, 200))
    rows = [(group, x, n, year(when)) for when in (2023, 2024) for group, (x, n) in met.items()]
    facts = pd.DataFrame(rows, columns=["race", "x", "n", "period"])
    return cube_of(folder, facts, [SCREENED], [stratifier("race", *met)])


@pytest.mark.parametrize(("apart", "said"), [(506, True), (545, False)])
def test_one_clear_gap_tells_the_groups_apart_where_all_of_them_together_look_alike(
    tmp_path: Path, apart: int, said: bool
) -> None:
    chosen, stretch = Reference("best"), PeriodRange.parse("2024")
    found = disparities(one_apart(tmp_path, apart), Choices("Made up", 1, "Screened", "race", chosen, stretch))
    assert not found.reference.picked
    assert bool((found.rows["p_together"] <= 0.05).any()) is said
    assert found.reference.told_apart is said
    assert ("groups_cannot_be_told_apart" in found.remarks) is not said
