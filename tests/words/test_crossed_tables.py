"""What the command line prints of the deeper answers."""

from __future__ import annotations

from equity.words import tables
from tests.crossed_answers_for_tests import completeness, gap_sources, intersections, summary


def test_every_answer_starts_with_its_finding_and_has_its_table() -> None:
    printed = {
        ("Race and ethnicity are known for 87% of patients;", "○ fix this first"): completeness(),
        ("44% of patients without insurance", "No patients"): intersections(),
        ("Overall, Black or African American patients", "points the other way"): gap_sources(),
        ("Groups by race and ethnicity clearly differ", "Slope index of inequality"): summary(),
    }
    for (start, inside), answer in printed.items():
        said = tables.finding_and_table(answer)
        assert said.startswith(start)
        assert inside in said
        assert said.count("\n\n") >= 2


def test_completeness_prints_the_tipping_point_and_the_split_its_warning() -> None:
    assert "disappears only if at least 60%" in tables.finding_and_table(completeness())
    assert "can hide the very gap" in tables.finding_and_table(gap_sources())
