"""A question of one's own is drawn in each way, with small cells marked, and said in words that agree with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from equity.charts import explore as charts
from equity.cube import Cube
from equity.explore.asked import Asked, Drawing, Grouping, fitting
from equity.explore.explored import Explored, explored
from equity.lens.choices import Choices
from equity.vocabulary import PeriodRange
from equity.words.answers import explore as words

RACE, QUARTER = Grouping("race"), Grouping(part="quarter")


def asked(cube: Cube, groupings: tuple[Grouping, ...], drawing: Drawing, measure: int = 0) -> Explored:
    held = cube.description
    choices = Choices(held.dataset, held.version, held.measures[measure].name, "race", period=PeriodRange())
    return explored(cube, choices, Asked(groupings, (), drawing))


@pytest.mark.parametrize("measure", [0, 7, 10])
@pytest.mark.parametrize("groupings", [(), (RACE,), (RACE, QUARTER), (RACE, Grouping("payer"), QUARTER)])
def test_plotly_finds_no_fault_and_no_sentence_is_empty(
    sample_cube: Cube, measure: int, groupings: tuple[Grouping, ...]
) -> None:
    for drawing in fitting(sample_cube.description, groupings):
        answer = asked(sample_cube, groupings, drawing, measure)
        go.Figure(charts.draw(answer).to_dict())
        said = (words.finding(answer), words.alt_text(answer), words.caption(answer), words.how_sure(answer))
        assert all(each.endswith(".") and "nan" not in each and "  " not in each for each in said), said
        assert len(words.table(answer)) == len(answer.rows)


def test_rates_of_small_cells_beyond_the_ends_are_not_passed_over(sample_cube: Cube) -> None:
    found = asked(sample_cube, (RACE,), "dots", 7)
    told = [c for c in words.cells(found) if c.visible and c.kind == "group"]
    read = [c.rate for c in told if not c.few]
    assert any(c.few and c.rate > max(read) for c in told)
    assert "rates that can be read run from" in words.finding(found)


def test_the_question_does_not_say_that_even_cells_differ(sample_cube: Cube) -> None:
    found = asked(sample_cube, (RACE,), "dots")
    assert words.prompt(found).endswith("could make these cells differ, and which page would tell us more?")
    even = replace(found, rows=found.rows.assign(rate=0.7))
    assert "all rates are near 70" in words.finding(even)
    assert words.prompt(even).startswith("What keeps results on ")
    assert words.prompt(even).endswith(" even across these cells?")


def test_a_small_cell_is_marked_everywhere(sample_cube: Cube) -> None:
    answer = asked(sample_cube, (RACE, QUARTER), "dots")
    few = [cell for cell in words.cells(answer) if cell.few]
    assert few
    assert "too few to read" in words.described(answer, few[0])
    assert f"{len(few)} with too few people to read (○)" in words.caption(answer)
    assert (words.table(answer)["To be read"] == "too few to read").sum() == len(few)
    assert not {cell.label for cell in few} & {words.finding(answer).partition("(")[2].partition(")")[0]}


def test_a_line_has_a_hole_where_there_are_too_few(sample_cube: Cube) -> None:
    answer = asked(sample_cube, (RACE, QUARTER), "lines")
    drawn = [trace for trace in charts.lines(answer).to_dict()["data"] if trace.get("mode") == "lines+markers"]
    finite = sum(int(np.isfinite(trace["y"]).sum()) for trace in drawn)
    people = [c for c in words.cells(answer) if c.kind in ("group", "other")]
    assert finite == sum(c.visible and not c.few for c in people)
