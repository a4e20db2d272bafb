"""What the page of a conclusion must also say: who is missing from it, and when the whole tells another story."""

from __future__ import annotations

import streamlit as st

from equity.lens.choices import Choices
from equity.ui import answers, prose
from equity.ui.choice_bar import link_to
from equity.ui.page_registry import ENTRIES, page
from equity.ui.question import Question
from equity.vocabulary import PlainError
from equity.words import completeness, gap_sources


def who_is_missing(choices: Choices) -> list[str]:
    """What missing data mean for this conclusion, in a sentence; nothing where a dataset cannot tell."""
    try:
        return [completeness.for_a_conclusion(answers.missing_from_a_conclusion(choices))]
    except PlainError:
        return []


def simpson_alarm(question: Question) -> None:
    """Where a gap reverses or halves within the sites: the alarm in words, and the way to the page that shows it."""
    try:
        said = gap_sources.alarm(answers.gap_sources(question.choices, ""))
    except PlainError:
        return
    if said:
        prose.notice([said])
        entry = ENTRIES["gap_sources"]
        st.page_link(page(entry.name), label=entry.title, icon=entry.icon, query_params=link_to(question))
