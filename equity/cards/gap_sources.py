"""The cards of where a gap lives: each site, and each gap in its two parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from equity.cards.card import Card
from equity.cards.maker import Maker
from equity.cards.question import Question
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import gap_sources as charts
from equity.export import native_deeper
from equity.lens.answers import GapSources
from equity.vocabulary import PlainError
from equity.words import gap_sources as words
from equity.words import predictions

ONE_GROUPING = "This dataset has only one grouping, so there is nothing to look within."


def ask(question: Question, source: Source) -> GapSources:
    """The gaps split; raises :class:`PlainError` where a dataset has one grouping only."""
    if not question.codes["within"]:
        raise PlainError(ONE_GROUPING)
    return source.gap_sources(replace(question.choices, where=()), question.codes["within"])


def sites(question: Question, answer: GapSources) -> Card:
    """The group in focus and its reference at every site."""
    return Card(
        key="sites",
        finding=words.chart_title(answer),
        figure=charts.sites(answer),
        alt=words.alt_text(answer),
        table=lambda: words.strata_table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.strata,
        answer=answer,
        method=lambda: [words.SPLIT],
        native=lambda: native_deeper.gap_at_each_site(answer),
        recipe=recipe("gap_sources", "sites", question),
    )


def split(question: Question, answer: GapSources) -> Card:
    """Every gap within the sites and between them."""
    return Card(
        key="split",
        finding=words.split_chart_title(answer),
        figure=charts.split(answer),
        alt=words.split_alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.parts,
        answer=answer,
        method=lambda: [words.SPLIT, words.ADJUSTED],
        native=lambda: native_deeper.within_sites(answer),
        recipe=recipe("gap_sources", "split", question),
    )


MAKERS: Final[Mapping[str, Maker]] = {
    "sites": Maker(
        lambda question, _, source: sites(question, ask(question, source)),
        lambda q, held: predictions.each_place(q.choices, q.codes["within"], held),
    ),
    "split": Maker(
        lambda question, _, source: split(question, ask(question, source)),
        lambda q, held: predictions.within_or_between(q.choices, q.codes["within"], held),
    ),
}
