"""A button that brings a file with full numbers, through our own address and for its own person alone.

Streamlit's button keeps what it gave under an address that anybody who has it may fetch from.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import streamlit as st

from equity.server.downloads import OFFERS, Offer
from equity.ui.session import sign_in
from equity.ui.session.presence import session_id

_HERE = Path(__file__).parent


def download_button(
    label: str,
    write: Callable[[], bytes],
    *,
    file_name: str,
    mime: str,
    key: str,
    icon: str = ":material/download:",
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
) -> None:
    """Draw the button. ``write`` makes the file when it is pressed: it asks whether it may be had, and logs that."""
    person = sign_in.visitor().person
    if person is None:
        return
    ticket = OFFERS.offer(session_id(), key, Offer(person, file_name, mime, write))
    component = st.components.v2.component(
        "download",
        html=(_HERE / "downloading.html").read_text(encoding="utf-8"),
        css=(_HERE / "downloading.css").read_text(encoding="utf-8"),
        js=(_HERE / "downloading.js").read_text(encoding="utf-8"),
    )
    picture = icon.removeprefix(":material/").removesuffix(":")
    data = {"label": label, "icon": picture, "kind": kind, "name": file_name, "download": f"api/download/{ticket}"}
    component(key=component_key(f"download_{key}"), data=data, width="content")


def component_key(key: str) -> str:
    """The key as Streamlit takes it for a component: two underscores in a row are its own, and random ids hold some."""
    return key.replace("__", "_-")
