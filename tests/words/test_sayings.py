"""Measures, groups, periods and references inside sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.lens.answers import ResolvedReference
from equity.vocabulary import Measure, PeriodRange, Reference, Stratifier
from equity.words import groups, measures, periods, references
from tests.answers_for_tests import AGE, BLOOD_PRESSURE, HIV, LANGUAGE, MINUTES, PAYER, RACE, SITE

SEX = Stratifier("sex", "Sex")
INCOME = Stratifier("income", "Income band", ordered=True)
STATE = Stratifier("state_name", "State")


def test_rates_count_plural_events() -> None:
    assert measures.events(HIV) == "HIV diagnoses"
    assert measures.events(Measure("Restraint events", "rate")) == "restraint events"
    assert measures.events(Measure("Readmission", "rate")) == "events counted in “Readmission”"


@pytest.mark.parametrize(
    ("stratifier", "value", "said"),
    [
        (RACE, "Black or African American", "Black or African American patients"),
        (RACE, "Unknown", "patients whose race and ethnicity are not known"),
        (RACE, "Declined to answer", "patients who chose not to say their race and ethnicity"),
        (RACE, "Not asked", "patients who were not asked their race and ethnicity"),
        (LANGUAGE, "Spanish", "people whose language is Spanish"),
        (LANGUAGE, "Another language", "patients whose language is listed as “Another language”"),
        (SITE, "Harbor Clinic", "patients at Harbor Clinic"),
        (AGE, "18–34", "people aged 18–34"),
        (AGE, "75 and over", "people aged 75 and over"),
        (AGE, "Ages 13 years and older", "people aged 13 years and older"),
        (AGE, "<18", "people aged <18"),
        (PAYER, "Medicaid", "patients with Medicaid"),
        (PAYER, "Commercial", "patients with commercial insurance"),
        (PAYER, "Uninsured", "patients without insurance"),
        (SEX, "Female", "female patients"),
        (SEX, "Women", "women"),
        (STATE, "Alabama", "patients in Alabama"),
        (INCOME, "Less than $15,000", "patients whose income band is “Less than $15,000”"),
        (RACE, "<script>alert(1)</script>", "patients whose race and ethnicity is “<script>alert(1)</script>”"),
    ],
)
def test_groups_are_said_as_people(stratifier: Stratifier, value: str, said: str) -> None:
    assert groups.describe_group(stratifier, value) == said


@pytest.mark.parametrize(
    ("name", "label", "subject"),
    [
        ("language", "Language", "language"),
        ("pref", "Preferred language", "language"),
        ("age_band", "Age band", "age"),
        ("coverage_type", "Coverage", "payer"),
        ("x", "Village", ""),
        ("percentage", "Percentage", ""),
        ("clinic", "Where seen", "site"),
    ],
)
def test_what_people_are_grouped_by_is_read_from_whole_words(name: str, label: str, subject: str) -> None:
    assert groups.subject_of(Stratifier(name, label)) == subject


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_value_makes_one_line(value: str, label: str) -> None:
    said = groups.describe_group(Stratifier("s", label), value)
    assert "\n" not in said
    assert len(said) < 400


def test_lists_stop_somewhere() -> None:
    assert groups.listed(["A"]) == "A"
    assert groups.listed(["A", "B", "C"]) == "A, B and C"
    assert groups.listed(list("ABCDEF")) == "A, B, C and 3 more"
    assert groups.listed([]) == ""


@pytest.mark.parametrize(
    ("period", "title", "during"),
    [
        ("", "all time", "over all the time in the data"),
        ("2024", "2024", "in 2024"),
        ("2022..2024", "2022–2024", "from 2022 to 2024"),
        ("2024-Q1", "Q1 2024", "in Q1 2024"),
        ("2024-Q1..2024-Q4", "2024", "in 2024"),
        ("2022-01..2022-12", "2022", "in 2022"),
        ("2022-01..2023-12", "2022–2023", "from 2022 to 2023"),
        ("2024-Q1..2024-Q3", "2024 Q1–Q3", "from Q1 to Q3 2024"),
        ("2023-Q3..2024-Q2", "Q3 2023 to Q2 2024", "from Q3 2023 to Q2 2024"),
        ("2024-03", "March 2024", "in March 2024"),
        ("2024-03..2024-06", "March–June 2024", "from March to June 2024"),
        ("2023-11..2024-02", "November 2023 to February 2024", "from November 2023 to February 2024"),
    ],
)
def test_periods(period: str, title: str, during: str) -> None:
    asked = PeriodRange.parse(period)
    assert periods.title(asked) == title
    assert periods.during(asked) == during


def test_the_best_group_is_called_by_what_it_was_best_of() -> None:
    """Where a smaller group has a higher rate, or another group has one by now, "highest rate" alone is untrue."""
    best = ResolvedReference("best", "", "Asian", 0.69, 1650, chosen_on="2022", surpassed="smaller")
    said = "Asian patients (highest rate among larger groups)"
    assert references.describe_reference(best, RACE, BLOOD_PRESSURE) == said
    assert (
        references.with_rate(best, BLOOD_PRESSURE, RACE) == "Asian patients (highest rate among larger groups, 69.0%)"
    )
    nameless = replace(best, told_apart=False)
    assert references.beside(nameless, BLOOD_PRESSURE, RACE, "69.0%")[0] == (
        "The highest rate among larger groups was 69.0%."
    )
    assert references.short(nameless, BLOOD_PRESSURE) == "Highest rate among larger groups 69.0%"
    once = replace(best, surpassed="any")
    assert references.beside(once, BLOOD_PRESSURE, RACE, "69.0%")[:2] == (
        "For Asian patients (highest rate among larger groups in 2022) it was 69.0%.",
        "Asian patients (highest rate among larger groups in 2022): 69.0%.",
    )
    unnamed = replace(once, told_apart=False)
    assert references.beside(unnamed, BLOOD_PRESSURE, RACE, "69.0%") == (
        "For the group that had the highest rate among larger groups in 2022 it was 69.0%.",
        "The reference group: 69.0%.",
    )
    assert references.short(unnamed, BLOOD_PRESSURE) == "Compared with 69.0%"


def test_references_are_named() -> None:
    best = ResolvedReference("best", "", "Asian", 0.69, 1650)
    named = ResolvedReference("group", "", "White", 0.68, 4500)
    target = ResolvedReference("target", "", rate=0.7)
    assert references.describe_reference(best, RACE, BLOOD_PRESSURE) == "Asian patients (highest rate)"
    assert references.describe_reference(named, RACE, BLOOD_PRESSURE) == "White patients"
    assert references.with_rate(best, BLOOD_PRESSURE, RACE) == "Asian patients (highest rate, 69.0%)"
    assert (
        references.beside(best, BLOOD_PRESSURE, RACE, "69.0%")[0] == "For Asian patients (highest rate) it was 69.0%."
    )
    assert references.beside(named, BLOOD_PRESSURE, RACE, "68.0%")[0] == "For White patients it was 68.0%."
    assert references.beside(target, BLOOD_PRESSURE, RACE, "70%") == ("The target is 70%.",)
    others = ResolvedReference("others", "")
    assert references.beside(others, MINUTES, RACE, "38 minutes")[0] == "For all other patients it was 38 minutes."
    assert references.describe_reference(ResolvedReference("average", ""), RACE, MINUTES) == "the overall average"
    assert references.chosen(Reference("average")) == "overall"
    assert references.short(target, BLOOD_PRESSURE) == "Target 70%"
