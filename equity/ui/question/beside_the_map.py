"""The comparison that was clicked on in a map or a ranking: its answer beside it, its pages a click away."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from equity.cards import disparities as cards
from equity.cards.page_question import PageQuestion
from equity.lens.answers import OneGroup
from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, page
from equity.ui.question import answers
from equity.ui.question.choice_bar import link_to
from equity.vocabulary import PlainError
from equity.words.answers import disparities as words
from equity.words.answers import one_group
from equity.words.labels.pages import PAGE_TEXTS


def of_one_group(question: PageQuestion, answer: OneGroup) -> PageQuestion:
    """The same at a measure of that group: the one that was clicked on, else the first that it is compared on."""
    by, group = answer.stratifier.name, answer.group
    if (question.codes["by"], question.codes["group"]) == (by, group):
        return question
    measure = next((p.compared.measure for p in one_group.every(answer) if p.compared.row.compared), answer.measures[0])
    at = {"measure": measure.name, "by": by, "group": group, "reference": str(measure.reference)}
    return replace(question, codes={**question.codes, **at})


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
