"""Null files of months: eight groups of 90 to 2,400 a month for three years, in which no group differs.

=========  ==========================================================================================================
apart      every month is drawn by itself
alike      months take after each other, with a correlation of .5, and spread half as much again as chance spreads them
=========  ==========================================================================================================
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.null_sorts import LEVELS, MEASURES, Asked, Counting, Sort, events, lines, mapping_of

SIZES = np.array([2400, 1600, 1200, 800, 400, 240, 160, 90])
GROUPS = [f"Group {letter}" for letter in "ABCDEFGH"]
MONTHS = [f"{2022 + at // 12}-{at % 12 + 1:02d}" for at in range(36)]
CORRELATION, SPREAD = 0.5, 1.5
CLEAR = ("disparity", "small_certain")
CHANGES = ("closing_by_lifting", "levelling_down", "widening")
HEADLINES = (
    ("from the best group of another year", "best", "2024"),
    ("from the best group of the same years", "best", "2022..2024"),
    ("from a named group", "Group A", "2024"),
)
MAPPING = mapping_of("month", '[stratifiers.race]\ncolumn = "group"\nlabel = "Group"')


def months_file(random: np.random.Generator, kind: str) -> pd.DataFrame:
    """A line a measure, group and month."""
    n = np.broadcast_to(SIZES[:, np.newaxis], (len(GROUPS), len(MONTHS)))
    drawn = _alike if kind == "alike" else _apart
    x = np.stack([drawn(random, measure, n) for measure in MEASURES])
    return lines(x, np.broadcast_to(n, x.shape), {"measure": MEASURES, "group": GROUPS, "month": MONTHS})


def _apart(random: np.random.Generator, measure: str, n: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return events(random, measure, 0.0, n)


def _alike(random: np.random.Generator, measure: str, n: npt.NDArray[Any]) -> npt.NDArray[Any]:
    noise = random.normal(size=n.shape)
    for at in range(1, noise.shape[-1]):
        noise[..., at] = CORRELATION * noise[..., at - 1] + np.sqrt(1 - CORRELATION**2) * noise[..., at]
    level = LEVELS[measure]
    by_chance = level * (1 - level if measure == "Screened" else 1) / n
    found: npt.NDArray[Any] = np.clip(np.round((level + noise * np.sqrt(SPREAD * by_chance)) * n), 0, n)
    return found


def read_months(counted: Counting, asked: Asked, dataset: str, kind: str) -> None:
    """The pages of one file, as ``--format json`` gives them.

    Where months take after each other, years differ by more than their counts say: only words of change are asked of
    them.
    """
    for measure in MEASURES:
        question = ("--dataset", dataset, "--measure", measure, "--by", "race")
        found = asked("trends", *question, "--reference", "Group A")
        words = {row["verdict"] for row in [*found["changes"], *found["windows"]]}
        alike = kind == "alike"
        counted.see("a word of change, months alike" if alike else "a word of change", bool(words & set(CHANGES)))
        if alike:
            continue
        for said, reference, period in HEADLINES:
            found = asked("disparities", *question, "--period", period, "--reference", reference)
            claimed = any(row["verdict"] in CLEAR and (row["gap"] or 0) > 0 for row in found["rows"])
            counted.see(f"a headline gap, {said}", claimed)
        chart = asked("trends", *question, "--group", "Group C")
        counted.see("a signal by the rules of a chart", bool(chart["signal"]["signal"]))
        counted.see("a point outside the limits", any(row["outside"] for row in chart["rows"]))
    if kind != "alike":
        found = asked("areas", "--dataset", dataset, "--period", "2024")
        counted.see("a gap in the scan", any(row["rank"] is not None for row in found["rows"]))


MONTHLY = Sort(("apart", "alike"), MAPPING, months_file, read_months)
