"""A page on which there is nothing yet: what it is for, a made-up example in grey, and the one button that begins."""

from __future__ import annotations

import streamlit as st

from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, page


def empty_page(purpose: str, example: str, begins: str = "", on: str = "") -> None:
    """Say all three; ``begins`` is the button's word and ``on`` the page to begin on, where it is another one."""
    prose.paragraph(purpose)
    prose.example(example)
    if on:
        with st.container(key="begin_here"):
            st.page_link(page(on), label=begins, icon=ENTRIES[on].icon)
