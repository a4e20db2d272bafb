"""Files with a known truth in dialects at random: none may be misread without a word.

``EQUITY_EXAMPLES=80 python -m pytest tests/intake/corpus/test_random_dialects.py`` throws two thousand at it.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.corpus.made_files import (
    MONTHS,
    PERIOD_NAMES,
    QUARTERS,
    RACES,
    Dialect,
    MadeFile,
    labels_of,
    made_counts,
    verdict,
    written,
)
from tests.random_search import examples

FORMS = [form for form in PERIOD_NAMES if form != "none"]
SAID: Counter[str] = Counter()


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    """A way to write a table of counts, no part of which says more than extracts do."""
    comma = draw(st.booleans())
    return Dialect(
        delimiter=draw(st.sampled_from(";\t" if comma else ",;\t|")),
        decimal="," if comma else ".",
        thousands=draw(st.sampled_from(["", ".", " "] if comma else ["", ",", " "])),
        period=draw(st.sampled_from(FORMS)),
        total=draw(st.sampled_from(["", "", "Total", "All", "Malaysia", "Persons", "Combined"])),
        total_first=draw(st.booleans()),
        rate=draw(st.sampled_from(["", "percent", "1000", "100000"])),
        rate_name=draw(st.sampled_from(["Rate", "Crude rate", "Value", "Percent", "Performance rate"])),
        decimals=draw(st.integers(1, 4)),
        x_name=draw(st.sampled_from(["Numerator", "Cases", "Deaths", "Events", "Screened"])),
        n_name=draw(st.sampled_from(["Denominator", "Population", "Total patients", "N", "Eligible"])),
        excluded=draw(st.booleans()),
        eligible=draw(st.booleans()),
        repeated=draw(st.integers(0, 9)) == 0,
    )


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(dialects(), st.sampled_from([150, 1500, 150_000]), st.integers(2, 4), st.integers(1, 3))
def test_no_dialect_is_misread_without_a_word(dialect: Dialect, least: int, groups: int, seasons: int) -> None:
    length = 4 if dialect.period in QUARTERS else 6 if dialect.period in MONTHS else 1
    counts = made_counts(labels_of(dialect.period, length * seasons), RACES[:groups], least)
    made = MadeFile("dialect", "any dialect", written(counts, dialect), counts)
    with tempfile.TemporaryDirectory() as folder:
        said, why, _ = verdict(made, Path(folder))
    SAID[said] += 1
    assert said in ("right", "asked"), f"{dialect}: {why}\n{made.text[:400]}"


def test_most_of_them_are_read_right() -> None:
    assert SAID["right"] >= 0.4 * sum(SAID.values())
