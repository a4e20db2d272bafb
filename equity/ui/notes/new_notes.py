"""What others wrote since one last read the notes, where people begin."""

from __future__ import annotations

import streamlit as st

from equity.actions import notes as actions
from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, page
from equity.ui.session import sign_in, workspace
from equity.words.page import notes as words

MOST = 3


def show_new_notes() -> None:
    """Draw the newest of them with a link to all; nothing where nothing is new."""
    if not sign_in.may("read_notes"):
        return
    here = workspace.here()
    new = actions.new_notes(here)
    if not new:
        return
    naming = sum(here.person.id in kept.content.named for kept in new)
    with st.container(border=True, key="new_notes"):
        lines = [words.new_line(kept, here.person.id) for kept in new[:MOST]]
        prose.listed(words.counted_new(len(new), naming), lines, 2)
        st.page_link(page("notes"), label=ENTRIES["notes"].title, icon=ENTRIES["notes"].icon)
