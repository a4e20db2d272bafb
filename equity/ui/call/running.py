"""A call that was started: how people come in, how it is led; and the calls that there are."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import streamlit as st

from equity.actions.calls import call_moves, call_opening
from equity.actions.calls.call_opening import Opened
from equity.actions.calls.live_calls import own_call
from equity.export.calendar import as_calendar
from equity.store.records.calls import Call, calls_in
from equity.ui.components.downloading import download_button
from equity.ui.components.phone_address import origin, qr_code
from equity.ui.layout import prose
from equity.ui.page_registry import page
from equity.ui.session import sign_in
from equity.ui.session.workspace import allowed_at, here
from equity.words.days import describe_moment
from equity.words.labels.call import CALL_TEXTS
from equity.words.labels.layout import LAYOUT_TEXTS

_OPENED = "call_opened"
MOST_LISTED = 30


def remember(opened: Opened) -> None:
    """Keep what opens a call for as long as this session lasts: the store has only its hash."""
    st.session_state[_OPENED] = opened


def of_this_session() -> Opened | None:
    """The call that was started or opened again here."""
    opened: Opened | None = st.session_state.get(_OPENED)
    return opened


def show(opened: Opened) -> None:
    """The way in for everybody: QR code, link, spoken code; and the way to lead."""
    place, address = here(), f"{origin()}{opened.join}"
    prose.answer(opened.call.title)
    picture, words = st.columns([4, 6], gap="large", vertical_alignment="center")
    with picture:
        told = LAYOUT_TEXTS["a_code_for_a_phone"].format(address=address)
        st.image(qr_code(address), width="stretch", caption=f"Scan to join, or type {opened.code}", alt=told)
    with words:
        prose.heading(f"Code: {opened.code}")
        prose.paragraph(CALL_TEXTS["people_open_call_and_type"].format(origin=origin()))
        st.code(address, language=None, wrap_lines=True)
        key = st.session_state.setdefault(f"lead_{opened.call.id}", call_opening.lead_key(place, opened.call))
        st.link_button("Lead the call", f"{address}#lead={key}", type="primary", icon=":material/campaign:")
        prose.small(CALL_TEXTS["it_opens_in_a_window"])
        _invitation(opened, address)
    with st.container(horizontal=True, gap="small", key="call_ways"):
        if st.button("Other calls", icon=":material/arrow_back:", key="call_back"):
            st.session_state.pop(_OPENED)
            st.rerun()
        if st.button("End the call", icon=":material/stop_circle:", key="call_end"):
            allowed = allowed_at(place, "lead_call")
            call_moves.end(own_call(allowed, opened.call.id), allowed.person)
            st.session_state.pop(_OPENED)
            st.switch_page(page("learning_call"), query_params={"minutes": opened.call.id})


def list_calls() -> None:
    """The calls of this workspace, the newest first."""
    place = here()
    held = calls_in(place.database, place.workspace)[:MOST_LISTED]
    if not held:
        return
    prose.heading("Calls")
    for call in held:
        with st.container(border=True, key=f"call_{call.id}"):
            state = f"ended {describe_moment(call.ended)}" if call.ended else "open"
            prose.paragraph(f"{call.title}. Started {describe_moment(call.opened)} by {call.opened_by}, {state}.")
            with st.container(horizontal=True, gap="small", key=f"call_tools_{call.id}"):
                st.page_link(
                    page("learning_call"),
                    label="Minutes",
                    icon=":material/description:",
                    query_params={"minutes": call.id},
                )
                if call.ended is None and st.button(
                    CALL_TEXTS["go_back_in"], icon=":material/login:", key=f"again_{call.id}"
                ):
                    _open_again(call)


def _open_again(call: Call) -> None:
    """A new link and code: what was shown once cannot be looked up."""
    allowed = allowed_at(here(), "lead_call")
    remember(call_opening.open_again(allowed, call))
    st.rerun()


def _invitation(opened: Opened, address: str) -> None:
    """A file for the calendar."""
    with st.popover(CALL_TEXTS["put_it_in_the_calendar"], icon=":material/event:"):
        day = st.date_input("Day", dt.date.today(), key="call_day")
        at = st.time_input("Time", dt.time(12, 0), key="call_time")
        minutes = st.number_input("Minutes", 5, 240, 60, 5, key="call_length")
        zone = ZoneInfo(st.context.timezone or "UTC")
        start = dt.datetime.combine(day, at, zone)
        invitation = as_calendar(opened.call.id, opened.call.title, start, int(minutes), address, opened.code)
        download_button(
            "Save the invitation",
            sign_in.exported("an invitation to a call", lambda: invitation),
            file_name="learning-call.ics",
            mime="text/calendar",
            key="call_ics",
        )
