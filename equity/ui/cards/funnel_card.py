"""The card of sites as a funnel on the page of gap breakdown, with what is picked above it."""

from __future__ import annotations

import streamlit as st

from equity.cards import gap_sources as cards
from equity.cards.page_question import PageQuestion
from equity.lens.answers import GapSources
from equity.ui.cards.card import show_card
from equity.ui.layout import prose
from equity.ui.question import answers
from equity.vocabulary import PlainError
from equity.words.answers import gap_sources as source_words
from equity.words.answers import site_funnel as words
from equity.words.escaping import one_line
from equity.words.labels.cards import CARD_TEXTS


def funnel_card(question: PageQuestion, split: GapSources) -> bool:
    """Sites against chance and ordinary variation, of the group in focus or one that is picked; whether it is there."""
    names = [part.group for part in source_words.parts(split)]
    if not names:
        return False
    with st.container(border=True, key="site_funnel"):
        prose.heading(CARD_TEXTS["does_some_place_stand_apart"], level=3)
        with st.container(horizontal=True):
            of = st.segmented_control(
                "Funnel of",
                list(words.OF_NAMES),
                format_func=lambda name: words.OF_NAMES[name],
                default="gap",
                key="funnel_of",
            )
            group = _pick_group(split, names, of or "gap")
        try:
            answer = cards.ask_funnel(question, group, of or "gap", answers)
        except PlainError as error:
            prose.small(str(error))
            return False
        for sentence in words.what_it_comes_to(answer):
            prose.paragraph(sentence)
    show_card(cards.funnel(question, answer))
    prose.listed(
        "What this does not tell us", [words.how_sure(answer), *words.not_known(answer), *words.caveats(answer)]
    )
    return True


def _pick_group(split: GapSources, compared: list[str], of: str) -> str:
    """Whose funnel: one of the groups compared; for a group's own rate the reference group too."""
    reference, focus = split.reference.group, source_words.focus(split)
    names = [*compared, reference] if of == "rate" and reference else compared
    key = f"funnel_group_{focus}"
    if st.session_state.get(key) not in names:  # the reference group has a rate, but no gap
        st.session_state.pop(key, None)
    return st.selectbox("Whose", names, names.index(focus), format_func=one_line, key=key)
