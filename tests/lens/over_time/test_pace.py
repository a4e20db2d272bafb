"""What it would take, by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.choices import Choices
from equity.lens.over_time.pace import pace
from equity.vocabulary import Measure, PlainError, Polarity, Reference
from equity.vocabulary.period import add_months
from tests.made_up_cubes import cube_of, stratifier, year

MEASURE = Measure("Outcome", "proportion", "higher_better")
RACE = stratifier("race", "A", "B")
CHOICES = Choices("Made up", 1, "Outcome", "race", Reference("group", "A"))


def over_months(folder: Path, rates: list[float], n: float = 10_000.0) -> Cube:
    months = [add_months(year(2023), i) for i in range(len(rates))]
    rows = [("A", 0.8 * n, n, m) for m in months] + [("B", r * n, n, m) for r, m in zip(rates, months, strict=True)]
    facts = pd.DataFrame(rows, columns=["race", "x", "n", "period"])
    return cube_of(folder, facts, [MEASURE], [RACE], grain="month")


def test_a_steady_gain_is_projected_to_where_the_lines_meet(tmp_path: Path) -> None:
    rates = [0.5 + 0.01 * i for i in range(24)]
    found = pace(over_months(tmp_path, rates), CHOICES, "B", "2025-06")
    assert found.gap == pytest.approx(0.07, abs=0.005)
    assert found.status == "closes"
    assert found.periods_to_close == pytest.approx(7, abs=0.5)
    assert found.closes_in in ("2025-07", "2025-08")
    assert (found.by, found.periods_left) == ("2025-06", 6)
    assert found.more_each_period == pytest.approx(found.gap / 6 * 10_000)
    assert found.more_at_the_end == pytest.approx(found.gap * 10_000)
    assert found.periods_to_tell is not None
    assert np.all(np.diff(found.told) >= 0)


def test_a_gap_that_does_not_move_never_closes(tmp_path: Path) -> None:
    found = pace(over_months(tmp_path, [0.5] * 24), CHOICES, "b")
    assert found.status in ("never_at_this_pace", "may_never_close")
    assert np.isinf(found.periods_to_close_upper)
    assert found.closes_in == ""


@pytest.mark.parametrize(
    ("group", "date", "says"),
    [("C", "", "is not a group"), ("B", "2024-01", "is not after the data"), ("A", "", "is the reference")],
)
def test_what_cannot_be_asked(tmp_path: Path, group: str, date: str, says: str) -> None:
    with pytest.raises(PlainError, match=says):
        pace(over_months(tmp_path, [0.5] * 24), CHOICES, group, date)


@pytest.mark.parametrize(("polarity", "target"), [("higher_better", 0.8), ("lower_better", 0.2)])
def test_a_chart_is_asked_about_the_rate_moving_to_the_references(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, polarity: Polarity, target: float
) -> None:
    """The group's rate is on the wrong side of the reference's and moves toward it, not away."""
    asked: list[float] = []
    monkeypatch.setattr("equity.lens.over_time.pace.chart_power", lambda measure, sums, to, left, n: asked.append(to))
    months = [add_months(year(2023), i) for i in range(24)]
    rows = [(g, r * 10_000, 10_000, m) for m in months for g, r in (("A", target), ("B", 0.5))]
    facts = pd.DataFrame(rows, columns=["race", "x", "n", "period"])
    measure = Measure("Outcome", "proportion", polarity)
    pace(cube_of(tmp_path, facts, [measure], [RACE], grain="month"), CHOICES, "B", "2025-06")
    assert asked == pytest.approx([target], abs=0.01)
