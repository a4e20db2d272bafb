"""Where a gap lives, by its figures' specification."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.charts import gap_sources as charts
from equity.charts.parts import template
from tests.charts import reading
from tests.crossed_answers_for_tests import gap_sources


def test_the_whole_comes_first_then_every_site() -> None:
    drawn = charts.sites(gap_sources())
    said = reading.texts(drawn)
    assert said.index("Overall, as it is") < said.index("Harbor Clinic") < said.index("Hillcrest")
    assert "6.0 pts higher" in said
    assert "2 pts lower" in said
    assert "● Black or African American · ◆ White" in said


def test_group_and_reference_stand_at_each_site() -> None:
    drawn = charts.sites(gap_sources())
    (group,) = reading.marks(drawn, template.FOCUS)
    (reference,) = reading.marks(drawn, template.INK)
    assert group.x.tolist() == pytest.approx([24.0, 28.0, 12.0])
    assert reference.x.tolist() == pytest.approx([16.56, 30.0, 14.0])
    assert (group.marker.symbol, reference.marker.symbol) == ("circle", "diamond")


def test_worse_and_better_have_their_colours() -> None:
    drawn = charts.sites(gap_sources())
    (worse,) = reading.lines(drawn, template.WORSE)
    (better,) = reading.lines(drawn, template.BETTER)
    assert len(worse.x) == 3
    assert len(better.x) == 6


def test_a_site_that_only_one_side_uses_says_so() -> None:
    answer = gap_sources()
    alone = replace(answer, strata=answer.strata.assign(reference_n=[400.0, 0.0]))
    assert "Only one of the two groups is seen here" in reading.texts(charts.sites(alone))


def test_each_gap_is_split_in_two_with_intervals() -> None:
    drawn = charts.split(gap_sources())
    within, between = reading.marks(drawn)
    assert (within.x[0], between.x[0]) == pytest.approx((-2.0, 8.0))
    assert (within.marker.color, between.marker.color) == (template.FOCUS, template.PAPER)
    assert (within.error_x.array > 0).all()
    assert within.y[0] < between.y[0]


def test_no_group_to_compare_still_draws() -> None:
    answer = gap_sources()
    nobody = replace(answer, parts=answer.parts.iloc[:0], strata=answer.strata.iloc[:0])
    assert charts.sites(nobody).layout.height > 0
    assert charts.split(nobody).layout.height > 0


def test_the_whole_is_rounded_as_in_the_headline() -> None:
    """The sites beside it are smaller: at 13 points the whole would contradict 13.5 above it."""
    answer = gap_sources()
    parts = answer.parts.assign(gap=0.1346, gap_lower=0.11, crude=0.55)
    strata = answer.strata.assign(n=[1500.0, 500.0], reference_n=[400.0, 700.0])
    said = reading.texts(charts.sites(replace(answer, parts=parts, strata=strata)))
    assert "13.5 pts higher" in said
