"""What is new in an answer since whoever is here last looked at its data."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from equity.actions import looking
from equity.cards.card import Card
from equity.cards.made_again import made_again
from equity.notes.looked import Looked
from equity.ui.layout import prose
from equity.ui.question import answers
from equity.ui.session import sign_in, workspace
from equity.vocabulary import PlainError
from equity.words.page import looking as words

_BEFORE = "looked_before"


def say_what_is_new(card: Card) -> None:
    """The finding then and now, where the data are another version than at the last look; else nothing."""
    if not sign_in.may("edit_notes"):
        return
    recipe = card.recipe
    before = _before(recipe.wishes.get("dataset", ""), recipe.version, recipe.made)
    if before is None or (before.version, before.made) == (recipe.version, recipe.made):
        return
    try:
        then = made_again(replace(recipe, version=before.version, made=before.made), answers).finding
    except PlainError:  # that version is gone, or could not answer this
        then = ""
    prose.notice(words.since(before, recipe.version, then, card.finding))


def _before(dataset: str, version: int, made: str) -> Looked | None:
    """The last look before this session, which is itself one from now on."""
    seen: dict[str, Looked | None] = st.session_state.setdefault(_BEFORE, {})
    if dataset not in seen:
        here = workspace.here()
        seen[dataset] = looking.last_look(here, dataset)
        looking.have_looked(here, dataset, version, made)
    return seen[dataset]
