"""The cards of who is missing: by place, the bounds that the missing put on a gap, and over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from equity.cards.card import Card
from equity.cards.maker import Maker, maker
from equity.cards.question import Question
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import completeness as charts
from equity.export import native_deeper
from equity.lens.answers import Completeness
from equity.words import completeness as words
from equity.words import predictions


def ask(question: Question, source: Source) -> Completeness:
    """Who is missing from the answer."""
    return source.completeness(question.choices)


def place(question: Question, answer: Completeness) -> Card:
    """How much is known, at every site."""
    return Card(
        key="place",
        finding=words.chart_title(answer),
        figure=charts.by_place(answer),
        alt=words.alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: [words.SHARES],
        native=lambda: native_deeper.shares_known(answer, "all", "place"),
        recipe=recipe("completeness", "place", question),
    )


def bounds(question: Question, answer: Completeness) -> Card:
    """How far each gap could be, whoever the missing are."""
    return Card(
        key="bounds",
        finding=words.bounds_chart_title(answer),
        figure=charts.bounds(answer),
        alt=words.bounds_alt_text(answer),
        table=lambda: words.bounds_table(answer),
        caption=words.bounds_caption(answer),
        numbers=lambda: answer.bounds,
        answer=answer,
        method=lambda: [words.BOUNDS],
        native=lambda: native_deeper.gap_bounds(answer),
        recipe=recipe("completeness", "bounds", question),
    )


def over_time(question: Question, answer: Completeness) -> Card:
    """How much is known, period by period and by outcome."""
    return Card(
        key="time",
        finding=words.over_time_title(answer),
        figure=charts.over_time(answer),
        alt=words.over_time_alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: [words.SHARES],
        native=lambda: native_deeper.shares_known(answer, "period", "outcome"),
        recipe=recipe("completeness", "time", question),
    )


MAKERS: Final[Mapping[str, Maker]] = {
    "place": maker(ask, place, predictions.known),
    "bounds": maker(ask, bounds, predictions.bounds),
    "time": maker(ask, over_time, predictions.known_over_time),
}
