"""Counts beside a flag of yes and no, and counts that no name gives away."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.intake.proposal.mapping.answering import answered
from equity.intake.proposal.mapping.mapping_file import mapping_to_toml
from equity.intake.proposal.propose import propose
from tests.intake.conftest import Load

INVERSE = """Measure ID,Measure Title,Inverse,Race,Performance Met,Performance Not Met
CMS165,Controlling High Blood Pressure,N,White,700,300
CMS165,Controlling High Blood Pressure,N,Black,300,200
CMS122,Glycemic Status Greater Than 9%,Y,White,120,880
CMS122,Glycemic Status Greater Than 9%,Y,Black,110,390
"""
TARGET = """Clinic,Race,Measure,# Compliant,# Eligible,Target met
North,White,Cervical cancer screening,400,500,Y
North,Black,Cervical cancer screening,150,250,N
"""
REGISTER = """Practice,Ethnic group,Patients with review,Patients on register,Published
P1,White British,150,240,Yes
P1,Pakistani,40,90,No
"""
SPANISH = """Comunidad,Nacionalidad,Numerador,Denominador
Madrid,Española,820,1000
Madrid,Extranjera,210,300
"""
MONTHS = """measure,race,year,events,member_months
ED visits per 1000 member months,White,2023,5200,90000
ED visits per 1000 member months,Black,2023,3100,38000
"""


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (INVERSE, (700, 1000), (300, 500)),
        (TARGET, (400, 500), (150, 250)),
        (REGISTER, (150, 240), (40, 90)),
        (SPANISH, (820, 1000), (210, 300)),
        (MONTHS, (5200, 90000), (3100, 38000)),
    ],
)
def test_named_counts_come_before_a_flag(
    load: Load, tmp_path: Path, text: str, first: tuple[int, int], second: tuple[int, int]
) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(text, encoding="utf-8")
    proposal = propose(path)
    assert not [q for q in proposal.questions if q.waits]
    assert not {c for s in proposal.mapping.stratifiers for c in s.columns} & {"Inverse", "Target met", "Published"}
    table = load(path, mapping_to_toml(proposal.mapping)).table
    assert list(zip(table["x"], table["n"], strict=True))[:2] == [first, second]


def test_counts_that_no_name_gives_away_are_asked_of_with_the_share_first(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text("Practice,Race,Reviewed,Listed,Signed\nP1,White,150,240,Yes\nP1,Black,40,90,No\n", encoding="utf-8")
    proposal = propose(path)
    (question,) = [q for q in proposal.questions if q.waits]
    assert question.answers[0].label == "“Reviewed” out of “Listed”: P1, White 150 of 240 = 62.5 %"
    assert "“Signed” is the outcome" in question.answers[2].label
    table = load(path, mapping_to_toml(answered(proposal.mapping, question.answers[0].settings))).table
    assert list(zip(table["x"], table["n"], strict=True)) == [(150, 240), (40, 90)]
    table = load(path, mapping_to_toml(answered(proposal.mapping, question.answers[1].settings))).table
    assert list(zip(table["x"], table["n"], strict=True)) == [(150, 390), (40, 130)]
    table = load(path, mapping_to_toml(answered(proposal.mapping, question.answers[2].settings))).table
    assert list(table["x"]) == [1, 0]


def test_within_and_over_a_time_are_everyone_together(tmp_path: Path) -> None:
    path = tmp_path / "waits.csv"
    path.write_text(
        "Month,Race,Over 18 weeks,Within 18 weeks\n2024-01,White,300,900\n2024-01,Black,90,180\n", encoding="utf-8"
    )
    (question,) = [q for q in propose(path).questions if q.waits]
    assert [a.label.rsplit(":", 1)[1] for a in question.answers] == [
        " White 900 of 1,200 = 75.0 %",
        " White 300 of 1,200 = 25.0 %",
    ]


def test_codes_below_zero_do_not_stop_a_column_from_being_a_denominator(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_text(
        "year,race,measure,numerator,denominator\n2023,White,Postpartum visit,412,560\n"
        "2023,Black,Postpartum visit,<11,14\n2023,Asian,Postpartum visit,-1,40\n2023,NHPI,Postpartum visit,*,-9\n",
        encoding="utf-8",
    )
    mapping = propose(path).mapping
    assert (mapping.shape, mapping.columns["x"].column, mapping.columns["n"].column) == (
        "counts",
        "numerator",
        "denominator",
    )


def test_person_years_with_a_fraction_are_known_by_the_rate_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "indlaeggelser.csv"
    path.write_text(
        "Oprindelse;Indlæggelser;Personår;Indlæggelser pr. 1.000 personår\nDansk;1.250;40.500,5;30,86\n"
        "Ikke-vestlig;320;8.210,2;38,98\nUoplyst;20;600,0;33,33\n",
        encoding="utf-8",
    )
    mapping = propose(path).mapping
    assert (mapping.columns["x"].column, mapping.columns["n"].column) == ("Indlæggelser", "Personår")
    (measure,) = mapping.measures.values()
    assert (measure.kind, measure.multiplier) == ("rate", 1000)
