"""Lenses asked of a release: a hidden part hides every sum it is in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from equity.cube import Cube
from equity.cube.cube_query import Slice
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.vocabulary import Measure, Reference
from tests.made_up_cubes import cube_of, stratifier

SEEN = Measure("Seen", "proportion", "higher_better")
RACE = stratifier("race", "A", "B", "C")


class HidingB:
    """A one-way cube of which group B is hidden by policy, as a release would answer."""

    def __init__(self, cube: Cube) -> None:
        self.description, self._cube = cube.description, cube

    def keep(self, key: object, compute: object) -> object:
        return self._cube.keep(key, compute)

    def people_are_exact(self, period: object) -> bool:
        return True

    def groups(self, *question: object) -> Slice:
        found = self._cube.groups(*question)
        hidden = (found.table["value1"] == "B").to_numpy()
        table = found.table.assign(hidden_by_policy=hidden.astype(int))
        table.loc[hidden, ["n", "x", "xx"]] = np.nan
        table["rows"] = table["rows"].mask(hidden, 1)
        table["hidden_at_source"] = hidden.astype(int)
        return Slice.of_table(table, found.by, found.sql)


def test_the_total_of_a_one_way_release_is_hidden_with_its_part(tmp_path: Path) -> None:
    facts = pd.DataFrame([("A", 80, 100), ("B", 3, 12), ("C", 40, 100)], columns=["race", "x", "n"])
    cube = HidingB(cube_of(tmp_path, facts, [SEEN], [RACE], tables="one_way"))
    for reference in ("others", "average"):
        answer = disparities(cube, Choices("Made up", 1, "Seen", "race", Reference.parse(reference)))
        rows = answer.rows.set_index("group")
        assert rows.loc["B", "shown"] == "hidden"
        assert answer.total["shown"].tolist() == ["hidden"]
        assert answer.total[["n", "x", "rate"]].isna().all(axis=None)
        assert rows["gap"].isna().all()
    named = disparities(cube, Choices("Made up", 1, "Seen", "race", Reference("group", "A"))).rows.set_index("group")
    assert named.loc["C", "gap"] == 0.4
    assert np.isnan(named.loc["B", "gap"])


def test_a_group_that_is_hidden_counts_among_those_that_could_have_been_the_best(tmp_path: Path) -> None:
    """The best was picked from three, of whom two are seen: the team's three, by the studentized range."""
    facts = pd.DataFrame([("A", 800, 1000), ("B", 8, 12), ("C", 760, 1000)], columns=["race", "x", "n"])
    cube = HidingB(cube_of(tmp_path, facts, [SEEN], [RACE], tables="one_way"))
    answer = disparities(cube, Choices("Made up", 1, "Seen", "race", Reference("best")))
    assert answer.reference.picked
    z = 0.04 / np.sqrt(0.78 * 0.22 * 2 / 1000)
    three = float(stats.studentized_range.sf(np.sqrt(2) * z, 3, np.inf))
    assert float(answer.rows.set_index("group").loc["C", "p"]) == pytest.approx(three, rel=1e-3)
