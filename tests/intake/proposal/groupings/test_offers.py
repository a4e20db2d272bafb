"""What a person may say of groups is asked, and until it is said nothing is guessed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from equity.intake.proposal.groupings.offers import alike
from equity.intake.proposal.mapping.answering import answered
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.intake.proposal.propose import propose
from equity.intake.reading.read_facts import read_facts
from equity.vocabulary import Mapping, OpenQuestion

SITES = ("North Clinic", "North Clinic", "North Clinic", "NORTH CLINIC", "N. Clinic", "Northclinic", "South Clinic")
SEXES = ("F", "M", "F", "M", "X")


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """700 visits: four spellings of one site, ages in years, a sex that is X."""
    lines = ["Visit date,Clinic,Sex,Age,Race,Screened"]
    lines += [
        f"2024-{1 + i % 12:02d}-05,{SITES[i % 7]},{SEXES[i % 5]},{18 + i % 60},{('White', 'Black')[i % 2]},"
        f"{('Yes', 'No')[i % 3 == 0]}"
        for i in range(700)
    ]
    path = tmp_path_factory.mktemp("offers") / "visits.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _offer(visits: Path, key: str) -> tuple[Mapping, OpenQuestion]:
    proposal = propose(visits)
    assert not [q for q in proposal.questions if q.waits]
    return proposal.mapping, next(q for q in proposal.questions if q.key == key)


def _groups(mapping: Mapping, visits: Path, folder: Path, name: str) -> list[str]:
    facts = read_facts([visits], mapping, folder / "facts.parquet", folder / "aside.parquet", b"k" * 32)
    return sorted(c.value for s in facts.stratifiers if s.name == name for c in s.categories)


def test_four_spellings_of_one_site_are_one_with_one_click(visits: Path, tmp_path: Path) -> None:
    mapping, question = _offer(visits, "one_name:Clinic")
    assert question.answers[1].label == "yes: read “N. Clinic” and “Northclinic” as “North Clinic”"
    assert _groups(mapping, visits, tmp_path, "site") == ["N. Clinic", "North Clinic", "Northclinic", "South Clinic"]
    said = answered(mapping, question.answers[1].settings)
    assert _groups(said, visits, tmp_path, "site") == ["North Clinic", "South Clinic"]


def test_ages_are_compared_by_bands_once_somebody_says_so(visits: Path, tmp_path: Path) -> None:
    mapping, question = _offer(visits, "age:Age")
    assert [a.label for a in question.answers][:2] == ["no, leave it out", "yes: 18–44, 45–64, 65 and older"]
    said = answered(mapping, question.answers[1].settings)
    assert mapping_from_toml(mapping_to_toml(said), "again") == said
    assert _groups(said, visits, tmp_path, "age") == ["18-44", "45-64", "65+"]


def test_a_sex_of_x_stays_what_the_file_says_until_somebody_says_what_it_is(visits: Path, tmp_path: Path) -> None:
    mapping, question = _offer(visits, "stands_for:Sex")
    assert _groups(mapping, visits, tmp_path, "sex") == ["Female", "Male", "X"]
    assert [a.label for a in question.answers][1:] == ["non-binary", "unknown"]
    said = answered(mapping, question.answers[1].settings)
    assert _groups(said, visits, tmp_path, "sex") == ["Female", "Male", "Non-binary"]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["East Health Center"] * 2 + ["East Health Centre"], {"East Health Center": ["East Health Centre"]}),
        (["St. Mary"] * 2 + ["St Mary"], {"St. Mary": ["St Mary"]}),
        (["North Clinic", "South Clinic", "East Clinic", "West Clinic"], {}),
        (["Clinic 1", "Clinic 2", "Clinic 11"], {}),
        (["Ward A", "Ward B"], {}),
        (["Northwest Clinic"] * 2 + ["North Clinic", "NW Clinic"], {"Northwest Clinic": ["NW Clinic"]}),
        (["Northwest Clinic", "North Clinic", "N Clinic"], {}),  # it may be either
        (["Unknown", "Unknwon Clinic"], {}),
    ],
)
def test_names_are_alike_by_an_abbreviation_a_mark_or_a_letter_and_never_by_a_number(
    names: list[str], found: dict[str, list[str]]
) -> None:
    assert alike(Counter(names)) == found
