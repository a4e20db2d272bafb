"""A harm in a measure's name that another word turns round: never the wrong way as certain."""

from __future__ import annotations

import pytest

from equity.intake.spellings.catalogue import measure_for


@pytest.mark.parametrize(
    "name",
    [
        "Falls: Screening for Future Fall Risk",
        "Child and Adolescent Major Depressive Disorder: Suicide Risk Assessment",
        "Assessed for suicide risk",
        "Pressure ulcer risk assessment",
        "Fall Risk Management",
        "Smoking cessation advice given",
    ],
)
def test_care_against_a_harm_is_better_when_higher(name: str) -> None:
    assert measure_for(name, "counts").polarity == "higher_better"


@pytest.mark.parametrize(
    "name",
    [
        "Falls prevented",
        "Readmission avoided",
        "Low-risk cesarean avoided",
        "Infections prevented with prophylaxis",
        "Quit smoking",
        "Waiting under 4 hours",
        "Waited within target",
        "Stillbirth review completed",
        "Mortality review completed",
        "Death certificate completed",
        "Died at home as preferred",
        "Heart failure patients on beta blocker",
        "Hypertension diagnosis rate",
        "Positive screening for food insecurity",
        "Deaths among those screened for cancer",
    ],
)
def test_a_reframed_harm_says_no_way(name: str) -> None:
    assert measure_for(name, "counts").polarity == "neutral"


def test_alcohol_screening_is_not_worse_when_higher() -> None:
    name = "Preventive Care and Screening: Unhealthy Alcohol Use: Screening & Brief Counseling"
    assert measure_for(name, "counts").polarity != "lower_better"


@pytest.mark.parametrize(
    "name",
    [
        "Cancer screening interval exceeded",
        "Overdue for colorectal cancer screening",
        "Waiting time for screening",
        "Waiting over 4 hours",
        "Readmission within 30 days",
        "Deaths under 5 years",
        "Preventable hospital stays",
        "Postpartum hemorrhage",
        "Healthcare-associated infections",
        "Heart failure mortality",
        "Pressure ulcers",
        "Depression screening not performed",
    ],
)
def test_a_plain_harm_stays_one(name: str) -> None:
    assert measure_for(name, "counts").polarity == "lower_better"


@pytest.mark.parametrize(
    ("name", "polarity"),
    [
        ("Razão de mortalidade materna (Óbitos por 100 mil nascidos vivos)", "lower_better"),
        ("Mortalité infantile", "lower_better"),
        ("Gestorbene", "lower_better"),
        ("Life expectancy at birth", "higher_better"),
        ("Years of life expectancy lost", "lower_better"),
    ],
)
def test_deaths_in_other_languages_and_long_lives_have_a_side(name: str, polarity: str) -> None:
    assert measure_for(name, "estimates").polarity == polarity
