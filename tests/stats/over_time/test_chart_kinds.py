"""Every kind of control chart: drawn, offered to the measures that it fits, and told of in the docs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from equity.stats.over_time.chart_kinds import BY_NAME, KINDS, KindOfChart, fitting
from equity.stats.over_time.control_charts import PLAIN_FRAME

TOLD = (Path(__file__).parents[3] / "docs" / "analysts.md").read_text(encoding="utf-8")
N = np.array([[40.0, 50.0, 0.0, 60.0] * 4])
EVENTS = np.array([[4.0, 9.0, 0.0, 12.0] * 4])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_told_of_and_offered(kind: KindOfChart) -> None:
    assert BY_NAME[kind.name] is kind
    assert f"| **{kind.label}** | `{kind.name}` |" in TOLD
    assert all(kind in fitting(measured) for measured in kind.fits)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.draw], ids=lambda kind: kind.name)
def test_a_kind_draws_rates_in_the_measures_unit_and_leaves_holes(kind: KindOfChart) -> None:
    assert kind.draw is not None
    drawn = kind.draw(EVENTS, N, PLAIN_FRAME)
    assert drawn.kind == kind.name
    np.testing.assert_allclose(drawn.value, np.where(N > 0, EVENTS / np.where(N > 0, N, 1.0), np.nan))


def test_a_kind_without_a_drawing_of_periods_says_what_lies_between_its_points() -> None:
    assert all(bool(kind.between) == (kind.draw is None) for kind in KINDS)
