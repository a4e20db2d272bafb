"""The card of a question of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from equity.cards.card import Card
from equity.cards.maker import Maker, PageCards
from equity.cards.page_question import PageQuestion
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import explore as charts
from equity.explore.asked import Asked, from_codes
from equity.explore.explored import Explored
from equity.words.answers import explore as words


def ask(question: PageQuestion, asked: Asked, source: Source) -> Explored:
    """The answer; raises :class:`PlainError` where the source or its data cannot give one."""
    return source.explored(replace(question.choices, where=(), reference=None), asked)


def cells(question: PageQuestion, answer: Explored) -> Card:
    """The cells that were asked for, in the way that was asked for."""
    made = recipe("explore", "cells", question)
    for part, code in answer.asked.codes:
        made = made.with_part(part, code)
    return Card(
        key="cells",
        finding=words.finding(answer),
        figure=charts.draw(answer),
        alt=words.alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: [words.METHOD],
        recipe=made,
    )


MAKERS: Final[Mapping[str, Maker]] = {
    "cells": Maker(
        lambda question, wishes, source: cells(question, ask(question, from_codes(dict(wishes)), source)),
        lambda question, held: words.prediction(question.choices, held),
    ),
}
CARDS: Final = PageCards(MAKERS)
