"""The focus and the aims of the workspace, where people begin: a line each, and a link to the page that shows more."""

from __future__ import annotations

import streamlit as st

from equity.actions.work.work_in_hand import InHand, work_in_hand
from equity.cube import Cube
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, page
from equity.ui.session import workspace
from equity.words.work import focus_page as words


def cube_of(dataset: str) -> Cube:
    """The newest version of a dataset; raises :class:`PlainError` when it is gone."""
    held = in_memory.description(dataset)
    return in_memory.cube(held.dataset, held.version, held.created)


def show_in_hand() -> None:
    """Draw what is in hand; nothing before a focus was chosen or an aim set."""
    in_hand = work_in_hand(workspace.here(), cube_of)
    if in_hand.focus is None and not in_hand.aims:
        return
    with st.container(border=True, key="in_hand"):
        prose.heading(words.IN_HAND)
        if in_hand.focus is not None:
            _line(in_hand.focus)
        for aim in in_hand.aims:
            _line(aim)
        with st.container(horizontal=True, gap="small"):
            for name in ("focus", "aims"):
                st.page_link(page(name), label=ENTRIES[name].title, icon=ENTRIES[name].icon)


def _line(held: InHand) -> None:
    prose.paragraph(held.said)
    if held.now:
        prose.small(held.now)
    st.page_link(page(held.page), label=words.LOOK, icon=ENTRIES[held.page].icon, query_params=held.asks)
