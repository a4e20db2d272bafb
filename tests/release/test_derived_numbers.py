"""Hidden means hidden with everything that is made of it: from a lens on a release nothing can be worked backwards."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from equity.commands.printing import as_json
from equity.cube import Cube
from equity.cube.cells import read_cells
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.lens.over_time.control import control_chart
from equity.lens.over_time.trends import trends
from equity.release.create import create_release, show
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import opened
from equity.release.view import ReleasedCube, as_cube
from equity.vocabulary import PeriodRange, Reference
from tests.release import derived
from tests.release.made_up import cube_of, description_of, random_rows, save_version

STRATA = ("s1", "s2")
BESIDE = {"group", "kind", "period", "verdict", "reliability", "shown", "rows", "hidden_at_source"}


@pytest.fixture(scope="module")
def cubes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Cube, ReleasedCube, pd.DataFrame]:
    """The team's cube, the same released by quarter, and what the release shows."""
    home = tmp_path_factory.mktemp("home")
    rows = random_rows(6, 1500, months=24, strata=(5, 3))
    description = description_of(rows, STRATA, "month")
    version = save_version(home / "000001", cube_of(rows, STRATA, "month"), description)
    made = create_release(version, Plan(STRATA, "quarter", "year"), policy_of("cms"), home)
    own = Cube(description, read_cells(version / "cube.parquet", description), version / "extract.parquet")
    return own, as_cube(opened(home, made.id)), show(home, made.id)


def asked(by: str, period: str, reference: str = "group:g0") -> Choices:
    kind, _, group = reference.partition(":")
    return Choices("Visits", 1, "Control", by, Reference(kind, group), PeriodRange.parse(period))  # type: ignore[arg-type]


def hidden_in(shown: pd.DataFrame, by: str, grain: str) -> set[tuple[str, str]]:
    """(period, group) of every hidden cell of a one-way table."""
    table = shown[(shown["by1"] == by) & (shown["by2"] == "") & (shown["grain"] == grain)]
    table = table[table["shown"] == "hidden"]
    return set(zip(table["period"], table["value1"], strict=True))


@pytest.mark.parametrize("reference", ["group:g0", "average:", "others:", "best:"])
def test_a_hidden_cell_has_no_number_of_any_kind(
    cubes: tuple[Cube, ReleasedCube, pd.DataFrame], reference: str
) -> None:
    _, released, shown = cubes
    seen = 0
    for by in STRATA:
        unseen = hidden_in(shown, by, "quarter")
        over_time = trends(released, asked(by, "", reference), "quarter").rows
        for period in released.description.periods:
            answer = disparities(released, asked(by, period, reference)).rows.assign(period=period)
            for row in (*answer.to_dict("records"), *over_time[over_time["period"] == period].to_dict("records")):
                if (period, row["group"]) in unseen:
                    seen += 1
                    assert row["shown"] == "hidden"
                    told = {name: value for name, value in row.items() if name not in BESIDE}
                    assert [name for name, value in told.items() if value == value] == []
    assert seen > 40


def test_a_control_chart_takes_hidden_periods_for_holes_and_says_so(
    cubes: tuple[Cube, ReleasedCube, pd.DataFrame],
) -> None:
    _, released, shown = cubes
    unseen = {by: hidden_in(shown, by, "quarter") for by in STRATA}
    numbers = ["value", "n", "x", "centre", "lower", "upper"]
    marks = ["outside", "longest", "shift", "trend", "special"]
    mixed = 0
    for (by, group), kind in product((("s1", "g1"), ("s1", "g3"), ("s2", "g1"), ("s2", "g2")), ("p", "run", "i")):
        answer = control_chart(released, asked(by, ""), group, kind, "quarter")
        rows = answer.rows.set_index("period")
        hidden = rows[rows["shown"] == "hidden"]
        seen = rows.drop(hidden.index)
        assert set(hidden.index) == {period for period, name in unseen[by] if name == group}
        assert hidden[numbers].isna().all(axis=None)
        assert not hidden[marks].any(axis=None)
        assert seen["n"].gt(0).all() and "hidden_at_source" not in answer.remarks
        assert answer.signal["useful"] <= len(seen)
        if kind == "p" and len(seen):
            mixed += len(hidden) > 0
            np.testing.assert_allclose(seen["centre"], seen["x"].sum() / seen["n"].sum())
        printed = {row["period"]: row for row in as_json(answer)["rows"]}
        assert all(printed[period][name] is None for period in hidden.index for name in numbers)
    assert mixed == 2


def test_any_one_of_these_numbers_would_give_the_count_back(
    cubes: tuple[Cube, ReleasedCube, pd.DataFrame],
) -> None:
    """The same lenses on the team's cube, with only the counts of small cells blanked, as a careless report would."""
    own, _, shown = cubes
    ways: dict[str, list[bool]] = {}
    for period, group in sorted(hidden_in(shown, "s1", "quarter")):
        answer = disparities(own, asked("s1", period)).rows.set_index("group")
        row, reference = answer.loc[group], float(answer.loc["g0", "rate"])
        if not 0 < row["n"] <= derived.MOST or group == "g0":
            continue
        true, n = (int(row["n"]), int(row["x"])), int(row["n"])
        rate, lower, upper = (round(float(row[name]), 3) for name in ("rate", "lower", "upper"))
        chart = control_chart(own, asked("s1", ""), group, "p", "quarter").rows.set_index("period").loc[period]
        limit = float(chart["upper"])
        found = {
            "percentage": derived.from_percentage(rate, n),
            "interval": derived.from_interval(lower, upper),
            "gap": derived.from_gap(round(float(row["gap"]), 3), reference, n),
            "ratio": derived.from_ratio(round(float(row["ratio"]), 3), reference, n),
        }
        if limit < 1:
            found["limit"] = derived.from_limit(float(chart["centre"]), round(limit, 4), rate)
        for way, possible in found.items():
            ways.setdefault(way, []).append(possible == {true})
    assert len(ways["interval"]) > 20
    share = {way: sum(right) / len(right) for way, right in ways.items()}
    assert min(share.values()) > 0.9, share
