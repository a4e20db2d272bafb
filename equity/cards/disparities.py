"""The cards of groups compared: their rates, their gaps, and the answer beside another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from equity.cards.card import Card
from equity.cards.maker import COMPARED, Maker, PageCards, maker
from equity.cards.page_question import PageQuestion
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.cards.views import drawn
from equity.charts import disparities as charts
from equity.charts import side_by_side as side_by_side_charts
from equity.export import native
from equity.lens.answers import Disparities
from equity.lens.side_by_side import SideBySide, side_by_side
from equity.words.answers import computed, predictions
from equity.words.answers import disparities as words
from equity.words.answers import side_by_side as side_by_side_words

BESIDE: Final = "side_by_side"
"""The card of two answers side by side: the question, and the same with one word changed."""


def ask(question: PageQuestion, source: Source) -> Disparities:
    """The groups compared, with the one in focus that somebody picked."""
    return source.disparities(replace(question.choices, focus=question.codes["group"]))


def groups(question: PageQuestion, answer: Disparities) -> Card:
    """Every group's rate beside the reference."""
    shown = drawn.compared(question, answer)
    card = _card("groups", question, answer, words.chart_title(answer), charts.groups(shown))
    return replace(card, native=partial(native.rates, shown), as_asked=partial(charts.groups_as_asked, shown))


def gaps(question: PageQuestion, answer: Disparities) -> Card:
    """Every compared group's gap."""
    shown = drawn.compared(question, answer)
    card = _card("gaps", question, answer, words.gap_chart_title(answer), charts.gaps(shown))
    card = replace(card, alt=words.gaps_alt_text(shown))
    return replace(card, native=partial(native.gaps, shown), as_asked=partial(charts.gaps_as_asked, shown))


def _card(
    key: str,
    question: PageQuestion,
    answer: Disparities,
    finding: str,
    figure: go.Figure,
) -> Card:
    """What both cards hold alike: the words, the table and the method of one answer."""
    shown = drawn.compared(question, answer)
    return Card(
        key=key,
        finding=finding,
        figure=figure,
        alt=words.alt_text(shown),
        table=lambda: _as_drawn(shown),
        caption=words.table_caption(shown),
        numbers=lambda: shown.rows,
        answer=shown,
        method=lambda: computed.of_disparities(answer),
        recipe=recipe("disparities", key, question),
        comes_to=words.what_it_comes_to(answer),
    )


def _as_drawn(answer: Disparities) -> pd.DataFrame:
    """The table with its rows in the order of the chart."""
    drawn_at = {row.group: i for i, row in enumerate(charts.ordered(answer))}
    order = sorted(range(len(answer.rows)), key=lambda i: drawn_at[str(answer.rows["group"].iloc[i])])
    return words.table(answer).iloc[order].reset_index(drop=True)


def ask_beside(question: PageQuestion, source: Source) -> SideBySide:
    """Both answers; raises :class:`PlainError` where nothing was picked, or the data cannot answer."""
    return side_by_side(question.choices, question.codes["against"], source.disparities)


def beside(question: PageQuestion, answer: SideBySide) -> Card:
    """Both on one scale."""
    return Card(
        key=BESIDE,
        finding=side_by_side_words.finding(answer),
        figure=side_by_side_charts.draw(answer),
        alt=side_by_side_words.alt_text(answer),
        table=lambda: side_by_side_words.table(answer),
        caption=side_by_side_words.caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        recipe=recipe("disparities", BESIDE, question),
    )


MAKERS: Final[Mapping[str, Maker]] = {
    "groups": maker(ask, groups, predictions.groups_compared),
    "gaps": maker(ask, gaps, predictions.gaps),
    BESIDE: Maker(
        lambda question, _, source: beside(question, ask_beside(question, source)),
        lambda question, held: side_by_side_words.prediction(question.choices, held),
    ),
}
CARDS: Final = PageCards(MAKERS, asked=COMPARED | {"standard", "against", "hide"})
