"""What a team shares with its cohort: choose a thing, read what would leave, share it, take it back."""

from __future__ import annotations

import streamlit as st

from equity.access.here import Here
from equity.actions.network import offered, sharing
from equity.actions.network.told import Wish
from equity.network.members import Belonging
from equity.network.pieces import PIECE_KINDS, Seen
from equity.store.files.home import home_folder
from equity.store.records.kept import Kept
from equity.ui.layout import prose
from equity.ui.network.piece_parts import show_piece
from equity.ui.session import sign_in
from equity.ui.session.errors import error_as_sentence
from equity.ui.session.workspace import allowed_at
from equity.words.cohort import pieces as piece_words
from equity.words.cohort import sharing as words
from equity.words.escaping import one_line
from equity.words.labels.network import NETWORK_TEXTS


def show(at: Here, belonging: Kept[Belonging]) -> None:
    """What is shared now, each with its way back, and sharing one more thing."""
    prose.heading(words.SHARED)
    prose.small(words.WHO_SEES)
    shared = sharing.shares(at, belonging)
    if not shared:
        prose.small(words.NOTHING_SHARED)
    for kept in shared:
        prose.small(words.share_line(kept.content))
        if sign_in.may("share_with_network") and st.button(words.TAKE_BACK, key=f"take_back_{kept.id}"):
            with error_as_sentence():
                sharing.take_back(allowed_at(at, "share_with_network"), belonging, kept)
                st.rerun()
    if sign_in.may("share_with_network"):
        with st.expander(words.SHARE, icon=":material/share:", expanded=not shared, key=f"share_more_{belonging.id}"):
            _share(at, belonging)


def _share(at: Here, belonging: Kept[Belonging]) -> None:
    kind = st.selectbox(
        NETWORK_TEXTS["what_do_you_share"], PIECE_KINDS, format_func=lambda k: piece_words.KINDS[k], key="share_kind"
    )
    there = offered.subjects(at, home_folder(), kind)
    if not there:
        prose.small(words.nothing_of(piece_words.KINDS[kind]))
        return
    subject = st.selectbox("Which?", list(there), format_func=lambda s: one_line(there[s], 200), key=f"share_{kind}")
    topic = st.text_input(NETWORK_TEXTS["clinical_topic"], max_chars=200, key="share_topic")
    idea = st.text_input(NETWORK_TEXTS["change_idea"], max_chars=200, key="share_idea")
    card, measures, expected = "", tuple[str, ...](), None
    seen: Seen = "gallery"
    if kind == "release":
        seen = "comparison" if st.checkbox(NETWORK_TEXTS["for_comparisons_alone"], key="share_alone") else "gallery"
        names = offered.measures(at, home_folder(), subject)
        measures = tuple(st.multiselect(NETWORK_TEXTS["only_these_measures"], names, key="share_measures"))
    if kind == "card":
        card = st.text_input(NETWORK_TEXTS["card_as_a_link"], max_chars=1_000, key="share_card")
        if not card:
            return
    if kind == "cycle":
        points = st.number_input(
            NETWORK_TEXTS["expected_change"], value=None, step=0.5, format="%.1f", key="share_expected"
        )
        expected = None if points is None else points / 100
    wish = Wish(kind, subject, seen, topic, idea, measures, card, expected)
    with error_as_sentence():
        _look_and_share(at, belonging, wish)


def _look_and_share(at: Here, belonging: Kept[Belonging], wish: Wish) -> None:
    """What would leave, the numbers in it that were typed, and the button."""
    prepared = sharing.prepare(allowed_at(at, "share_with_network"), home_folder(), wish)
    prose.heading(words.LOOK_FIRST, level=3)
    show_piece(prepared.piece, key="prepared")
    meant = True
    if prepared.numbers:
        prose.notice([words.NUMBERS_TYPED, *(f"“{one_line(text, 400)}”" for text in prepared.numbers)])
        meant = st.checkbox(NETWORK_TEXTS["numbers_are_meant"], key="share_meant")
    if st.button("Share it", type="primary", disabled=not meant, key="share_it"):
        place = allowed_at(at, "share_with_network")
        sharing.share(place, home_folder(), belonging, wish, numbers_are_meant=meant)
        st.rerun()
