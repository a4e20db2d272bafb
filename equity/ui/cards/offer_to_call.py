"""Looking around while a call is on: the call that a member came from, and the button that offers it a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from equity.actions.calls.call_offers import offer_card
from equity.actions.calls.live_calls import own_call
from equity.store.files.home import home_folder
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.workspace import allowed_at, here
from equity.vocabulary import PlainError
from equity.words.call import calls as words

if TYPE_CHECKING:
    from equity.cards.card import Card

_CALL = "following_call"


def notice() -> None:
    """Remember, for this session, which call a link to the dashboard came from."""
    came_from = st.query_params.get("call", "")
    if came_from:
        st.session_state[_CALL] = came_from[:32]


def offer_button(card: Card) -> None:
    """Draw the button, for a member who came from a call."""
    call = st.session_state.get(_CALL, "")
    if not call or not sign_in.may("see_workspace"):
        return
    if st.button(words.OFFER, type="tertiary", icon=":material/move_up:", key=f"offer_{card.key}"):
        try:
            place = allowed_at(here(), "see_workspace")
            offer_card(place, home_folder(), own_call(place, call), card.recipe)
        except PlainError as error:
            prose.problem(str(error))
            return
        st.toast(words.OFFERED)
