"""A cohort on its page: what it is, how one begins, and the door by which others apply."""

from __future__ import annotations

import streamlit as st

from equity.access.here import Here
from equity.actions.network import cohorts
from equity.actions.network.places import CohortPlace
from equity.network.cohorts import Cohort
from equity.network.members import Belonging
from equity.server.applications.addresses import are_allowed
from equity.store.records.kept import Kept
from equity.ui.components.phone_address import origin
from equity.ui.layout import prose
from equity.ui.network import (
    application_parts,
    comparison_parts,
    gallery_parts,
    learning_parts,
    overview_parts,
    package_parts,
    sharing_parts,
    team_parts,
)
from equity.ui.session import sign_in
from equity.ui.session.errors import error_as_sentence
from equity.ui.session.workspace import allowed_at
from equity.words.cohort import sharing as words_of_sharing
from equity.words.escaping import one_line
from equity.words.labels.network import NETWORK_TEXTS
from equity.words.work import network as words


def place() -> Here:
    """The workspace that is looked at, for whoever may see the network in it."""
    allowed = sign_in.require("see_network")
    return Here(sign_in.database(), allowed.workspace, allowed.person)


def begin(at: Here) -> None:
    """What the page is for, the button that begins a cohort, and joining one."""
    prose.paragraph(words.PURPOSE)
    prose.example(words.EXAMPLE)
    if sign_in.may("manage_people"):
        _begin(at)
    else:
        prose.small(words.WHO_BEGINS)
    team_parts.join(at)


def _begin(at: Here) -> None:
    with st.form("begin_cohort"):
        title = st.text_input(NETWORK_TEXTS["name_of_the_cohort"], max_chars=200)
        purpose = st.text_area(NETWORK_TEXTS["what_it_is_about"], max_chars=2_000)
        starts = st.date_input("Begins", value=None, format="YYYY-MM-DD")
        ends = st.date_input("Ends", value=None, format="YYYY-MM-DD")
        if st.form_submit_button("Begin a cohort", type="primary"):
            with error_as_sentence():
                days = [day.isoformat() if day else "" for day in (starts, ends)]
                cohorts.begin_cohort(allowed_at(at, "manage_people"), Cohort(title, purpose, *days))
                st.rerun()


def show_led(at: Here, kept: Kept[Cohort]) -> None:
    """A cohort for whoever leads it or looks at its space: its teams, then one of the views."""
    view = _view(words_of_sharing.VIEWS_LED)
    if view == words_of_sharing.VIEWS_LED[0]:
        show(at, kept)
        if sign_in.may("lead_network"):
            overview_parts.show(at, kept)
            overview_parts.calendar(at)
            _door(at, kept)
            application_parts.show(at)
            package_parts.show(at)
    else:
        _shared(at, view, leads=True)


def show_joined(at: Here, own: list[Kept[Belonging]], hosted: CohortPlace | None) -> None:
    """The cohorts of a team: what it shares with each; then what the one on this server shows."""
    view = _view(words_of_sharing.VIEWS_JOINED if hosted else words_of_sharing.VIEWS_JOINED[:1])
    if view != words_of_sharing.VIEWS_JOINED[0]:
        _shared(at, view, leads=False)
        return
    for kept in own:
        with st.container(border=True, key=f"belonging_{kept.id}"):
            prose.answer(one_line(kept.content.title, 200))
            team_parts.show(at, kept)
            sharing_parts.show(at, kept)
    if hosted is not None:
        overview_parts.calendar(at)
    team_parts.join(at)


def _view(views: tuple[str, ...]) -> str:
    if len(views) == 1:
        return views[0]
    return st.segmented_control("View", views, default=views[0], key="network_view") or views[0]


def _shared(at: Here, view: str, *, leads: bool) -> None:
    _, in_gallery, compared, _ = words_of_sharing.VIEWS_LED
    if view == in_gallery:
        gallery_parts.show(at)
    elif view == compared:
        comparison_parts.show(at, leads=leads and sign_in.may("lead_network"))
    else:
        learning_parts.show(at)


def show(at: Here, kept: Kept[Cohort]) -> None:
    """The cohort in words."""
    cohort = kept.content
    prose.answer(cohort.title)
    if cohort.purpose:
        prose.paragraph(cohort.purpose)
    prose.small(words.dates(cohort))


def _door(at: Here, kept: Kept[Cohort]) -> None:
    prose.heading("Applications")
    if not are_allowed():
        prose.small(words.NOT_ALLOWED)
    if kept.content.door_hash:
        prose.small(words.DOOR_OPEN)
    with st.container(horizontal=True, gap="small", key="door"):
        if st.button(words.OPEN_AGAIN if kept.content.door_hash else words.OPEN, key="open_door"):
            with error_as_sentence():
                _, token = cohorts.open_door(allowed_at(at, "lead_network"), kept)
                st.session_state["door_address"] = f"{origin()}/apply/{token}"
                st.rerun()
        if kept.content.door_hash and st.button(words.CLOSE, key="close_door"):
            with error_as_sentence():
                cohorts.close_door(allowed_at(at, "lead_network"), kept)
                st.session_state.pop("door_address", None)
                st.rerun()
    if address := st.session_state.get("door_address"):
        prose.small(words.SHOWN_ONCE)
        st.code(address, language=None, wrap_lines=True)
