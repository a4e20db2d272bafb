"""All teams of a cohort on one page: where each says that it is, who asks for help, calls, invitations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from equity.access.here import Here
from equity.actions.network import membership as actions
from equity.actions.network.overview import overview
from equity.export.calendar import MIME, meetings_calendar
from equity.network.cohorts import Cohort
from equity.network.members import Meeting, Member
from equity.store.records.kept import Kept
from equity.store.workspace.clock import now
from equity.ui.components.downloading import download_button
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.errors import error_as_sentence
from equity.ui.session.workspace import allowed_at
from equity.words.cohort import overview as words
from equity.words.cohort import sharing as sharing_words
from equity.words.escaping import markdown
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
        asking = words.asking(seen)
        if asking:
            prose.listed(words.ASKING, asking, level=3)
    else:
        prose.small(words.NO_TEAMS)
    _invite(at)
    _invited(at)
    _take_out(at, [team.kept for team in seen.teams])
    prose.small(f"{sharing_words.NUMBER}: {cohort.id}")


def calendar(at: Here) -> None:
    """Calls for all teams, and setting one."""
    meetings = actions.meetings(at)
    if meetings:
        prose.listed(words.CALENDAR, [words.meeting(kept.content) for kept in meetings], level=2)
        _file_of(meetings)
    if not sign_in.may("lead_network"):
        return
    _take_off(at, meetings)
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


def _file_of(meetings: Sequence[Kept[Meeting]]) -> None:
    """The calls as a file for a calendar; read in again, it changes those that moved."""
    calls = {kept.id: kept.content for kept in meetings}
    download_button(
        words.TO_CALENDAR,
        sign_in.exported("calendar", lambda: meetings_calendar(calls, now())),
        file_name="calls.ics",
        mime=MIME,
        key="cohort_calendar",
        icon=":material/event:",
    )


def _take_off(at: Here, meetings: Sequence[Kept[Meeting]]) -> None:
    if not meetings:
        return
    with st.expander(words.OFF_THE_CALENDAR, icon=":material/event_busy:"):
        for kept in meetings:
            if st.button(markdown(words.meeting(kept.content)), key=f"take_off_{kept.id}"):
                with error_as_sentence():
                    actions.cancel_meeting(allowed_at(at, "lead_network"), kept)
                    st.rerun()


def _invited(at: Here) -> None:
    """Teams that have not taken up their invitation, each with a way to close it."""
    waiting = actions.invited(at)
    if not waiting:
        return
    with st.expander(words.INVITED, icon=":material/mail:", key="invited_teams"):
        for kept in waiting:
            prose.small(words.member_line(kept.content))
            if st.button(words.CLOSE_INVITATION, key=f"close_invitation_{kept.id}"):
                with error_as_sentence():
                    actions.remove_team(allowed_at(at, "lead_network"), kept)
                    st.rerun()


def _take_out(at: Here, teams: Sequence[Kept[Member]]) -> None:
    if not teams:
        return
    with st.expander(words.TAKE_OUT, icon=":material/group_remove:", key="take_out"):
        prose.small(words.TAKE_OUT_MEANS)
        there = {kept.id: kept for kept in teams}
        chosen = st.selectbox(
            NETWORK_TEXTS["which_team_goes"],
            list(there),
            None,
            format_func=lambda record: words.member_line(there[record].content),
            key="take_out_team",
        )
        if st.button(words.TAKE_OUT, disabled=chosen is None, key="take_out_now") and chosen:
            with error_as_sentence():
                actions.remove_team(allowed_at(at, "lead_network"), there[chosen])
                st.rerun()


def _invite(at: Here) -> None:
    with st.expander("Invite a team", icon=":material/group_add:"), st.form("invite_team", border=False):
        name = st.text_input(NETWORK_TEXTS["name_of_the_team"], max_chars=200)
        if st.form_submit_button("Invite"):
            with error_as_sentence():
                _, code = actions.invite_team(allowed_at(at, "lead_network"), name)
                prose.small(sharing_words.INVITED)
                st.code(code, language=None)
