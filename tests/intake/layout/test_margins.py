"""Cells with ±: what stands behind the sign is read as the words above it say, else asked."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from equity.intake.layout.find_margins import around_said
from equity.intake.layout.two_numbers import split_cell, split_kind
from equity.intake.proposal.mapping.answering import answered
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.intake.proposal.propose import propose
from equity.intake.reading.read_facts import read_facts
from equity.intake.spellings.numbers import parse_number
from equity.vocabulary import Mapping

KEY = bytes(range(32))


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("12.3 ± 1.1", ["12.3", "11.2", "13.4"]),
        ("12.3 (±1.1)", ["12.3", "11.2", "13.4"]),
        ("12.3 +/- 1.1", ["12.3", "11.2", "13.4"]),
        ("12,3 ± 1,1", ["12,3", "11,2", "13,4"]),
        ("1,234 ± 56", ["1,234", "1178", "1290"]),
        ("12.3% ± 1.15%", ["12.3%", "11.15", "13.45"]),
        ("0.8 ± 1", ["0.8", "-0.2", "1.8"]),
        ("12 - 3", None),
        ("±1.1", None),
        ("12 ± some", None),
    ],
)
def test_a_margin_gives_the_ends_of_the_range(cell: str, parts: list[str] | None) -> None:
    assert split_cell(cell, "estimate and margin") == parts


def test_what_is_no_range_stays_as_it_is_written() -> None:
    assert split_cell("12.3 ± 1.1", "estimate and standard error") == ["12.3", "1.1"]
    assert split_cell("12.3 ± 1.1", "estimate and spread") == ["12.3", "1.1"]
    assert split_kind(["12.3 ± 1.1", "8 ± 2", "*"]) == "estimate and margin"
    assert parse_number("±1.1").value == 1.1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Rate (95% CI)",), "estimate and margin"),
        (("Rate", "± confidence limits"), "estimate and margin"),
        (("Percent (SE)",), "estimate and standard error"),
        (("Score, mean ± SD",), "estimate and spread"),
        (("Rate ± 90% CI",), None),
        (("Rate (95% CI), SD in brackets",), None),
        (("Rate",), None),
        (("Disease rate",), None),
    ],
)
def test_only_words_tell_what_it_is(words: tuple[str, ...], said: str | None) -> None:
    assert around_said(words) == said


@pytest.mark.parametrize("answer", range(3))
def test_each_answer_is_read_as_it_says(answer: int, tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("Year;Race;Rate (%)\n2023;White;12.4 ± 1.1\n2023;Asian;15.5 ± 2.0\n", encoding="utf-8")
    proposal = propose(path)
    (asked,) = (q for q in proposal.questions if q.key == "margin:Rate (%)")
    assert "12.4 ± 1.1" in asked.answers[0].label
    assert "between 11.3 and 13.5" in asked.answers[0].label
    white = _white(path, answered(proposal.mapping, asked.answers[answer].settings), tmp_path)
    assert white["estimate"] == pytest.approx(0.124)
    held = {name: float(white[name]) for name in ("lower", "upper", "se") if not pd.isna(white[name])}
    wanted: list[dict[str, float]] = [{"lower": 0.113, "upper": 0.135}, {"se": 0.011}, {}]
    assert held == pytest.approx(wanted[answer])


def _white(path: Path, mapping: Mapping, folder: Path) -> pd.Series:
    kept = mapping_from_toml(mapping_to_toml(mapping), path.name)
    read_facts([path], kept, folder / "facts.parquet", folder / "aside.parquet", KEY)
    rows = pd.read_parquet(folder / "facts.parquet")
    return rows[rows["race"] == "White"].iloc[0]
