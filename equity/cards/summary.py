"""The cards of the summary measures: those that share the measure's own unit, and a pair of them over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from equity.cards.card import Card
from equity.cards.maker import Maker, PageCards, maker
from equity.cards.page_question import PageQuestion
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import summary as charts
from equity.charts.over_time import inequality_over_time as over_time_charts
from equity.export import native_deeper
from equity.lens.answers import InequalityOverTime, Summary
from equity.vocabulary import PeriodRange
from equity.words.answers import inequality_over_time as over_time_words
from equity.words.answers import predictions
from equity.words.answers import summary as words

PAIR = "pair"
"""What else the card over time was asked: which absolute and which relative measure."""


def ask(question: PageQuestion, source: Source) -> Summary:
    """All groups in one number, in each of the field's ways."""
    return source.summary(question.choices)


def in_units(question: PageQuestion, answer: Summary) -> Card:
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


def ask_over_time(question: PageQuestion, source: Source) -> InequalityOverTime:
    """The same in every period of all time; raises :class:`PlainError` where the data have no periods."""
    return source.inequality_over_time(replace(question.choices, period=PeriodRange()), question.grain)


def over_time(question: PageQuestion, answer: InequalityOverTime, pair: str = "") -> Card:
    """An absolute and a relative measure over time, one above the other."""
    name = over_time_words.pair_named(answer, pair).name
    return Card(
        key="over_time",
        finding=over_time_words.chart_title(answer, name),
        figure=over_time_charts.over_time(answer, name),
        alt=over_time_words.alt_text(answer, name),
        table=lambda: over_time_words.table(answer, name),
        caption=over_time_words.table_caption(answer, name),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: [*over_time_words.what_it_comes_to(answer, name), over_time_words.METHOD],
        native=lambda: native_deeper.inequality_over_time(answer, name),
        recipe=recipe("summary", "over_time", question).with_part(PAIR, name),
    )


MAKERS: Final[Mapping[str, Maker]] = {
    "in_units": maker(ask, in_units, predictions.overall),
    "over_time": Maker(
        lambda question, wishes, source: over_time(question, ask_over_time(question, source), wishes.get(PAIR, "")),
        lambda q, held: predictions.overall_over_time(q.choices, held),
    ),
}
CARDS: Final = PageCards(MAKERS, called="overall-inequality")
