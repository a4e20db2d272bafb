"""The cards of groups within groups: the map of two groupings, and the dots of the cells furthest from their groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from equity.cards.card import Card
from equity.cards.maker import Maker, PageCards
from equity.cards.page_question import PageQuestion
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import intersections as charts
from equity.charts import strata_model as model_charts
from equity.export import native_deeper
from equity.lens.answers import Intersections
from equity.vocabulary import PlainError
from equity.words.answers import intersections as words
from equity.words.answers import predictions
from equity.words.answers import strata_model as model_words
from equity.words.labels.cards import CARD_TEXTS

NO_MODEL = CARD_TEXTS["a_model_of_combined_groups_takes"]
ONE_GROUPING = CARD_TEXTS["this_dataset_has_only_one_grouping_so"]


def crossed(question: PageQuestion) -> tuple[str, ...]:
    """The stratifiers that are crossed."""
    return tuple(question.codes[part] for part in ("by", "second", "third") if question.codes[part])


def ask(question: PageQuestion, source: Source) -> Intersections:
    """The groups within groups; raises :class:`PlainError` where a dataset has one grouping only."""
    by = crossed(question)
    if len(by) < 2:
        raise PlainError(ONE_GROUPING)
    return source.intersections(replace(question.choices, where=(), reference=None), by)


def cards(question: PageQuestion, answer: Intersections) -> list[Card]:
    """The page's cards, in its order: three groupings do not fit a map."""
    pictures = [*([heat_map(question, answer)] if len(answer.stratifiers) == 2 else []), dots(question, answer)]
    return [*pictures, *([model(question, answer)] if answer.model is not None else [])]


def heat_map(question: PageQuestion, answer: Intersections) -> Card:
    """Two groupings crossed, a cell a group within a group."""
    return Card(
        key="map",
        finding=words.chart_title(answer),
        figure=charts.heat_map(answer),
        alt=words.alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: [words.POOLED],
        recipe=recipe("intersections", "map", question),
    )


def dots(question: PageQuestion, answer: Intersections) -> Card:
    """The cells furthest from what their groups suggest."""
    return Card(
        key="dots",
        finding=words.dots_title(answer),
        figure=charts.dots(answer),
        alt=words.dots_alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: [words.POOLED],
        native=lambda: native_deeper.furthest(answer),
        recipe=recipe("intersections", "dots", question),
    )


def model(question: PageQuestion, answer: Intersections) -> Card:
    """How much lies between the combined groups, and how much of that each grouping explains alone."""
    if answer.model is None:
        raise PlainError(NO_MODEL)
    return Card(
        key="model",
        finding=model_words.title(answer),
        figure=model_charts.shares(answer),
        alt=model_words.alt_text(answer),
        table=lambda: model_words.table(answer),
        caption=model_words.caption(answer),
        numbers=lambda: model_words.values(answer),
        answer=answer,
        method=lambda: [model_words.METHOD, *model_words.in_words(answer), *model_words.caveats()],
        native=lambda: native_deeper.strata_shares(answer),
        recipe=recipe("intersections", "model", question),
    )


MAKERS: Final[Mapping[str, Maker]] = {
    "map": Maker(
        lambda question, _, source: heat_map(question, ask(question, source)),
        lambda q, held: predictions.crossed(q.choices, crossed(q), held),
    ),
    "dots": Maker(
        lambda question, _, source: dots(question, ask(question, source)),
        lambda q, held: predictions.furthest(q.choices, crossed(q), held),
    ),
    "model": Maker(
        lambda question, _, source: model(question, ask(question, source)),
        lambda q, held: predictions.between_groups(q.choices, crossed(q), held),
    ),
}
CARDS: Final = PageCards(MAKERS, asked=frozenset({"dataset", "measure", "by", "period", "second", "third"}))
