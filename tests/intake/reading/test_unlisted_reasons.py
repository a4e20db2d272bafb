"""Reasons not to count that no look at the first rows has met are said, and codes with a zero in front are one."""

from __future__ import annotations

from pathlib import Path

from equity.intake.columns.categories import one_spelling
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.intake.reading.read_facts import read_facts
from tests.intake.corpus.made_files import KEY

MAPPING = """
[extract]
shape = "rows"
leave_out = { exclusion_reason = ["Hospice"] }
[columns]
measure = { value = "Control" }
period = "month"
x = "controlled"
[stratifiers.sex]
column = "sex"
[measures.Control]
kind = "proportion"
polarity = "higher_better"
"""


def test_a_reason_that_the_mapping_does_not_list_is_named_with_its_lines(tmp_path: Path) -> None:
    reasons = [*["", "Hospice", "none"] * 20, "Frailty", "Frailty"]
    lines = [f"2024-01,{'FM'[k % 2]},{'YN'[k % 2]},{reason}" for k, reason in enumerate(reasons)]
    file = tmp_path / "visits.csv"
    file.write_text("month,sex,controlled,exclusion_reason\n" + "\n".join(lines) + "\n", encoding="utf-8")
    mapping = mapping_from_toml(MAPPING, "mapping.toml")
    facts = read_facts([file], mapping, tmp_path / "facts.parquet", tmp_path / "aside.parquet", KEY)
    found = [p for p in facts.problems if p.code == "unlisted_reason"]
    assert [(p.count, "“Frailty” (2)" in p.message) for p in found] == [(2, True)]


def test_a_zero_in_front_of_a_code_is_no_name_of_its_own() -> None:
    assert one_spelling({"07": 5, "7": 9, "8": 3, "0": 1, "00A": 2}) == {"07": "7"}
