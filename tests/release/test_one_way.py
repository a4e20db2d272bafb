"""Extracts published one grouping at a time: totals of their own, groups left out, cells hidden by the source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from equity.release.create import create_release, show
from equity.release.plan import Plan
from equity.release.policy import policy_of
from tests.release.made_up import KEY, VALUES, description_of, save_version

STRATA = ("s1", "s2")
Line = tuple[str, str, float, float, bool]


def shown_of(folder: Path, lines: list[Line]) -> dict[tuple[str, str], dict[str, Any]]:
    """Release lines (stratifier, value, n, x, hidden) of one year and give the rows shown for it."""
    cells, rows = [], []
    for by, value, n, x, hidden in lines:
        for grain, period in (("year", "2023"), ("all", "")):
            cells.append(("M", grain, period, by, value, "", "", 1, n, x, x * x, 0, 0, 0, 0, int(hidden)))
        rows.append(
            {"measure": "M", "month": "2023-01", "person": 0, "s1": None, "s2": None} | ({by: value} if by else {})
        )
    described = description_of(pd.DataFrame(rows), STRATA, "year", crossed=False)
    version = save_version(folder / "000001", pd.DataFrame(cells, columns=[*KEY, *VALUES]), described)
    made = create_release(version, Plan(STRATA, "year", "none"), policy_of("cms"), folder / "home")
    table = show(folder / "home", made.id)
    return {(r["by1"], r["value1"]): r for r in table[table["grain"] == "year"].to_dict("records")}


def test_a_group_that_the_source_hid_cannot_be_taken_from_the_total(tmp_path: Path) -> None:
    shown = shown_of(
        tmp_path,
        [
            ("", "", 300, 150, False),
            ("s1", "a", 170, 80, False),
            ("s1", "b", 123, 66, False),
            ("s1", "c", 0, 0, True),
            ("s2", "d", 300, 150, False),
        ],
    )
    assert shown["s1", "c"]["shown"] == "hidden"
    assert "hidden" in {shown["s1", "a"]["shown"], shown["s1", "b"]["shown"], shown["", ""]["shown"]}
    assert shown["s2", "d"]["shown"] == "yes"


def test_people_in_no_listed_group_are_a_group_too(tmp_path: Path) -> None:
    lines: list[Line] = [
        ("", "", 300, 150, False),
        ("s1", "a", 170, 80, False),
        ("s1", "b", 124, 67, False),
        ("s2", "d", 300, 150, False),
    ]
    shown = shown_of(tmp_path / "few", lines)
    assert [key for key, row in shown.items() if row["shown"] == "hidden"] == [("s1", "b")]
    lines[2] = ("s1", "b", 80, 40, False)
    shown = shown_of(tmp_path / "many", lines)
    assert all(row["shown"] == "yes" for row in shown.values())


def test_groups_that_overlap_are_not_taken_for_a_sum(tmp_path: Path) -> None:
    shown = shown_of(
        tmp_path,
        [("", "", 100, 50, False), ("s1", "a", 90, 45, False), ("s1", "b", 60, 30, False), ("s1", "c", 5, 2, False)],
    )
    assert shown["s1", "c"]["shown"] == "hidden"
