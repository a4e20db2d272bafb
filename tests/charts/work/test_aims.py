"""The picture of an aim: the group's rate, the dashed line to its date, and where the group stands."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from equity.charts.over_time import trends
from equity.charts.work import aims
from equity.cube import Cube
from equity.improvement.aim_line import AimLine, line_of
from equity.improvement.aims import Aim
from equity.improvement.progress import baseline_of, group_over_time, progress
from equity.words.work import aims as words
from tests.improvement.test_aims import AIM


@pytest.fixture(scope="module")
def aim(sample_cube: Cube) -> Aim:
    return replace(AIM, baseline=baseline_of(sample_cube, AIM, "2022"))


@pytest.fixture(scope="module")
def line(aim: Aim) -> AimLine:
    found = line_of(aim)
    assert found is not None
    return found


def named(figure: go.Figure, name: str) -> list[dict[str, object]]:
    return [trace for trace in figure.to_dict()["data"] if trace.get("name") == name]


def test_the_line_goes_from_the_baseline_to_the_target_at_its_date(aim: Aim, line: AimLine, sample_cube: Cube) -> None:
    answer, found = group_over_time(sample_cube, aim), progress(sample_cube, aim)
    assert answer is not None
    figure = aims.over_time(answer, line, found)
    go.Figure(figure.to_dict())
    [way] = named(figure, "aim")
    assert list(way["y"]) == pytest.approx([100 * line.start, 85.0])  # type: ignore[call-overload]
    [now] = named(figure, "now")
    assert now["y"][0] == pytest.approx(100 * float(found.now.value))  # type: ignore[index]
    assert "The dashed line is the aim for Black or African American: 57.1%" in words.alt_text(found, line)


def test_before_there_is_progress_only_the_way_is_drawn(aim: Aim, line: AimLine, sample_cube: Cube) -> None:
    assert aim.baseline is not None
    later = replace(aim, baseline=replace(aim.baseline, period="2024"))
    answer = group_over_time(sample_cube, aim)
    assert answer is not None
    assert named(aims.over_time(answer, line, progress(sample_cube, later)), "now") == []


def test_the_trend_of_a_measure_shows_its_aims_as_far_as_it_goes(aim: Aim, line: AimLine, sample_cube: Cube) -> None:
    answer = group_over_time(sample_cube, aim)
    assert answer is not None
    figure = trends.over_time(answer, aim.group, (), (line,))
    go.Figure(figure.to_dict())
    [way] = named(figure, "aim")
    last = len(answer.periods) - 1
    assert way["x"][1] == last  # type: ignore[index]
    assert 100 * line.start < way["y"][1] < 85.0  # type: ignore[index]
    assert named(trends.over_time(answer, aim.group), "aim") == []
