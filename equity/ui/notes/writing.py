"""A draft of a note or of an answer: kept as it is typed, put there with a button, and seen by nobody before."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from equity.access.here import Here
from equity.actions import notes as actions
from equity.notes.note import LONGEST_WORDS, READERS, Note
from equity.store.records.kept import Kept
from equity.ui.layout import prose
from equity.ui.records.record_editing import Editing
from equity.vocabulary.lenses import LENSES, TEAM
from equity.words.escaping import markdown
from equity.words.page import notes as words


def editing(place: str) -> Editing[Note]:
    """How the notes at a place of the page (a card's key, or the page Notes) are edited."""
    return Editing(f"note_{place}", words.told, "edit_notes")


def settle(here: Here, at: Editing[Note]) -> None:
    """Both texts, where the same draft was changed in another window."""
    at.settle(here, lambda theirs, yours: lambda place: actions.save_draft(place, theirs, yours))


def write(here: Here, at: Editing[Note], kept: Kept[Note]) -> None:
    """The form of a draft."""
    is_note, key = bool(kept.content.link), at.key(kept)
    seen = at.seen(kept).content
    with at.as_typed(kept):
        typed = st.text_area(
            words.WORDS if is_note else words.YOUR_ANSWER,
            seen.words,
            max_chars=LONGEST_WORDS,
            height=90,
            key=f"{key}_words",
        )
        hint = words.hint(actions.people_to_name(here), here.person.id)
        if hint:
            prose.small(hint)
        lenses = [TEAM, *LENSES]
        lens = st.selectbox(words.LENS, lenses, lenses.index(seen.lens), key=f"{key}_lens", required=True)
    made = replace(seen, words=typed, lens=lens)
    at.keep_up(here, kept, made, actions.save_draft)
    readers = READERS[0]
    if is_note:
        readers = st.selectbox(
            words.WHO, READERS, format_func=lambda each: words.READERS[each], key=f"{key}_readers", required=True
        )
        prose.small(words.ONLY_THE_TEAM)
    with st.container(horizontal=True, gap="small", key=f"ways_{key}"):
        if st.button(words.PUT, type="primary", key=f"put_{key}"):
            at.do(here, lambda place: actions.put_note(place, at.seen(kept), made, readers))
        if st.button(words.THROW_AWAY, key=f"throw_{key}"):
            at.do(here, lambda place: actions.withdraw_note(place, at.seen(kept)))


def name_of(kept: Kept[Note]) -> str:
    """A note as it is read in a list of choices, where text is markdown."""
    return markdown(words.short(kept))
