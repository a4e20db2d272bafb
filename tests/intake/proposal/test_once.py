"""A visit of several lines counts once, under all of the groups that its lines say, and its id goes nowhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.intake.proposal.propose import propose
from equity.intake.reading.read_facts import read_facts
from tests.intake.corpus.made_files import KEY
from tests.intake.corpus.visit_files import visit_files

FILES = {f.name: f for f in visit_files()}


def read(name: str, folder: Path, *, once: bool = True) -> tuple[pd.DataFrame, int]:
    """The facts of a file read by its proposal, and how many rows were set aside."""
    path = folder / f"{name}.csv"
    path.write_text(FILES[name].text, encoding="utf-8")
    mapping = mapping_from_toml(mapping_to_toml(propose(path).mapping), name)
    mapping = mapping if once else replace(mapping, once=())
    facts = read_facts([path], mapping, folder / "facts.parquet", folder / "aside.parquet", KEY)
    assert facts.rows_in == facts.rows_used + facts.rows_set_aside
    return pd.read_parquet(folder / "facts.parquet"), facts.rows_set_aside


def test_each_visit_counts_once_under_all_its_coverages(tmp_path: Path) -> None:
    table, aside = read("visits_coverage", tmp_path)
    assert (len(table), aside) == (60, 20)
    assert table.groupby("payer", observed=True)["n"].sum().to_dict() == {"Medicaid": 40.0, "Medicaid; Medicare": 20.0}
    assert table["x"].sum() == 15.0  # every fourth of sixty


def test_several_races_of_a_visit_are_multiracial(tmp_path: Path) -> None:
    table, _ = read("visits_race", tmp_path)
    assert table.groupby("race", observed=True)["n"].sum().to_dict() == {"White": 30.0, "Multiracial": 30.0}


def test_without_the_word_every_line_counts(tmp_path: Path) -> None:
    table, aside = read("visits_coverage", tmp_path, once=False)
    assert (len(table), aside) == (80, 0)


def test_the_id_of_a_visit_is_in_no_file(tmp_path: Path) -> None:
    read("visits_coverage", tmp_path)
    for name in ("facts.parquet", "aside.parquet"):
        assert b"E000" not in (tmp_path / name).read_bytes()
