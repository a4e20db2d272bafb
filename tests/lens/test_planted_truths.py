"""Every truth planted in the sample system is found by a lens, and none that is absent.

The truths stand in data/sample/truths.toml; tests/sample holds them against the rows with plain pandas, these tests
hold the program against them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.areas import areas
from equity.lens.choices import Choices
from equity.lens.completeness import completeness
from equity.lens.disparities import disparities
from equity.lens.gap_sources import gap_sources
from equity.lens.intersections import intersections
from equity.lens.over_time.control import control_chart
from equity.lens.over_time.trends import trends
from equity.vocabulary import PeriodRange, Reference
from equity.words.answers import disparities as disparity_words
from equity.words.answers import gap_sources as gap_source_words

TRUTHS = tomllib.loads((Path(__file__).parents[2] / "data" / "sample" / "truths.toml").read_text(encoding="utf-8"))
ECHOES = {(e["measure"], e["by"], g) for e in TRUTHS["echo"] for g in e["groups"]}


def truth(name: str) -> dict[str, Any]:
    return next(t for t in TRUTHS["truth"] if t["id"] == name)


def asked(measure: str, by: str, period: str = "", reference: str | None = None) -> Choices:
    chosen = None if reference is None else Reference.parse(reference)
    return Choices("Sample", 1, measure, by, chosen, PeriodRange.parse(period))


def inside(value: float, limits: list[float]) -> bool:
    return limits[0] <= value <= limits[1]


def test_the_large_gap_has_the_largest_excess_of_all(sample_cube: Cube) -> None:
    planted = truth("large-gap")
    first = areas(sample_cube, asked("", "", planted["period"])).rows.iloc[0]
    assert (first["measure"], first["by"], first["group"]) == (planted["measure"], "race", planted["group"])
    assert inside(first["excess"], planted["excess"])
    assert inside(first["gap"], planted["gap"])
    assert (first["rank"], first["rank_lower"], first["verdict"]) == (1, 1, "disparity")
    answer = disparities(sample_cube, asked(planted["measure"], "race", planted["period"], "best"))
    assert answer.reference.group == planted["reference"]


@pytest.mark.parametrize("name", ["closing-by-lifting", "levelling-down"])
@pytest.mark.parametrize("grain", ["month", "quarter"])
def test_the_two_closings_are_told_apart(sample_cube: Cube, name: str, grain: Any) -> None:
    planted = truth(name)
    changes = trends(sample_cube, asked(planted["measure"], "race", "", planted["reference"]), grain).changes
    verdicts = changes.set_index("group")["verdict"]
    assert verdicts[planted["group"]] == planted["kind"]
    assert set(verdicts.drop(planted["group"])) == {"no_clear_change"}


def test_the_reversal_within_sites_raises_the_alarm(sample_cube: Cube) -> None:
    planted = truth("reverses-within-sites")
    answer = gap_sources(sample_cube, asked(planted["measure"], "race", "", planted["reference"]), "site")
    parts = answer.parts.set_index("group")
    assert parts.loc[planted["group"], "simpson"] == "reverses"
    assert inside(parts.loc[planted["group"], "gap"], planted["gap"])
    strata = answer.strata[answer.strata["group"] == planted["group"]]
    assert all(inside(gap, planted["gap_within"]) for gap in strata["gap"])
    assert set(parts["simpson"].drop(planted["group"])) == {""}


def test_the_gap_that_exists_only_among_unknowns_is_seen_in_completeness_alone(sample_cube: Cube) -> None:
    planted = truth("only-among-unknowns")
    answer = completeness(sample_cube, asked(planted["measure"], "race"))
    assert answer.unknown_p < 1e-6
    assert answer.known_rate - answer.unknown_rate > 0.2
    outcome = answer.rows[answer.rows["scope"] == "outcome"].set_index("value")["share"]
    assert outcome["no"] < outcome["yes"] - 0.1
    verdicts = disparities(sample_cube, asked(planted["measure"], "race", "", "best")).rows["verdict"]
    assert "disparity" not in set(verdicts)


def test_the_site_that_does_not_know_is_named(sample_cube: Cube) -> None:
    rows = completeness(sample_cube, asked("Diabetic eye exam", "race")).rows
    worst = rows[rows["scope"] == "place"].sort_values("share").iloc[0]
    assert (worst["value"], worst["status"]) == (truth("one-site-does-not-know")["group"], "fix_first")


@pytest.mark.parametrize("name", ["only-at-the-intersection", "one-site-one-language"])
def test_what_exists_only_at_the_crossing_is_its_worst_cell(sample_cube: Cube, name: str) -> None:
    planted = truth(name)
    rows = intersections(sample_cube, asked(planted["measure"], planted["by"][0]), planted["by"]).rows
    readable = rows[(rows["reliability"] != "too_few") & (rows["kind"] == "group")]
    worst = readable.sort_values("gap").iloc[-1]
    assert [worst["value1"], worst["value2"]] == planted["group"]
    assert inside(worst["n"], planted["n"])


@pytest.mark.parametrize("by", truth("no-gap")["by"])
def test_the_measure_without_a_gap_has_none(sample_cube: Cube, by: str) -> None:
    answer = disparities(sample_cube, asked(truth("no-gap")["measure"], by, "", "best"))
    assert not {"disparity", "small_certain"} & set(answer.rows["verdict"])
    assert answer.excess_lower == 0


def test_nothing_is_ranked_but_what_was_planted_and_what_follows_from_it(sample_cube: Cube) -> None:
    rows = areas(sample_cube, asked("", "", "2022..2024")).rows
    found = rows[rows["rank"].notna()]
    planted = {(t["measure"], t["by"][0], t["group"]) for t in TRUTHS["truth"] if len(t["by"]) == 1 and "group" in t}
    for measure, by, group in found[["measure", "by", "group"]].itertuples(index=False):
        assert (measure, by, group) in planted | ECHOES, (measure, by, group)


def test_small_groups_stay_and_are_marked(sample_cube: Cube) -> None:
    planted = truth("small-groups")
    rows = trends(sample_cube, asked(planted["measure"], "race", "", "White"), "quarter").rows
    for group in planted["groups"]:
        small = rows[(rows["group"] == group) & rows["n"].between(1, planted["below"] - 1)]
        assert inside(len(small), planted["quarters_below"])
        assert set(small["reliability"]) == {"too_few"}


def test_the_step_is_a_signal(sample_cube: Cube) -> None:
    planted = truth("step-change")
    chart = control_chart(sample_cube, asked(planted["measure"], "sex", "", "others"), "Female", "p")
    assert chart.signal["signal"] == 1
    before = chart.rows["period"] < planted["starts"]
    mean = pd.Series(chart.rows["x"]).groupby(before).sum() / pd.Series(chart.rows["n"]).groupby(before).sum()
    assert inside(mean[True], planted["rate_before"])
    assert inside(mean[False], planted["rate_after"])


def test_two_pages_count_the_same_in_the_same_unit(sample_cube: Cube) -> None:
    """Visits here and patients there, of one group in one year, would be two different things."""
    question = asked("Controlled blood pressure", "race", "2024")
    split, compared = gap_sources(sample_cube, question, "site"), disparities(sample_cube, question)
    assert "55.0% of visits by Black" in gap_source_words.finding(split)
    assert "55.0% of visits by Black" in disparity_words.finding(compared)
