"""A description survives its file, and says what there is when asked for what there is not."""

import pytest

from equity.vocabulary import Category, Description, Measure, PlainError, Problem, Reference, SourceFile, Stratifier

DESCRIPTION = Description(
    dataset="Made up",
    version=3,
    created="2026-01-01T00:00:00",
    shape="rows",
    tables="crossed",
    values="counts",
    grain="month",
    periods=("2024-01", "2024-02"),
    has_person=True,
    rows_in=10,
    rows_used=9,
    rows_set_aside=1,
    measures=(Measure("Eye exam", "proportion", "higher_better", "Diabetes", target=0.8),),
    stratifiers=(Stratifier("race", "Race and ethnicity", False, (Category("White"), Category("Unknown", "unknown"))),),
    sources=(SourceFile("a.csv", 12, "ab"),),
    problems=(Problem("warning", "code", "message", "remedy", "column", 2, 1),),
)


def test_it_reads_back_as_it_was_written() -> None:
    assert Description.from_json(DESCRIPTION.to_json()) == DESCRIPTION


def test_an_unknown_measure_or_stratifier_is_answered_with_those_there_are() -> None:
    with pytest.raises(PlainError, match="has no measure “Foot exam”: it has “Eye exam”"):
        DESCRIPTION.measure("Foot exam")
    with pytest.raises(PlainError, match="is not grouped by “age”: it is grouped by “race”"):
        DESCRIPTION.stratifier("age")


def test_a_stratifier_goes_by_its_key_or_its_label() -> None:
    assert DESCRIPTION.stratifier("Race and ethnicity") is DESCRIPTION.stratifier("race")
    assert DESCRIPTION.stratifier("race").groups == ("White",)
    assert DESCRIPTION.stratifier("race").kind_of("Unknown") == "unknown"


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("best", Reference("best")),
        ("White", Reference("group", "White")),
        ("group:best", Reference("group", "best")),
    ],
)
def test_a_reference_reads_back_as_it_was_written(text: str, reference: Reference) -> None:
    assert Reference.parse(text) == reference
    assert str(reference) == text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": "percentage"}, "write proportion, rate or mean"),
        ({"polarity": "up"}, "write higher_better, lower_better or neutral"),
        ({"multiplier": 0.0}, "a multiplier above 0"),
    ],
)
def test_a_measure_that_means_nothing_is_refused(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(PlainError, match=says):
        Measure("Eye exam", **wrong)
