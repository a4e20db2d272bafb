"""A closed part of a page, sent when somebody opens it: most are never opened, and a whole room waits for each part."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def drawer(title: str, icon: str, key: str, show: Callable[[], None]) -> None:
    """Draw the part's title; ``show`` draws what is in it, at each run in which it is open."""
    part = st.expander(title, icon=icon, key=key, on_change="rerun")
    if part.open:
        with part:
            show()
