"""The cards of who is missing: by place, the bounds that the missing put on a gap, and over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from equity.cards.card import Card
from equity.cards.maker import Maker, PageCards, Wishes, maker
from equity.cards.page_question import PageQuestion
from equity.cards.recipe import ODD, recipe
from equity.cards.source import Source
from equity.charts import completeness as charts
from equity.charts import unknown_groups as unknown_charts
from equity.export import native_deeper
from equity.lens.answers import Completeness
from equity.lens.unknown_groups import Assumed, assume, assumptions
from equity.vocabulary import PlainError
from equity.words.answers import completeness as words
from equity.words.answers import predictions
from equity.words.answers import unknown_groups as unknown_words
from equity.words.labels.cards import CARD_TEXTS

OF, SHARE, FARED = "of", "share", "fared"
"""What a card of assumptions was asked besides the question: whose gap, which share is theirs, how those fared."""
NOTHING_ASSUMED = CARD_TEXTS["nothing_can_be_assumed_here"]


def ask(question: PageQuestion, source: Source) -> Completeness:
    """Who is missing from the answer."""
    return source.completeness(question.choices)


def place(question: PageQuestion, answer: Completeness) -> Card:
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


def bounds(question: PageQuestion, answer: Completeness) -> Card:
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


def over_time(question: PageQuestion, answer: Completeness) -> Card:
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


def if_unknown(question: PageQuestion, answer: Completeness, assumed: Assumed) -> Card:
    """One group's gap along how those not recorded could have fared."""
    made = recipe("completeness", "if_unknown", question).with_part(OF, assumed.group)
    return Card(
        key="if_unknown",
        finding=unknown_words.title(answer, assumed),
        figure=unknown_charts.along(answer, assumed),
        alt=unknown_words.alt_text(answer, assumed),
        table=lambda: unknown_words.table(answer, assumed),
        caption=unknown_words.caption(answer, assumed),
        numbers=lambda: assumptions(answer, assumed.share),
        answer=answer,
        method=lambda: [unknown_words.METHOD, *unknown_words.in_words(answer, assumed)],
        recipe=made.with_part(SHARE, f"{assumed.share:.4f}").with_part(FARED, f"{assumed.fared:.2f}"),
    )


def _if_unknown(question: PageQuestion, wishes: Wishes, source: Source) -> Card:
    answer = ask(question, source)
    if not answer.counts:
        raise PlainError(NOTHING_ASSUMED)
    group = wishes.get(OF, "") or next(iter(answer.counts))
    share, fared = (_number(wishes.get(part, "")) for part in (SHARE, FARED))
    return if_unknown(question, answer, assume(answer, group, share, 0.5 if fared is None else fared))


def _number(text: str) -> float | None:
    """A number out of a link; nothing where it says none."""
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise PlainError(ODD) from None


MAKERS: Final[Mapping[str, Maker]] = {
    "place": maker(ask, place, predictions.known),
    "bounds": maker(ask, bounds, predictions.bounds),
    "if_unknown": Maker(_if_unknown, lambda q, held: predictions.if_not_recorded(q.choices, held)),
    "time": maker(ask, over_time, predictions.known_over_time),
}
CARDS: Final = PageCards(MAKERS)
