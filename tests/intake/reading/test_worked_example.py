"""One example a measure, against the file's own lines."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.intake.reading.read_facts import read_facts
from equity.intake.reading.worked_example import WorkedExample, worked_examples
from equity.words.datasets.worked_examples import sentence


def examples(folder: Path, text: str, mapping: str) -> tuple[WorkedExample, ...]:
    file = folder / "extract.csv"
    file.write_text(text, encoding="utf-8")
    target = folder / "facts.parquet"
    read = read_facts(
        [file], mapping_from_toml(mapping, "m"), target, folder / "aside.parquet", secrets.token_bytes(32)
    )
    return worked_examples(target, read.measures, read.stratifiers, read.grain)


COUNTS = """
[extract]
shape = "counts"
[columns]
measure = "Measure"
period = "Year"
x = "Met"
n = "All"
[stratifiers.race]
column = "Race"
label = "Race"
[measures."Control"]
kind = "proportion"
polarity = "higher_better"
[measures."Falls"]
kind = "rate"
polarity = "lower_better"
multiplier = 1000
unit = "patient days"
"""


def test_a_line_that_counts_stands_for_itself(tmp_path: Path) -> None:
    text = "Measure,Year,Race,Met,All\nControl,2024,Unknown,1,2\nControl,2024,White,300,411\nFalls,2023,Black,31,6200\n"
    control, falls = examples(tmp_path, text, COUNTS)
    assert (control.groups, control.period, control.x, control.n, control.line) == (("White",), "2024", 300, 411, 3)
    assert sentence(control) == "Control: White, 2024: 300 of 411 = 73.0%; higher is better; file line 3."
    assert sentence(falls) == (
        "Falls: Black, 2023: 31 in 6,200 = 5.0 per 1,000 patient days; lower is better; file line 4."
    )


def test_lines_of_visits_are_added_up_over_a_group_and_a_year(tmp_path: Path) -> None:
    lines = ["visit,race,met"] + [
        f"2024-0{1 + i % 3}-1{i % 10},{'White' if i % 2 else 'Black'},{'yn'[i % 4 == 0]}" for i in range(80)
    ]
    mapping = """
[extract]
shape = "rows"
[columns]
period = "visit"
x = "met"
measure = {value = "Control"}
[stratifiers.race]
column = "race"
label = "Race"
[measures.Control]
kind = "proportion"
polarity = "lower_better"
"""
    [found] = examples(tmp_path, "\n".join(lines), mapping)
    assert (found.groups, found.period, found.x, found.n, found.line, found.lines) == (
        ("Black",),
        "2024",
        20,
        40,
        2,
        40,
    )
    assert sentence(found).endswith("20 of 40 = 50.0%; lower is better; 40 lines, the first of them line 2.")


def test_a_published_rate_is_told_as_it_is_given(tmp_path: Path) -> None:
    mapping = """
[extract]
shape = "estimates"
[columns]
estimate = "pct"
lower = "lo"
upper = "hi"
period = "year"
measure = {value = "Screened"}
[stratifiers.race]
column = "race"
label = "Race"
[measures.Screened]
kind = "proportion"
polarity = "higher_better"
multiplier = 100
"""
    [found] = examples(tmp_path, "race,year,pct,lo,hi\nWhite,2023,45.2,43.1,47.3\n", mapping)
    assert found.rate == pytest.approx(0.452)
    assert sentence(found) == (
        "Screened: White, 2023: 45.2% (43.1% to 47.3%), as the file gives it; higher is better; file line 2."
    )


def test_a_hostile_name_stands_as_text_on_one_line(tmp_path: Path) -> None:
    text = 'Measure,Year,Race,Met,All\nControl,2024,"a\nb \u202e c",300,411\nFalls,2023,Black,31,6200\n'
    assert "\n" not in sentence(examples(tmp_path, text, COUNTS)[0])
    assert "\u202e" not in sentence(examples(tmp_path, text, COUNTS)[0])
