"""What is said of all groups in one number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.lens.summary import NEEDS_COUNTS
from equity.stats.summary.reasons import (
    NEEDS_ORDER,
    NEEDS_POLARITY,
    NEEDS_REFERENCE,
    NOT_FITTED,
    NOT_POSITIVE,
    REFERENCE_ABSENT,
    TOO_FEW_GROUPS,
    TOO_MANY_ABSENT,
)
from equity.stats.summary.registry import MEASURES
from equity.words.answers import summary as words
from equity.words.answers.summary_values import spanned, written
from tests.answers_for_tests import BLOOD_PRESSURE, HIV, MINUTES
from tests.crossed_answers_for_tests import summary


def test_the_finding_says_whether_the_groups_differ_at_all() -> None:
    assert words.finding(summary()) == ("Controlled blood pressure, 2024: rates by race and ethnicity differ clearly.")
    assert words.finding(summary(told_apart=False)) == (
        "Controlled blood pressure, 2024: the differences by race and ethnicity could be chance."
    )


def test_the_corrected_value_leads_when_the_groups_cannot_be_told_apart() -> None:
    apart = {v.known.name: v for v in words.values(summary())}["difference"]
    alike = {v.known.name: v for v in words.values(summary(told_apart=False))}["difference"]
    assert (apart.leading, apart.beside) == ("14.0 points", "with chance taken off 12.6 points")
    assert (alike.leading, alike.beside) == ("0.0 points", "as seen 14.0 points")
    assert alike.in_a_line == "Difference: 0.0 points (0.0 to 16.8 points), with chance taken off"
    assert "with chance taken off comes first" in words.caveats(summary(told_apart=False))[0]


@pytest.mark.parametrize(
    ("difference", "ratio", "said"),
    [
        (0.191, 1.0, "nothing is left of the ratio, while the difference is 19.1 points."),
        (0.0, 2.6, "nothing is left of the difference, while the ratio is 2.6 times."),
        (0.0, 1.0, ""),
        (0.191, 1.4, ""),
    ],
)
@pytest.mark.parametrize("told_apart", [True, False])
def test_a_difference_beside_a_ratio_of_1_says_why(
    difference: float, ratio: float, said: str, told_apart: bool
) -> None:
    """Chance is taken off on two scales: of tiny groups it may use up one of them and leave some of the other."""
    answer = summary(told_apart)
    of = answer.rows["measure"]
    rows = answer.rows.assign(corrected=answer.rows["corrected"].mask(of == "difference", difference))
    rows = rows.assign(corrected=rows["corrected"].mask(of == "ratio", ratio))
    told = [text for text in words.caveats(replace(answer, rows=rows)) if "unlike amounts" in text]
    assert len(told) == bool(said)
    assert all(said in text for text in told)


def test_a_measure_that_is_not_given_says_why() -> None:
    table = words.table(summary())
    row = table[table["Measure"] == "Slope index of inequality"].iloc[0]
    assert (row["Value"], row["Why not given"]) == ("", "Needs groups with an order, such as age bands.")
    assert words.not_known(summary()) == (
        "Not given: absolute concentration index, relative concentration index, slope index of inequality and relative "
        "index of inequality. Needs groups with an order, such as age bands.",
    )
    assert words.not_known(summary(ordered=True)) == ()


def test_of_numbers_that_are_not_given_nothing_is_said_to_stand_beside() -> None:
    answer = summary()
    none = replace(answer, rows=answer.rows.assign(reason=TOO_FEW_GROUPS))
    assert words.caveats(none) == ()
    assert any("chance taken off" in said for said in words.caveats(answer))


def test_every_reason_has_a_sentence() -> None:
    codes = {
        TOO_FEW_GROUPS, TOO_MANY_ABSENT, NEEDS_ORDER, NEEDS_REFERENCE, REFERENCE_ABSENT, NEEDS_POLARITY, NOT_POSITIVE,
        NOT_FITTED, NEEDS_COUNTS,
    }  # fmt: skip
    assert set(words.REASONS) == codes


def test_the_table_holds_all_of_them() -> None:
    assert words.table(summary())["Measure"].tolist() == [m.label for m in MEASURES]


def test_the_guide_leads_to_every_measure_once() -> None:
    led_to = [v.known.name for question in words.GUIDE for v in words.for_question(summary(), question)]
    assert sorted(led_to) == sorted(m.name for m in MEASURES)


@pytest.mark.parametrize("value", words.values(summary()), ids=lambda v: v.known.name)
def test_each_is_explained(value: words.Value) -> None:
    told = dict(words.explained(value))
    assert {"What it means", "When to use it", "How to read it", "Source"} <= set(told)
    assert all(told.values())
    assert ("Not given here" in told) == bool(value.reason)


def test_values_are_written_in_their_unit() -> None:
    assert written(BLOOD_PRESSURE, "rate", -0.035) == "−3.5 points"
    assert written(BLOOD_PRESSURE, "rate", -0.0000001) == "0.0 points"
    assert written(BLOOD_PRESSURE, "ratio", 1.244) == "1.24 times"
    assert written(BLOOD_PRESSURE, "percent", -8.24) == "−8.2%"
    assert written(BLOOD_PRESSURE, "per_1000", 3.527) == "3.53"
    assert written(BLOOD_PRESSURE, "fraction", -0.0207) == "−0.0207"
    assert written(BLOOD_PRESSURE, "rate_squared", 0.002869) == "28.7 squared points"
    assert written(MINUTES, "rate", 12.5) == "12.5 minutes"
    assert written(HIV, "rate", 0.0000365) == "3.6 per 100,000"
    assert written(BLOOD_PRESSURE, "rate", float("nan")) == ""
    assert spanned(BLOOD_PRESSURE, "rate", -0.01, 0.2) == "−1.0 to 20.0 points"


def test_alt_text_says_every_mark() -> None:
    told = words.alt_text(summary())
    for value in words.values(summary()):
        assert (value.in_a_line in told) == (value.known.unit == "rate" and not value.reason)
