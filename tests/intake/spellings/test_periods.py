from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.intake.spellings.period_spelling import Spelling, spelling_of
from equity.intake.spellings.periods import parse_period


@pytest.mark.parametrize(
    ("text", "day", "grain"),
    [
        ("2024", "2024-01-01", "year"),
        ("2024.0", "2024-01-01", "year"),
        ("2020 (COVID-19 Pandemic)", "2020-01-01", "year"),
        ("2024*", "2024-01-01", "year"),
        ("2022 (preliminary)", "2022-01-01", "year"),
        ("CY2024", "2024-01-01", "year"),
        ("FY2023", "2023-01-01", "year"),
        ("FY 24", "2024-01-01", "year"),
        ("2018-2022", "2022-01-01", "year"),
        ("2022/23", "2023-01-01", "year"),
        ("FY 2022-23", "2023-01-01", "year"),
        ("1999-2000", "2000-01-01", "year"),
        ("2024-Q1", "2024-01-01", "quarter"),
        ("2024Q2", "2024-04-01", "quarter"),
        ("Q3 2024", "2024-07-01", "quarter"),
        ("4Q24", "2024-10-01", "quarter"),
        ("Q3'23", "2023-07-01", "quarter"),
        ("Quarter 1, 2024", "2024-01-01", "quarter"),
        ("first quarter of 2024", "2024-01-01", "quarter"),
        ("Jan-Mar 2024", "2024-01-01", "quarter"),
        ("FY24 Q2", "2024-04-01", "quarter"),
        ("Q2 FY2024", "2024-04-01", "quarter"),
        ("2024 Q1 (p)", "2024-01-01", "quarter"),
        ("2024-03", "2024-03-01", "month"),
        ("2024/3", "2024-03-01", "month"),
        ("202403", "2024-03-01", "month"),
        ("2024M03", "2024-03-01", "month"),
        ("03/2024", "2024-03-01", "month"),
        ("Mar-24", "2024-03-01", "month"),
        ("March 2024", "2024-03-01", "month"),
        ("2024 Mar", "2024-03-01", "month"),
        ("May 2024", "2024-05-01", "month"),
        ("2024-03-05", "2024-03-05", "day"),
        ("2024-03-05T10:00:00Z", "2024-03-05", "day"),
        ("2024-03-05 10:00", "2024-03-05", "day"),
        ("03/05/2024", "2024-03-05", "day"),
        ("3/5/24 11:30 PM", "2024-03-05", "day"),
        ("13/05/2024", "2024-05-13", "day"),
        ("5-Mar-2024", "2024-03-05", "day"),
        ("05MAR2024", "2024-03-05", "day"),
        ("March 5, 2024", "2024-03-05", "day"),
        ("20240305", "2024-03-05", "day"),
        ("45356", "2024-03-05", "day"),
    ],
)
def test_spellings(text: str, day: str, grain: str) -> None:
    found = parse_period(text)
    assert (found.day, found.grain, found.state) == (dt.date.fromisoformat(day), grain, "value")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("2024-02-30", "impossible"),
        ("13/13/2024", "impossible"),
        ("2024-13", "impossible"),
        ("1850", "impossible"),
        ("9999", "impossible"),
        ("Total", "total"),
        ("All years", "total"),
        ("", "missing"),
        ("N/A", "missing"),
        ("hello", "text"),
        ("Q5 2024", "text"),
    ],
)
def test_what_is_no_period(text: str, state: str) -> None:
    assert parse_period(text).state == state


def test_a_day_above_twelve_tells_how_the_whole_column_is_read() -> None:
    spelling = spelling_of(["03/04/2024", "13/02/2024"])
    assert spelling == Spelling(day_first=True)
    assert parse_period("03/04/2024", spelling).day == dt.date(2024, 4, 3)
    assert spelling_of(["03/04/2024", "02/13/2024"]) == Spelling()
    assert spelling_of(["03/04/2024"]).ambiguous


def test_fiscal_years_are_told_from_months_by_the_column() -> None:
    assert parse_period("2010-11").grain == "month"
    spelling = spelling_of(["2010-11", "2013-14"])
    found = parse_period("2010-11", spelling)
    assert (found.day, found.grain, found.last_year) == (dt.date(2011, 1, 1), "year", True)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_read_back_in_every_spelling(day: dt.date) -> None:
    for text in (day.isoformat(), f"{day:%m/%d/%Y}", f"{day:%d-%b-%Y}", f"{day:%B %d, %Y}", f"{day:%Y%m%d}"):
        assert parse_period(text).day == day


@given(st.text(max_size=20))
def test_any_text_is_read_as_something(text: str) -> None:
    found = parse_period(text)
    assert (found.day is not None) == (found.state == "value") == (found.grain is not None)
