"""A small guide: what do you want to know? The summary measures that answer it, each explained one click away."""

from __future__ import annotations

import streamlit as st

from equity.lens.answers import Summary
from equity.ui.layout import prose
from equity.words.answers import summary as words
from equity.words.escaping import markdown
from equity.words.labels.layout import LAYOUT_TEXTS


def guide(answer: Summary) -> None:
    """Draw the guide: the question as a list to pick from, and under it the measures with their values."""
    with st.container(border=True, key="guide"):
        prose.heading("Which number fits?")
        wanted = st.selectbox(
            LAYOUT_TEXTS["what_do_you_want_to_know"],
            list(words.GUIDE),
            format_func=lambda question: words.GUIDE[question],
            key="guide_question",
        )
        for value in words.for_question(answer, wanted):
            with st.expander(markdown(value.in_a_line), key=f"explain_{value.known.name}"):
                for name, text in words.explained(value):
                    prose.listed(name, [text])
