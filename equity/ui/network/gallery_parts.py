"""The gallery: what teams chose to show, found by kind, area and words; questions; a copy as one's own beginning."""

from __future__ import annotations

import streamlit as st

from equity.access.here import Here
from equity.actions.network import gallery as actions
from equity.actions.network import offered
from equity.actions.network.gallery import Hung, Search
from equity.network.pieces import PIECE_KINDS
from equity.store.files.home import home_folder
from equity.ui.layout import prose
from equity.ui.network.piece_parts import show_piece
from equity.ui.session import sign_in
from equity.ui.session.errors import error_as_sentence
from equity.ui.session.workspace import allowed_at
from equity.words.cohort import gallery as words
from equity.words.cohort import pieces as piece_words
from equity.words.escaping import one_line
from equity.words.labels.layout import LAYOUT_TEXTS
from equity.words.labels.network import NETWORK_TEXTS

MOST_AT_ONCE = 20


def show(at: Here) -> None:
    """A search, and the pieces that it finds, the newest first."""
    every = actions.gallery(at, home_folder())
    prose.paragraph(words.PURPOSE)
    if not every:
        prose.small(words.NOTHING_YET)
        return
    pieces = actions.gallery(at, home_folder(), _search(every))
    prose.small(words.found(len(pieces), len(every)))
    most = int(st.session_state.get("gallery_most", MOST_AT_ONCE))
    for hung in pieces[:most]:
        label = words.line(hung.piece, hung.team, own=hung.own)
        with st.expander(label, key=f"piece_{hung.record}"):
            _one(at, hung)
    if len(pieces) > most:
        prose.small(words.newest(most, len(pieces)))
        if st.button(words.MORE, key="gallery_more"):
            st.session_state["gallery_most"] = most + MOST_AT_ONCE
            st.rerun()


def _search(every: tuple[Hung, ...]) -> Search:
    with st.container(horizontal=True, gap="small", key="gallery_search"):
        kind = st.selectbox("What", PIECE_KINDS, None, format_func=lambda k: piece_words.KINDS[k], key="gallery_kind")
        areas = sorted({area.strip() for hung in every for area in hung.piece.area.split(";") if area.strip()})
        area = st.selectbox("Clinical area", areas, None, format_func=one_line, key="gallery_area")
        ideas = sorted({hung.piece.idea for hung in every if hung.piece.idea}, key=str.casefold)
        idea = st.selectbox("Change idea", ideas, None, format_func=one_line, key="gallery_idea")
        typed = st.text_input("Words", max_chars=200, key="gallery_words")
    return Search(kind, area or "", "", idea or "", typed)


def _one(at: Here, hung: Hung) -> None:
    show_piece(hung.piece, hung.record)
    for asked in hung.asks:
        prose.small(words.asked(asked.content))
    with st.form(f"ask_{hung.record}", border=False, clear_on_submit=True):
        typed = st.text_area(LAYOUT_TEXTS["what_do_you_want_to_know"], max_chars=2_000, height=68)
        if st.form_submit_button(words.ASK):
            with error_as_sentence():
                actions.ask_team(allowed_at(at, "see_network"), home_folder(), hung.record, typed)
                st.rerun()
    if hung.own:
        _answers(at, hung)
    elif sign_in.may("do_work"):
        _copy(at, hung)


def _answers(at: Here, hung: Hung) -> None:
    for asked in hung.asks:
        if asked.content.answer:
            continue
        with st.form(f"answer_{asked.id}", border=False):
            typed = st.text_area(words.answer_to(asked.content), max_chars=2_000, height=68)
            if st.form_submit_button("Answer"):
                with error_as_sentence():
                    actions.answer_ask(allowed_at(at, "see_network"), home_folder(), asked, typed)
                    st.rerun()


def _copy(at: Here, hung: Hung) -> None:
    """A driver diagram or a test as one's own beginning."""
    is_diagram, is_test = bool(hung.piece.drivers), hung.piece.cycle is not None
    if not (is_diagram or is_test):
        return
    aims, projects = offered.beginnings(at)
    there, label = (
        (aims, NETWORK_TEXTS["as_the_beginning_of_aim"])
        if is_diagram
        else (projects, NETWORK_TEXTS["as_a_test_of_project"])
    )
    if not there:
        prose.small(words.NO_AIM if is_diagram else words.NO_PROJECT)
        return
    chosen = st.selectbox(label, list(there), format_func=lambda k: one_line(there[k]), key=f"copy_to_{hung.record}")
    if st.button(words.COPY, key=f"copy_{hung.record}"):
        with error_as_sentence():
            place, home = allowed_at(at, "do_work"), home_folder()
            copy = actions.copy_drivers if is_diagram else actions.copy_cycle
            copy(place, home, hung.record, chosen)
            prose.notice([words.COPIED])
