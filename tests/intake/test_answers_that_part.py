"""Counts that part the same people by an answer, and those of whom none is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.intake.columns.opposites import denies
from equity.intake.columns.units import says_duration
from equity.intake.proposal.mapping.answering import answered, mapping_lines
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.intake.proposal.propose import propose
from equity.intake.spellings.numbers import minutes_of
from tests.intake.conftest import Load

ROWS = "Year,Race,Status,Count\n" + "".join(
    f"2023,{race},{status},{count}\n"
    for race, counts in (("White", (700, 250, 50)), ("Black", (280, 170, 50)))
    for status, count in zip(("Controlled", "Uncontrolled", "No reading"), counts, strict=True)
)
COLUMNS = "Year,Race,Controlled,Uncontrolled,No reading\n2023,White,700,250,50\n2023,Black,280,170,50\n"


@pytest.mark.parametrize("text", [ROWS, COLUMNS])
def test_people_without_a_reading_are_in_the_denominator_if_a_person_says_so(
    load: Load, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "status.csv"
    path.write_text(text, encoding="utf-8")
    proposal = propose(path)
    (question,) = [q for q in proposal.questions if q.waits]
    assert [a.label for a in question.answers] == [
        "White 700 of 950 = 73.7 %, without “No reading”",
        "White 700 of 1,000 = 70.0 %, with “No reading” among everyone",
    ]
    assert 'plus = ["Uncontrolled", "No reading"]' in mapping_lines(question.answers[1].settings)
    rates = []
    for answer in question.answers:
        mapping = answered(proposal.mapping, answer.settings)
        assert mapping_from_toml(mapping_to_toml(mapping), "again") == mapping
        table = load(path, mapping_to_toml(mapping)).table
        rates.append(dict(zip(table["race"], zip(table["x"], table["n"], strict=True), strict=True)))
    assert rates == [
        {"White": (700, 950), "Black or African American": (280, 450)},
        {"White": (700, 1000), "Black or African American": (280, 500)},
    ]


def test_a_hidden_part_hides_the_whole(load: Load) -> None:
    mapping = """
[extract]
shape = "counts"
[columns]
measure = { value = "Control" }
x = "yes"
n = { column = "yes", plus = ["no", "unknown"] }
[stratifiers.site]
column = "site"
[measures."Control"]
"""
    table = load("site,yes,no,unknown\nA,10,20,5\nB,10,20,<5\n", mapping).table.set_index("site")
    assert table.loc["A", "n"] == 35 and not table.loc["A", "hidden"]
    assert table.loc["B", "hidden"]


@pytest.mark.parametrize(
    ("no", "yes", "denied"),
    [
        ("not met", "met", True), ("uncontrolled", "controlled", True), ("alive", "deaths", True),
        ("non compliant", "compliant", True), ("met", "not met", False), ("deaths", "alive", False),
        ("no", "yes", True), ("north", "south", False), ("", "", False),
    ],
)  # fmt: skip
def test_a_name_denies_its_opposite(no: str, yes: str, denied: bool) -> None:
    assert denies(no, yes) is denied


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1:35", 95), ("0:08", 8), ("2 06:15", 3255), ("1d 02:30", 1590), ("0:26:30", 26.5), ("1:75", None), ("12", None)],
)
def test_how_long_is_read_in_minutes(text: str, minutes: float | None) -> None:
    assert minutes_of(text) == minutes


def test_a_time_of_day_is_not_how_long() -> None:
    assert says_duration("Wait (h:mm)") and says_duration("length_of_stay") and says_duration("time_to_provider")
    assert not says_duration("arrival_time") and not says_duration("time of arrival") and not says_duration("Start")


@pytest.mark.parametrize(
    ("file", "column", "polarity"),
    [
        ("cervical_screening_by_race.csv", "Not screened", "lower_better"),
        ("flu_vaccination.csv", "Unvaccinated", "neutral"),
        ("cervical_screening_by_race.csv", "Screened", "higher_better"),
    ],
)
def test_a_column_that_turns_its_file_round_names_the_measure(
    tmp_path: Path, file: str, column: str, polarity: str
) -> None:
    path = tmp_path / file
    path.write_text(f"Year,Race,{column},Eligible\n2023,White,100,400\n2023,Black,80,200\n", encoding="utf-8")
    (measure,) = propose(path).mapping.measures.values()
    assert measure.polarity == polarity
