"""Periods: labels, stretches, and the fewest whole periods that cover a stretch."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.vocabulary import PeriodRange, PlainError, period_label, period_start, periods_between
from equity.vocabulary.period import GRAINS, MONTHS_IN, add_months, grain_of

days = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2050, 12, 31))
grains = st.sampled_from(GRAINS[:3])


@given(days, grains)
def test_a_label_starts_on_or_before_the_day_it_names(day: dt.date, grain: str) -> None:
    label = period_label(day, grain)
    assert grain_of(label) == grain
    assert period_start(label) <= day < add_months(period_start(label), MONTHS_IN[grain])


@given(days, days, grains)
def test_tiles_cover_a_stretch_exactly_once(a: dt.date, b: dt.date, grain: str) -> None:
    first, last = sorted((period_label(a, grain), period_label(b, grain)))
    months = [month for tile_grain, label in PeriodRange(first, last).tiles() for month in _months(label, tile_grain)]
    assert months == [m for label in periods_between(first, last) for m in _months(label, grain)]


def _months(label: str, grain: str) -> list[str]:
    start = period_start(label)
    return [period_label(add_months(start, i), "month") for i in range(MONTHS_IN[grain])]


@pytest.mark.parametrize(
    ("text", "tiles"),
    [
        ("", (("all", ""),)),
        ("2024", (("year", "2024"),)),
        ("2024-Q1..2024-Q4", (("year", "2024"),)),
        ("2023-Q3..2024-Q4", (("quarter", "2023-Q3"), ("quarter", "2023-Q4"), ("year", "2024"))),
        ("2023-12..2024-04", (("month", "2023-12"), ("quarter", "2024-Q1"), ("month", "2024-04"))),
        ("2023..2024-Q2", (("year", "2023"), ("quarter", "2024-Q1"), ("quarter", "2024-Q2"))),
    ],
)
def test_the_fewest_whole_periods(text: str, tiles: tuple[tuple[str, str], ...]) -> None:
    assert PeriodRange.parse(text).tiles() == tiles


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("last year", "is not a year (2024), a quarter (2024-Q1) or a month (2024-03)"),
        ("2024-13", "is not a year"),
        ("2024..2022", "ends before it begins"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(PlainError, match=says.replace("(", r"\(").replace(")", r"\)")):
        PeriodRange.parse(text)


@given(days, days, grains)
def test_a_stretch_reads_back_as_it_was_written(a: dt.date, b: dt.date, grain: str) -> None:
    first, last = sorted((period_label(a, grain), period_label(b, grain)))
    assert PeriodRange.parse(str(PeriodRange(first, last))) == PeriodRange(first, last)
