"""The days of rare events, from a file to the chart: kept where the extract gives days, whole or unused, unreleased."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube, open_cube
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.lens.choices import Choices
from equity.lens.over_time.control import control_chart, control_charts
from equity.loading import load
from equity.release.create import create_release
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.view import as_cube
from equity.store.files.earlier_versions import roll_back
from equity.store.files.versions import current_version
from equity.vocabulary import Reference

MAPPING = mapping_from_toml(
    """
[extract]
shape = "rows"
[columns]
measure = "measure"
period = "day"
x = "falls"
n = "beds"
[stratifiers.ward]
column = "ward"
label = "Ward"
[measures."Falls"]
kind = "rate"
polarity = "lower_better"
[measures."Visits"]
kind = "rate"
polarity = "lower_better"
""",
    "mapping.toml",
)
CHOICES = Choices("Wards", 1, "Falls", "ward", Reference("others"))


def days_of(first: str, last: str, seed: int) -> pd.DataFrame:
    """A line a ward and day: a fall every month or so, and many visits."""
    random = np.random.default_rng(seed)
    days = pd.date_range(first, last)
    wards = np.repeat(["East", "West"], len(days))
    text = [f"{day:%Y-%m-%d}" for day in (*days, *days)]
    common = {"day": text, "ward": wards, "beds": 20}
    falls = pd.DataFrame({"measure": "Falls", "falls": random.poisson(1 / 25, len(wards)), **common})
    visits = pd.DataFrame({"measure": "Visits", "falls": random.poisson(30, len(wards)), **common})
    return pd.concat([falls, visits], ignore_index=True)


def loaded(home: Path, table: pd.DataFrame, mode: str = "new") -> Cube:
    file = home.parent / f"{mode}-{len(table)}-{table['day'].iloc[0]}.csv"
    table.to_csv(file, index=False)
    load([file], "Wards", MAPPING, mode, home)  # type: ignore[arg-type]
    return open_cube(current_version(home, "Wards").folder)


def true_distances(table: pd.DataFrame, ward: str) -> list[float]:
    mine = table[(table["measure"] == "Falls") & (table["ward"] == ward) & (table["falls"] > 0)]
    falls = mine.groupby("day")["falls"].sum()
    places = [
        (pd.Timestamp(day) - pd.Timestamp("2020-01-01")).days + (i + 0.5) / count
        for day, count in falls.items()
        for i in range(count)
    ]
    return list(np.diff(places))


def test_a_t_chart_is_of_the_days_in_the_file(tmp_path: Path) -> None:
    table = days_of("2022-01-01", "2023-12-31", 4)
    cube = loaded(tmp_path / "home", table)
    for ward in ("East", "West"):
        chart = control_chart(cube, CHOICES, ward)
        assert (chart.chart, chart.reason) == ("t", "rare_events")
        assert chart.rows["value"].tolist() == pytest.approx(true_distances(table, ward))
    kept = pd.read_parquet(current_version(tmp_path / "home", "Wards").folder / "event_days.parquet")
    assert set(kept["measure"]) == {"Falls"}


def test_days_are_joined_with_the_rows_and_come_back_with_them(tmp_path: Path) -> None:
    home, first = tmp_path / "home", days_of("2022-01-01", "2022-12-31", 5)
    second = days_of("2022-12-01", "2023-12-31", 6)
    loaded(home, first)
    cube = loaded(home, second, "replace")
    both = pd.concat([first[first["day"] < "2022-12-01"], second])
    assert control_chart(cube, CHOICES, "East").rows["value"].tolist() == pytest.approx(true_distances(both, "East"))
    third = days_of("2024-01-01", "2024-06-30", 7)
    cube = loaded(home, third, "append")
    every = pd.concat([both, third])
    assert control_chart(cube, CHOICES, "West").rows["value"].tolist() == pytest.approx(true_distances(every, "West"))
    roll_back(home, "Wards", 1)
    cube = open_cube(current_version(home, "Wards").folder)
    assert control_chart(cube, CHOICES, "East").rows["value"].tolist() == pytest.approx(true_distances(first, "East"))


def test_months_in_the_file_keep_no_days_and_a_release_has_none(tmp_path: Path) -> None:
    table = days_of("2022-01-01", "2023-12-31", 4)
    home = tmp_path / "home"
    by_month = table.assign(day=table["day"].str[:7]).groupby(["measure", "day", "ward"], as_index=False).sum()
    cube = loaded(tmp_path / "other", by_month)
    assert [each.chart for each in control_charts(cube, CHOICES)] == ["run", "run"]
    assert not (current_version(tmp_path / "other", "Wards").folder / "event_days.parquet").exists()
    loaded(home, table)
    plan = Plan(("ward",), "month", "none", ("Falls",))
    release = create_release(current_version(home, "Wards").folder, plan, policy_of("public"), home)
    assert not [path for path in release.folder.rglob("*") if "event" in path.name]
    assert as_cube(release).event_days("Falls", "ward") == {}
    (release.folder / "event_days.parquet").write_bytes(b"")  # not even if somebody laid one there
    assert as_cube(release).event_days("Falls", "ward") == {}
