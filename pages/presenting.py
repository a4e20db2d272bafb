"""Presentation: the cards that you chose, one at a time in large type, or all of them to download."""

import streamlit as st

from equity.ui import presenting
from equity.ui.chosen_cards import show_set
from equity.ui.page_parts import page_title

cards = presenting.wanted(st.query_params.to_dict())
if cards:
    presenting.present(cards)
else:
    page_title("presenting")
    show_set()
