"""From a recipe to its card, and to the question that is asked before it is shown."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from types import ModuleType
from typing import Final

from equity import cards
from equity.cards.card import Card
from equity.cards.maker import Maker, PageCards
from equity.cards.recipe import ODD, Recipe
from equity.cards.source import Source
from equity.vocabulary import PlainError
from equity.words.answers.predictions import Prediction


def _modules() -> Iterator[ModuleType]:
    for module in pkgutil.iter_modules(cards.__path__, "equity.cards."):
        if not module.ispkg and module.name != __name__:
            yield import_module(module.name)


def _every_page() -> dict[str, PageCards]:
    """What each module of this room lists, by the page: the module's name."""
    every = list(_modules())
    listed: dict[str, PageCards] = {m.__name__.rpartition(".")[2]: m.CARDS for m in every if hasattr(m, "CARDS")}
    for module in every:
        for page, more in getattr(module, "ON_PAGES_OF_OTHERS", {}).items():
            listed[page] = replace(listed[page], makers={**listed[page].makers, **more})
    return listed


PAGES: Final[Mapping[str, PageCards]] = _every_page()
"""The cards of every page that has some: found by walking this room, so that a new module is all that it takes."""
MAKERS: Final[Mapping[str, Mapping[str, Maker]]] = {page: held.makers for page, held in PAGES.items()}


def made_again(recipe: Recipe, source: Source) -> Card:
    """The card, by the same code as on its page; raises :class:`PlainError` when its data are gone or cannot answer."""
    return _maker(recipe).make(recipe.question(source), recipe.wishes, source)


def asked_first(recipe: Recipe, source: Source) -> Prediction:
    """What is asked before the card is shown. No answer is asked for here, so no value of it can be told."""
    return _maker(recipe).ask_first(recipe.question(source), recipe.description(source))


def _maker(recipe: Recipe) -> Maker:
    maker = MAKERS.get(recipe.page, {}).get(recipe.card)
    if maker is None:
        raise PlainError(ODD)
    return maker
