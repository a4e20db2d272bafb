"""Null files with places, ages, years and people whose group is not recorded: what pages of the deeper questions claim.

Five kinds of file, in turn. Each has a truth that leaves a page nothing to claim, and something that could mislead it:

=========  ==========================================================================================================
alike      nothing differs, by group, place, age or year; one in ten are in no recorded group
ages       results differ by age, and groups are of different ages: no gap at equal ages
places     places differ, and groups are seen at different ones: no gap within a place, and none stands apart
steady     groups differ, by as much in every year, at every place and age: nothing changes, ages account for nothing
additive   groups and places each add their own effect: nothing is particular to a combination
=========  ==========================================================================================================
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.null_sorts import MEASURES, Array, Asked, Counting, Sort, events, lines, mapping_of
from equity.stats.gap import SIGNIFICANCE

GROUPS = [f"Group {letter}" for letter in "ABCDEF"]
PLACES = [f"Place {at:02d}" for at in range(1, 13)]
AGES = ["18-44", "45-64", "65+"]
YEARS = [str(year) for year in range(2017, 2025)]
KINDS = ("alike", "ages", "places", "steady", "additive")
SIZES = np.array([3000.0, 1800, 1200, 900, 700, 500])
"""People (person-years) of each group a year."""
UNRECORDED = 0.1
MAPPING = mapping_of(
    "year",
    '[stratifiers.race]\ncolumn = "group"\nlabel = "Group"',
    '[stratifiers.site]\ncolumn = "place"\nlabel = "Site"',
    '[stratifiers.age_band]\ncolumn = "age"\nlabel = "Age band"\nordered = true',
)
NARROWED_OR_WIDENED = ("narrowed", "widened")
OF_AGES = ("account for about", "account for it", "account for nearly all", "hide part of it", "hide it")


def crossed_file(random: np.random.Generator, kind: str) -> pd.DataFrame:
    """A line a measure, group, place, age and year of one kind of null file."""
    groups, places, ages = len(GROUPS), len(PLACES), len(AGES)
    of_ages = np.full((groups, ages), 1.0 / ages)
    of_places = np.full((groups, places), 1.0 / places)
    if kind in ("ages", "steady"):
        of_ages = random.dirichlet(np.full(ages, 6.0), groups)
    if kind in ("places", "steady"):
        of_places = random.dirichlet(np.full(places, 8.0), groups)
    n = np.round(SIZES[:, None, None] * of_places[:, :, None] * of_ages[:, None, :])
    n = np.broadcast_to(n[..., None], (*n.shape, len(YEARS)))
    x = np.stack([events(random, measure, _shift(random, kind)[..., None], n) for measure in MEASURES])
    names = {"measure": MEASURES, "group": GROUPS, "place": PLACES, "age": AGES, "year": YEARS}
    found = lines(x, np.broadcast_to(n, x.shape), names)
    return _with_unrecorded(random, found) if kind == "alike" else found


def _shift(random: np.random.Generator, kind: str) -> Array:
    """How far the level of each group, place and age lies from the measure's own."""
    shift = np.zeros((len(GROUPS), len(PLACES), len(AGES)))
    if kind == "ages":
        shift = shift + np.array([-0.4, 0.0, 0.4])
    if kind in ("places", "additive"):
        shift = shift + random.normal(0.0, 0.25, len(PLACES))[:, None]
    if kind in ("steady", "additive"):
        shift = shift + random.normal(0.0, 0.25, len(GROUPS))[:, None, None]
    return shift


