"""Presentation: the cards that you chose, one at a time in large type, or all of them to download."""

import streamlit as st

from equity.ui.presenting import slides
from equity.ui.presenting.card_set_page import show_set
from equity.ui.question.page_parts import page_title

cards = slides.wanted(st.query_params.to_dict())
if cards:
    slides.present(cards)
else:
    page_title("presenting")
    show_set()
