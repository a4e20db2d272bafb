"""One thread: the note, its answers, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from equity.access.here import Here
from equity.actions import notes as actions
from equity.notes.note import LONGEST_WORDS, READERS, Note
from equity.notes.threads import Thread
from equity.store.records.kept import Kept
from equity.ui.layout import prose
from equity.ui.notes.writing import name_of, write
from equity.ui.page_registry import page
from equity.ui.records.record_editing import Editing
from equity.ui.session import sign_in
from equity.words.escaping import one_line
from equity.words.page import notes as words


def show_thread(here: Here, at: Editing[Note], thread: Thread, others: Sequence[Thread]) -> None:
    """Draw a thread; ``others`` are those that it can be linked with."""
    note = thread.note
    prose.small(f"{words.whose(note)} {words.who_may_read(note)}")
    prose.paragraph(one_line(note.content.words, LONGEST_WORDS))
    for answer in thread.answers:
        with st.container(key=f"answer_{at.name}_{answer.id}"):
            prose.small(words.whose(answer))
            prose.paragraph(one_line(answer.content.words, LONGEST_WORDS))
    _linked(note, others)
    if not sign_in.may("edit_notes"):
        return
    for draft in thread.drafts:
        write(here, at, draft)
    _tools(here, at, thread, others)


def _linked(note: Kept[Note], others: Sequence[Thread]) -> None:
    for other in others:
        if other.note.id in note.content.linked:
            st.page_link(
                page("notes"),
                label=f"{words.LINKED}: {name_of(other.note)}",
                icon=":material/link:",
                query_params={"note": other.note.id},
            )


def _tools(here: Here, at: Editing[Note], thread: Thread, others: Sequence[Thread]) -> None:
    note = thread.note
    key = f"{at.name}_{note.id}"
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"tools_{key}"):
        if not thread.drafts and st.button(words.ANSWER, icon=":material/reply:", key=f"reply_{key}"):
            at.do(here, lambda place: actions.begin_answer(place, note.id))
        if note.content.closed:
            if st.button(words.OPEN_AGAIN, key=f"open_{key}"):
                at.do(here, lambda place: actions.open_thread_again(place, note))
        elif st.button(words.CLOSE, icon=":material/check:", key=f"close_{key}"):
            at.do(here, lambda place: actions.close_thread(place, note))
        more = st.popover(words.MORE, icon=":material/more_horiz:", key=f"more_{key}", on_change="rerun")
        if more.open:
            with more:
                _more(here, at, thread, others)


def _more(here: Here, at: Editing[Note], thread: Thread, others: Sequence[Thread]) -> None:
    note = thread.note
    key = f"{at.name}_{note.id}"
    st.page_link(page("notes"), label=words.OPEN, icon=":material/forum:", query_params={"note": note.id})
    own = [each for each in thread.everything if each.author_id == here.person.id]
    for each in own:
        typed = st.text_area(words.CHANGE, each.content.words, max_chars=LONGEST_WORDS, key=f"again_{key}_{each.id}")
        if typed != each.content.words and st.button(words.CHANGE, key=f"change_{key}_{each.id}"):
            _reword(here, at, each, typed)
        if st.button(words.WITHDRAW, icon=":material/delete:", key=f"withdraw_{key}_{each.id}"):
            _withdraw(here, at, each)
    if note in own:
        readers = st.selectbox(
            words.WHO,
            READERS,
            READERS.index(note.readers),
            format_func=lambda name: words.READERS[name],
            key=f"read_{key}_{note.version}",
            required=True,
        )
        if readers != note.readers and st.button(words.CHANGE_READERS, key=f"share_{key}"):
            at.do(here, lambda place: actions.choose_note_readers(place, note, readers))
    _link(here, at, note, others)


def _reword(here: Here, at: Editing[Note], kept: Kept[Note], typed: str) -> None:
    at.do(here, lambda place: actions.reword_note(place, kept, typed))


def _withdraw(here: Here, at: Editing[Note], kept: Kept[Note]) -> None:
    at.do(here, lambda place: actions.withdraw_note(place, kept))


def _link(here: Here, at: Editing[Note], note: Kept[Note], others: Sequence[Thread]) -> None:
    left = {o.note.id: o.note for o in others if o.note.id not in (note.id, *note.content.linked)}
    if not left:
        return
    key = f"{at.name}_{note.id}"
    other = st.selectbox(
        words.LINK_WITH, list(left), None, lambda name: name_of(left[name]) if name in left else "", key=f"link_{key}"
    )
    if other is not None and st.button(words.LINK, icon=":material/link:", key=f"link_it_{key}"):
        at.do(here, lambda place: actions.link_threads(place, note, str(other)))
