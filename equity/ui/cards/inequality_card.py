"""The card of inequality over time on the page of overall inequality, with what is picked above it."""

from __future__ import annotations

import streamlit as st

from equity.cards import summary as cards
from equity.cards.page_question import PageQuestion
from equity.ui.cards.card import show_card
from equity.ui.layout import prose
from equity.ui.question import answers
from equity.ui.question.choice_bar import choosers
from equity.vocabulary import PlainError
from equity.words.answers import inequality_over_time as words
from equity.words.labels.cards import CARD_TEXTS


def over_time_card(question: PageQuestion) -> bool:
    """An absolute and a relative number in every period, once there are periods; whether it is there."""
    if question.grain == "all":
        return False
    try:
        answer = cards.ask_over_time(question, answers)
    except PlainError as error:
        prose.small(str(error))
        return False
    offered = {pair.name: pair.label for pair in words.pairs(answer)}
    with st.container(border=True, key="inequality_over_time"):
        prose.heading(CARD_TEXTS["has_it_become_more_even"], level=3)
        pair = st.selectbox("Which two numbers", list(offered), format_func=offered.__getitem__, key="inequality_pair")
        choosers(question, ("grain",), "inequality_choosers")
        for sentence in words.what_it_comes_to(answer, pair):
            prose.paragraph(sentence)
    show_card(cards.over_time(question, answer, pair))
    prose.listed("What this does not tell us", [*words.not_known(answer, pair), *words.caveats(answer)])
    return True
