"""The way in: which pages there are for whoever is here, and whether the one that was asked for may be shown.

Every run of every page goes through `pass_through`. A page that somebody may not see is not listed, and when its
address is opened all the same, the server says so instead of running it.
"""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from equity.ui.cards import offer_to_call as following
from equity.ui.datasets import waiting
from equity.ui.layout import prose
from equity.ui.layout.menu import menu
from equity.ui.page_registry import entry_of, every_page, leader_pages, page
from equity.ui.presenting import come_back
from equity.ui.session import link_session, not_offered, once_in_a_run, sign_in
from equity.ui.session.run_slots import run_slot
from equity.ui.session.sign_in import Visitor
from equity.words.escaping import markdown
from equity.words.labels.session import SESSION_TEXTS


def pass_through() -> None:
    """Show the page that was asked for, or the sentence that stands in its place."""
    if link_session.token():
        opened = st.navigation(leader_pages(), position="hidden")
        with run_slot():
            opened.run()
        return
    visitor = sign_in.arrive()
    if visitor.person is None:
        st.navigation(every_page(visitor.may), position="hidden")
        _ask_to_sign_in()
        return
    if visitor.workspace is None:
        st.navigation(every_page(visitor.may), position="hidden")
        _ask_for_invitation()
        return
    wanted = st.navigation(every_page(visitor.may), expanded=True)
    menu(entry_of(wanted).name, visitor.may)
    _who_is_here(visitor)
    _admit(wanted, visitor)


def _admit(wanted: StreamlitPage, visitor: Visitor) -> None:
    entry = entry_of(wanted)
    if not visitor.may(entry.needs):
        if entry.url:
            prose.title(entry.title)
            sign_in.require(entry.needs)
        st.switch_page(page("leader"))
    come_back.pass_by(entry.name)
    not_offered.begin()
    once_in_a_run.begin()
    following.notice()
    if entry.needs == "read_release" or waiting.is_over():
        with run_slot():
            wanted.run()
        if visitor.may("see_workspace"):
            not_offered.say()


def _ask_to_sign_in() -> None:
    prose.title("Equity Lens", SESSION_TEXTS["look_at_outcomes_through_an_equity"])
    prose.answer("Please sign in.")
    prose.paragraph(SESSION_TEXTS["the_numbers_here"])
    st.button("Sign in", type="primary", icon=":material/login:", key="sign_in", on_click=st.login)


def _ask_for_invitation() -> None:
    """Somebody whom nobody has invited yet, or who has just come with an invitation."""
    from equity.actions.network.handing_over import settle
    from equity.store.workspace.people import accept_invitation

    visitor = sign_in.visitor()
    if visitor.person is None:
        return
    prose.title("Equity Lens", SESSION_TEXTS["look_at_outcomes_through_an_equity"])
    prose.answer(SESSION_TEXTS["you_are_in_no_workspace_yet"])
    prose.paragraph(
        SESSION_TEXTS["you_are_signed"].format(
            shown_name=visitor.person.shown_name, email=visitor.person.email or "no address"
        )
    )
    with st.form("invitation", border=False):
        code = st.text_input(SESSION_TEXTS["code_of_the_invitation"], key="invitation_code", max_chars=200)
        if st.form_submit_button("Join", type="primary"):
            joined = accept_invitation(sign_in.database(), code.strip(), by=visitor.person)
            settle(sign_in.database(), joined.workspace)
            st.rerun()
    st.button("Sign out", icon=":material/logout:", key="sign_out", on_click=st.logout)


def _who_is_here(visitor: Visitor) -> None:
    """With sign-in: the name, the workspace and the way out, under the navigation."""
    if sign_in.setting() != "configured" or visitor.person is None or visitor.workspace is None:
        return
    with st.sidebar:
        st.caption(markdown(f"{visitor.person.shown_name}, {visitor.role} in {visitor.workspace.name}"))
        st.button("Sign out", icon=":material/logout:", key="sign_out", on_click=st.logout)
