"""The expander “Notes” under a card: its threads, a draft of one's own, and the button that begins one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from equity.actions import notes as actions
from equity.notes import threads as reading
from equity.notes.note import begun, subject
from equity.ui.layout import prose
from equity.ui.layout.lazy_expander import lazy_expander
from equity.ui.notes.thread import show_thread
from equity.ui.notes.writing import editing, settle, write
from equity.ui.presenting import card_set
from equity.ui.session import sign_in, workspace
from equity.ui.session.once_in_a_run import once_in_a_run
from equity.words.page import notes as words

if TYPE_CHECKING:
    from equity.cards.card import Card


def notes_expander(card: Card) -> None:
    """Draw the expander, for whoever may read notes; what is in it is read when it is opened."""
    if not sign_in.may("read_notes"):
        return
    link = card.recipe.parameters()
    count = _open_by_subject(link.get("dataset", "")).get(subject(link), 0)
    lazy_expander(words.expander_title(count), ":material/forum:", f"notes_{card.key}", lambda: _show(card))


def _open_by_subject(dataset: str) -> Mapping[tuple[str, ...], int]:
    """How many open threads there are about each card of a dataset: asked once in a run, for all of a page's cards."""
    return once_in_a_run(
        ("open notes", dataset),
        lambda: Counter(subject(kept.content.link) for kept in actions.open_on_dataset(workspace.here(), dataset)),
    )


def _show(card: Card) -> None:
    here, at, link = workspace.here(), editing(card.key), card.recipe.parameters()
    notes = actions.readable_notes(here)
    every = reading.threads(notes)
    threads = reading.about(every, link)
    drafts = [kept for kept in reading.drafts(notes) if subject(kept.content.link) == subject(link)]
    settle(here, at)
    if not threads:
        prose.small(words.NOTHING_HERE)
    for thread in threads:
        with st.container(border=True, key=f"thread_{card.key}_{thread.note.id}"):
            show_thread(here, at, thread, every)
    if not sign_in.may("edit_notes"):
        return
    for draft in drafts:
        with st.container(border=True, key=f"draft_{card.key}_{draft.id}"):
            write(here, at, draft)
    if not drafts and st.button(words.WRITE, icon=":material/edit_note:", key=f"write_note_{card.key}"):
        note = begun(link, card_set.asked_of(card), card.finding)
        at.do(here, lambda place: actions.begin_note(place, note))
