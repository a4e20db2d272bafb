"""A cohort on its page: what it is, how one begins, and the door by which others apply."""

from __future__ import annotations

import streamlit as st

from equity.access.here import Here
from equity.actions import cohorts
from equity.network.cohorts import Cohort
from equity.server.applications.addresses import are_allowed
from equity.store.records.shelf import Kept
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.plainly import plainly
from equity.ui.session.workspace import allowed_at
from equity.words import network as words
from equity.words.labels.network import NETWORK_TEXTS


def place() -> Here:
    """The workspace that is looked at, for whoever may see the network in it."""
    allowed = sign_in.require("see_network")
    return Here(sign_in.database(), allowed.workspace, allowed.person)


def begin(at: Here) -> None:
    """What the page is for, and the one button that begins."""
    prose.paragraph(words.PURPOSE)
    prose.small(words.EXAMPLE)
    if not sign_in.may("manage_people"):
        prose.small(words.WHO_BEGINS)
        return
    with st.form("begin_cohort"):
        title = st.text_input(NETWORK_TEXTS["name_of_the_cohort"], max_chars=200)
        purpose = st.text_area(NETWORK_TEXTS["what_it_is_about"], max_chars=2_000)
        starts = st.date_input("Begins", value=None, format="YYYY-MM-DD")
        ends = st.date_input("Ends", value=None, format="YYYY-MM-DD")
        if st.form_submit_button("Begin a cohort", type="primary"):
            with plainly():
                days = [day.isoformat() if day else "" for day in (starts, ends)]
                cohorts.begin_cohort(allowed_at(at, "manage_people"), Cohort(title, purpose, *days))
                st.rerun()


def show(at: Here, kept: Kept[Cohort]) -> None:
    """The cohort in words, and its door for whoever leads it."""
    cohort = kept.content
    prose.answer(cohort.title)
    if cohort.purpose:
        prose.paragraph(cohort.purpose)
    prose.small(words.dates(cohort))
    if sign_in.may("lead_network"):
        _door(at, kept)


def _door(at: Here, kept: Kept[Cohort]) -> None:
    prose.heading("Applications")
    if not are_allowed():
        prose.small(words.NOT_ALLOWED)
    if kept.content.door_hash:
        prose.small(words.DOOR_OPEN)
    with st.container(horizontal=True, gap="small", key="door"):
        if st.button(words.OPEN_AGAIN if kept.content.door_hash else words.OPEN, key="open_door"):
            with plainly():
                _, token = cohorts.open_door(allowed_at(at, "lead_network"), kept)
                st.session_state["door_address"] = f"/apply/{token}"
                st.rerun()
        if kept.content.door_hash and st.button(words.CLOSE, key="close_door"):
            with plainly():
                cohorts.close_door(allowed_at(at, "lead_network"), kept)
                st.session_state.pop("door_address", None)
                st.rerun()
    if address := st.session_state.get("door_address"):
        prose.small(words.SHOWN_ONCE)
        st.code(address, language=None)
