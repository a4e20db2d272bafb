"""Numbers and days that stand for none: asked about, and read as a person answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.intake.proposal.mapping.answering import answered
from equity.intake.proposal.mapping.mapping_file import mapping_to_toml
from equity.intake.proposal.proposal_parts import Proposal
from equity.intake.proposal.propose import propose
from equity.intake.proposal.stand_ins import codes_among
from equity.vocabulary import OpenQuestion
from tests.intake.conftest import Load


def asked(path: Path, text: str) -> tuple[Proposal, OpenQuestion]:
    path.write_text(text, encoding="utf-8")
    proposal = propose(path)
    (question,) = [q for q in proposal.questions if q.waits]
    return proposal, question


@pytest.mark.parametrize("code", ["999", "-9", "9999"])
def test_a_code_for_none_is_no_number_unless_a_person_says_so(load: Load, tmp_path: Path, code: str) -> None:
    values = [2, 3, 4, 5, 6, 7] * 3
    lines = [f"{k},2024-02,{('White', 'Asian')[k % 2]},{v}" for k, v in enumerate([*values, code, code])]
    path = tmp_path / "stays.csv"
    proposal, question = asked(path, "mrn,month,race,los_days\n" + "\n".join(lines) + "\n")
    with_them = (sum(values) + 2 * int(code)) / 20
    assert "the others their mean is 4.5" in question.answers[0].label
    assert f"their mean is {with_them:,.6g}" in question.answers[1].label
    likeliest = load(path, mapping_to_toml(proposal.mapping)).table
    assert (likeliest["x"].sum(), len(likeliest)) == (sum(values), 18)
    assert len(load(path, mapping_to_toml(proposal.mapping)).set_aside) == 2
    yes, no = (load(path, mapping_to_toml(answered(proposal.mapping, a.settings))).table for a in question.answers)
    assert (yes["x"].sum(), len(yes)) == (sum(values), 18)
    assert (no["x"].sum(), len(no)) == (sum(values) + 2 * int(code), 20)


def test_a_code_is_one_however_it_is_written(load: Load) -> None:
    mapping = """
