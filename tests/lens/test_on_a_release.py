"""Lenses asked of a release: a hidden part hides every sum it is in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

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
