"""What it takes to make one card from nothing but a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from equity.cards.card import Card
from equity.cards.page_question import PageQuestion
from equity.cards.source import Source
from equity.lens.choices import Choices
from equity.vocabulary import Description
from equity.words.answers.predictions import Prediction

Wishes = Mapping[str, str]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Maker:
    """A card's two faces.

    ``make`` asks and gives the card; the second argument holds what else the card was asked, besides the question, and
    the third is whose numbers it shows.
    ``ask_first`` gives what is shown before it: a question and an empty frame, from the description of the data alone.
    """

    make: Callable[[PageQuestion, Wishes, Source], Card]
    ask_first: Callable[[PageQuestion, Description], Prediction]


COMPARED: Final = frozenset({"dataset", "measure", "by", "reference", "period", "where"})
"""The parts of a question that groups compared are asked by."""


@dataclass(frozen=True)
class PageCards:
    """The cards of a page, the one that opens it first; a module lists its own as ``CARDS`` (`made_again.py`).

    ``asked`` are the parts of a question that they answer: a release need not hold the others.
    ``called`` is what the page's question is called in a terminal, where that is not the page's name with hyphens.
    """

    makers: Mapping[str, Maker]
    asked: frozenset[str] = COMPARED
    called: str = ""

    def typed_as(self, page: str) -> str:
        """What the question of this page is called in a terminal."""
        return self.called or page.replace("_", "-")


def maker(
    ask: Callable[[PageQuestion, Source], Answer],
    card: Callable[[PageQuestion, Answer], Card],
    ask_first: Callable[[Choices, Description], Prediction],
) -> Maker:
    """The maker of a card that hangs on its question alone: ask, make; before it, ask from the choices."""
    return Maker(
        lambda question, _, source: card(question, ask(question, source)),
        lambda question, held: ask_first(question.choices, held),
    )
