"""The first minute: five steps for somebody who has just come, while the made-up system is looked at.

It can be left at any time and does not come back in the same visit; it never covers anything.
"""

from __future__ import annotations

import streamlit as st

from equity.cards.page_question import PageQuestion
from equity.server.sample_data import SAMPLE
from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, page
from equity.words.labels.layout import LAYOUT_TEXTS

STEPS: tuple[tuple[str, str, str], ...] = (
    (
        "Read the sentence first",
        LAYOUT_TEXTS["it_names_the_gap_that_concerns"],
        "",
    ),
    (
        "Then look at the dots",
        LAYOUT_TEXTS["each_dot_is_a_groups_rate"],
        "disparities",
    ),
    (
        "Change a word, change the answer",
        LAYOUT_TEXTS["on_each_page_the_question"],
        "trends",
    ),
    (
        "Bring your own",
        LAYOUT_TEXTS["drop_a_data_file"],
        "upload",
    ),
    (
        "Talk about it together",
        LAYOUT_TEXTS["on_a_learning_call_everybody_guesses"],
        "learning_call",
    ),
)


def tour(question: PageQuestion) -> None:
    """Draw the step that somebody is at, unless they have left the tour or look at data of their own."""
    at = int(st.session_state.get("tour_step", 0))
    if question.codes["dataset"] != SAMPLE or at >= len(STEPS):
        return
    name, told, leads_to = STEPS[at]
    with st.container(border=True, gap="small", key="tour"):
        prose.heading(f"{at + 1} of {len(STEPS)}: {name}")
        prose.paragraph(told)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            last = at + 1 == len(STEPS)
            st.button("Done" if last else "Next", key="tour_next", on_click=_go_to, args=(at + 1,))
            if at:
                st.button("Back", type="tertiary", key="tour_back", on_click=_go_to, args=(at - 1,))
            if not last:
                st.button("Leave the tour", type="tertiary", key="tour_leave", on_click=_go_to, args=(len(STEPS),))
            if leads_to:
                st.page_link(page(leads_to), label=f"Open {ENTRIES[leads_to].title}", icon=ENTRIES[leads_to].icon)


def _go_to(step: int) -> None:
    st.session_state["tour_step"] = step
