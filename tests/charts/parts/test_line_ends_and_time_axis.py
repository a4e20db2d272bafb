"""Labels that do not cover each other; periods as positions."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.charts.parts import line_ends, time_axis

MONTHS = tuple(f"{y}-{m:02d}" for y in (2022, 2023, 2024) for m in range(1, 13))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12))
def test_labels_never_overlap_and_stay_inside_when_there_is_room(wanted: list[float]) -> None:
    sizes = [100 / 13] * len(wanted)
    placed = line_ends.spread_apart(wanted, sizes, 0, 100)
    ordered = sorted(placed)
    assert all(b - a >= sizes[0] - 1e-9 for a, b in itertools.pairwise(ordered))
    assert ordered[0] >= sizes[0] / 2 - 1e-9
    assert ordered[-1] <= 100 - sizes[0] / 2 + 1e-9


@given(st.lists(st.floats(0, 100), min_size=2, max_size=8, unique=True))
def test_labels_keep_the_order_of_their_lines(wanted: list[float]) -> None:
    placed = line_ends.spread_apart(wanted, [5.0] * len(wanted), 0, 100)
    assert np.argsort(placed).tolist() == np.argsort(wanted).tolist()


def test_labels_with_room_stay_where_they_want_to_be() -> None:
    assert line_ends.spread_apart([20.0, 80.0], [5.0, 5.0], 0, 100) == [20.0, 80.0]


def test_long_labels_wrap_and_end() -> None:
    assert line_ends.wrapped("Native Hawaiian or Pacific Islander", 17, 3) == [
        "Native Hawaiian",
        "or Pacific",
        "Islander",
    ]
    assert line_ends.wrapped("a " * 60, 17, 2)[-1].endswith("…")


@pytest.mark.parametrize(
    ("periods", "labels"),
    [
        (("2022", "2023", "2024"), ["2022", "2023", "2024"]),
        (("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"), ["Q1<br>2023", "Q2<br>2023", "Q3<br>2023", "Q4<br>2023"]),
        (
            tuple(f"{y}-{m:02d}" for y in (2022, 2023, 2024) for m in range(1, 13)),
            ["Jan<br>2022", "Jan<br>2023", "Jan<br>2024"],
        ),
        (tuple(str(y) for y in range(2000, 2024)), ["2000", "2004", "2008", "2012", "2016", "2020"]),
    ],
)
def test_few_periods_are_labelled(periods: tuple[str, ...], labels: list[str]) -> None:
    at, text = time_axis.ticks(periods)
    assert text == labels
    assert len(at) == len(text)


def test_runs_skip_the_holes() -> None:
    values = np.array([1.0, 2.0, np.nan, 3.0, np.nan])
    assert [(s.start, s.stop) for s in time_axis.runs(values)] == [(0, 2), (3, 4)]


def test_steps_span_half_a_period_each_way() -> None:
    x, y = time_axis.steps(np.array([5.0, 7.0]))
    assert x.tolist() == [-0.5, 0.5, 0.5, 1.5]
    assert y.tolist() == [5.0, 5.0, 7.0, 7.0]
