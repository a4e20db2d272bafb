from __future__ import annotations

import pytest

from equity.intake.columns.categories import StratifierReader, is_total, kind_of
from equity.intake.columns.category_order import arrange, natural
from equity.intake.spellings.catalogue import catalogue, measure_for, recognise
from equity.intake.spellings.standards import spoken, standard, standard_names
from equity.vocabulary import PlainError, StratifierMapping


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Unknown", "unknown"),
        ("Unknown or Missing", "unknown"),
        ("Don’t know/Not sure/Missing", "unknown"),
        ("UNK", "unknown"),
        ("N/A", "unknown"),
        ("Not reported", "unknown"),
        ("Race unknown", "unknown"),
        ("Declined", "declined"),
        ("Patient refused", "declined"),
        ("Prefer not to answer", "declined"),
        ("Choose not to disclose", "declined"),
        ("Not asked", "not_asked"),
        ("Not collected", "not_asked"),
        ("Other", "other"),
        ("Some other race", "other"),
        ("Non-Hispanic Other", "other"),
        ("Native Hawaiian or Other Pacific Islander", "group"),
        ("White", "group"),
        ("Another clinic", "group"),
        ("Unity Health", "group"),
    ],
)
def test_what_a_category_stands_for(text: str, kind: str) -> None:
    assert kind_of(text) == kind


TOTALS = [
    "Total", "All races", "All races/ethnicities", "Overall", "Both sexes", "US (SEER+NPCR)(1)", "All", "Grand total",
    "All ages", "United States",
]  # fmt: skip


@pytest.mark.parametrize("text", TOTALS)
def test_totals(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize("text", ["White", "Allen County", "Alliance clinic", "Usher", "Asian", "Totally other"])
def test_what_is_no_total(text: str) -> None:
    assert not is_total(text)


@pytest.mark.parametrize(
    "steps",
    [
        ["<18", "18-44", "45-64", "65+"],
        ["Under 5", "5-14", "15-24", "85 and over"],
        ["Less than $15,000", "$15,000 to < $25,000", "$25,000 to < $35,000", "$200,000 or more"],
        ["Low", "Middle", "High"],
        ["Lowest", "Low", "Medium", "High", "Highest"],
        ["Quintile 1 (poorest)", "Quintile 2", "Quintile 5 (richest)"],
        ["Less than high school", "High school graduate", "Some college", "College graduate"],
    ],
)
def test_ordered_categories_stand_in_their_order(steps: list[str]) -> None:
    assert sorted(steps, key=natural) == steps


def test_categories_are_arranged_by_order_then_standard_then_name_and_unknowns_last() -> None:
    def values(mapping: StratifierMapping, *given: str) -> list[str]:
        return [c.value for c in arrange(given, mapping)]

    assert values(StratifierMapping("s", ("s",), "S"), "b", "Unknown", "Other", "a") == ["a", "b", "Other", "Unknown"]
    ordered = StratifierMapping("s", ("s",), "S", order=("Low", "High"))
    assert values(ordered, "High", "Unknown", "Low") == ["Low", "High", "Unknown"]
    shipped = StratifierMapping("s", ("s",), "S", standard="omb-2024")
    assert values(shipped, "White", "Declined", "Asian", "Martian", "Unknown") == [
        "Asian",
        "White",
        "Martian",
        "Declined",
        "Unknown",
    ]


def test_the_1997_and_2024_lists_know_the_spellings_of_real_extracts() -> None:
    for text, value in [
        ("Black/African American", "Black or African American"),
        ("HI Native / Pacific Islander", "Native Hawaiian or Pacific Islander"),
        ("American Indian or Alaskan Native", "American Indian or Alaska Native"),
        ("More than One Race", "Multiracial"),
        ("2106-3", "White"),
        ("Hispanic/Latino", "Hispanic or Latino"),
        ("white, non-hispanic", "White"),
        ("A-PI", "Asian or Pacific Islander"),
    ]:
        found = standard("omb-2024").find(text)
        assert found is not None and found.value == value
    assert standard("omb-1997").find("MENA") is None, "an extract of two questions never asked it"
    assert standard("omb-2024").find("Martian") is None


def test_no_spelling_means_two_categories() -> None:
    for name in standard_names():
        owners: dict[str, set[str]] = {}
        for category in standard(name).categories:
            for text in (category.value, *category.spellings):
                owners.setdefault(spoken(text), set()).add(category.value)
        assert {text: values for text, values in owners.items() if len(values) > 1} == {}, name


def test_languages_by_code_and_name() -> None:
    for text in ("es", "spa", "Spanish", "Español", "SPANISH"):
        found = standard("iso-639").find(text)
        assert found is not None and found.value == "Spanish"
    assert len(standard("iso-639").categories) > 80


def test_a_list_that_is_not_shipped_gets_one_sentence() -> None:
    with pytest.raises(PlainError, match="There is no standard list “omb-204”: did you mean “omb-2024”"):
        standard("omb-204")


def test_recode_wins_over_the_standard_and_drop_over_all() -> None:
    reader = StratifierReader(
        StratifierMapping("r", ("r",), "R", standard="omb-2024", recode={"AA": "Asian"}, drop=("White",)), parts=False
    )
    assert reader.read(["aa"]).value == "Asian"
    assert reader.read(["WHITE"]).left_out == "drop"
    assert reader.read([""]).value == "Unknown"
    assert reader.read(["Mayes County, Oklahoma(2)"]).value == "Mayes County, Oklahoma"


def test_the_catalogue_has_about_forty_measures_and_more() -> None:
    assert len(catalogue()) >= 40
    assert len({m.name for m in catalogue()}) == len(catalogue())


@pytest.mark.parametrize(
    ("name", "area", "kind", "polarity"),
    [
        ("CBP", "Hypertension", "proportion", "higher_better"),
        ("CMS165v12", "Hypertension", "proportion", "higher_better"),
        ("bp_controlled", "Hypertension", "proportion", "higher_better"),
        ("Controlling High Blood Pressure (CBP)", "Hypertension", "proportion", "higher_better"),
        ("HbA1c poor control (>9%)", "Diabetes", "proportion", "lower_better"),
        ("30-day readmission", "Hospital care", "proportion", "lower_better"),
        ("PC-02", "Maternal health", "proportion", "lower_better"),
        ("HIV diagnoses", "Sexual health", "rate", "lower_better"),
        ("Colorectal screening", "Cancer screening", "proportion", "higher_better"),
        ("Left without being seen", "Emergency care", "proportion", "lower_better"),
    ],
)
def test_common_measures_are_recognised(name: str, area: str, kind: str, polarity: str) -> None:
    entry = recognise(name)
    assert entry is not None
    assert (entry.clinical_area, entry.kind, entry.polarity) == (area, kind, polarity)


def test_other_measures_are_read_by_their_words() -> None:
    assert measure_for("Surgical complications", "counts").polarity == "lower_better"
    assert measure_for("Spirometry completed", "counts").polarity == "higher_better"
    assert measure_for("Zeta", "counts").polarity == "neutral"


def test_four_different_things_stay_four_different_things() -> None:
    reader = StratifierReader(StratifierMapping("r", ("r",), "R"), parts=False)
    read = {text: reader.read([text]).value for text in ("", "N/A", "Declined", "Not asked", "Other", "None", "X")}
    assert read == {
        "": "Unknown",
        "N/A": "Unknown",
        "Declined": "Declined",
        "Not asked": "Not asked",
        "Other": "Other",
        "None": "None",
        "X": "X",
    }
