"""A closed part of a page, sent when somebody opens it: most are never opened, and a whole room waits for each part."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def lazy_expander(title: str, icon: str, key: str, show: Callable[[], None]) -> None:
    """Draw the part's title; ``show`` draws what is in it, at each run in which it is open.

    A title that changes, such as one with a count, would be another part to Streamlit, closed and with nothing typed in
    it: so while a part is open it keeps the title that it was opened with.
    """
    held = f"title_of_{key}"
    if not st.session_state.get(key) or held not in st.session_state:
        st.session_state[held] = title
    part = st.expander(st.session_state[held], icon=icon, key=key, on_change="rerun")
    if part.open:
        with part:
            show()