def _with_unrecorded(random: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    """One in ten of every line, and of its results, in no recorded group."""
    gone = random.binomial(table["n"], UNRECORDED)
    screened = table["measure"] == "Screened"
    share = np.where(table["n"] > 0, gone / np.maximum(table["n"], 1), 0.0)
    x_gone = random.binomial(table["x"], share)
    left = table["n"] - table["x"] - (gone - x_gone)  # without the result: never fewer than none
    x_gone = np.where(screened & (left < 0), x_gone - left, x_gone).clip(0, table["x"])
    kept = table.assign(n=table["n"] - gone, x=table["x"] - x_gone)
    lost = table.assign(group="Unknown", n=gone, x=np.where(screened, np.minimum(x_gone, gone), x_gone))
    keys = ["measure", "group", "place", "age", "year"]
    return pd.concat([kept, lost.groupby(keys, as_index=False)[["x", "n"]].sum()])


def read_crossed(counted: Counting, asked: Asked, dataset: str, kind: str) -> None:
    """The pages of one file that its kind leaves nothing to claim."""
    for measure in MEASURES:
        question = ("--dataset", dataset, "--measure", measure, "--by", "race")
        _READERS[kind](counted, asked, question, measure)


def _of_alike(counted: Counting, asked: Asked, question: tuple[str, ...], measure: str) -> None:
    _equal_ages(counted, asked, question, "nothing differs")
    _inequality(counted, asked, question, "groups alike")
    _funnels(counted, asked, question, "places alike")
    if measure == "Screened":
        found = asked("completeness", *question, "--reference", "Group A", "--period", "2024")
        for row in found["if_unknown"]:
            if row["fared"] == 0.5:
                counted.see("a gap if the unknown fared as halfway, of a group", row["gap_lower"] > 0)
        crossed = ("--dataset", "Null", "--measure", measure, "--by", "race,site", "--period", "2024")
        _strata(counted, asked, crossed, "strata alike")


def _of_ages(counted: Counting, asked: Asked, question: tuple[str, ...], measure: str) -> None:
    _equal_ages(counted, asked, question, "gaps of ages alone")


def _of_places(counted: Counting, asked: Asked, question: tuple[str, ...], measure: str) -> None:
    _funnels(counted, asked, question, "places differ in level")
    found = asked("gap-breakdown", *question, "--reference", "Group A", "--period", "2024")
    for row in found["model"]:
        told = row["within_gap_lower"] is not None and row["within_gap_lower"] > 0
        counted.see("a gap within places by the model, of a group", told)
    part = {row["group"]: row for row in found["rows"]}
    for row in part.values():
        counted.see("a gap within places by the split, of a group", row["within_lower"] > 0)


def _of_steady(counted: Counting, asked: Asked, question: tuple[str, ...], measure: str) -> None:
    _inequality(counted, asked, question, "groups differ")
    found = asked("age-standardized", *question, "--reference", "Group A", "--period", "2024")
    counted.see("a word on what ages do, ages do nothing", any(word in " ".join(found["comes_to"]) for word in OF_AGES))


def _of_additive(counted: Counting, asked: Asked, question: tuple[str, ...], measure: str) -> None:
    crossed = ("--dataset", "Null", "--measure", measure, "--by", "race,site", "--period", "2024")
    _strata(counted, asked, crossed, "additive")


def _equal_ages(counted: Counting, asked: Asked, question: tuple[str, ...], truth: str) -> None:
    for reference in ("Group A", "best"):
        found = asked("age-standardized", *question, "--reference", reference, "--period", "2024")
        p = {row["group"]: row["p_together"] for row in found["rows"] if (row["gap"] or 0.0) > 0}
        claimed = any(chance is not None and chance <= SIGNIFICANCE for chance in p.values())
        counted.see(f"a gap at equal ages, {truth}", claimed)


def _inequality(counted: Counting, asked: Asked, question: tuple[str, ...], truth: str) -> None:
    found = asked("overall-inequality", *question, "--over-time", "--grain", "year", "--reference", "Group A")
    word = {row["measure"]: row["word"] for row in found["changes"]}
    pairs = {name: word[name] in NARROWED_OR_WIDENED for name in word}
    counted.see(f"inequality narrowed or widened, {truth}", pairs["difference"] or pairs["ratio"])


def _funnels(counted: Counting, asked: Asked, question: tuple[str, ...], truth: str) -> None:
    for of in ("gap", "rate"):
        asking = ("--funnel", of, "--group", "Group C", "--reference", "Group A", "--period", "2024")
        found = asked("gap-breakdown", *question, *asking)
        counted.see(f"a place outside the funnel of the {of}, {truth}", any(row["outside"] for row in found["rows"]))


def _strata(counted: Counting, asked: Asked, question: tuple[str, ...], truth: str) -> None:
    found = asked("intersections", *question)
    model = found["model"]
    apart = model["median_ratio_lower"] > 1
    counted.see(f"most is particular to combinations, {truth}", apart and (model["pcv_upper"] or 1.0) < 0.5)
    out = any(
        row["kind"] == "group" and not row["smoothed_lower"] <= row["expected"] <= row["smoothed_upper"]
        for row in found["rows"]
        if row["smoothed_lower"] is not None
    )
    counted.see(f"a combination stands out, {truth}", out)


_READERS = {
    "alike": _of_alike,
    "ages": _of_ages,
    "places": _of_places,
    "steady": _of_steady,
    "additive": _of_additive,
}


CROSSED = Sort(KINDS, MAPPING, crossed_file, read_crossed)
