"""How a card can be made again: which card, of which version of which data, for which question. Never its pixels.

A recipe fits into a link, so a card can be opened large in a window of its own, and a set of chosen cards is a list of
recipes. What comes back from a link is looked up in the dataset again, and refused when it does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from equity.cards.page_question import PARTS, PageQuestion, resolve
from equity.cards.source import Source
from equity.vocabulary import Description, PlainError
from equity.words.labels.cards import CARD_TEXTS

NOT_HERE = CARD_TEXTS["the_data_of_this_card"]
ODD = CARD_TEXTS["this_card_was_not_chosen"]
_CARD, _VERSION, _MADE = "card", "version", "made"
_OF_ONE_CARD = {"against": "side_by_side", "one_group": "one_group"}


@dataclass(frozen=True)
class Recipe:
    """A card of a page.

    ``page`` and ``card`` name it (``disparities``, ``groups``); ``codes`` are the parts of the question as they stand
    in a link, and what else the card was asked; ``version`` and ``made`` tell the data from a later version and from a
    dataset that was deleted and loaded anew under the same name.
    """

    page: str
    card: str
    codes: tuple[tuple[str, str], ...]
    version: int
    made: str

    def with_part(self, part: str, code: str) -> Recipe:
        """The same with one more thing that the card was asked."""
        return replace(self, codes=(*self.codes, (part, code)))

    def parameters(self) -> dict[str, str]:
        """The recipe as the parameters of a link."""
        return link_to_cards(self, (self.card,))

    @property
    def wishes(self) -> dict[str, str]:
        """What was asked, by part."""
        return dict(self.codes)

    def description(self, source: Source) -> Description:
        """What the version that it was made from holds; raises :class:`PlainError` when that is gone."""
        name = self.wishes.get("dataset", "")
        refused = PlainError(NOT_HERE.format(dataset=name, version=self.version))
        description = source.description_of_version(name, self.version)
        if description is None or description.created != self.made:
            raise refused
        return description

    def question(self, source: Source) -> PageQuestion:
        """The question; raises :class:`PlainError` when its data are gone or do not fit it."""
        description = self.description(source)
        asked = {part: code for part, code in self.codes if part in PARTS}
        question = resolve([description.dataset], description, asked)
        if question.nothing or any(question.codes[part] != code for part, code in asked.items()):
            raise PlainError(ODD)
        return question


def recipe(page: str, card: str, question: PageQuestion) -> Recipe:
    """The recipe of a card that answers a question; what only one card is asked is part of that card alone."""
    aside = {part for part, of in _OF_ONE_CARD.items() if card != of}
    codes = tuple((part, code) for part, code in question.codes.items() if code and part not in aside)
    return Recipe(page, card, codes, question.version, question.made)


def link_to_cards(one: Recipe, cards: Sequence[str]) -> dict[str, str]:
    """A link's parameters for several cards of one page and one question."""
    every = ",".join(f"{one.page}.{card}" for card in cards)
    return {**dict(one.codes), _CARD: every, _VERSION: str(one.version), _MADE: one.made}


def recipes_in(link: Mapping[str, str]) -> tuple[Recipe, ...]:
    """The cards that a link's parameters name, none when they name none; raises :class:`PlainError` when they are odd.

    Whether there are such cards and such data is found out when they are made.
    """
    named = [name.partition(".") for name in link.get(_CARD, "").split(",") if name]
    if not named:
        return ()
    version = link.get(_VERSION, "")
    if not version.isascii() or not version.isdigit() or len(version) > 9:
        raise PlainError(ODD)
    codes = tuple((part, code) for part, code in link.items() if part not in (_CARD, _VERSION, _MADE))
    return tuple(Recipe(page, card, codes, int(version), link.get(_MADE, "")) for page, _, card in named)
