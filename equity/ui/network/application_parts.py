"""Applications as a facilitator sees them: who waits how long, what they wrote, and one answer for many at once."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from equity.access.here import Here
from equity.actions.network import applications as actions
from equity.actions.network.handing_over import invite_owner
from equity.network.application_form import ApplicationForm, application_form
from equity.network.applications import FOLLOWS, Application, ApplicationState
from equity.store.files.home import home_folder
from equity.store.records.kept import Kept
from equity.ui.layout import prose
from equity.ui.session.errors import error_as_sentence
from equity.ui.session.workspace import allowed_at
from equity.words.labels.network import NETWORK_TEXTS
from equity.words.languages.phone_pages import ENGLISH_PHONE, lenses_missing
from equity.words.work import applications as words
from equity.words.work import network as network_words


def show(at: Here) -> None:
    """Everybody who applied, the longest waiting first, and the answer to those that are ticked."""
    every = actions.applications(at)
    today = dt.datetime.now(dt.UTC).date()
    prose.small(network_words.waiting(every, actions.drafts(at), today))
    if not every:
        return
    form = application_form(home_folder())
    chosen = [kept for kept in every if _one(at, kept, form, today)]
    _answer(at, chosen)


def _one(at: Here, kept: Kept[Application], form: ApplicationForm, today: dt.date) -> bool:
    """One application; whether it is ticked."""
    application = kept.content
    ticked = st.checkbox(
        f"{words.organization(application)}",
        key=f"applied_{kept.id}",
        disabled=not FOLLOWS[application.state],
    )
    prose.small(words.standing(application, today))
    with st.expander(network_words.WHAT_THEY_WROTE):
        for question in form.questions:
            prose.listed(question.label, [application.answers.get(question.id, "") or "–"], level=4)
        people = [f"{member.name}, {member.role} ({member.lens})" for member in application.team]
        prose.listed(words.PAGE["team"], people, level=4)
        if lacking := lenses_missing(ENGLISH_PHONE, application):
            prose.small(lacking)
        prose.listed(network_words.STEPS, words.steps(application), level=4)
        if application.state == "accepted" and application.workspace:
            _hand_over(at, kept.id, application.workspace)
    return ticked and bool(FOLLOWS[application.state])  # a tick stays on one that was answered meanwhile


def _hand_over(at: Here, record: str, team: str) -> None:
    """Invite the first owner of the team's own, while whoever looks takes care of its workspace."""
    with st.form(f"hand_over_{record}", border=False):
        prose.small(network_words.HAND_OVER)
        email = st.text_input(NETWORK_TEXTS["who_owns_it_next"], max_chars=200)
        if st.form_submit_button("Invite its owner"):
            with error_as_sentence():
                _, code = invite_owner(allowed_at(at, "lead_network"), team, email)
                st.code(code, language=None)


def _answer(at: Here, chosen: list[Kept[Application]]) -> None:
    prose.heading(network_words.answer_to(len(chosen)), level=3)
    if not chosen:
        return
    state: ApplicationState = st.selectbox(
        "Answer", list(words.ACTIONS), format_func=lambda s: words.ACTIONS[s], key="answer_state"
    )
    said = st.text_area("In these words", words.TEMPLATES[state], max_chars=4_000, key=f"answer_words_{state}")
    if st.button(network_words.send_to(len(chosen)), type="primary", key="answer_send"):
        with error_as_sentence():
            actions.answer(allowed_at(at, "lead_network"), chosen, state, said)
            st.rerun()
