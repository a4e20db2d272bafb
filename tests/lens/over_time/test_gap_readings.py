"""The two readings of a change in a gap, the NHQDR rule over years, and frames laid over charts, by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.choices import Choices, Frame
from equity.lens.over_time.control import control_chart, control_charts
from equity.lens.over_time.trends import trends
from equity.vocabulary import Measure, Reference
from equity.vocabulary.period import add_months
from tests.made_up_cubes import cube_of, stratifier, year

RACE = stratifier("race", "A", "B")
CHOICES = Choices("Made up", 1, "Outcome", "race", Reference("group", "A"))


def monthly(folder: Path, rates: list[float], n: float = 10_000.0, polarity: str = "higher_better") -> Cube:
    months = [add_months(year(2023), i) for i in range(len(rates))]
    rows = [("A", 0.8 * n, n, m) for m in months] + [("B", r * n, n, m) for r, m in zip(rates, months, strict=True)]
    facts = pd.DataFrame(rows, columns=["race", "x", "n", "period"])
    measure = Measure("Outcome", "proportion", "higher_better" if polarity == "higher_better" else "lower_better")
    return cube_of(folder, facts, [measure], [RACE], grain="month")


def yearly(folder: Path, rates: list[float], n: float = 10_000.0) -> Cube:
    rows = [("B", r * n, n, year(2018 + i)) for i, r in enumerate(rates)]
    rows += [("A", 0.8 * n, n, year(2018 + i)) for i in range(len(rates))]
    facts = pd.DataFrame(rows, columns=["race", "x", "n", "period"])
    return cube_of(folder, facts, [Measure("Outcome", "proportion", "higher_better")], [RACE])


def test_a_step_is_seen_whole_from_a_frozen_baseline_which_then_leads(tmp_path: Path) -> None:
    cube = monthly(tmp_path, [0.5] * 12 + [0.6] * 12)
    frozen = trends(cube, CHOICES, "month", Frame(baseline=(True,) * 12 + (False,) * 12))
    assert frozen.baseline_frozen
    assert (frozen.before, frozen.after) == (("2023-01", "2023-12"), ("2024-01", "2024-12"))
    change = frozen.leading.iloc[0]
    assert change["gap_change"] == pytest.approx(-0.1)
    assert change["gap_change"] == pytest.approx(change["reference_change"] - change["group_change"])
    assert change["verdict"] == "closing_by_lifting"
    assert frozen.changes.iloc[0]["gap_change"] != pytest.approx(-0.1, abs=0.01)


def test_the_line_leads_where_nobody_froze_a_baseline_and_both_are_given(tmp_path: Path) -> None:
    found = trends(monthly(tmp_path, [0.5] * 12 + [0.6] * 12), CHOICES, "month")
    assert not found.baseline_frozen
    assert found.leading is found.changes
    assert found.windows.iloc[0]["gap_change"] == pytest.approx(-0.1)


def test_points_left_out_count_in_neither_stretch(tmp_path: Path) -> None:
    rates = [0.5] * 11 + [0.9] + [0.6] * 12
    frame = Frame(baseline=(True,) * 12 + (False,) * 12, excluded=(False,) * 11 + (True,) + (False,) * 12)
    found = trends(monthly(tmp_path, rates), CHOICES, "month", frame)
    assert found.windows.iloc[0]["gap_first"] == pytest.approx(0.3)
    assert found.before == ("2023-01", "2023-11")
    assert found.after == ("2024-02", "2024-12")


def test_a_baseline_that_reaches_to_the_end_leaves_the_line_to_lead(tmp_path: Path) -> None:
    found = trends(monthly(tmp_path, [0.5] * 8), CHOICES, "month", Frame(baseline=(True,) * 8))
    assert not found.baseline_frozen
    assert found.windows.empty


@pytest.mark.parametrize(
    ("rates", "verdict"),
    [
        ([0.50, 0.52, 0.54, 0.56, 0.58], "improving"),
        ([0.58, 0.56, 0.54, 0.52, 0.50], "worsening"),
        ([0.50, 0.501, 0.502, 0.503, 0.504], "no_clear_trend"),
        ([0.50, 0.52, 0.54], "too_few_points"),
    ],
)
def test_the_nhqdr_rule_over_years(tmp_path: Path, rates: list[float], verdict: str) -> None:
    table = trends(yearly(tmp_path, rates), CHOICES).yearly.set_index("group")
    assert table.loc["B", "verdict"] == verdict
    assert table.loc["B", "slope"] == pytest.approx(np.polyfit(range(len(rates)), rates, 1)[0])
    assert table.loc["A", "verdict"] == ("no_clear_trend" if len(rates) > 3 else "too_few_points")


def test_only_yearly_data_have_the_yearly_rule(tmp_path: Path) -> None:
    assert trends(monthly(tmp_path, [0.5] * 24), CHOICES, "month").yearly.empty


def test_a_group_with_a_frame_of_its_own_is_drawn_with_it(tmp_path: Path) -> None:
    everyone, own = Frame(phase_starts=(12,)), Frame(baseline=(True,) * 6 + (False,) * 18)
    first, second = control_charts(
        monthly(tmp_path, [0.5] * 24), CHOICES, "p", "month", everyone, own_frames={"B": own}
    )
    assert (first.group, first.rows["phase"].max(), first.rows["baseline"].sum()) == ("A", 1, 0)
    assert (second.group, second.rows["phase"].max(), second.rows["baseline"].sum()) == ("B", 0, 6)


def test_groups_side_by_side_have_one_scale_also_where_events_are_rare(tmp_path: Path) -> None:
    months = [add_months(year(2023), i) for i in range(24)]
    rows = [("A", 300.0, 1000.0, m) for m in months] + [("B", float(i % 2), 100.0, m) for i, m in enumerate(months)]
    facts = pd.DataFrame(rows, columns=["race", "x", "n", "period"])
    cube = cube_of(tmp_path, facts, [Measure("Outcome", "proportion", "lower_better")], [RACE], grain="month")
    first, second = control_charts(cube, CHOICES, grain="month")
    assert (first.chart, second.chart, second.proposed) == ("p", "run", "run")
    assert len(first.rows) == len(second.rows)


def test_a_longer_way_between_bad_events_is_better(tmp_path: Path) -> None:
    """Events every two weeks, then one after a year and a half: the icon says better, though the distance is high."""
    first = dt.date(2023, 1, 1)
    days = [first + dt.timedelta(14 * i) for i in range(14)] + [dt.date(2024, 12, 20)]
    months = [add_months(first, i) for i in range(24)]
    counts = [sum((day.year, day.month) == (m.year, m.month) for day in days) for m in months]
    facts = pd.DataFrame({"race": "B", "x": counts, "n": 1000.0, "period": months})
    cube = cube_of(tmp_path, facts, [Measure("Outcome", "rate", "lower_better")], [RACE], grain="month")
    pd.DataFrame({"measure": "Outcome", "day": days, "x": 1.0, "race": "B"}).to_parquet(tmp_path / "event_days.parquet")
    chart = control_chart(cube, CHOICES, "B", None, "month", Frame(target=0.1))
    assert (chart.chart, chart.rows["value"].iloc[-1] > 500) == ("t", True)
    assert chart.variation == "improving_high"
    assert np.isnan(chart.target)
    assert chart.assurance == ""
