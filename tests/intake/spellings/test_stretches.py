"""Weeks, stretches of several months, running totals and fiscal months: one meaning each, and never added up twice."""

from __future__ import annotations

import datetime as dt

import pytest

from equity.intake.spellings.period_spelling import as_said, spelling_of
from equity.intake.spellings.periods import parse_period, windows_apart
from equity.vocabulary.mapping import Spellings


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-W01", "2024-01-04"),
        ("2020-W53", "2020-12-31"),
        ("Week 3 2024", "2024-01-18"),
        ("KW 5/2024", "2024-02-01"),
        ("W52 2024", "2024-12-26"),
        ("2024 week 10", "2024-03-07"),
        ("MMWR week 1, 2024", "2024-01-03"),
        ("epi week 53 2020", "2020-12-30"),
    ],
)
def test_a_week_belongs_where_its_middle_day_lies(text: str, day: str) -> None:
    found = parse_period(text)
    assert (found.grain, found.day) == ("week", dt.date.fromisoformat(day))


@pytest.mark.parametrize("text", ["2023-W53", "MMWR week 53 2021"])
def test_a_week_that_its_year_does_not_have_is_impossible(text: str) -> None:
    assert parse_period(text).state == "impossible"


def test_six_digits_are_weeks_only_under_such_a_name() -> None:
    assert parse_period("202405", spelling_of(["202405", "202452"], "Epiweek")).day == dt.date(2024, 1, 31)
    assert parse_period("202405", spelling_of(["202405"], "Month")).day == dt.date(2024, 5, 1)


@pytest.mark.parametrize(
    ("text", "label", "begins", "ends"),
    [
        ("Apr-22 to Mar-23", "2023-01-01", "2022-04-01", "2023-04-01"),
        ("2021/22–2023/24", "2024-01-01", "2022-01-01", "2025-01-01"),
        ("2019-2021", "2021-01-01", "2019-01-01", "2022-01-01"),
        ("2022-04-01/2023-03-31", "2023-01-01", "2022-04-01", "2023-04-01"),
        ("1 April 2022 to 31 March 2023", "2023-01-01", "2022-04-01", "2023-04-01"),
        ("Jan-Jun 2024", "2024-06-01", "2024-01-01", "2024-07-01"),
        ("2024 H2", "2024-12-01", "2024-07-01", "2025-01-01"),
        ("12 months to March 2024", "2024-01-01", "2023-04-01", "2024-04-01"),
        ("Year ending Mar-24", "2024-01-01", "2023-04-01", "2024-04-01"),
        ("Rolling 12 months ending 31/03/2024", "2024-01-01", "2023-04-01", "2024-04-01"),
        ("2024-03 YTD", "2024-03-01", "2024-01-01", "2024-04-01"),
        ("FYTD Nov 2023", "2023-01-01", "2022-12-01", "2023-12-01"),
    ],
)
def test_a_stretch_stands_under_its_end(text: str, label: str, begins: str, ends: str) -> None:
    found = parse_period(text, spelling_of([text]))
    assert found.stretch is not None, found
    said = (found.day, found.stretch.begins, found.stretch.ends)
    if text.startswith("2024-03 YTD"):
        label = "2024-01-01"  # January to March is the first quarter
    assert said == tuple(dt.date.fromisoformat(d) for d in (label, begins, ends))


def test_dates_at_both_ends_tell_which_part_comes_first() -> None:
    text = "01/04/2022 to 31/03/2023"
    stretch = parse_period(text, spelling_of([text])).stretch
    assert stretch is not None
    assert (stretch.begins, stretch.ends) == (dt.date(2022, 4, 1), dt.date(2023, 4, 1))


def test_of_windows_that_overlap_the_latest_stand_apart() -> None:
    texts = ["Apr-22 to Mar-23", "Jul-22 to Jun-23", "Oct-22 to Sep-23", "Oct-21 to Sep-22"]
    marked, lost = windows_apart({t: parse_period(t) for t in texts})
    assert lost == 2
    assert {t for t, p in marked.items() if p.state == "value"} == {texts[2], texts[3]}


def test_a_month_to_date_is_held_by_the_next() -> None:
    texts = ["YTD Jan 2024", "YTD Feb 2024"]
    assert windows_apart({t: parse_period(t) for t in texts})[1] == 1


@pytest.mark.parametrize(
    ("text", "start", "label"),
    [
        ("FY2024-Oct", 10, "2023-10"),
        ("FY24-Jan", 10, "2024-01"),
        ("2023-24-4", 4, "2023-04"),
        ("2024-Jul", 1, "2024-07"),
    ],
)
def test_a_month_of_a_fiscal_year(text: str, start: int, label: str) -> None:
    said = as_said(spelling_of([text]), Spellings(periods="fiscal_month", fiscal_start=start))
    day = parse_period(text, said).day
    assert day is not None
    assert day.strftime("%Y-%m") == label


@pytest.mark.parametrize(
    "text", ["2023 P", "2023 (provisional)", "2023 prelim.", "2023r", "2023 Final", "2023 - revised"]
)
def test_what_says_how_final_a_number_is_is_no_part_of_its_year(text: str) -> None:
    assert parse_period(text).day == dt.date(2023, 1, 1)
