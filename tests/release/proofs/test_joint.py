"""The table behind all tables: what somebody who sets it up can say is reckoned with before a release leaves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.optimize import linprog

from equity.release.linked import KEY, link
from equity.release.plan import Pairs, Plan
from equity.release.proofs import joint
from equity.release.proofs.interior_point import InteriorPoint
from equity.release.proofs.joint import joint_tables
from equity.vocabulary import Grain
from tests.release.attacker import PatientAttacker
from tests.release.made_up import cube_of, random_rows
from tests.release.test_attack import recovered, release_rows, truth_of

STRATA = ("s1", "s2", "s3")


def cells_of(rows: pd.DataFrame, grain: Grain, pairs: Pairs, strata: tuple[str, ...] = STRATA) -> pd.DataFrame:
    """The cells of a plan, as they are linked."""
    cube = cube_of(rows, strata, "month").assign(version=1)
    return cube[Plan(strata, grain, pairs, ("Control",)).covers(cube)].reset_index(drop=True)


def groupings_of(cells: pd.DataFrame) -> list[tuple[str, ...]]:
    linked = link(cells[["version", *KEY]])
    return [table.groupings for table in joint_tables(linked, np.zeros(len(linked.totals), dtype=np.bool_))]


def test_a_count_that_only_the_joint_table_gives_away_is_hidden_with_more(tmp_path: Path) -> None:
    """One of these n − x was 1 for certain to whoever set up month × s1 × s2 × s3; no published sum said so."""
    rows = pd.DataFrame(
        [
            ("2023-02", "a0", "b0", "c1", 1.0, 0.0),
            ("2023-02", "a1", "b0", "c1", 1.0, 1.0),
            ("2023-02", "a1", "b1", "c0", 200.0, 1.0),
            ("2024-02", "a0", "b0", "c1", 30.0, 29.0),
            ("2024-02", "a1", "b0", "c1", 30.0, 15.0),
            ("2024-02", "a1", "b1", "c1", 4.0, 3.0),
            ("2024-02", "a2", "b1", "c0", 6.0, 2.0),
            ("2024-02", "a3", "b0", "c0", 4.0, 3.0),
        ],
        columns=["month", *STRATA, "n", "x"],
    ).assign(measure="M", person=0, hidden=False)
    cube, shown = release_rows(rows, tmp_path, "month", threshold=6)
    attacker = PatientAttacker({"M": "proportion"})
    attacker.read(shown)
    assert recovered(attacker, [truth_of(cube)], 6) == []
    assert any(row["shown"] == "yes" for row in shown)


def test_joint_tables_cross_as_many_groupings_as_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = random_rows(3, 400, months=6, strata=(4, 3, 2))
    cells = cells_of(rows, "quarter", "year")
    assert groupings_of(cells) == [STRATA]
    monkeypatch.setattr(joint, "MOST_CELLS", 47)  # quarters × 4 × 3 × 2 are 48
    assert groupings_of(cells) == [("s2", "s3"), ("s1", "s3")]  # 12 and 16; with the last there would be 52
    monkeypatch.setattr(joint, "MOST_CELLS", 52)
    assert groupings_of(cells) == [STRATA]


def test_there_is_none_where_margins_that_agree_have_a_common_table_anyway() -> None:
    rows = random_rows(3, 400, months=6, strata=(4, 3, 2))
    two = ("s1", "s2")
    assert groupings_of(cells_of(rows, "quarter", "none")) == []
    assert groupings_of(cells_of(rows, "all", "all", two)) == []
    assert groupings_of(cells_of(rows, "year", "year", two)) == []
    assert groupings_of(cells_of(rows, "quarter", "year", two)) == [two]
    assert groupings_of(cells_of(rows, "all", "all")) == [STRATA]


def test_every_linked_cell_and_rest_is_the_sum_of_its_joint_cells() -> None:
    """Rows without a period, and rows without a group, have a place of their own."""
    rows = random_rows(4, 300, months=6, strata=(4, 3, 2))
    rows.loc[rows.index % 7 == 0, "month"] = ""
    rows["s2"] = pd.Series([None if i % 5 == 0 else group for i, group in enumerate(rows["s2"])], dtype=object)
    cells = cells_of(rows, "quarter", "year")
    linked = link(cells[["version", *KEY]])
    value = cells["n"].to_numpy(dtype=np.float64)
    every = np.concatenate([value, linked.rests(value)])
    (table,) = joint_tables(linked, linked.rests(value) != 0)
    assert table.within.all()
    fitting = linprog(np.zeros(table.sums.shape[1]), A_eq=table.sums, b_eq=every)
    assert fitting.status == 0
    whole = np.asarray(table.sums[[linked.keys.index((1, "all", "", "", "", "", ""))]].sum())
    assert whole == table.sums.shape[1] == 3 * 4 * 4 * 2  # two quarters and none; s2 has three groups and none


def test_what_is_reached_from_inside_can_be_reached() -> None:
    """Against least and greatest by linear programming: never beyond, and not at all where the sums settle it."""
    generator = np.random.default_rng(5)
    shape = (4, 3, 5)
    place = np.indices(shape).reshape(3, -1)
    codes = [place[0] * 3 + place[1], place[1] * 5 + place[2]]
    sums = [sparse.csr_array((np.ones(60), (code, np.arange(60)))) for code in codes]
    matrix = sparse.vstack(sums, format="csr")
    right = matrix @ generator.integers(0, 9, 60).astype(float)
    interior = InteriorPoint(matrix, right, [np.arange(12), np.arange(12, 27)])
    point = interior.point(interior.fitted(np.ones(60)))
    assert point is not None
    assert (point > 0).all()
    settled = sums[0][[3]]
    counts = sparse.vstack(
        [settled, sparse.csr_array(generator.choice([0.0, 1.0], (8, 60), p=[0.8, 0.2]))], format="csr"
    )
    low, high = interior.reached(point, counts)
    assert high[0] - low[0] < 1e-3
    for i, count in enumerate(counts.toarray()):
        least, greatest = (sign * linprog(sign * count, A_eq=matrix, b_eq=right).fun for sign in (1.0, -1.0))
        assert least - 1e-4 <= low[i] <= high[i] <= greatest + 1e-4
        assert i == 0 or high[i] - low[i] > 0.2 * (greatest - least)
