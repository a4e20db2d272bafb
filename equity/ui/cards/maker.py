"""What it takes to make one card from nothing but a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from equity.lens.choices import Choices
from equity.ui.card import Card
from equity.ui.question import Question
from equity.vocabulary import Description
from equity.words.predictions import Prediction

Wishes = Mapping[str, str]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Maker:
    """A card's two faces.

    ``make`` asks and gives the card; the second argument holds what else the card was asked, besides the question.
    ``ask_first`` gives what is shown before it: a question and an empty frame, from the description of the data alone.
    """

    make: Callable[[Question, Wishes], Card]
    ask_first: Callable[[Question, Description], Prediction]


def maker(
    ask: Callable[[Question], Answer],
    card: Callable[[Question, Answer], Card],
    ask_first: Callable[[Choices, Description], Prediction],
) -> Maker:
    """The maker of a card that hangs on its question alone: ask, make; before it, ask from the choices."""
    return Maker(
        lambda question, _: card(question, ask(question)), lambda question, held: ask_first(question.choices, held)
    )
