"""The Areas lens: the worst gaps ranked by people, with the false discovery rate held over what is shown."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control

from equity.lens.areas import areas
from equity.lens.choices import Choices
from equity.stats.selection import chance_in_the_best
from equity.vocabulary import Measure, Reference
from tests.made_up_cubes import cube_of, stratifier

EYE = Measure("Eye exam", "proportion", "higher_better", "Diabetes")
FALLS = Measure("Falls", "rate", "lower_better", "Safety", multiplier=1000)
WAIT = Measure("Wait", "mean", "lower_better", "Emergency", unit="minutes")
SIDELESS = Measure("Visits", "rate", "neutral", "Use")
RACE = stratifier("race", "A", "B", "C")


def test_gaps_are_ranked_by_events_and_waiting_times_after_them(tmp_path: Path) -> None:
    generator = np.random.default_rng(5)
    waits = [
        ("Wait", g, m, 1.0) for g, mean in (("A", 30), ("B", 60), ("C", 31)) for m in generator.normal(mean, 5, 200)
    ]
    rows = [
        ("Eye exam", "A", 800, 1000), ("Eye exam", "B", 500, 1000), ("Eye exam", "C", 790, 1000),
        ("Falls", "A", 100, 50000), ("Falls", "B", 105, 50000), ("Falls", "C", 180, 50000),
        ("Visits", "A", 100, 1000), ("Visits", "B", 900, 1000), ("Visits", "C", 100, 1000),
        *waits,
    ]  # fmt: skip
    facts = pd.DataFrame(rows, columns=["measure", "race", "x", "n"])
    answer = areas(cube_of(tmp_path, facts, [EYE, FALLS, WAIT, SIDELESS], [RACE]), Choices("Made up", 1, "", ""))
    ranked = answer.rows[answer.rows["rank"].notna()]
    assert list(zip(ranked["measure"], ranked["group"], strict=True)) == [
        ("Eye exam", "B"),
        ("Falls", "C"),
        ("Wait", "B"),
    ]
    assert "Visits" not in set(answer.rows["measure"])
    assert list(ranked["excess_raw"][:2]) == pytest.approx([300, 80])
    rates = [0.8, 0.5, 0.79]
    luck = chance_in_the_best(rates, [math.sqrt(y * (1 - y) / 1000) for y in rates], np.ones(3, bool), -1)
    assert ranked["excess"].iloc[0] == pytest.approx(300 - 1000 * luck, abs=0.1)
    assert list(ranked["worst"]) == [1, 1, 1]
    tested = answer.rows["p"].dropna()
    assert answer.tests == len(tested) == 6
    assert answer.rows.loc[tested.index, "q"].to_numpy() == pytest.approx(false_discovery_control(tested))


def test_on_pure_noise_it_stays_quiet(tmp_path: Path) -> None:
    generator = np.random.default_rng(2026)
    groups = [f"G{i}" for i in range(6)]
    measures = [Measure(f"M{i:03d}", "proportion", "higher_better", "Area") for i in range(150)]
    rows = [(m.name, g, int(generator.binomial(400, 0.6)), 400) for m in measures for g in groups]
    facts = pd.DataFrame(rows, columns=["measure", "race", "x", "n"])
    cube = cube_of(tmp_path, facts, measures, [stratifier("race", *groups)])
    answer = areas(cube, Choices("Made up", 1, "", ""))
    alarms = answer.rows.groupby("measure")["rank"].apply(lambda rank: rank.notna().any())
    assert answer.tests == 750
    assert alarms.mean() <= 0.10


def test_certain_means_q_of_ten_percent_and_the_unknown_are_not_judged(tmp_path: Path) -> None:
    """One test, p = 0.075: not certain on the Disparities page, held by the false discovery rate of a scan."""
    rows = [("Eye exam", "A", 160, 200), ("Eye exam", "B", 145, 200), ("Eye exam", "Unknown", 10, 200)]
    facts = pd.DataFrame(rows, columns=["measure", "race", "x", "n"])
    eye = Measure("Eye exam", "proportion", "higher_better", "Diabetes", reference=Reference("group", "A"))
    cube = cube_of(tmp_path, facts, [eye], [stratifier("race", "A", "B", Unknown="unknown")])
    answer = areas(cube, Choices("Made up", 1, "", ""))
    assert list(answer.rows["group"]) == ["B", "A"]
    found = answer.rows.set_index("group").loc["B"]
    assert 0.05 < found["p"] == found["q"] <= 0.10
    assert found["verdict"] == "disparity"


def test_published_rates_are_ranked_by_how_wide_their_gaps_are(tmp_path: Path) -> None:
    rows = [("A", 0.8), ("B", 0.6), ("C", 0.4)]
    facts = pd.DataFrame([(g, rate, rate - 0.02, rate + 0.02) for g, rate in rows])
    facts.columns = pd.Index(["race", "estimate", "lower", "upper"])
    answer = areas(cube_of(tmp_path, facts.assign(measure="Eye exam"), [EYE], [RACE]), Choices("Made up", 1, "", ""))
    ranked = answer.rows[answer.rows["rank"].notna()]
    assert list(ranked["group"]) == ["C", "B"]
    assert ranked["excess"].isna().all()
    assert ranked["rank_lower"].isna().all()
