"""From a recipe to its card, and to the question that is asked before it is shown."""

from __future__ import annotations

from typing import Final

from equity.cards import (
    age_standard,
    areas,
    completeness,
    disparities,
    explore,
    gap_sources,
    intersections,
    scan,
    summary,
    trends,
)
from equity.cards.card import Card
from equity.cards.maker import Maker
from equity.cards.recipe import ODD, Recipe
from equity.cards.source import Source
from equity.vocabulary import PlainError
from equity.words.answers.predictions import Prediction

MAKERS: Final = {
    "areas": areas.MAKERS,
    "completeness": completeness.MAKERS,
    "disparities": {**disparities.MAKERS, **age_standard.GROUPS},
    "explore": explore.MAKERS,
    "gap_sources": gap_sources.MAKERS,
    "intersections": intersections.MAKERS,
    "scan": scan.MAKERS,
    "summary": summary.MAKERS,
    "trends": {**trends.MAKERS, **age_standard.OVER_TIME},
}


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
