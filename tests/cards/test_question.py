"""What may be asked, and what becomes of wishes that cannot be fulfilled."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.cards.page_question import PARTS, resolve
from equity.cards.parts.offered import ALL_TIME, usual_period
from equity.cards.parts.span import periods_within, spans_offered
from equity.lens.choices import Choices
from equity.vocabulary import Category, Description, Grain, Measure, PeriodRange, Reference, Stratifier, periods_between

RACE = Stratifier("race", "Race and ethnicity", categories=(Category("Black"), Category("White"), Category("best")))
SITE = Stratifier("site", "Site", categories=(Category("North: East"), Category("Unknown", "unknown")))
PRESSURE = Measure("Controlled blood pressure", polarity="higher_better", target=0.7)
DIAGNOSES = Measure("HIV diagnoses", "rate", "lower_better", multiplier=100_000, reference=Reference("average"))


def described(**changes: Any) -> Description:
    made = Description(
        dataset="Ours",
        version=3,
        created="2025-01-01T00:00:00Z",
        shape="rows",
        tables="crossed",
        values="counts",
        grain="month",
        periods=periods_between("2023-01", "2025-02"),
        has_person=True,
        rows_in=1,
        rows_used=1,
        rows_set_aside=0,
        measures=(PRESSURE, DIAGNOSES),
        stratifiers=(RACE, SITE),
    )
    return replace(made, **changes)


def test_without_wishes_the_usual_question_is_asked() -> None:
    question = resolve(["Ours", "Theirs"], described(), {})
    assert question.choices == Choices(
        "Ours", 3, "Controlled blood pressure", "race", Reference("best"), PeriodRange("2024", "2024")
    )
    assert question.refused == ()


def test_a_whole_link_is_applied_whole() -> None:
    wishes = {
        "dataset": "Ours",
        "measure": "HIV diagnoses",
        "by": "race",
        "reference": "White",
        "period": "2023-Q2",
        "grain": "month",
        "where": "site:North: East",
    }
    question = resolve(["Ours"], described(), wishes)
    assert wishes.items() <= question.codes.items()
    assert question.choices.where == (("site", "North: East"),)
    assert question.choices.period.tiles() == (("quarter", "2023-Q2"),)
    assert question.refused == ()


def test_what_cannot_be_applied_is_said_once_each() -> None:
    wishes = {"measure": "Nope", "by": "shoe", "reference": "Purple", "period": "1999", "where": "race:White"}
    question = resolve(["Ours"], described(), wishes)
    assert len(question.refused) == 5
    for wish in wishes.values():
        assert any(wish in sentence for sentence in question.refused), wish
    assert "Controlled blood pressure" in question.refused[0]


def test_a_group_named_like_a_kind_of_reference_is_still_that_group() -> None:
    question = resolve(["Ours"], described(), {"reference": "group:best"})
    assert question.choices.reference == Reference("group", "best")


def test_the_measure_brings_its_own_reference_and_its_target() -> None:
    first = resolve(["Ours"], described(), {"measure": "HIV diagnoses"})
    assert first.choices.reference == Reference("average")
    assert "target" not in {o.code for o in first.options["reference"]}
    assert "target" in {o.code for o in resolve(["Ours"], described(), {}).options["reference"]}


def test_a_stretch_within_the_data_may_be_wished_for() -> None:
    question = resolve(["Ours"], described(), {"period": "2023-Q3..2024-Q2"})
    assert question.choices.period == PeriodRange("2023-Q3", "2024-Q2")
    assert resolve(["Ours"], described(), {"period": "2021..2024"}).refused


def test_one_way_extracts_cannot_be_narrowed() -> None:
    question = resolve(["Ours"], described(tables="one_way"), {"where": "site:Unknown"})
    assert len(question.options["where"]) == 1
    assert question.refused


def test_estimates_are_offered_only_by_the_periods_they_came_in() -> None:
    question = resolve(["Ours"], described(values="estimates", grain="year", periods=("2021", "2022")), {})
    assert [o.code for o in question.options["period"]] == ["2022", "2021"]


def test_an_extract_without_periods_is_asked_of_all_time() -> None:
    question = resolve(["Ours"], described(grain="all", periods=()), {})
    assert question.codes["period"] == ALL_TIME
    assert question.choices.period.is_all_time


@pytest.mark.parametrize(
    ("periods", "grain", "usual"),
    [
        (periods_between("2023-01", "2025-02"), "month", "2024"),
        (periods_between("2024-Q1", "2024-Q4"), "quarter", "2024"),
        (periods_between("2024-03", "2024-05"), "month", "2024"),
        (("2020", "2022"), "year", "2022"),
    ],
)
def test_the_usual_period_is_the_latest_whole_year(periods: tuple[str, ...], grain: Any, usual: str) -> None:
    assert usual_period(described(periods=periods, grain=grain)) == usual


@given(st.dictionaries(st.sampled_from(PARTS), st.text(max_size=30)))
def test_whatever_a_browser_sends_the_question_is_one_of_those_offered(wishes: dict[str, str]) -> None:
    question = resolve(["Ours"], described(), wishes)
    for part in PARTS:
        assert question.codes[part] in {option.code for option in question.options[part]}
    assert question.choices.measure in {m.name for m in described().measures}


@pytest.mark.parametrize(
    ("grain", "span", "within"),
    [
        ("quarter", "", ("2023-Q1", "2025-Q1")),  # the last holds two of its months
        ("quarter", "2023-Q2..2024-Q1", ("2023-Q2", "2024-Q1")),
        ("quarter", "2023-05..2024-02", ("2023-Q3", "2023-Q4")),
        ("year", "2023-Q2..2025", ("2024", "2025")),
        ("month", "2024", ("2024-01", "2024-12")),
    ],
)
def test_a_stretch_is_the_periods_that_lie_wholly_within_it(grain: Grain, span: str, within: tuple[str, str]) -> None:
    held = periods_within(described(), grain, span)
    assert (held[0], held[-1]) == within
    offered = spans_offered(described(), grain, span)
    assert [option.code for option in offered] == ["", *([span] if span else [])]


@pytest.mark.parametrize("span", ["2023-05..2024-03", "2024", "2031", "yesterday"])
def test_a_stretch_of_less_than_two_periods_is_none(span: str) -> None:
    question = resolve(["Ours"], described(), {"grain": "year", "span": span})
    assert question.codes["span"] == ""
    assert "does not hold two periods of “Ours”" in question.refused_further["span"]
