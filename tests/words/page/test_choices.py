"""The choice bar's sentence."""

from __future__ import annotations

from dataclasses import replace

from equity.vocabulary import PeriodRange, Reference
from equity.words.page import choices
from tests.answers_for_tests import BLOOD_PRESSURE, STRATIFIERS, YEAR


def test_reads_aloud_as_one_sentence() -> None:
    said = choices.as_text(YEAR, BLOOD_PRESSURE, STRATIFIERS)
    assert said == "Controlled blood pressure by race and ethnicity, compared with the best group, 2024"


def test_names_the_reference_the_filter_and_the_period() -> None:
    asked = replace(
        YEAR, reference=Reference("group", "White"), where=(("language", "Spanish"),), period=PeriodRange.parse("")
    )
    assert choices.as_text(asked, BLOOD_PRESSURE, STRATIFIERS) == (
        "Controlled blood pressure by race and ethnicity, compared with White, "
        "only people whose language is Spanish, all time"
    )


def test_all_measures_and_all_groupings() -> None:
    asked = replace(YEAR, measure="", by="")
    assert choices.as_text(asked, None, STRATIFIERS) == (
        "All measures by every way of grouping, compared with each measure's own reference, 2024"
    )
