"""The page Notes: all of them by card, person, lens, open or not; one of them by its link; what is new."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from equity.access.here import Here
from equity.actions import notes as actions
from equity.notes import threads as reading
from equity.notes.note import Note
from equity.notes.threads import STATES, Thread, Wanted
from equity.store.records.kept import Kept
from equity.store.workspace.clock import now
from equity.ui.layout import prose
from equity.ui.layout.empty_page import empty_page
from equity.ui.notes.then_and_now import then_and_now
from equity.ui.notes.thread import show_thread
from equity.ui.notes.writing import editing, settle, write
from equity.ui.page_registry import ENTRIES, page
from equity.ui.session import sign_in, workspace
from equity.vocabulary.lenses import LENSES, TEAM
from equity.words.escaping import markdown
from equity.words.page import notes as words

PAGE_AT = 20
"""Threads that are drawn at once; the rest is a button away."""


def show_notes(wanted: str) -> None:
    """Every thread, or the one that a link asks for."""
    here, at = workspace.here(), editing("page")
    notes = actions.readable_notes(here)
    every = reading.threads(notes)
    settle(here, at)
    if wanted:
        _one(here, every, wanted)
        return
    _new(here, actions.new_notes(here))
    drafts = reading.drafts(notes)
    if not every and not drafts:
        empty_page(words.PURPOSE, words.EXAMPLE, words.BEGIN_ON_A_CARD, "disparities")
        return
    _drafts(here, drafts)
    threads = reading.chosen(every, _wanted(every))
    if not threads:
        prose.small(words.NONE_FIT)
    shown = st.session_state.setdefault("notes_shown", PAGE_AT)
    for thread in threads[:shown]:
        _thread(here, thread, every)
    if len(threads) > shown and st.button(f"Show {min(PAGE_AT, len(threads) - shown)} more", key="notes_more"):
        st.session_state["notes_shown"] = shown + PAGE_AT
        st.rerun()


def _one(here: Here, every: Sequence[Thread], wanted: str) -> None:
    threads = [thread for thread in every if thread.note.id == wanted]
    for thread in threads:
        _thread(here, thread, every)
    if not threads:
        prose.problem(words.NOT_THERE)
    st.page_link(page("notes"), label="All notes", icon=":material/arrow_back:")


def _thread(here: Here, thread: Thread, every: Sequence[Thread]) -> None:
    entry = ENTRIES.get(thread.note.content.page)
    with st.container(border=True, key=f"thread_{thread.note.id}"):
        prose.heading(thread.note.content.page if entry is None else entry.title)
        show_thread(here, editing("page"), thread, every)
        then_and_now(thread.note)


def _new(here: Here, new: Sequence[Kept[Note]]) -> None:
    """What is new, and the button that says it was read: opening a page is not yet reading."""
    if not new:
        return
    naming = sum(here.person.id in kept.content.named for kept in new)
    prose.listed(words.counted_new(len(new), naming), [words.new_line(kept, here.person.id) for kept in new[:10]], 2)
    if st.button(words.READ, icon=":material/done_all:", key="notes_read"):
        until = now()
        editing("page").do(here, lambda place: actions.have_read(place, until))


def _drafts(here: Here, drafts: Sequence[Kept[Note]]) -> None:
    if not drafts or not sign_in.may("edit_notes"):
        return
    prose.heading(words.DRAFTS)
    for kept in drafts:
        with st.container(border=True, key=f"draft_{kept.id}"):
            prose.small(words.then(kept.content))
            write(here, editing("page"), kept)


def _wanted(every: Sequence[Thread]) -> Wanted:
    """What is looked for: four lists in one row."""
    titles = {name: entry.title for name, entry in ENTRIES.items()}
    pages = words.every_page({thread.note.content.page for thread in every}, titles)
    people = ["", *sorted({each.author for thread in every for each in thread.everything})]
    lenses = ["", *(lens for lens in (*LENSES, TEAM) if any(_speaks(thread, lens) for thread in every))]
    with st.container(horizontal=True, gap="small", key="notes_wanted"):
        card = st.selectbox("Card", list(pages), format_func=lambda name: pages.get(name, ""), key="notes_card")
        author = st.selectbox(
            "Person", people, format_func=lambda name: markdown(name) or "Everybody", key="notes_author"
        )
        lens = st.selectbox("View", lenses, format_func=lambda name: name or "Every view", key="notes_lens")
        state = st.selectbox("Talk", STATES, format_func=lambda name: words.STATES[name], key="notes_state")
    return Wanted(card or "", author or "", lens or "", state)


def _speaks(thread: Thread, lens: str) -> bool:
    return any(each.content.lens == lens for each in thread.everything)
