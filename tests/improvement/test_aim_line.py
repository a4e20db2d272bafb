"""An aim's line among the periods of a chart: where it begins, where it ends, where it is cut."""

from __future__ import annotations

import numpy as np
import pytest

from equity.improvement.aim_line import AimLine, due_share, line_of, placed, until
from equity.improvement.aims import Aim, Baseline
from equity.improvement.progress import Progress
from equity.stats.estimate import Estimate
from equity.vocabulary import Measure, periods_between
from equity.words.work.aims import beside_line

DUE = "By the aim’s straight line, 50% of the change was due by then"
LINE = AimLine("A", "2022", 0.5, 0.7, "2025-Q4")


@pytest.mark.parametrize(
    ("first", "last", "start", "end"),
    [
        ("2022", "2024", 0.0, 3.0),  # the middle of 2022; the last year that ends with the date
        ("2022-Q1", "2024-Q4", 1.5, 15.0),
        ("2022-01", "2024-12", 5.5, 47.0),
        ("2021-Q1", "2024-Q4", 5.5, 19.0),
    ],
)
def test_it_runs_from_the_middle_of_the_baseline_to_the_last_period_of_its_date(
    first: str, last: str, start: float, end: float
) -> None:
    at = placed(LINE, periods_between(first, last))
    assert (at.x, at.y) == ((start, end), (0.5, 0.7))


def test_a_chart_that_ends_before_the_date_shows_the_way_so_far() -> None:
    at = placed(LINE, periods_between("2022-Q1", "2024-Q4"))
    cut = at.cut_at(8.25)
    assert cut.x == (1.5, 8.25)
    assert cut.y == pytest.approx((0.5, 0.6))
    assert at.cut_at(40) == at


def test_the_axis_goes_on_to_the_date() -> None:
    held = periods_between("2024-Q1", "2024-Q4")
    assert until(LINE, held) == periods_between("2024-Q1", "2025-Q4")
    assert until(LINE, periods_between("2026-Q1", "2026-Q2")) == ("2026-Q1", "2026-Q2")


def test_an_aim_with_a_blank_has_no_line() -> None:
    assert line_of(Aim(target=0.7, by_when="2025")) is None
    whole = Aim(group="A", baseline=Baseline(0.5, 100, "2022", 1), target=0.7, by_when="2025-Q4")
    assert line_of(whole) == LINE


@pytest.mark.parametrize(
    ("period", "latest", "due"),
    [
        ("2023", "2023-12", 12 / 42),  # from the middle of 2022 to the end of 2025 are 42 months
        ("2025", "2025-06", 33 / 42),  # half a year that is not over
        ("2022-Q4", "2022-12", 4.5 / 42),
        ("2027", "2027-12", 1.0),
        ("2021", "2021-12", 0.0),
    ],
)
def test_what_is_due_grows_evenly_to_the_date(period: str, latest: str, due: float) -> None:
    aim = Aim(group="A", baseline=Baseline(0.5, 100, "2022", 1), target=0.7, by_when="2025-Q4")
    assert due_share(aim, period, latest) == pytest.approx(due)


def test_behind_is_said_only_when_it_is_clear() -> None:
    aim = Aim(group="A", baseline=Baseline(0.5, 100, "2022", 1), target=0.7, by_when="2025-Q4")
    measure = Measure("Visits", "proportion", "higher_better", "Area")

    def said(low: float, value: float, high: float, due: float = 0.5) -> str:
        share = Estimate(np.asarray(value), np.asarray(low), np.asarray(high))
        return beside_line(Progress(aim, measure, "2024", True, share, share, "on_the_way", 0.1, (), due))

    assert (
        said(0.1, 0.2, 0.3) == "By the aim’s straight line, 50% of the change was due by then: it is behind its line."
    )
    assert said(0.6, 0.7, 0.8).endswith("it is on its line or ahead.")
    assert said(0.4, 0.6, 0.8).endswith("Whether it is behind cannot be told yet.")
    assert said(0.4, 0.6, 0.8, float("nan")) == ""
