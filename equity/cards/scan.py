"""The cards of the scan: the ranked list with how sure each place is, the map, and one group on every measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from equity.cards import areas
from equity.cards.card import Card
from equity.cards.maker import Maker, PageCards, maker
from equity.cards.page_question import PageQuestion
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import scan as charts
from equity.export import native, native_deeper
from equity.lens.answers import Areas, OneGroup
from equity.vocabulary import Description
from equity.words.answers import one_group as group_words
from equity.words.answers import predictions
from equity.words.answers import scan as words

ONE_GROUP: Final = "one_group"


def ask(question: PageQuestion, source: Source) -> Areas:
    """What the page of clinical areas asks too."""
    return areas.ask(question, source)


def ranked(question: PageQuestion, answer: Areas) -> Card:
    """The clear gaps, most people first."""
    return Card(
        key="ranked",
        finding=words.ranked_chart_title(answer),
        figure=charts.ranked(answer),
        alt=words.ranked_alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        native=lambda: native.people_affected(answer),
        method=lambda: [words.how_sure(answer), words.PLACES],
        recipe=recipe("scan", "ranked", question),
    )


def heat_map(question: PageQuestion, answer: Areas) -> Card:
    """Measures by groupings."""
    return Card(
        key="map",
        finding=words.chart_title(answer),
        figure=charts.heat_map(answer),
        alt=words.alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: [words.how_sure(answer)],
        recipe=recipe("scan", "map", question),
    )


def ask_one_group(question: PageQuestion, source: Source) -> OneGroup:
    """The group that was picked, on every measure; of a question that names none, the first that there is."""
    by, _, group = (question.codes["one_group"] or _first(question)).partition(":")
    return source.one_group(replace(question.choices, measure="", by=by, reference=None, focus=group))


def _first(question: PageQuestion) -> str:
    return next((option.code for option in question.options["one_group"] if option.code), "")


def one_group(question: PageQuestion, answer: OneGroup) -> Card:
    """One group on every measure."""
    return Card(
        key=ONE_GROUP,
        finding=group_words.chart_title(answer),
        figure=charts.one_group(answer),
        alt=group_words.alt_text(answer),
        table=lambda: group_words.table(answer),
        caption=group_words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        native=lambda: native_deeper.one_group(answer),
        method=lambda: [group_words.how_sure(answer), words.PLACES],
        recipe=recipe("scan", ONE_GROUP, question),
    )


def _one_group_first(question: PageQuestion, held: Description) -> predictions.Prediction:
    """What is asked before that card."""
    by, _, group = (question.codes["one_group"] or _first(question)).partition(":")
    return predictions.one_group(replace(question.choices, by=by, focus=group), held)


MAKERS: Final[Mapping[str, Maker]] = {
    "ranked": maker(ask, ranked, predictions.most_people),
    "map": maker(ask, heat_map, predictions.scan),
    ONE_GROUP: Maker(
        lambda question, _, source: one_group(question, ask_one_group(question, source)), _one_group_first
    ),
}
CARDS: Final = PageCards(MAKERS, asked=frozenset({"dataset", "period", "where", "one_group"}), called="largest-gaps")
