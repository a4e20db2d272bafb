"""The scan's map and ranked list, by their specification."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from equity.charts import scan as charts
from equity.charts.parts import template
from equity.words.answers import one_group as words
from tests.charts import reading
from tests.crossed_answers_for_tests import one_group, scan


def test_the_map_has_a_row_a_measure() -> None:
    drawn = charts.heat_map(scan())
    (cells,) = [t for t in drawn.data if t.type == "heatmap"]
    assert np.asarray(cells.z).shape == (4, 2)
    assert "309 14.0 pts" in reading.texts(drawn)
    for measure in scan().measures:
        assert measure.name in reading.texts(drawn)


def test_each_dot_has_its_interval_and_the_ranks_it_could_have() -> None:
    drawn = charts.ranked(scan())
    (dots,) = reading.marks(drawn)
    assert dots.x.tolist() == sorted(dots.x.tolist(), reverse=True)
    assert (dots.error_x.array > 0).all()
    assert "12,737 rank 1" in reading.texts(drawn)
    assert "309 rank 4 to 5" in reading.texts(drawn)


def test_a_grouping_that_is_not_known_well_is_hollow_and_the_axis_says_so() -> None:
    (dots,) = reading.marks(charts.ranked(scan()))
    assert list(dots.marker.color) == [template.PAPER] * 4 + [template.WORSE]
    assert "hollow" in charts.ranked(scan()).layout.xaxis.title.text
    (whole,) = reading.marks(charts.ranked(scan(known=0.99)))
    assert set(whole.marker.color) == {template.WORSE}
    assert "hollow" not in charts.ranked(scan(known=0.99)).layout.xaxis.title.text


def test_nothing_clear_still_draws() -> None:
    calm = replace(scan(), rows=scan().rows.assign(rank=np.nan, worst=0))
    assert charts.ranked(calm).layout.height > 0
    assert not reading.marks(charts.ranked(calm))
    (cells,) = [t for t in charts.heat_map(calm).data if t.type == "heatmap"]
    assert set(np.asarray(cells.z, dtype=float)[np.isfinite(np.asarray(cells.z, dtype=float))]) == {0.0}


def test_one_groups_measures_stand_on_one_scale_whose_right_side_is_harm() -> None:
    drawn = charts.one_group(one_group("White"))
    clear, quiet = reading.marks(drawn)
    assert clear.x.tolist() == [pytest.approx(15.1, abs=0.1)]
    assert quiet.x.tolist() == [pytest.approx(1.5, abs=0.1)]
    assert (clear.error_x.array > 0).all()
    assert (quiet.error_x.arrayminus > quiet.x).all()
    said = reading.texts(drawn)
    for text in (
        "1.15 times 1,149 affected",
        "▲ large and clear",
        "= no clear gap",
        "The others are compared with this group",
    ):
        assert text in said
    assert clear.customdata[0]["ask"]["question"] == {
        "measure": "HIV diagnoses", "by": "race", "group": "White", "reference": "",
    }  # fmt: skip


def test_one_group_that_is_hidden_or_too_few_is_drawn_without_a_mark() -> None:
    hidden = charts.one_group(one_group("American Indian or Alaska Native"))
    assert not reading.marks(hidden)
    assert "Not shown: hidden in the source" in reading.texts(hidden)
    few = charts.one_group(one_group("Native Hawaiian or Pacific Islander"))
    assert not reading.marks(few)
    assert "too few to read" in reading.texts(few)


def test_forty_measures_are_drawn_as_far_as_one_picture_reaches_and_that_is_said() -> None:
    one = one_group("White")
    many = replace(one, rows=pd.concat([one.rows.iloc[1:2]] * 40, ignore_index=True))
    assert charts.one_group(many).layout.height < 1_050
    assert "The picture shows the first 16 of 40 measures; the table shows all." in words.not_known(many)
