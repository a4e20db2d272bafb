"""All aims as a table: every part of each, how far it has come as its page says it, hostile text quoted in the file."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd

from equity.actions.sample_work import made_up_aims
from equity.cards.card import csv_of
from equity.cube import Cube
from equity.improvement.aims import Aim
from equity.improvement.progress import progress
from equity.words import aims as words
from equity.words.aims_table import COLUMNS, AimTold, table


def test_every_aim_is_a_row_with_how_far_it_has_come(sample_cube: Cube) -> None:
    aims = made_up_aims(sample_cube)
    held = sample_cube.description
    told = [AimTold(a, held.measure(a.measure), held.stratifier(a.by), progress(sample_cube, a)) for a in aims]
    found = table([*told, AimTold(Aim(burdened="=cmd()")), AimTold(replace(aims[0], status="closed"))])
    assert tuple(found.columns) == COLUMNS
    assert list(found["State"]) == ["set", "set", "draft", "closed"]
    well, at_cost = found.iloc[0], found.iloc[1]
    assert well["Aim"] == words.sentence(aims[0], told[0].measure, told[0].stratifier)
    assert (well["Target"], well["By when"], well["Baseline from"]) == ("85.0%", "Q4 2027", "2022")
    assert well["How far"] == words.finding(progress(sample_cube, aims[0]))
    assert (well["Others"], at_cost["Others"] != "") == ("", True)
    assert found.iloc[2]["Measure"] == found.iloc[2]["How far"] == ""
    read = pd.read_csv(io.BytesIO(csv_of(found)), dtype=str, keep_default_na=False)
    assert read["Who may be burdened"][2].startswith("'=")
    assert list(read["Aim"])[:2] == list(found["Aim"])[:2]
