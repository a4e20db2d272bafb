"""The cards of the scan: the ranked list with how sure each place is, and the map of measures by groupings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from equity.cards import areas
from equity.cards.card import Card
from equity.cards.maker import Maker, PageCards, maker
from equity.cards.page_question import PageQuestion
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import scan as charts
from equity.export import native
from equity.lens.answers import Areas
from equity.words.answers import predictions
from equity.words.answers import scan as words


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


MAKERS: Final[Mapping[str, Maker]] = {
    "ranked": maker(ask, ranked, predictions.most_people),
    "map": maker(ask, heat_map, predictions.scan),
}
CARDS: Final = PageCards(MAKERS, asked=frozenset({"dataset", "period", "where"}), called="largest-gaps")
