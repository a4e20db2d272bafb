"""A measure of which nobody says which way is better: no word and no color of any answer says it either."""

from __future__ import annotations

import re
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from equity.charts import gap_sources as gap_charts
from equity.charts import intersections as heat_maps
from equity.charts import site_effects
from equity.charts.parts import template
from equity.lens.answers import ResolvedReference
from equity.vocabulary import Description, Doubt, Measure, Reference
from equity.words import references
from equity.words.answers import control, disparities, trends
from equity.words.answers import gap_sources as gap_words
from equity.words.datasets import doubts
from tests.answers_for_tests import BLOOD_PRESSURE, INTERPRETER, LANGUAGE, LEFT_GROUPS
from tests.answers_for_tests import disparities as compared
from tests.answers_for_tests import trends as over_time
from tests.crossed_answers_for_tests import gap_sources, intersections

JUDGING = re.compile(r"\b(?:worse|better|best|worst)\b", re.IGNORECASE)


def _said(figure: go.Figure) -> str:
    """Every text of a figure, on it and under the pointer."""
    drawn = figure.to_json() or ""
    return " ".join(re.findall(r'"(?:text|hovertext)":(?:"[^"]*"|\[[^\]]*\])', drawn))


def test_charts_call_no_side_worse() -> None:
    sources = gap_sources(measure=INTERPRETER)
    for figure in (
        gap_charts.split(sources),
        gap_charts.sites(sources),
        site_effects.within(sources),
        heat_maps.heat_map(intersections(measure=INTERPRETER)),
    ):
        assert not JUDGING.search(_said(figure))
    assert JUDGING.search(_said(gap_charts.split(gap_sources(measure=BLOOD_PRESSURE))))


def test_no_line_between_the_groups_of_a_site_has_a_color_of_harm() -> None:
    def colors(measure: Measure) -> set[str]:
        return {t.line.color for t in gap_charts.sites(gap_sources(measure=measure)).data if t.mode == "lines"}

    assert colors(BLOOD_PRESSURE) & {template.WORSE, template.BETTER}
    assert not colors(INTERPRETER) & {template.WORSE, template.BETTER}


@pytest.mark.parametrize("measure", [INTERPRETER, replace(INTERPRETER, kind="mean")])
def test_the_group_that_the_data_chose_is_called_by_its_rate(measure: Measure) -> None:
    assert "best" not in references.chosen(Reference("best"), measure)
    assert references.chosen(Reference("best"), BLOOD_PRESSURE) == "the best group"
    assert references.chosen_group(measure) == "The lowest of the groups with 100 or more"


@pytest.mark.parametrize("told_apart", [True, False])
def test_the_group_that_stands_in_for_the_best_is_not_called_the_lowest_of_all(told_apart: bool) -> None:
    """A group too small to be chosen may be lower."""
    chosen = ResolvedReference("best", "", group="English", rate=0.04, n=900, told_apart=told_apart)
    sentences = [
        references.describe_reference(chosen, LANGUAGE, INTERPRETER),
        references.with_rate(chosen, INTERPRETER, LANGUAGE),
        references.short(chosen, INTERPRETER),
        *references.beside(chosen, INTERPRETER, LANGUAGE, "4.0%"),
    ]
    assert [s for s in sentences if "lowest" in s.casefold() or "English" not in s] == []


def test_sentences_beside_the_answer_judge_nothing() -> None:
    sentences = [
        *disparities.caveats(compared(INTERPRETER, LANGUAGE, LEFT_GROUPS)),
        *trends.caveats(over_time({}, measure=INTERPRETER)),
        *gap_words.caveats(gap_sources(measure=INTERPRETER)),
        control.icon_false_alarms(),
    ]
    assert [s for s in sentences if JUDGING.search(s)] == []


def test_every_page_and_export_of_the_measure_says_so() -> None:
    doubt = Doubt("unit:Rate", ("Rate",), "Per what?", "per 1,000")
    held = Description(
        dataset="D", version=1, created="", shape="counts", tables="crossed", values="counts", grain="year",
        periods=(), has_person=False, rows_in=0, rows_used=0, rows_set_aside=0,
        measures=(INTERPRETER, BLOOD_PRESSURE), stratifiers=(), doubts=(doubt,),
    )  # fmt: skip
    both = doubts.describe_doubts(held, INTERPRETER.name)
    assert both[1] == (
        "“Interpreter used”: nobody has said that higher or lower is better, so nothing is called better or worse."
    )
    assert doubts.describe_doubts(held, BLOOD_PRESSURE.name) == both[:1]
