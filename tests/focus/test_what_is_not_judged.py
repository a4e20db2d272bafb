"""What no choice of focus may stand on: people whose group is not known, and criteria of which the data say nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.focus.candidates import GapCandidate, gap_names
from equity.focus.decision import choose_focus
from equity.focus.weighing import Weighing
from equity.lens.choices import Choices
from equity.vocabulary import Measure, PlainError, Reference
from equity.words.work import focus as words
from tests.made_up_cubes import cube_of, stratifier, year

CHOICES = Choices("Made up", 1, "", "", Reference.parse("A"))
RACE = stratifier("race", "A", "B", Unknown="unknown")


def two_areas(folder: Path) -> Cube:
    """One year of two areas, in which the people whose group is not recorded have the widest gap by far."""
    measures = [Measure(name, "proportion", "higher_better", name) for name in ("Eyes", "Feet")]
    met = {"Eyes": (800, 700, 200), "Feet": (800, 760, 200)}
    rows = [
        (m, g, x, 1000, year(2024)) for m, xs in met.items() for g, x in zip(("A", "B", "Unknown"), xs, strict=True)
    ]
    facts = pd.DataFrame(rows, columns=["measure", "race", "x", "n", "period"])
    return cube_of(folder, facts, measures, [RACE])


def test_people_whose_group_is_unknown_are_no_gap_to_choose(tmp_path: Path) -> None:
    cube = two_areas(tmp_path)
    found = choose_focus(cube, CHOICES, Weighing(), draws=500)
    assert [gap.group for gap in found.gaps] == ["B", "B"]
    named = gap_names([GapCandidate("Eyes", "race", "Unknown")])
    with pytest.raises(PlainError, match="Eyes, Unknown” is not in the data"):
        choose_focus(cube, CHOICES, Weighing(), areas=["Eyes"], gaps=named)


def test_a_criterion_of_which_the_data_say_nothing_is_left_out_and_said(tmp_path: Path) -> None:
    """One year has no trend."""
    found = choose_focus(two_areas(tmp_path), CHOICES, Weighing(), draws=500)
    assert found.criteria == ("burden", "certainty", "completeness")
    assert "criterion_left_out:trend" in found.remarks
    assert "trend" not in found.rows
    assert np.isfinite(found.rows[list(found.criteria)].to_numpy()).all()
    assert any("is left out: the data do not tell it" in said for said in words.not_known(found))
