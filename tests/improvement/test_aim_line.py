"""An aim's line among the periods of a chart: where it begins, where it ends, where it is cut."""

from __future__ import annotations

import pytest

from equity.improvement.aim_line import AimLine, line_of, placed, until
from equity.improvement.aims import Aim, Baseline
from equity.vocabulary import periods_between

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
