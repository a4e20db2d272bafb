"""The comparison that was clicked on in a map or a ranking: its answer beside it, its pages a click away."""

from __future__ import annotations

import streamlit as st

from equity.cards import disparities as cards
from equity.cards.page_question import PageQuestion
from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, page
from equity.ui.question import answers
from equity.ui.question.choice_bar import link_to
from equity.vocabulary import PlainError
from equity.words.answers import disparities as words
from equity.words.labels.pages import PAGE_TEXTS


def comparison_beside(question: PageQuestion) -> None:
    """The measure and grouping that the question stands at."""
    with st.container(border=True, key="comparison_beside"):
        try:
            answer = cards.ask(question, answers)
        except PlainError as error:
            prose.small(str(error))
            return
        prose.heading(words.chart_title(answer), level=3)
        for sentence in (words.finding(answer), *words.what_it_comes_to(answer)):
            prose.small(sentence)
        for name, label in (("disparities", PAGE_TEXTS["open_this_comparison"]), ("trends", PAGE_TEXTS["over_time"])):
            st.page_link(page(name), label=label, icon=ENTRIES[name].icon, query_params=link_to(question))
