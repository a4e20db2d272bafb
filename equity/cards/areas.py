"""The cards of clinical areas: the map of the gaps, and the list of those that touch most people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from equity.cards.card import Card
from equity.cards.maker import Maker, PageCards, maker
from equity.cards.page_question import PageQuestion
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import areas as charts
from equity.export import native
from equity.lens.answers import Areas
from equity.words.answers import areas as words
from equity.words.answers import computed, predictions


def ask(question: PageQuestion, source: Source) -> Areas:
    """Every measure by every grouping, beside its own reference."""
    return source.areas(replace(question.choices, measure="", by="", reference=None))


def heat_map(question: PageQuestion, answer: Areas) -> Card:
    """Clinical areas by groupings."""
    return Card(
        key="map",
        finding=words.chart_title(answer),
        figure=charts.heat_map(answer),
        alt=words.alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: computed.of_areas(answer),
        recipe=recipe("areas", "map", question),
    )


def ranked(question: PageQuestion, answer: Areas) -> Card:
    """The gaps that touch most people."""
    return Card(
        key="ranked",
        finding=words.ranked_chart_title(answer),
        figure=charts.ranked(answer),
        alt=words.ranked_alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: computed.of_areas(answer),
        native=lambda: native.people_affected(answer),
        recipe=recipe("areas", "ranked", question),
    )


MAKERS: Final[Mapping[str, Maker]] = {
    "map": maker(ask, heat_map, predictions.areas),
    "ranked": maker(ask, ranked, predictions.most_people),
}
CARDS: Final = PageCards(MAKERS, asked=frozenset({"dataset", "period", "where"}))
