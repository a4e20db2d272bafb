"""The cards that a person chose, for a call or to download: a list of recipes, kept as long as the session.

What is kept is how each card is made and its title, never its numbers: a card is made anew, from the version of the
data that it was chosen from, when it is shown or taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from equity.cards.recipe import Recipe
from equity.ui.question import answers
from equity.words.labels.cards import CARD_TEXTS
from equity.words.page import choices as sentence
from equity.words.sharing import provenance

if TYPE_CHECKING:
    from equity.cards.card import Card

MOST = 30
"""A set is for one sitting; more cards than this are refused with a sentence."""


@dataclass(frozen=True)
class Chosen:
    """A card in the set: how it is made; its title and the question that it answered when it was chosen."""

    recipe: Recipe
    finding: str
    asked: str


def cards() -> tuple[Chosen, ...]:
    """The set, in its order."""
    kept: tuple[Chosen, ...] = st.session_state.get("chosen_cards", ())
    return kept


def choose_button(card: Card) -> None:
    """A button that adds a card to the set, or takes it out when it is in it."""
    inside = any(each.recipe == card.recipe for each in cards())
    st.button(
        "In your presentation" if inside else "Add to presentation",
        icon=":material/check:" if inside else ":material/add:",
        type="tertiary",
        key=f"keep_{card.key}",
        on_click=_turn,
        args=(card,),
    )


def remove(recipe: Recipe) -> None:
    """Take a card out."""
    st.session_state["chosen_cards"] = tuple(each for each in cards() if each.recipe != recipe)


def move(recipe: Recipe, steps: int) -> None:
    """Move a card up (−1) or down (+1); at an end it stays where it is."""
    kept = list(cards())
    at = next((i for i, each in enumerate(kept) if each.recipe == recipe), -1)
    if at >= 0 and 0 <= at + steps < len(kept):
        kept.insert(at + steps, kept.pop(at))
        st.session_state["chosen_cards"] = tuple(kept)


def _turn(card: Card) -> None:
    """Into the set, or out of it."""
    kept, recipe = cards(), card.recipe
    if any(each.recipe == recipe for each in kept):
        remove(recipe)
    elif len(kept) >= MOST:
        st.toast(CARD_TEXTS["your_presentation_is_full"].format(most=MOST))
    else:
        st.session_state["chosen_cards"] = (*kept, Chosen(recipe, card.finding, asked_of(card)))
        st.toast(CARD_TEXTS["cards_in_your_presentation"].format(kept=len(kept) + 1))


def asked_of(card: Card) -> str:
    """The question that the card answers, as a sentence, and its data."""
    choices, held = card.answer.choices, card.recipe.description(answers)
    measure = held.measure(choices.measure) if choices.measure else None
    return f"{sentence.as_text(choices, measure, held.stratifiers)}. {provenance.data(choices)}"
