"""Days as people read them."""

from __future__ import annotations

import datetime as dt

import pytest

from equity.words.days import describe_date, describe_day


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1946", "1946"),
        ("1946-08", "August 1946"),
        ("1946-08-13", "August 13, 1946"),
        ("2026-03-12T23:59:01+00:00", "March 12, 2026"),
        ("", ""),
        ("2026-02-31", "2026-02-31"),
        ("2026-13", "2026-13"),
        ("soon", "soon"),
    ],
)
def test_a_written_date_is_said_as_far_as_it_is_known(written: str, said: str) -> None:
    assert describe_date(written) == said


def test_a_day() -> None:
    assert describe_day(dt.date(2026, 12, 1)) == "December 1, 2026"
