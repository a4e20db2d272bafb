"""The way for a phone into a decision that is being weighed: a link and its QR code, shown once."""

from __future__ import annotations

import streamlit as st

from equity.access.here import Here
from equity.actions.calls.weighing_links import close_weighing_links, make_weighing_link
from equity.focus.room import FocusRoom
from equity.store.records.kept import Kept
from equity.ui.components.phone_address import origin, qr_code
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.workspace import allowed_at
from equity.words.labels.layout import LAYOUT_TEXTS
from equity.words.work import focus_page as words


def offer(here: Here, kept: Kept[FocusRoom]) -> None:
    """Make a link and show it as long as this session lasts; or close all that there are."""
    if not sign_in.may("decide"):
        return
    shown = f"weighing_link_{kept.id}"
    with st.expander(words.ON_A_PHONE, icon=":material/smartphone:", key=f"phones_{kept.id}"):
        prose.small(words.LINK_IS)
        with st.container(horizontal=True):
            if st.button(words.NEW_LINK, key=f"link_{kept.id}"):
                st.session_state[shown] = make_weighing_link(allowed_at(here, "decide"), kept)
            if st.button(words.CLOSE_LINKS, key=f"unlink_{kept.id}"):
                close_weighing_links(allowed_at(here, "decide"), kept)
                st.session_state.pop(shown, None)
        if token := st.session_state.get(shown):
            address = f"{origin()}/weigh/{token}"
            st.code(address, language=None, wrap_lines=True)
            told = LAYOUT_TEXTS["a_code_for_a_phone"].format(address=address)
            st.image(qr_code(address), width=260, alt=told)
