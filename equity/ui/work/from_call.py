"""From a call's next test to a test of change: four fields, beside the words that were written in the call."""

from __future__ import annotations

import streamlit as st

from equity.access.here import Here
from equity.actions.calls.call_moves import became
from equity.actions.calls.live_calls import own_call
from equity.actions.work import cycles as actions
from equity.actions.work import projects
from equity.calls.state import Contribution
from equity.improvement.cycles import from_next_test
from equity.improvement.dates import day
from equity.improvement.projects import OVER
from equity.ui.components.picked_day import picked_day
from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, page
from equity.ui.records.told_apart import told_apart
from equity.ui.session import sign_in
from equity.ui.session.workspace import allowed_at
from equity.vocabulary import PlainError
from equity.words.labels.work import WORK_TEXTS
from equity.words.work import cycles as words


def make_test(here: Here, call: str, written: Contribution) -> None:
    """The form under a call's next test; nothing once it became something."""
    if written.became or not sign_in.may("do_work"):
        return
    under = {kept.id: kept.content for kept in projects.projects(here) if kept.content.state not in OVER}
    with st.expander(WORK_TEXTS["make_it_a_test_of_change"], icon=":material/science:"):
        if not under:
            prose.small(words.NO_PROJECT_FOR_CALL)
            st.page_link(page("projects"), label=ENTRIES["projects"].title, icon=ENTRIES["projects"].icon)
            return
        named = told_apart({record: project.title for record, project in under.items()})
        key = f"test_of_{written.id}"
        with st.form(key, border=False):
            st.selectbox("In which project", list(named), format_func=named.__getitem__, key=f"{key}_project")
            st.text_input("Question", max_chars=300, key=f"{key}_question")
            st.text_input("What we expect", max_chars=300, key=f"{key}_expects")
            st.text_input("Who does it", written.owner, max_chars=120, key=f"{key}_who")
            picked_day("First day", _day(written.day), f"{key}_begins")
            st.form_submit_button("Keep this test", type="primary", on_click=_keep, args=(here, call, written, key))
        if problem := st.session_state.pop(f"{key}_problem", ""):
            prose.problem(problem)


def _day(text: str) -> str:
    """The day that somebody wrote in the call, where it is one of the calendar."""
    try:
        return "" if day(text) is None else text
    except PlainError:
        return ""


def _keep(here: Here, call: str, written: Contribution, key: str) -> None:
    """The test in its project, and in the minutes what became of the words; before the page is drawn again."""
    project, question, expects, who, begins = (
        st.session_state[f"{key}_{part}"] for part in ("project", "question", "expects", "who", "begins")
    )
    try:
        at = allowed_at(here, "do_work")
        made = from_next_test(written.words, question, expects, who, str(begins or ""), call)
        actions.begin_cycle(at, project, made)
        said = words.became_of_call(projects.project(at, project).content.title)
        became(own_call(allowed_at(here, "lead_call"), call), written.id, said)
        st.session_state[f"became_{written.id}"] = said  # the field above would say again what it held before
    except PlainError as error:
        st.session_state[f"{key}_problem"] = str(error)
