"""The shares and the bounds, by their specification."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equity.charts import completeness as charts
from equity.charts.parts import template
from tests.charts import reading
from tests.crossed_answers_for_tests import completeness


def test_every_bar_adds_up_to_everyone() -> None:
    for drawn in (charts.by_place(completeness()), charts.over_time(completeness())):
        (bars,) = reading.tiles(drawn)
        for height in np.unique(bars.y):
            own = bars.y == height
            assert bars.base[own].min() == 0
            assert bars.x[own].sum() == pytest.approx(100)
            assert (bars.base[own] + bars.x[own]).max() == pytest.approx(100)


def test_the_three_kinds_of_missing_differ_by_more_than_colour() -> None:
    (bars,) = reading.tiles(charts.by_place(completeness()))
    looks = {
        (fill, edge, shape)
        for fill, edge, shape in zip(bars.marker.color, bars.marker.line.color, bars.marker.pattern.shape, strict=True)
    }
    assert looks == {
        (template.OTHERS, template.OTHERS, ""),
        (template.FOCUS, template.FOCUS, ""),
        (template.FOCUS, template.FOCUS, "/"),
        (template.PAPER, template.FOCUS, ""),
    }


def test_the_key_names_the_parts_in_their_order_and_no_colour() -> None:
    """Whoever has forced colors sees others than we draw."""
    drawn = charts.by_place(completeness())
    (bars,) = reading.tiles(drawn)
    first = bars.y == bars.y[0]
    order = np.argsort(bars.base[first])
    looks = list(
        zip(np.array(bars.marker.pattern.shape)[first][order], np.array(bars.marker.color)[first][order], strict=True)
    )
    assert looks == [("", template.OTHERS), ("", template.FOCUS), ("/", template.FOCUS), ("", template.PAPER)]
    assert "From the left: recorded, unknown, not asked (striped), declined (outlined)." in reading.texts(drawn)


def test_every_site_and_period_is_named_with_its_share_n_and_status() -> None:
    said = reading.texts(charts.by_place(completeness()))
    for text in ("Overall", "Harbor Clinic", "Hillcrest", "74% 400 counted", "○ fix this first", "● good"):
        assert text in said
    later = reading.texts(charts.over_time(completeness()))
    for text in ("Q1 2024", "Q2 2024", "Controlled blood pressure: yes", "Controlled blood pressure: no"):
        assert text in later


def test_a_place_without_anyone_is_outlined_and_says_so() -> None:
    rows = completeness().rows.copy()
    rows.loc[rows["value"] == "Hillcrest", ["n", "known", "unknown", "declined", "not_asked"]] = 0
    rows.loc[rows["value"] == "Hillcrest", "share"] = np.nan
    drawn = charts.by_place(replace(completeness(), rows=rows))
    assert "No data" in reading.texts(drawn)
    assert any(t.marker.line.color == template.FAINT for t in reading.tiles(drawn))


def test_each_gap_stands_within_its_bounds() -> None:
    drawn = charts.bounds(completeness())
    (spans,) = reading.tiles(drawn)
    (dots,) = reading.marks(drawn)
    assert ((spans.base <= dots.x) & (dots.x <= spans.base + spans.x)).all()
    assert dots.x.tolist() == pytest.approx([12.0, 2.0, -1.0])
    assert len(dots.hovertext) == 3
    assert "12.0 pts lower" in reading.texts(drawn)
    assert reading.lines(drawn, template.INK)


def test_no_bounds_still_draw() -> None:
    none = replace(completeness(), bounds=completeness().bounds.iloc[:0])
    assert charts.bounds(none).layout.height > 0
