"""Inequality over time in words: which way it moved, in points and relative to the rates."""

from __future__ import annotations

import pytest

from equity.words.answers import inequality_over_time as words
from equity.words.headlines import words_in
from tests.crossed_answers_for_tests import inequality_over_time

START = "Controlled blood pressure, Q1 2023 to Q2 2024: "


@pytest.mark.parametrize(
    ("absolute", "relative", "said"),
    [
        ("narrowed", "narrowed", "differences narrowed, both in points and as a ratio."),
        ("narrowed", "widened", "differences narrowed in points, but widened as a ratio."),
        ("widened", "no_clear_change", "differences widened in points; as a ratio, no clear change."),
        ("no_clear_change", "widened", "differences widened as a ratio; in points, no clear change."),
        ("no_clear_change", "no_clear_change", "no clear change in differences."),
        ("too_few_periods", "too_few_periods", "too few periods to say if differences by race and ethnicity changed."),
        ("narrowed", "too_few_periods", "differences narrowed in points; as a ratio, too few periods."),
    ],
)
def test_the_finding_says_both_ways_to_measure(absolute: str, relative: str, said: str) -> None:
    finding = words.finding(inequality_over_time(absolute, relative))
    assert finding.startswith(START + said.removesuffix("."))
    assert words_in(finding) <= 20


def test_that_most_periods_could_be_chance_is_a_sentence_of_its_own() -> None:
    assert words.finding(inequality_over_time("groups_alike", "groups_alike")) == (
        f"{START.removesuffix(': ')}. In most periods, differences by race and ethnicity could be chance."
    )


def test_where_they_move_apart_both_are_said_to_be_true() -> None:
    first, second, third = words.what_it_comes_to(inequality_over_time())
    assert first == "Difference: from 14.0 points to 9.8 points, down 4.2 points (95% range 2.8 to 5.6 points)."
    assert second == "Ratio: from 1.25 times to 1.00 times, 0.80 times what it was (95% range 0.80–0.80)."
    assert third.startswith("Both are true")
    assert len(words.what_it_comes_to(inequality_over_time("narrowed", "narrowed"))) == 2


def test_a_pair_that_does_not_fit_gives_way_to_the_usual_one() -> None:
    answer = inequality_over_time()
    offered = [pair.name for pair in words.pairs(answer)]
    assert "gradient" not in offered  # race has no order
    assert words.pair_named(answer, "gradient").name == words.pair_named(answer, "<script>").name == "extremes"
    assert words.finding(answer, "spread").endswith("narrowed in points, but widened relative to the overall rate.")


def test_the_table_has_a_row_a_period_and_says_why_there_is_none() -> None:
    table = words.table(inequality_over_time())
    assert table["Period"].tolist() == ["Q1 2023", "Q2 2023", "Q3 2023", "Q4 2023", "Q1 2024", "Q2 2024"]
    assert table.loc[0, "Difference"] == "12.6 points"
    assert table.loc[0, "Difference, as seen"] == "14.0 points"
    assert table.loc[5, ["Difference", "Ratio", "Why not given"]].tolist() == [
        "",
        "",
        "A group is not shown in this period.",
    ]
    assert "Q1 2023: 12.6 points (11.2 to 16.8 points)" in words.alt_text(inequality_over_time())
