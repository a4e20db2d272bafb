"""The cards of groups compared in one period: their rates and their gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from equity.cards.card import Card
from equity.cards.maker import Maker, maker
from equity.cards.question import Question
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import disparities as charts
from equity.export import native
from equity.lens.answers import Disparities
from equity.words import disparities as words
from equity.words import predictions


def ask(question: Question, source: Source) -> Disparities:
    """The groups compared."""
    return source.disparities(question.choices)


def groups(question: Question, answer: Disparities) -> Card:
    """Every group's rate beside the reference."""
    return Card(
        key="groups",
        finding=words.chart_title(answer),
        figure=charts.groups(answer),
        alt=words.alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        native=lambda: native.rates(answer),
        recipe=recipe("disparities", "groups", question),
    )


def gaps(question: Question, answer: Disparities) -> Card:
    """Every compared group's gap."""
    return Card(
        key="gaps",
        finding=words.gap_chart_title(answer),
        figure=charts.gaps(answer),
        alt=words.alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        native=lambda: native.gaps(answer),
        recipe=recipe("disparities", "gaps", question),
    )


MAKERS: Final[Mapping[str, Maker]] = {
    "groups": maker(ask, groups, predictions.groups_compared),
    "gaps": maker(ask, gaps, predictions.gaps),
}
