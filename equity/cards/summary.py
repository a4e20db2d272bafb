"""The card of the summary measures that share the measure's own unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from equity.cards.card import Card
from equity.cards.maker import Maker, maker
from equity.cards.question import Question
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import summary as charts
from equity.export import native_deeper
from equity.lens.answers import Summary
from equity.words import predictions
from equity.words import summary as words


def ask(question: Question, source: Source) -> Summary:
    """All groups in one number, in each of the field's ways."""
    return source.summary(question.choices)


def in_units(question: Question, answer: Summary) -> Card:
    """The measures that are in the unit of what is measured."""
    return Card(
        key="in_units",
        finding=words.chart_title(answer),
        figure=charts.in_units(answer),
        alt=words.alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: [words.INTERVALS],
        native=lambda: native_deeper.summary_in_units(answer),
        recipe=recipe("summary", "in_units", question),
    )


MAKERS: Final[Mapping[str, Maker]] = {
    "in_units": maker(ask, in_units, predictions.overall),
}
