"""What is said of who is missing, and of what that means for a conclusion."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.words import completeness as words
from tests.answers_for_tests import HIV, LANGUAGE, LEFT
from tests.crossed_answers_for_tests import completeness


def test_the_missing_matter_when_they_fare_clearly_and_largely_otherwise() -> None:
    assert words.finding(completeness()) == (
        "Race and ethnicity are known for 87% of patients; where they are not, results are 31 points worse "
        "(38% against 69%), so the missing matter here."
    )
    assert words.for_a_conclusion(completeness()).startswith("Who is missing: race and ethnicity are known for 87%")


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ((0.69, 0.68, 0.8), "results are much the same (68% against 69%), so nothing here says that the missing"),
        ((0.69, 0.60, 0.09), "results look 9 points worse (60% against 69%), but that may be chance."),
        ((0.69, 0.67, 0.01), "results are 2 points worse (67% against 69%), which is clear but small."),
        ((0.69, 0.80, 0.001), "results are 11 points better (80% against 69%), so the missing matter here."),
    ],
)
def test_each_way_in_which_the_missing_can_fare(rates: tuple[float, float, float], said: str) -> None:
    assert said in words.finding(completeness(rates=rates))


def test_nobody_missing_and_too_few_missing() -> None:
    everyone = (("all", "", 1000, 1000, 0, 0, 0),)
    full = completeness(shares=everyone, unknown_n=0, stratifier=LANGUAGE)
    assert words.finding(full) == "Language is known for everyone, so nobody is missing from this answer."
    assert words.kinds_apart(full) == ""
    few = completeness(unknown_n=12)
    assert words.finding(few).endswith("where they are not, there are too few patients (12) to say how they fare.")
    assert not words.matters(few)


def test_visits_are_called_visits() -> None:
    assert "of visits" in words.finding(completeness(people=600.0))
    assert "of patients" in words.finding(completeness(people=995.0))


def test_the_kinds_of_missing_stay_apart() -> None:
    assert words.kinds_apart(completeness()) == (
        "Race and ethnicity: not known for 9%, not asked for 2% and not shared by choice for 2% of patients. "
        "These are three different things."
    )


def test_status_by_site_period_and_outcome() -> None:
    assert words.statuses(completeness()) == (
        "By site, fix this first: Hillcrest (74%); good: Harbor Clinic (96%).",
        "Over time: read with care throughout (87% known).",
        "By outcome, known for 92% of those counted as a yes and 77% of the others: the two are missing unevenly.",
    )


def test_the_tipping_point() -> None:
    answer = completeness()
    assert words.tipping(answer) == (
        "The gap for Black or African American patients from the best group, White, disappears only if at least 60% "
        "of the missing who had controlled blood pressure (50 patients) were theirs."
    )
    assert words.bounds_in_words(answer) == (
        "Whoever the missing turn out to be, the gap of 12.0 points for Black or African American patients lies "
        "between 1.0 and 21.0 points worse: the best and worst case for both sides at once."
    )
    assert "Asian patients" in words.tipping(answer, "Asian")


def test_a_gap_that_the_missing_cannot_undo() -> None:
    answer = completeness(measure=LEFT)
    firm = replace(answer, bounds=answer.bounds.assign(tipping_share=1.4, possible=0))
    assert words.tipping(firm) == (
        "The gap for Black or African American patients stays even if all of the missing who were not counted in left "
        "without being seen (80 patients) were theirs."
    )


def test_no_bounds_where_there_are_none() -> None:
    answer = completeness(measure=HIV)
    none = replace(answer, bounds=answer.bounds.iloc[:0])
    assert words.tipping(none) == "Bounds need a yes or no result and a group to compare with, so there are none here."
    assert words.bounds_in_words(none) == ""
    small = replace(answer, bounds=answer.bounds.assign(gap=1e-9))
    assert "no gap large enough" in words.tipping(small)


def test_alt_texts_visit_every_row() -> None:
    answer = completeness()
    for name in ("Everyone", "Harbor Clinic", "Hillcrest"):
        assert f"{name}: known for" in words.alt_text(answer)
    for name in ("Q1 2024", "Controlled blood pressure: yes"):
        assert f"{name}: known for" in words.over_time_alt_text(answer)
    assert "Asian: 2.0 points worse, 10.0 points better to 15.0 points worse" in words.bounds_alt_text(answer)


def test_the_tables() -> None:
    table = words.table(completeness())
    assert table.iloc[2].to_dict() == {
        "Which": "Hillcrest",
        "Of": "Site",
        "Patients": "400",
        "Known": "74%",
        "Not known": "76",
        "Not asked": "11",
        "Not shared by choice": "19",
        "In a word": "○ fix this first",
    }
    assert words.bounds_table(completeness())["Share of the missing"].tolist() == ["60%", "10%", ""]


def test_a_share_just_below_good_does_not_read_as_good() -> None:
    share = next(s for s in words.shares(completeness(shares=(("all", "", 10_000, 9_460, 540, 0, 0),))))
    assert words.written(share) == "94.6%"
    assert share.status == "caution"
