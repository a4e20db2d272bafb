"""A reader who came by a link: no person and no role, one release and nothing else.

A session that began with a link stays with it. Whoever wants the team's pages opens them in a window of their own, and
signs in there.
"""

from __future__ import annotations

import streamlit as st

from equity.access.opening import NotOpened, Opening, open_link, still_open
from equity.ui.layout import prose
from equity.ui.session import language, sign_in
from equity.words.languages.english import ENGLISH
from equity.words.languages.language import Language

PART = "link"


def token() -> str:
    """The token that this session began with; empty for everybody who did not come by a link."""
    given = st.query_params.get(PART, "")
    if given and not st.session_state.get(PART):
        st.session_state[PART] = given
    return str(st.session_state.get(PART, ""))


def opening() -> Opening:
    """What the link opened. Where it does not open, says why (and asks for the passcode) and ends the page."""
    held: Opening | None = st.session_state.get("opening")
    if held is None:
        st.session_state["opening"] = just_opened = _opened()
        return just_opened
    if not still_open(sign_in.database(), held):
        prose.title("Equity Lens")
        prose.problem(language.chosen().say("link.closed_meanwhile"))
        st.stop()
    return held


def _opened() -> Opening:
    passcode = st.session_state.pop("passcode_given", "")
    try:
        return open_link(sign_in.database(), token(), passcode)
    except NotOpened as refused:
        language.switch()
        of = language.chosen()
        prose.title("Equity Lens")
        day = "" if refused.until is None else of.day(refused.until)
        why = str(refused) if of is ENGLISH or refused.why not in of.texts else of.say(refused.why, day=day)
        if refused.passcode_wanted:
            _ask_for_passcode(why, of)
        else:
            prose.problem(why)
        st.stop()


def _ask_for_passcode(sentence: str, of: Language) -> None:
    prose.notice([sentence])
    with st.form("passcode", border=False):
        given = st.text_input(of.say("passcode"), type="password", key="passcode", max_chars=200)
        if st.form_submit_button(of.say("passcode.open"), type="primary"):
            st.session_state["passcode_given"] = given
            st.rerun()
