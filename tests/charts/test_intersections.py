"""Groups within groups, by their figures' specification."""

from __future__ import annotations

import numpy as np
import pytest

from equity.charts import intersections as charts
from equity.charts.parts import template
from equity.vocabulary import Category, Stratifier
from tests.answers_for_tests import INTERPRETER, LANGUAGE, PAYER, SITE
from tests.charts import reading
from tests.crossed_answers_for_tests import intersections


def test_every_cell_has_its_own_rate_the_pooled_one_and_n() -> None:
    said = reading.texts(charts.heat_map(intersections()))
    assert "44% 50% 260" in said
    assert sum(text.endswith(" 260") for text in said) == 6


def test_nobody_and_hidden_and_too_few_are_three_different_things() -> None:
    drawn = charts.heat_map(intersections())
    said = reading.texts(drawn)
    assert "no patients" in said
    assert "not shown" in said
    assert "too few 9" in said
    tiles = reading.tiles(drawn)
    assert [reading.is_hatched(t) for t in tiles] == [False, True]
    assert not any(text.startswith("0%") for text in said)
    assert drawn.layout.barmode == "overlay"


def test_a_cell_that_stands_out_is_framed() -> None:
    assert len(reading.lines(charts.heat_map(intersections()), template.INK)) == 1
    assert not reading.lines(charts.heat_map(intersections(standing_out=False)), template.INK)


def test_colour_runs_toward_harm_and_not_at_all_for_a_neutral_measure() -> None:
    (cells,) = [t for t in charts.heat_map(intersections()).data if t.type == "heatmap"]
    z = np.asarray(cells.z, dtype=float)
    assert np.nanmax(z) == z[2, 2] > 0
    assert cells.zmin == -cells.zmax
    (neutral,) = [t for t in charts.heat_map(intersections(measure=INTERPRETER)).data if t.type == "heatmap"]
    flat = np.asarray(neutral.z, dtype=float)
    assert set(flat[np.isfinite(flat)]) == {0.0}


def test_the_stratifier_with_fewer_categories_goes_across() -> None:
    wide = Stratifier("payer", "Payer", categories=tuple(Category(name) for name in "ABCDE"))
    (cells,) = [t for t in charts.heat_map(intersections(stratifiers=(SITE, wide))).data if t.type == "heatmap"]
    assert np.asarray(cells.z).shape == (5, 2)


def test_own_and_pooled_rates_stand_side_by_side_with_what_is_expected() -> None:
    drawn = charts.dots(intersections())
    (own,) = [t for t in reading.marks(drawn) if t.marker.line.color == template.INK]
    pooled = [t for t in reading.marks(drawn) if t.error_x.array is not None]
    assert own.x[0] == pytest.approx(44.0)
    assert {t.marker.color for t in pooled} == {template.WORSE, template.OTHERS}
    assert "44% → 50% 260 patients" in reading.texts(drawn)
    assert reading.lines(drawn, template.INK)[0].x[0] == pytest.approx(64.0)


def test_three_stratifiers_are_drawn_as_dots() -> None:
    answer = intersections(stratifiers=(LANGUAGE, PAYER, SITE))
    assert not [t for t in charts.heat_map(answer).data if t.type == "heatmap"]
    assert "Another language, Uninsured, Hillcrest" in reading.texts(charts.heat_map(answer))