[extract]
shape = "rows"
missing = ["999"]
[columns]
measure = { value = "Waits" }
x = "wait"
[stratifiers.site]
column = "site"
[measures."Waits"]
kind = "mean"
"""
    table = load("site,wait\nA,999\nA,999.0\nA,9990\nB,12\nB,0999\n", mapping).table
    assert sorted(table["x"]) == [12, 9990]


def test_a_day_that_is_none_is_left_out_unless_a_person_says_so(load: Load, tmp_path: Path) -> None:
    lines = [f"2024-0{k % 3 + 1}-05,{('White', 'Asian')[k % 2]},{'YN'[k % 2]}" for k in range(12)]
    lines += ["1900-01-01,White,Y"] * 2
    path = tmp_path / "visits.csv"
    proposal, question = asked(path, "visit_date,race,screened\n" + "\n".join(lines) + "\n")
    assert "“1900-01-01” on 2 lines" in question.sentence
    no, yes = (load(path, mapping_to_toml(answered(proposal.mapping, a.settings))).table for a in question.answers)
    assert (len(no), len(yes)) == (12, 14)
    assert no["period"].min().year == 2024


def test_an_age_that_is_none_is_unknown(load: Load, tmp_path: Path) -> None:
    lines = [f"2024,{age},{10 + k},{40 + k}" for k, age in enumerate((20, 30, 40, 50, 60, 999))]
    path = tmp_path / "ages.csv"
    path.write_text("Year,Age,Numerator,Denominator\n" + "\n".join(lines) + "\n", encoding="utf-8")
    facts = load(path, mapping_to_toml(propose(path).mapping)).facts
    assert [(c.value, c.kind) for c in facts.stratifiers[0].categories][-1] == ("Unknown", "unknown")
    assert "999" not in {c.value for c in facts.stratifiers[0].categories}


def test_codes_that_are_amounts_are_a_mean(load: Load, tmp_path: Path) -> None:
    lines = [f"{k},2024-02,{('White', 'Asian')[k % 2]},{k % 3}" for k in range(30)]
    path = tmp_path / "visits.csv"
    proposal, question = asked(path, "mrn,month,race,tobacco_use\n" + "\n".join(lines) + "\n")
    kinds = []
    for answer in question.answers:
        loaded = load(path, mapping_to_toml(answered(proposal.mapping, answer.settings)))
        kinds.append((loaded.facts.measures[0].kind, loaded.table["x"].sum(), len(loaded.table)))
    assert kinds == [("proportion", 10, 20), ("proportion", 20, 30), ("proportion", 10, 30), ("mean", 30, 30)]


def test_whichever_column_is_the_outcome_groups_nobody(load: Load, tmp_path: Path) -> None:
    lines = [f"2024-02,{'AB'[k % 2]},{'YN'[k % 3 > 0]},{'YN'[k % 4 > 0]}" for k in range(24)]
    path = tmp_path / "visits.csv"
    proposal, question = asked(path, "month,site,interpreter_needed,disability\n" + "\n".join(lines) + "\n")
    assert [a.label for a in question.answers] == [
        "“interpreter_needed” is the outcome: 8 of 24 = 33.3 % say yes",
        "“disability” is the outcome: 6 of 24 = 25.0 % say yes",
    ]
    first, second = (load(path, mapping_to_toml(answered(proposal.mapping, a.settings))) for a in question.answers)
    assert (first.table["x"].sum(), second.table["x"].sum()) == (8, 6)
    assert [s.name for s in second.facts.stratifiers] == ["site"]


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        ({18: 4, 44: 3, 71: 2, 999: 2}, (999,)),
        ({0: 5, 4: 3, 27: 2, 99: 1}, (99,)),
        ({float(n): 2 for n in range(40, 100)}, ()),
        ({**{float(n): 2 for n in range(40, 98)}, 99: 30}, (99,)),
        ({-3: 2, -1: 4, 2: 4, 5: 1, -12: 1}, ()),
        ({-9: 2, 1: 4, 2: 4}, (-9,)),
        ({0: 10, 1: 10}, ()),
        ({90: 1, 95: 1, 99: 1}, ()),
    ],
)
def test_a_code_is_seen_by_its_distance_or_its_number(numbers: dict[float, int], codes: tuple[float, ...]) -> None:
    assert codes_among(numbers) == codes


def test_a_code_among_counts_is_hidden_and_its_people_count(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    lines = "2022,White,120,400\n2022,Asian,-1,210\n2023,White,200,420\n2023,Asian,140,190\n"
    proposal, question = asked(path, "Year,Race,Numerator,Denominator\n" + lines)
    assert "the others their sum is 460, a lower bound" in question.answers[0].label
    table = load(path, mapping_to_toml(proposal.mapping)).table
    assert (table["x"].sum(), table["n"].sum(), table["hidden"].sum()) == (460, 1220, 1)


def test_texts_in_a_column_of_counts_are_named(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    lines = "2023,White,abc,400\n2023,Black,def,210\n2023,Asian,12,zzz\n2023,AIAN,12,40\n"
    path.write_text("Year,Race,Numerator,Denominator\n" + lines, encoding="utf-8")
    proposal = propose(path)
    assert [p.message for p in proposal.problems if p.code == "no_value"] == [
        "“Numerator” is named like a count, and some of its cells are texts, such as “abc”."
    ]
    assert not [q for q in proposal.questions if q.waits]


def test_a_mean_among_counts_is_left_out_and_named(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        'Characteristic,White (n=1000),Black (n=500)\n"Age, mean (SD)",45.2 (12.1),43.1 (11.0)\n'
        "Readmitted,90 (9.0%),70 (14.0%)\nDied,20 (2.0%),15 (3.0%)\n",
        encoding="utf-8",
    )
    proposal = propose(path)
    assert [p.message for p in proposal.problems if p.code == "no_counts"] == [
        "“Age, mean (SD)” holds no counts, as the other measures do, so its rows are left out."
    ]
    loaded = load(path, mapping_to_toml(proposal.mapping))
    assert set(loaded.table["measure"]) == {"Readmitted", "Died"} and len(loaded.set_aside) == 2
