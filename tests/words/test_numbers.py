"""Numbers as they are written."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.vocabulary import Measure
from equity.words import numbers
from tests.answers_for_tests import BLOOD_PRESSURE, HIV, INTERPRETER, MINUTES

BIRTHS = Measure("Maternal deaths", "rate", "lower_better", multiplier=100_000, unit="births")
NAN = math.nan


@pytest.mark.parametrize(
    ("measure", "value", "n", "written"),
    [
        (BLOOD_PRESSURE, 0.5504, 999, "55%"),
        (BLOOD_PRESSURE, 0.5504, 1_000, "55.0%"),
        (BLOOD_PRESSURE, 0.5504, NAN, "55.0%"),
        (BLOOD_PRESSURE, 0.0, 240, "0%"),
        (BLOOD_PRESSURE, 1.0, 240, "100%"),
        (BLOOD_PRESSURE, 0.002, 800, "under 1%"),
        (BLOOD_PRESSURE, 0.998, 800, "over 99%"),
        (BLOOD_PRESSURE, 0.0003, 5_000, "under 0.1%"),
        (HIV, 14_318 / 34_919_806, 34_919_806, "41.0 per 100,000"),
        (HIV, 0.68e-5, 168_000_000, "0.68 per 100,000"),
        (BIRTHS, 50.3e-5, NAN, "50.3 per 100,000 births"),
        (MINUTES, 38.4, 900, "38 minutes"),
        (MINUTES, 38.4, 9_000, "38.4 minutes"),
        (MINUTES, 4.2, 900, "4.2 minutes"),
        (MINUTES, NAN, 900, "No data"),
    ],
)
def test_rates(measure: Measure, value: float, n: float, written: str) -> None:
    assert numbers.rate(measure, value, n) == written


def test_gaps_have_a_size_and_a_side_in_words() -> None:
    assert numbers.gap(BLOOD_PRESSURE, -0.12, 500) == "12 points"
    assert numbers.gap(BLOOD_PRESSURE, 0.123, 5_000) == "12.3 points"
    assert numbers.gap(BLOOD_PRESSURE, 0.01, 500) == "1 point"
    assert numbers.short_gap(BLOOD_PRESSURE, 0.12, 500) == "12 pts"
    assert numbers.gap(HIV, 36.5e-5) == "36.5 per 100,000"
    assert numbers.gap(MINUTES, 20.0, 500) == "20 minutes"
    assert numbers.short_gap(MINUTES, 20.0, 500) == "20 min"
    assert numbers.side(BLOOD_PRESSURE, 0.12) == "lower (worse)"
    assert numbers.side(BLOOD_PRESSURE, -0.12) == "higher (better)"
    assert numbers.side(INTERPRETER, 0.12) == "higher"


def test_no_minus_stands_before_a_zero() -> None:
    assert numbers.rate(BLOOD_PRESSURE, -1e-9, 500) == "0%"
    assert numbers.rate(MINUTES, -0.0, 500) == "0.0 minutes"


def test_intervals_are_words() -> None:
    assert numbers.whole_range(240.2, 389.6) == "240–390"
    assert numbers.gap_range(BLOOD_PRESSURE, 0.10, 0.15, 500) == "between 10 and 15 points"
    assert numbers.gap_range(BLOOD_PRESSURE, -0.02, 0.05, 500) == "between 2 points higher and 5 points lower"
    assert numbers.gap_range(BLOOD_PRESSURE, -0.05, -0.02, 500) == "between 2 and 5 points"
    assert numbers.gap_range(MINUTES, -2.0, 5.0, 50) == "between 2.0 lower and 5.0 higher, in minutes"
    assert numbers.rate_range(BLOOD_PRESSURE, 0.53, 0.57, 500) == "between 53% and 57%"
    assert numbers.span("between 53% and 57%") == "53% to 57%"
    assert numbers.size_range(BLOOD_PRESSURE, -0.14, -0.06, 500) == "6–14"
    assert numbers.gap_range(BLOOD_PRESSURE, NAN, 0.1) == ""


def test_counts_ratios_and_shares() -> None:
    assert numbers.count(34_919_806) == "34,919,806"
    assert numbers.count(12.5) == "12.5"
    assert numbers.count(1_234.5) == "1,234"
    assert numbers.ratio(7.93) == "7.9 times"
    assert numbers.ratio(0.793) == "0.79 times"
    assert numbers.ratio(math.inf) == "No data"
    assert numbers.part_of(0, 240) == "0 of 240"
    assert numbers.share(0.04) == "4%"


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.00001, "less than 1 time in 1,000"),
        (0.0021, "about 1 time in 480"),
        (0.05, "about 1 time in 20"),
        (0.1, "about 1 time in 10"),
        (0.3, "about 3 times in 10"),
        (0.8, "more than half of the time"),
        (NAN, ""),
    ],
)
def test_chance_is_said_as_how_often(p: float, said: str) -> None:
    assert numbers.chance(p) == said


@given(st.floats(0, 1), st.one_of(st.integers(1, 10**9), st.just(NAN)))
def test_a_proportion_strictly_between_the_ends_never_reads_as_an_end(value: float, n: float) -> None:
    written = numbers.rate(BLOOD_PRESSURE, value, n)
    assert written.endswith("%")
    if 0 < value * 100 < 100:
        assert written not in ("0%", "0.0%", "100%", "100.0%")


@given(
    st.one_of(st.floats(-1e12, 1e12), st.sampled_from([NAN, math.inf, -math.inf])),
    st.one_of(st.floats(0, 1e12), st.just(NAN)),
)
def test_no_number_is_ever_written_as_nan_or_infinite(value: float, n: float) -> None:
    for measure in (BLOOD_PRESSURE, HIV, MINUTES):
        for written in (numbers.rate(measure, value, n), numbers.gap(measure, value, n), numbers.count(value)):
            assert "nan" not in written
            assert "inf" not in written
