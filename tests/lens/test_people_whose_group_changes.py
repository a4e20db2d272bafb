"""Somebody whose group changes from year to year is one person, on every page alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.age_standard import age_standardized
from equity.lens.areas import areas
from equity.lens.choices import Choices
from equity.lens.completeness import completeness
from equity.lens.disparities import disparities
from equity.lens.gap_sources import gap_sources
from equity.lens.intersections import intersections
from equity.lens.one_group import one_group
from equity.stats.standardization.standard_populations import OWN
from equity.vocabulary import Measure, Reference
from equity.words.answers import areas as areas_words
from equity.words.answers import disparities as disparities_words
from equity.words.answers import one_group as one_group_words
from equity.words.answers.completeness.recorded import counted_said
from tests.made_up_cubes import cube_of, stratifier, year

SEEN = Measure("Seen", "proportion", "higher_better", "Care")
RACES, SITES, AGES = ("Asian", "Black", "White"), ("East", "North", "West"), ("18–34", "35–64", "65+")
PEOPLE = 300
ASKED = Choices("Made up", 1, "Seen", "race", Reference.parse("White"), focus="Black")


@pytest.fixture(scope="module")
def cube(tmp_path_factory: pytest.TempPathFactory) -> Cube:
    """People who come once a year for three years, each time as another group, at another site, in another band."""
    random, rows = np.random.default_rng(3), []
    for when in range(3):
        person = np.arange(PEOPLE)
        at = (person + when) % 3
        x = (random.random(PEOPLE) < np.array([0.6, 0.4, 0.9])[at]).astype(float)
        own = {"race": np.array(RACES)[at], "site": np.array(SITES)[at], "age": np.array(AGES)[at]}
        rows.append(pd.DataFrame({"person": person + 1, **own, "x": x, "period": year(2021 + when)}))
    groupings = [stratifier("race", *RACES), stratifier("site", *SITES), stratifier("age", *AGES)]
    every: Path = tmp_path_factory.mktemp("changing")
    return cube_of(every, pd.concat(rows, ignore_index=True).astype({"person": "uint64"}), [SEEN], groupings)


def test_each_answer_counts_them_once(cube: Cube) -> None:
    assert disparities(cube, ASKED).total["people"].tolist() == [PEOPLE]
    assert completeness(cube, ASKED).people == PEOPLE
    assert intersections(cube, ASKED, ("race", "site")).people == PEOPLE
    assert intersections(cube, ASKED, ("race", "site", "age")).people == PEOPLE
    assert gap_sources(cube, ASKED, "site").people == PEOPLE
    assert age_standardized(cube, ASKED, OWN).people == PEOPLE
    assert areas(cube, ASKED).sizes == {"Seen": (3 * PEOPLE, PEOPLE)}
    assert one_group(cube, ASKED).sizes == {"Seen": (3 * PEOPLE, PEOPLE)}


def test_each_page_calls_what_it_counts_visits(cube: Cube) -> None:
    assert "more visits would have met" in " ".join(disparities_words.what_it_comes_to(disparities(cube, ASKED)))
    assert counted_said(completeness(cube, ASKED)) == "visits"
    assert areas_words.finding(areas(cube, ASKED)).endswith(" visits.")
    assert "more visits would have met" in " ".join(one_group_words.what_it_comes_to(one_group(cube, ASKED)))
