"""Control charts through the lens: golden series, frames, phases, rare events."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.choices import Choices, Frame
from equity.lens.over_time.control import control_chart, control_charts
from equity.vocabulary import Measure, PeriodRange, PlainError, Reference
from equity.vocabulary.period import add_months
from tests.made_up_cubes import cube_of, stratifier, year

GOLDEN = Path(__file__).parent.parent.parent / "golden"
charts_input = pd.read_csv(GOLDEN / "charts_input.csv")
points = pd.read_csv(GOLDEN / "charts_points_expected.csv").set_index("series")
signals = pd.read_csv(GOLDEN / "charts_summary_expected.csv").set_index("series")
KINDS = {"p": "proportion", "pp": "proportion", "u": "rate", "up": "rate"}
GROUP = stratifier("group", "All", "None")
CHOICES = Choices("Made up", 1, "Outcome", "group", Reference("others"))


def monthly(
    folder: Path, x: list[float], n: list[float], kind: str = "proportion", polarity: str = "lower_better"
) -> Cube:
    periods = [add_months(year(2015), i) for i in range(len(x))]
    facts = pd.DataFrame({"group": "All", "x": x, "n": n, "period": periods})
    return cube_of(folder, facts, [Measure("Outcome", kind, "lower_better")], [GROUP], grain="month")


@pytest.mark.parametrize("series", sorted(set(charts_input.loc[charts_input["chart"].isin(KINDS), "series"])))
def test_golden_series_asked_as_a_person_asks(tmp_path: Path, series: str) -> None:
    mine = charts_input[charts_input["series"] == series]
    chart = mine["chart"].iloc[0]
    cube = monthly(tmp_path, mine["y"].tolist(), mine["n"].tolist(), KINDS[chart])
    found, expected = control_chart(cube, CHOICES, "All", chart), points.loc[series]
    for name in ("value", "centre", "lower", "upper"):
        np.testing.assert_allclose(found.rows[name], expected[name], rtol=1e-8, err_msg=name)
    assert found.rows["outside"].tolist() == expected["outside"].tolist()
    assert found.signal == signals.loc[series].drop("chart").to_dict()


def test_a_frozen_baseline_gives_the_limits_and_a_phase_its_own(tmp_path: Path) -> None:
    x = [30.0] * 12 + [60.0] * 12
    cube = monthly(tmp_path, x, [100.0] * 24)
    frozen = control_chart(cube, CHOICES, "All", "p", frame=Frame(baseline=(True,) * 12 + (False,) * 12))
    assert frozen.rows["centre"].to_numpy() == pytest.approx(0.3)
    assert frozen.signal["signal"] == 1
    assert frozen.rows["longest"].tolist() == [0] * 12 + [1] * 12
    split = control_chart(cube, CHOICES, "All", "p", frame=Frame(phase_starts=(12,)))
    assert split.rows["centre"].to_numpy() == pytest.approx([0.3] * 12 + [0.6] * 12)
    assert split.rows["phase"].tolist() == [0] * 12 + [1] * 12
    assert len(split.phase_signals) == 2


def test_a_point_left_out_is_drawn_and_not_counted(tmp_path: Path) -> None:
    x = [30.0] * 11 + [95.0]
    cube = monthly(tmp_path, x, [100.0] * 12)
    chart = control_chart(cube, CHOICES, "All", "p", frame=Frame(excluded=(False,) * 11 + (True,)))
    assert chart.rows["centre"].to_numpy() == pytest.approx(0.3)
    assert chart.rows["value"].iloc[-1] == 0.95
    assert chart.rows["excluded"].tolist() == [0] * 11 + [1]


def test_icons_say_which_way_and_whether_the_target_can_be_counted_on(tmp_path: Path) -> None:
    x = [30.0, 31, 29, 30, 32, 28, 30, 31, 29, 30, 31, 29, 30, 31, 10]
    chart = control_chart(monthly(tmp_path, x, [100.0] * 15), CHOICES, "All", "p", frame=Frame(target=0.6))
    assert (chart.variation, chart.assurance) == ("improving_low", "consistently_met")


RARE = [0.0, 1, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 1]


def with_days(cube: Cube, days: list[str]) -> Cube:
    """The cube with the days of its events beside it, as a load keeps them."""
    table = pd.DataFrame({"measure": "Outcome", "day": pd.to_datetime(days).date, "x": 1.0, "group": "All"})
    table.to_parquet(cube._extract.with_name("event_days.parquet"))
    return cube


def test_rare_events_are_drawn_by_the_days_between_them_where_the_days_are_known(tmp_path: Path) -> None:
    cube = with_days(
        monthly(tmp_path, RARE, [50.0] * 14), ["2015-02-03", "2015-06-10", "2015-09-01", "2015-09-01", "2016-02-28"]
    )
    found = control_chart(cube, CHOICES, "All")
    assert (found.chart, found.reason, found.remarks) == ("t", "rare_events", ())
    assert found.rows["value"].tolist() == [127, 82.75, 0.5, 179.75]
    assert found.rows["period"].tolist() == ["2015-06", "2015-09", "2015-09", "2016-02"]
    stretch = replace(CHOICES, period=PeriodRange.parse("2015-05..2015-12"))
    assert control_chart(cube, stretch, "All", "t").rows["period"].tolist() == ["2015-09", "2015-09"]


@pytest.mark.parametrize(
    "days",
    [
        [],
        ["2015-02-03", "2015-06-10", "2015-09-01", "2016-02-28"],
        ["2015-02-03", "2015-06-10", "2015-08-31", "2015-09-01", "2016-02-28"],
    ],
)
def test_counts_by_month_hold_no_days_between_events_and_nothing_is_claimed_of_them(
    tmp_path: Path, days: list[str]
) -> None:
    """No days, one too few, and one in another month: then the chart would be of other events than were counted."""
    cube = monthly(tmp_path, RARE, [50.0] * 14)
    found = control_chart(with_days(cube, days) if days else cube, CHOICES, "All")
    assert (found.chart, found.reason, found.remarks) == ("run", "rare_events", ("too_few_to_chart",))
    assert found.signal["signal"] == found.signal["useful"] == found.rows["shift"].sum() == 0
    assert found.variation == ""
    with pytest.raises(PlainError, match="needs the day of each event"):
        control_chart(cube, CHOICES, "All", "t")


def test_a_chart_that_is_chosen_against_the_proposal_claims_nothing_of_rare_events_either(tmp_path: Path) -> None:
    cube = monthly(tmp_path, [0.0] * 12 + [5.0] + [0.0] * 11, [50.0] * 24)
    found = control_chart(cube, CHOICES, "All", "p")
    assert (found.rows["value"] > found.rows["upper"]).sum() == 1
    assert found.rows["outside"].sum() == 0
    assert "too_few_to_chart" in found.remarks


def test_months_of_noise_with_few_events_make_no_signal_at_all(tmp_path: Path) -> None:
    """At 1.8 events a month; spreading them evenly over their month made a signal in each of 52 such groups."""
    random = np.random.default_rng(18)
    groups = [f"G{i:02d}" for i in range(52)]
    rows = [
        (group, float(random.poisson(1.8)), 300.0, add_months(year(2015), month))
        for group in groups
        for month in range(36)
    ]
    facts = pd.DataFrame(rows, columns=["group", "x", "n", "period"])
    measure = Measure("Outcome", "rate", "lower_better")
    found = control_charts(cube_of(tmp_path, facts, [measure], [stratifier("group", *groups)], grain="month"), CHOICES)
    rare = [each for each in found if each.reason == "rare_events"]
    assert len(rare) >= 40
    assert not any(each.signal["signal"] or each.rows["outside"].any() for each in rare)
    assert {each.remarks for each in rare} == {("rare_so_by_quarter",)}


def test_every_group_with_data_gets_a_chart(tmp_path: Path) -> None:
    cube = monthly(tmp_path, [30.0] * 12, [100.0] * 12)
    assert [chart.group for chart in control_charts(cube, CHOICES)] == ["All"]


def test_an_average_is_no_count(tmp_path: Path) -> None:
    cube = monthly(tmp_path, [30.0] * 12, [1.0] * 12, "mean")
    with pytest.raises(PlainError, match="is an average"):
        control_chart(cube, CHOICES, "All", "p")


def hiding(folder: Path, x: list[float], n: list[float], hidden: list[int], others: tuple[str, ...] = ()) -> Cube:
    """As :func:`monthly`, with these months hidden; the groups in ``others`` are hidden in every month."""
    periods = [add_months(year(2015), i) for i in range(len(x))]
    mine = pd.DataFrame({"group": "All", "x": x, "n": n, "period": periods, "hidden": False})
    mine.loc[hidden, "hidden"] = True
    every = pd.concat([mine, *(mine.assign(group=name, hidden=True) for name in others)], ignore_index=True)
    every.loc[every["hidden"], ["x", "n"]] = None
    return cube_of(folder, every, [Measure("Outcome", "proportion", "lower_better")], [GROUP], grain="month")


def test_a_hidden_month_holds_no_number_and_moves_no_limit(tmp_path: Path) -> None:
    cube = hiding(tmp_path, [30.0] * 6 + [90.0, 0.0] + [30.0] * 6, [100.0] * 14, [6])
    chart = control_chart(cube, CHOICES, "All", "p")
    numbers = chart.rows[["value", "n", "x", "centre", "lower", "upper"]]
    assert chart.rows["shown"].tolist() == ["yes"] * 6 + ["hidden", "zero"] + ["yes"] * 6
    assert numbers.isna().all(axis=1).tolist() == [False] * 6 + [True] + [False] * 7
    assert numbers["centre"].dropna().to_numpy() == pytest.approx(0.3 * 12 / 13)
    assert chart.remarks == ()


def test_a_group_that_is_hidden_throughout_comes_after_those_that_are_seen(tmp_path: Path) -> None:
    found = control_charts(hiding(tmp_path, [30.0] * 12, [100.0] * 12, [], ("None",)), CHOICES)
    assert [(each.group, each.is_hidden) for each in found] == [("All", False), ("None", True)]
    assert found[1].rows[["value", "n", "x"]].isna().all(axis=None)
