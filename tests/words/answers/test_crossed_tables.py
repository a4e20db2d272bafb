"""What the command line prints of the deeper answers."""

from __future__ import annotations

from equity.words.answers import tables
from tests.crossed_answers_for_tests import completeness, gap_sources, inequality_over_time, intersections, summary


def test_every_answer_starts_with_its_finding_and_has_its_table() -> None:
    printed = {
        (
            "Controlled blood pressure, 2024: race and ethnicity recorded for 87% of patients.",
            "○ fix this first",
        ): completeness(),
        ("Controlled blood pressure, 2024: 44% of patients without insurance", "No patients"): intersections(),
        ("Readmission, 2024: 24.0% of Black or African American patients", "points the other way"): gap_sources(),
        (
            "Controlled blood pressure, 2024: rates by race and ethnicity differ clearly",
            "Slope index of inequality",
        ): summary(),
        (
            "Controlled blood pressure, Q1 2023 to Q2 2024: differences narrowed in points",
            "Not given for 1 of 6 periods: ratio. A group is not shown in this period.",
        ): inequality_over_time(),
    }
    for (start, inside), answer in printed.items():
        said = tables.finding_and_table(answer)
        assert said.startswith(start)
        assert inside in said
        assert said.count("\n\n") >= 2


def test_completeness_prints_the_tipping_point_and_the_split_its_warning() -> None:
    assert "would disappear if at least 60%" in tables.finding_and_table(completeness())
    assert "can hide the very gap" in tables.finding_and_table(gap_sources())
