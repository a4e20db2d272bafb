"""What is said of a release's audit: its ends, never its counts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from equity.words.sharing.release import audit_sentences, audit_table
from tests.pages.opened import HOSTILE

FOUND = {
    "rule": "Counts below 11 are hidden.",
    "least_values": 6,
    "hidden": 1_204,
    "known_to_be_0": 1,
    "pinned": 0,
    "narrowest_width": 5.0,
    "rounds": 1,
    "audited_with": ["a", "b"],
    "shown_before": 3,
}


def test_the_audit_in_a_few_sentences() -> None:
    assert audit_sentences(FOUND) == [
        "Counts below 11 are hidden.",
        "1,204 hidden counts were checked against everything that is published: each could still be any of at least 6 "
        "numbers, save 1 that is known to be 0 because a shown total is 0.",
        "None can be worked out. Even the least and the greatest that the best known can be are 5 apart.",
        "Hiding more was needed 1 time.",
        "It was checked together with 2 earlier releases of this dataset.",
        "3 cells that it hides stand in them already.",
    ]
    counted = audit_sentences({**FOUND, "tables": [{"hidden": 300}, {"hidden": 1}]})
    assert counted[1].startswith("In 301 hidden cells, 1,204 hidden counts were checked")
    nothing = {**FOUND, "hidden": 0, "audited_with": [], "shown_before": 0}
    assert audit_sentences(nothing) == ["Counts below 11 are hidden."]
    open_ended = {**FOUND, "hidden": 1, "known_to_be_0": 0, "narrowest_width": None}
    assert audit_sentences(open_ended)[1:3] == [
        "1 hidden count was checked against everything that is published: each could still be any of at least "
        "6 numbers.",
        "None can be worked out.",
    ]


def test_the_table_names_each_cell_and_begins_with_the_narrowest() -> None:
    bounds = pd.DataFrame(
        [
            ("A", "quarter", "2024-Q1", "race", "Black", "", "", "n", 1.0, np.inf, np.inf),
            ("A", "year", "2024", "race", "Black", "site", "Mill", "others", 0.0, 12.0, 12.0),
            ("A", "all", "", "", "", "", "", "x", 0.0, 0.0, 0.0),
            (HOSTILE, "all", "", "site", "\u202eMill\n", "", "", "people", 1.0, 7.5, 6.5),
        ],
        columns=["measure", "grain", "period", "by1", "value1", "by2", "value2", "count", "least", "greatest", "width"],
    )
    table = audit_table(bounds, {"race": "Race and ethnicity"})
    assert list(table.columns) == ["Measure", "Table", "Cell", "Count", "Least", "Greatest", "Width"]
    assert table["Cell"].tolist() == ["Mill", "Black × Mill, 2024", "Black, 2024-Q1", "Everyone"]
    assert table["Table"].tolist() == [
        "site, all time",
        "Race and ethnicity × site, by year",
        "Race and ethnicity, by quarter",
        "Everyone, all time",
    ]
    assert table["Count"].tolist() == ["people", "n − x", "n", "x"]
    assert table["Greatest"].tolist() == ["7.5", "12", "no limit", "0"]
