"""What can be done with a card: present it, add it to the chosen cards, take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from equity.ui.cards.consider import consider_button
from equity.ui.cards.offer_to_call import offer_button
from equity.ui.cards.picture import picture_button
from equity.ui.cards.pinned import pin_button
from equity.ui.cards.take_away import take_away
from equity.ui.page_registry import page
from equity.ui.presenting import card_set
from equity.ui.session import sign_in

if TYPE_CHECKING:
    from equity.cards.card import Card


def card_tools(card: Card, stem: str) -> None:
    """Draw the links and buttons under a card's chart; ``stem`` begins the names of files."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"away_{card.key}"):
        st.page_link(
            page("presenting"), label="Present", icon=":material/present_to_all:", query_params=card.recipe.parameters()
        )
        card_set.choose_button(card)
        pin_button(card)
        if sign_in.may("lead_call"):
            st.page_link(
                page("learning_call"), label="Start a call", icon=":material/groups:",
                query_params=card.recipe.parameters(),
            )  # fmt: skip
        offer_button(card)
        consider_button(card)
        if sign_in.may("export"):
            away = st.popover(
                "Download", type="tertiary", icon=":material/download:", key=f"take_{card.key}", on_change="rerun"
            )
            if away.open:
                with away:
                    picture_button(card, stem)
                    take_away(card, stem)
