"""All aims as a table: every part of each, how far it has come as its page says it, hostile text quoted in the file."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd

from equity.cards.card import csv_of
from equity.cube import Cube
from equity.improvement.aims import Aim, as_set
from equity.improvement.progress import baseline_of, progress
from equity.words.work import aims as words
from equity.words.work.aims_table import COLUMNS, AimTold, table


def aims_of(cube: Cube) -> tuple[Aim, ...]:
    """One that goes well, and one in which others lose."""
    whole = {"by_when": "2027-Q4", "where": "at all five sites", "with_whom": "a council", "floor": 0.02}
    said = {"dataset": cube.description.dataset, "by": "race", "benefits": "Patients", "burdened": "Schedulers"}
    drafts = (
        Aim(measure="Postpartum visit", group="Black or African American", target=0.85, **whole, **said),  # type: ignore[arg-type]
        Aim(measure="Colorectal cancer screening", group="Asian", target=0.70, **whole, **said),  # type: ignore[arg-type]
    )
    with_baselines = (replace(aim, baseline=baseline_of(cube, aim, "2022")) for aim in drafts)
    return tuple(as_set(aim, cube.description.measure(aim.measure)) for aim in with_baselines)


def test_every_aim_is_a_row_with_how_far_it_has_come(sample_cube: Cube) -> None:
    aims = aims_of(sample_cube)
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
    assert [found.state for found in told[1].progress.watched].count("broken") >= 2
    assert found.iloc[2]["Measure"] == found.iloc[2]["How far"] == ""
    read = pd.read_csv(io.BytesIO(csv_of(found)), dtype=str, keep_default_na=False)
    assert read["Who may be burdened"][2].startswith("'=")
    assert list(read["Aim"])[:2] == list(found["Aim"])[:2]
