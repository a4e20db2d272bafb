"""A file straight to disk: chosen or dropped, with progress and a way to cancel.

Streamlit's own uploader keeps three copies of a file in memory; this component posts the file's body to our upload
route, which writes it to disk as it comes. Python hears of it once, when the file is whole.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from equity.access.roles import Action
from equity.server.upload_tickets import TICKETS, StagedFile
from equity.ui.session import sign_in
from equity.ui.session.presence import session_id

_HERE = Path(__file__).parent


def uploader(label: str, help_text: str, key: str, action: Action = "upload") -> StagedFile | None:
    """Draw the uploader for whoever may do what the file is for; the file that just came in whole, once, else None."""
    holder = sign_in.require(action)
    kept = f"upload_ticket_{key}"
    ticket = st.session_state.get(kept, "")
    if TICKETS.holder(ticket) != holder:
        ticket = st.session_state[kept] = TICKETS.issue(holder, session_id(), action)
    component = st.components.v2.component(
        "uploader",
        html=(_HERE / "uploader.html").read_text(encoding="utf-8"),
        css=(_HERE / "uploader.css").read_text(encoding="utf-8"),
        js=(_HERE / "uploader.js").read_text(encoding="utf-8"),
    )
    result = component(
        key=key,
        data={"label": label, "help": help_text, "ticket": ticket, "address": "api/upload"},
        on_staged_change=lambda: None,
    )
    return TICKETS.find(ticket, str(result.staged)) if result.staged else None
