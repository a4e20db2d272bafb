"""Small files, loaded: what most tests of intake need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.intake.reading.facts import Facts
from equity.intake.reading.read_facts import read_facts

KEY = bytes(range(32))
COUNTS = """
[extract]
shape = "counts"
[columns]
measure = "measure"
period = "year"
x = "cases"
n = "people"
[stratifiers.race]
column = "race"
[measures."Screening"]
kind = "proportion"
polarity = "higher_better"
"""


@dataclass(frozen=True)
class Loaded:
    """A reading, with both of its tables."""

    facts: Facts
    table: pd.DataFrame
    set_aside: pd.DataFrame

    def problem(self, code: str) -> str:
        """The message of the finding with this code."""
        return next(p.message for p in self.facts.problems if p.code == code)

    def codes(self) -> set[str]:
        """The codes of all findings."""
        return {p.code for p in self.facts.problems}


Load = Callable[..., Loaded]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """``load(content, mapping=COUNTS, name="extract.csv")``: write the file, read it, give the tables."""

    def loading(content: str | bytes | Path, mapping: str = COUNTS, name: str = "extract.csv") -> Loaded:
        if isinstance(content, Path):
            path = content
        else:
            path = tmp_path / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        target, aside = tmp_path / "facts.parquet", tmp_path / "aside.parquet"
        facts = read_facts([path], mapping_from_toml(mapping, "mapping.toml"), target, aside, KEY)
        rows = pd.read_parquet(target).sort_values("source_row", ignore_index=True)  # they stand in no order
        loaded = Loaded(facts, rows, pd.read_parquet(aside))
        assert facts.rows_in == facts.rows_used + facts.rows_set_aside
        assert len(loaded.table) == facts.rows_used
        assert len(loaded.set_aside) == facts.rows_set_aside
        return loaded

    return loading
