"""The models beside the pictures, asked of cubes: strata, sites, and what is assumed of those not recorded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from equity.charts import site_effects as site_charts
from equity.charts import strata_model as strata_charts
from equity.charts import unknown_groups as unknown_charts
from equity.cube import Cube
from equity.lens.choices import Choices
from equity.lens.completeness import completeness
from equity.lens.gap_sources import gap_sources
from equity.lens.intersections import intersections
from equity.lens.unknown_groups import assume, assumptions
from equity.vocabulary import Measure, PlainError, Reference
from equity.words.answers import site_effects as site_words
from equity.words.answers import strata_model as strata_words
from equity.words.answers import unknown_groups as unknown_words
from tests.made_up_cubes import cube_of, stratifier, year

SEEN = Measure("Seen", "proportion", "higher_better", "Access")
WAIT = Measure("Wait", "mean", "lower_better", "Access", unit="minutes")
RACE = stratifier("race", "A", "B", "C", Unknown="unknown")
SITE = stratifier("site", *(f"S{i}" for i in range(6)))


def facts() -> pd.DataFrame:
    """B fares 10 points worse than A at every site; C as A; the unknown in between."""
    rates = {"A": 0.7, "B": 0.6, "C": 0.7, "Unknown": 0.65}
    rows = [
        (race, f"S{i}", round((rate + 0.02 * (i - 2.5)) * n), n)
        for race, rate in rates.items()
        for i, n in enumerate((400, 500, 600, 500, 400, 300) if race in "AB" else (100,) * 6)
    ]
    return pd.DataFrame(rows, columns=["race", "site", "x", "n"]).assign(period=year(2024))


@pytest.fixture(scope="module")
def cube(tmp_path_factory: pytest.TempPathFactory) -> Cube:
    return cube_of(tmp_path_factory.mktemp("models"), facts(), [SEEN], [RACE, SITE])


CHOICES = Choices("Made up", 1, "Seen", "race", Reference.parse("A"))


def test_the_gap_at_the_same_site_by_the_model(cube: Cube) -> None:
    answer = gap_sources(cube, CHOICES, "site")
    row = answer.model.set_index("group").loc["B"]
    assert row["reason"] == ""
    assert row["within_gap"] == pytest.approx(0.1, abs=0.005)
    assert row["within_gap_lower"] < row["within_gap"] < row["within_gap_upper"]
    assert row["within_gap"] + row["across_gap"] == pytest.approx(answer.parts.set_index("group").loc["B", "gap"])
    assert row["within_ratio"] < 1
    assert "at the same site" in site_words.title(answer)
    go.Figure(site_charts.within(answer).to_dict())
    assert len(site_words.table(answer)) == len(answer.model)


def test_a_site_that_is_hidden_keeps_the_model_from_being_made(tmp_path: Path) -> None:
    hidden = facts().assign(hidden=False)
    hidden.loc[(hidden["race"] == "B") & (hidden["site"] == "S1"), ["x", "hidden"]] = [np.nan, True]
    answer = gap_sources(cube_of(tmp_path, hidden, [SEEN], [RACE, SITE]), CHOICES, "site")
    row = answer.model.set_index("group").loc["B"]
    assert row["reason"] == "hidden"
    assert np.isnan(row["within_gap"])
    assert answer.model.set_index("group").loc["C", "reason"] == ""


def test_averages_and_few_sites_say_why_there_is_no_model(tmp_path: Path) -> None:
    few = facts()[lambda t: t["site"].isin(["S0", "S1"])]
    answer = gap_sources(cube_of(tmp_path / "few", few, [SEEN], [RACE, SITE]), CHOICES, "site")
    assert set(answer.model["reason"]) == {"few_strata"}
    assert "Fewer than five of them have both" in site_words.why_not(answer)
    minutes = facts().assign(measure="Wait", n=1.0)
    mean = gap_sources(
        cube_of(tmp_path / "mean", minutes, [WAIT], [RACE, SITE]), replace(CHOICES, measure="Wait"), "site"
    )
    assert set(mean.model["reason"]) == {"not_for_means"}


def test_strata_are_groups_of_people_alone(cube: Cube) -> None:
    answer = intersections(cube, CHOICES, ["race", "site"])
    assert answer.model is not None
    assert answer.model.strata == 18
    assert answer.model.pcv[0] > 0.8
    said = " ".join(strata_words.in_words(answer))
    assert "these 18 combined groups" in said
    go.Figure(strata_charts.shares(answer).to_dict())
    assert len(strata_words.values(answer)) == 3


def test_a_mean_has_no_model_of_strata(tmp_path: Path) -> None:
    minutes = facts().assign(measure="Wait", n=1.0)
    asked = replace(CHOICES, measure="Wait")
    assert intersections(cube_of(tmp_path, minutes, [WAIT], [RACE, SITE]), asked, ["race", "site"]).model is None


def test_what_is_assumed_of_the_unknown(cube: Cube) -> None:
    answer = completeness(cube, CHOICES)
    one = assume(answer, "B")
    assert one.share == pytest.approx(2_700 / 6_000)
    assert one.rates[0] == pytest.approx(answer.ends[1])
    assert one.rates[-1] == pytest.approx(answer.ends[0])
    gaps = one.gaps.gap.value
    assert (np.diff(gaps) >= -1e-12).all(), "the worse they fared, the wider the gap"
    bounds = answer.bounds.set_index("group").loc["B"]
    table = assumptions(answer)
    mine = table[table["group"] == "B"]
    assert mine["gap"].between(bounds["gap_smallest"], bounds["gap_largest"]).all()
    assert len(mine) == 5
    assert "would" in unknown_words.tipping(answer, one)
    go.Figure(unknown_charts.along(answer, one).to_dict())
    assert len(unknown_words.table(answer, one)) == 5
    for share, fared in ((-0.1, 0.5), (0.5, 1.2)):
        with pytest.raises(PlainError, match="between 0 and 1"):
            assume(answer, "B", share, fared)
    with pytest.raises(PlainError, match="no best and worst case"):
        assume(answer, "A")


def test_nothing_is_assumed_where_some_of_the_unknown_are_hidden(tmp_path: Path) -> None:
    hidden = facts().assign(hidden=False)
    hidden.loc[(hidden["race"] == "Unknown") & (hidden["site"] == "S1"), ["x", "hidden"]] = [np.nan, True]
    assert completeness(cube_of(tmp_path, hidden, [SEEN], [RACE, SITE]), CHOICES).counts == {}
