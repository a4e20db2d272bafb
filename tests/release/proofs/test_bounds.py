"""The kept bounds against plain linear programs over what is shown, set up anew from the published rows alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from equity.release.create import audit, audit_bounds, create_release, show
from equity.release.plan import Pairs, Plan
from equity.release.policy import policy_of
from equity.vocabulary import GRAINS, Grain, period_label, period_start
from tests.random_search import examples
from tests.release.made_up import cube_of, description_of, random_rows, save_version

STRATA = ("s1", "s2", "s3")
Cell = tuple[str, str, frozenset[tuple[str, str]]]


def cell_of(row: dict[str, Any]) -> Cell:
    groups = frozenset((row[f"by{i}"], row[f"value{i}"]) for i in (1, 2) if row[f"by{i}"])
    return row["grain"], row["period"], groups


def sums_over(cells: list[Cell]) -> list[tuple[Cell, list[Cell]]]:
    """Every total with the cells that it is the sum of: over one stratifier, or over time."""
    found: dict[tuple[Cell, str], list[Cell]] = {}
    there = set(cells)
    for cell in cells:
        grain, period, groups = cell
        totals = [((grain, period, groups - {side}), side[0]) for side in groups]
        if grain != "all":
            coarser = GRAINS[GRAINS.index(grain) + 1]  # type: ignore[arg-type]
            totals.append(((coarser, period_label(period_start(period), coarser), groups), "time"))
        for total, along in totals:
            if total in there:
                found.setdefault((total, along), []).append(cell)
    return [(total, parts) for (total, _), parts in found.items()]


class Published:
    """n, x and others of every published cell as unknowns; what is shown, and every sum, as equations."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        cells = [cell_of(row) for row in rows]
        self.place = {(cell, name): 3 * i + k for i, cell in enumerate(cells) for k, name in enumerate(("n", "x", "o"))}
        equations, right = [], []
        for total, parts in sums_over(cells):
            for name in ("n", "x"):
                equations.append({self.place[total, name]: 1.0} | {self.place[part, name]: -1.0 for part in parts})
                right.append(0.0)
        for cell, row in zip(cells, rows, strict=True):
            n, x, o = (self.place[cell, name] for name in ("n", "x", "o"))
            equations.append({n: 1.0, x: -1.0, o: -1.0})
            right.append(0.0)
            if row["shown"] != "hidden":
                equations += [{n: 1.0}, {x: 1.0}]
                right += [row["n"], row["x"]]
        self.matrix = np.zeros((len(equations), len(self.place)))
        for i, equation in enumerate(equations):
            self.matrix[i, list(equation)] = list(equation.values())
        self.right = np.array(right)
        self.least = [1.0 if name == "n" else 0.0 for _, name in self.place]

    def ends(self, cell: Cell, name: str) -> tuple[float, float]:
        """Least and greatest whole value."""
        found = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(self.place))
            goal[self.place[cell, name]] = sign
            answer = linprog(goal, A_eq=self.matrix, b_eq=self.right, bounds=[(low, None) for low in self.least])
            found.append(sign * answer.fun if answer.status == 0 else -sign * np.inf)
        return np.ceil(found[0] - 1e-6), np.floor(found[1] + 1e-6)


