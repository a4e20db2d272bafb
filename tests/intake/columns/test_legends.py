"""What a column's name says of its codes goes before what 0, 1 and 2 usually mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.intake.columns.legends import as_usual, at_odds, legend_of
from equity.intake.proposal.propose import propose
from equity.intake.spellings.yes_no import answer_word, parse_yes_no, says_no, says_yes
from equity.vocabulary.mapping import YesNo


@pytest.mark.parametrize(
    ("name", "legend"),
    [
        ("Readmitted (0=Yes, 1=No)", YesNo(("0",), ("1",))),
        ("screened [1 = yes; 2 = no; 9 = not known]", YesNo(("1",), ("2",), ("9",))),
        ("Met 1=Yes;0=No", YesNo(("1",), ("0",))),
        ("Q1: Smoke? 1: Yes | 2: No", YesNo(("1",), ("2",))),
        ("30-day readmit (1=Y/0=N)", YesNo(("1",), ("0",))),
        ("Sex (1=Male 2=Female)", None),
        ("Age (1=18-34, 2=35-64)", None),
        ("Screened (1=Yes)", None),
        ("Screened (1=Yes, 1=No)", None),
        ("Screened", None),
    ],
)
def test_a_legend_is_read_where_it_names_yes_and_no(name: str, legend: YesNo | None) -> None:
    assert legend_of(name) == legend


def test_lists_are_at_odds_where_a_code_means_two_things() -> None:
    usual, turned = YesNo(("1",), ("0",)), YesNo(("0",), ("1",))
    assert at_odds(usual, turned)
    assert at_odds(YesNo(), turned)
    assert not at_odds(YesNo(), usual)
    assert not at_odds(YesNo(("1",), ("2",)), usual)
    assert at_odds(YesNo(("1",), ("0",), ("2",)), YesNo(("1",), ("2",)))
    assert as_usual(usual)
    assert not as_usual(turned)


@pytest.mark.parametrize("text", ["1 = Yes", "1=Yes", "1-Yes", "(1) Yes", "Yes (1)", "0: yes", "2. Met", "YES"])
def test_the_word_behind_a_code_is_the_answer(text: str) -> None:
    assert says_yes(text)
    assert parse_yes_no(text).value == 1.0


@pytest.mark.parametrize("text", ["0 = No", "2-No", "(1) No", "No (2)", "1: Not met"])
def test_the_code_does_not_turn_it_round(text: str) -> None:
    assert says_no(text)
    assert parse_yes_no(text).value == 0.0


@pytest.mark.parametrize("text", ["10-14", "1 y", "2 n", "Positive (120)", "Met (2023)", "1=Male", "-1"])
def test_what_is_no_answer_stays_what_it_is(text: str) -> None:
    assert not says_yes(text)
    assert not says_no(text)
    assert answer_word("1=Male") == "male"


def test_a_column_with_other_codes_is_left_out_with_a_word(tmp_path: Path) -> None:
    lines = [f"2023,{'White' if k % 3 else 'Asian'},{k % 2},{k % 2}" for k in range(40)]
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(["Year,Race,Screened,Readmitted (0=Yes; 1=No)", *lines]) + "\n", encoding="utf-8")
    proposal = propose(path)
    (said,) = (p for p in proposal.problems if p.code == "other_codes")
    assert said.column == "Readmitted (0=Yes; 1=No)"
    assert proposal.mapping.answers == YesNo()
    assert said.column not in {c.x for c in proposal.mapping.measure_columns.values()}
