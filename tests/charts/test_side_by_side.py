"""Whatever can be put beside a question is drawn without a fault and said in words that agree with the picture."""

from __future__ import annotations

from functools import partial

import plotly.graph_objects as go
import pytest

from equity.cards.page_question import PageQuestion, resolve
from equity.charts import side_by_side as charts
from equity.cube import Cube
from equity.lens.disparities import disparities
from equity.lens.side_by_side import SideBySide, side_by_side
from equity.vocabulary import PlainError
from equity.words.answers import side_by_side as words

KINDS = ("period", "measure", "reference", "group")


def asked(cube: Cube, **wishes: str) -> PageQuestion:
    return resolve([cube.description.dataset], cube.description, wishes)


def answer_of(cube: Cube, question: PageQuestion) -> SideBySide:
    return side_by_side(question.choices, question.codes["against"], partial(disparities, cube))


def test_everything_that_is_offered_is_drawn_and_said(sample_cube: Cube) -> None:
    drawn: dict[str, int] = dict.fromkeys(KINDS, 0)
    for measure in [m.name for m in sample_cube.description.measures][::5]:
        for by in ("race", "payer"):
            offered = asked(sample_cube, measure=measure, by=by).options["against"][1:]
            for option in offered[::3]:
                question = asked(sample_cube, measure=measure, by=by, against=option.code)
                assert question.codes["against"] == option.code
                try:
                    answer = answer_of(sample_cube, question)
                except PlainError:
                    continue  # a measure that another grouping does not hold
                figure = go.Figure(charts.draw(answer).to_dict())
                told = [words.finding(answer), words.alt_text(answer), words.caption(answer), words.how_sure(answer)]
                told += [*words.caveats(answer), *words.not_known(answer)]
                assert all(each and "nan" not in each.split() and "  " not in each for each in told), told
                table = words.table(answer)
                assert len(table) == len(words.shown_rows(answer))
                assert not table.apply(lambda column: column.str.contains("nan")).any().any()
                hovered = [str(text) for trace in figure.data for text in (trace.hovertext or ()) if trace.hovertext]
                for row in words.shown_rows(answer):
                    assert any(str(row["group"]) in text for text in hovered)
                drawn[answer.kind] += 1
    assert all(drawn.values()), drawn


@pytest.mark.parametrize(("period", "kinds"), [("2024", set(KINDS)), ("all", set(KINDS) - {"period"})])
def test_periods_are_offered_where_they_are_as_long_and_share_no_day(
    sample_cube: Cube, period: str, kinds: set[str]
) -> None:
    codes = [option.code for option in asked(sample_cube, period=period).options["against"] if option.code]
    assert {code.partition(":")[0] for code in codes} == kinds
    lengths = {len(code) for code in codes if code.startswith("period:")}
    assert lengths <= {len("period:2022")}


def test_a_closing_gap_is_not_praised_where_the_group_did_not_improve(sample_cube: Cube) -> None:
    answer = answer_of(sample_cube, asked(sample_cube, measure="Controlled blood pressure", against="period:2022"))
    row = {**words.row_of(answer, words.subject(answer))}
    row |= {"gap_change": -0.05, "gap_change_lower": -0.08, "gap_change_upper": -0.02, "change": 0.0, "clear": False}
    assert "not because this group clearly improved" in words._gaps(answer, row)
    row |= {"change": 0.05, "clear": True}
    assert words._gaps(answer, row).endswith("narrower")