def kept_and_asked(folder: Path, rows: pd.DataFrame, plan: Plan, threshold: int, most: int) -> list[str]:
    """Hidden counts of which the kept ends differ from those asked here."""
    cube = cube_of(rows, STRATA, "month")
    version = save_version(folder / "000001", cube, description_of(rows, STRATA, "month"))
    made = create_release(version, plan, policy_of("cms", threshold), folder)
    published = Published(show(folder, made.id).to_dict("records"))
    kept = audit_bounds(folder, made.id)
    truth = {cell_of(row): row for row in cube.to_dict("records")}
    wrong = []
    for row in kept.iloc[:: max(1, len(kept) // most)].to_dict("records"):
        cell = cell_of(row)
        real = {"n": truth[cell]["n"], "x": truth[cell]["x"], "others": truth[cell]["n"] - truth[cell]["x"]}
        ends = published.ends(cell, {"n": "n", "x": "x", "others": "o"}[row["count"]])
        if ends != (row["least"], row["greatest"]) or not row["least"] <= real[row["count"]] <= row["greatest"]:
            wrong.append(f"{row} asked {ends}")
    assert len(kept) == audit(folder, made.id)["hidden"] == 3 * (made.cells()["shown"] == "hidden").sum()
    return wrong


@st.composite
def few_rows(draw: st.DrawFn) -> pd.DataFrame:
    lines = []
    for month in draw(st.lists(st.sampled_from(["2023-02", "2023-05", "2024-01"]), min_size=1, unique=True)):
        for a in "ab":
            for b in "cde":
                n = draw(st.sampled_from([0, 1, 2, 3, 5, 9, 14, 40]))
                if n:
                    x = draw(st.sampled_from([0, 1, n // 2, n]))
                    lines.append((month, a, b, "fg"[n % 2], float(n), float(min(x, n))))
    frame = pd.DataFrame(lines, columns=["month", *STRATA, "n", "x"])
    return frame.assign(measure="M", person=0, hidden=False)


@settings(max_examples=examples(5), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=few_rows().filter(lambda t: len(t) > 1),
    grain=st.sampled_from(["month", "year"]),
    pairs=st.sampled_from(["year", "none"]),
    threshold=st.sampled_from([4, 11]),
)
def test_the_ends_that_are_kept_are_the_ends_that_there_are(
    rows: pd.DataFrame, grain: Grain, pairs: Pairs, threshold: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert kept_and_asked(Path(folder), rows, Plan(STRATA, grain, pairs), threshold, most=12) == []


def test_ends_of_skewed_groups(tmp_path: Path) -> None:
    rows = random_rows(3, 900, months=6, strata=(5, 3, 2))
    assert kept_and_asked(tmp_path, rows, Plan(STRATA, "quarter", "all"), 11, most=20) == []


def test_no_count_has_fewer_values_than_the_rule_wants(tmp_path: Path) -> None:
    rows = random_rows(4, 1200, months=12, strata=(5, 3, 2)).assign(person=lambda t: t.index // 2 + 1)
    version = save_version(tmp_path / "000001", cube_of(rows, STRATA, "month"), description_of(rows, STRATA, "month"))
    made = create_release(version, Plan(STRATA, "quarter", "year"), policy_of("cms"), tmp_path)
    kept, found = audit_bounds(tmp_path, made.id), audit(tmp_path, made.id)
    unsettled = kept[(kept["greatest"] > 0) & (kept["count"] != "people")]
    assert (unsettled["width"] >= found["least_values"] - 1).all()
    assert found["narrowest_width"] == kept.loc[kept["greatest"] > 0, "width"].min()
    assert found["known_to_be_0"] == (kept["greatest"] == 0).sum()
    people = kept[kept["count"] == "people"].reset_index(drop=True)
    n = kept[kept["count"] == "n"].reset_index(drop=True)
    assert len(people) == len(n) > 0
    assert (people["greatest"] == n["greatest"]).all()
    assert (people["least"] == np.minimum(n["greatest"], 1)).all()


def test_a_person_time_has_ends_that_are_not_whole(tmp_path: Path) -> None:
    rows = random_rows(5, 900, months=12, strata=(4, 3)).assign(s3="one")
    rows["n"] = rows["x"] * 3.25 + 0.5
    described = description_of(rows, STRATA, "month", kinds={"Control": "rate"})
    version = save_version(tmp_path / "000001", cube_of(rows, STRATA, "month"), described)
    made = create_release(version, Plan(STRATA[:2], "quarter", "year"), policy_of("cms"), tmp_path)
    kept = audit_bounds(tmp_path, made.id)
    assert set(kept["count"]) == {"n", "x"}
    days = kept[kept["count"] == "n"]
    assert (days["greatest"] % 1 != 0).any()
    assert (days["width"] >= 5.5 - 1e-3).all()
