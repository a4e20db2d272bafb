"""From a recipe to its card, and to the question that is asked before it is shown."""

from __future__ import annotations

from typing import Final

from equity.ui.card import Card
from equity.ui.cards import areas, completeness, disparities, gap_sources, intersections, scan, summary, trends
from equity.ui.cards.maker import Maker
from equity.ui.recipe import ODD, Recipe
from equity.vocabulary import PlainError
from equity.words.predictions import Prediction

MAKERS: Final = {
    "areas": areas.MAKERS,
    "completeness": completeness.MAKERS,
    "disparities": disparities.MAKERS,
    "gap_sources": gap_sources.MAKERS,
    "intersections": intersections.MAKERS,
    "scan": scan.MAKERS,
    "summary": summary.MAKERS,
    "trends": trends.MAKERS,
}


def made_again(recipe: Recipe) -> Card:
    """The card, by the same code as on its page; raises :class:`PlainError` when its data are gone or cannot answer."""
    return _maker(recipe).make(recipe.question(), recipe.wishes)


def asked_first(recipe: Recipe) -> Prediction:
    """What is asked before the card is shown. No answer is asked for here, so no value of it can be told."""
    return _maker(recipe).ask_first(recipe.question(), recipe.description())


def _maker(recipe: Recipe) -> Maker:
    found = MAKERS.get(recipe.page, {}).get(recipe.card)
    if found is None:
        raise PlainError(ODD)
    return found
