"""The cards of where a gap lives: each site, each gap in its two parts, and sites as a funnel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from equity.cards.card import Card
from equity.cards.maker import Maker, PageCards, Wishes
from equity.cards.page_question import PageQuestion
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import gap_sources as charts
from equity.charts import site_effects as model_charts
from equity.charts import site_funnel as funnel_charts
from equity.export import native_deeper
from equity.lens.answers import GapSources, SiteFunnel
from equity.vocabulary import PlainError
from equity.words.answers import gap_sources as words
from equity.words.answers import predictions
from equity.words.answers import site_effects as model_words
from equity.words.answers import site_funnel as funnel_words
from equity.words.labels.cards import CARD_TEXTS

FUNNEL_OF, FUNNEL_GROUP = "funnel_of", "funnel_group"
"""What else the funnel was asked: the gap or the group's own rate, and whose."""
ONE_GROUPING = CARD_TEXTS["this_dataset_has_only_one_grouping"]


def ask(question: PageQuestion, source: Source) -> GapSources:
    """The gaps split; raises :class:`PlainError` where a dataset has one grouping only."""
    if not question.codes["within"]:
        raise PlainError(ONE_GROUPING)
    return source.gap_sources(replace(question.choices, where=()), question.codes["within"])


def sites(question: PageQuestion, answer: GapSources) -> Card:
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


def split(question: PageQuestion, answer: GapSources) -> Card:
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


def ask_funnel(question: PageQuestion, group: str, of: str, source: Source) -> SiteFunnel:
    """Sites as a funnel; raises :class:`PlainError` where there are too few to compare."""
    if not question.codes["within"]:
        raise PlainError(ONE_GROUPING)
    return source.site_funnel(replace(question.choices, where=()), question.codes["within"], group, of)


def funnel(question: PageQuestion, answer: SiteFunnel) -> Card:
    """Sites against what chance and ordinary variation between them explain."""
    again = recipe("gap_sources", "funnel", question).with_part(FUNNEL_OF, answer.of)
    return Card(
        key="funnel",
        finding=funnel_words.chart_title(answer),
        figure=funnel_charts.funnel(answer),
        alt=funnel_words.alt_text(answer),
        table=lambda: funnel_words.table(answer),
        caption=funnel_words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: [*funnel_words.what_it_comes_to(answer), funnel_words.method(answer)],
        native=lambda: native_deeper.sites_of_funnel(answer),
        recipe=again.with_part(FUNNEL_GROUP, answer.group),
    )


def _funnel_again(question: PageQuestion, wishes: Wishes, source: Source) -> Card:
    of = wishes.get(FUNNEL_OF, "gap")
    group = wishes.get(FUNNEL_GROUP) or funnel_group(question, source)
    return funnel(question, ask_funnel(question, group, of if of in funnel_words.OF_NAMES else "gap", source))


def funnel_group(question: PageQuestion, source: Source) -> str:
    """Whose sites are shown: those of the group that the page's finding is about."""
    return words.focus(ask(question, source))


def model(question: PageQuestion, answer: GapSources) -> Card:
    """Every gap as measured and within the places by the model."""
    if not model_words.there(answer):
        raise PlainError(model_words.why_not(answer) or ONE_GROUPING)
    return Card(
        key="model",
        finding=model_words.title(answer),
        figure=model_charts.within(answer),
        alt=model_words.alt_text(answer),
        table=lambda: model_words.table(answer),
        caption=model_words.caption(answer),
        numbers=lambda: answer.model,
        answer=answer,
        method=lambda: [model_words.METHOD, *model_words.in_words(answer), *model_words.caveats(answer)],
        native=lambda: native_deeper.within_by_model(answer),
        recipe=recipe("gap_sources", "model", question),
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
    "funnel": Maker(_funnel_again, lambda q, held: predictions.outside_the_funnel(q.choices, q.codes["within"], held)),
    "model": Maker(
        lambda question, _, source: model(question, ask(question, source)),
        lambda q, held: predictions.within_or_between(q.choices, q.codes["within"], held),
    ),
}
CARDS: Final = PageCards(
    MAKERS, asked=frozenset({"dataset", "measure", "by", "reference", "period", "within"}), called="gap-breakdown"
)
