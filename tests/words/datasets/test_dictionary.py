"""The dictionary says what each column meant, and is plain text whatever the names are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.vocabulary import Measure
from equity.words.datasets import dictionary
from tests.made_up_cubes import cube_of, stratifier, year

MAPPING = """
[extract]
shape = "counts"
[columns]
measure = { value = "HIV" }
x = "Cases"
n = "Population"
[stratifiers.race]
columns = ["Race", "Ethnicity"]
label = "Race and ethnicity"
standard = "omb-2024"
recode = { "B" = "Black or African American" }
drop = ["All"]
[measures.HIV]
kind = "rate"
multiplier = 100000
polarity = "lower_better"
"""


def test_columns_their_meaning_and_their_recoding() -> None:
    table = dictionary.columns(mapping_from_toml(MAPPING, "m.toml"))
    assert table.values.tolist() == [
        ["(everywhere “HIV”)", "names the measure", ""],
        ["Cases", "outcome or events", ""],
        ["Population", "people, visits or person-time", ""],
        [
            "Race and Ethnicity",
            "groups by Race and ethnicity",
            "list omb-2024; B → Black or African American; All left out",
        ],
    ]


def test_measures_and_categories(tmp_path: Path) -> None:
    facts = pd.DataFrame([{"period": year(2024), "race": race, "x": 1, "n": 9} for race in ("A", "Unknown")])
    measure = Measure("HIV", "rate", "lower_better", multiplier=100000, target=0.5)
    held = cube_of(tmp_path, facts, [measure], [stratifier("race", "A", Unknown="unknown")]).description
    assert dictionary.measures(held).values.tolist() == [
        ["HIV", "rate", "lower is better", "100,000", "", "best", "0.5", ""]
    ]
    assert dictionary.categories(held).values.tolist() == [
        ["Race", "race", "no", "A", "group"],
        ["Race", "race", "no", "Unknown", "not known"],
    ]
