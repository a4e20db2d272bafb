"""All teams of a cohort on one page: where each says that it is, who asks for help, calls, invitations."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from equity.access.here import Here
from equity.actions.network import membership as actions
from equity.actions.network.overview import overview
from equity.network.cohorts import Cohort
from equity.network.members import Meeting
from equity.store.records.shelf import Kept
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.errors import error_as_sentence
from equity.ui.session.workspace import allowed_at
from equity.words.cohort import overview as words
from equity.words.cohort import sharing as sharing_words
from equity.words.labels.network import NETWORK_TEXTS


def show(at: Here, cohort: Kept[Cohort]) -> None:
    """The teams in one table, those that ask for help first."""
    seen = overview(at)
    prose.heading(words.TEAMS)
    prose.small(words.in_short(seen))
    prose.small(words.ages(seen))
    if seen.teams:
        table = pd.DataFrame([words.row(team) for team in seen.teams])
        st.dataframe(table, hide_index=True, width="stretch", height="content", alt=words.in_short(seen))
    else:
        prose.small(words.NO_TEAMS)
    _invite(at)
    prose.small(f"{sharing_words.NUMBER}: {cohort.id}")


def calendar(at: Here) -> None:
    """Calls for all teams, and setting one."""
    meetings = actions.meetings(at)
    if meetings:
        prose.listed(words.CALENDAR, [words.meeting(kept.content) for kept in meetings], level=2)
    if not sign_in.may("lead_network"):
        return
    with st.expander("Set a call", icon=":material/event:"), st.form("set_meeting", border=False):
        title = st.text_input(NETWORK_TEXTS["what_the_call_is_about"], max_chars=200)
        day = st.date_input("Day", value=None, format="YYYY-MM-DD")
        hour = st.time_input("Begins (UTC)", value=dt.time(16, 0))
        minutes = st.number_input("Minutes", 5, 600, 60, step=5)
        where = st.text_input(NETWORK_TEXTS["where_the_call_is"], max_chars=400)
        if st.form_submit_button("Set this call"):
            with error_as_sentence():
                begins = dt.datetime.combine(day, hour, dt.UTC).isoformat() if day else ""
                meeting = Meeting(title, begins, int(minutes), where)
                actions.set_meeting(allowed_at(at, "lead_network"), meeting)
                st.rerun()


def _invite(at: Here) -> None:
    with st.expander("Invite a team", icon=":material/group_add:"), st.form("invite_team", border=False):
        name = st.text_input(NETWORK_TEXTS["name_of_the_team"], max_chars=200)
        if st.form_submit_button("Invite"):
            with error_as_sentence():
                _, code = actions.invite_team(allowed_at(at, "lead_network"), name)
                prose.small(sharing_words.INVITED)
                st.code(code, language=None)
