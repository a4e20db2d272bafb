"""From which period to which a page over time looks; it stands in the address."""

from __future__ import annotations

import streamlit as st

from equity.cards.page_question import PageQuestion
from equity.cards.parts.span import FEWEST, periods_within
from equity.ui.datasets import in_memory
from equity.vocabulary import PeriodRange
from equity.words import periods
from equity.words.labels.cards import CARD_TEXTS

_FIRST, _LAST, _EVERY = "periods_first", "periods_last", "periods_every"


def periods_shown(question: PageQuestion) -> None:
    """A button that opens the choice; nothing where the data have too few periods for one."""
    description = in_memory.description(question.codes["dataset"])
    every = periods_within(description, question.grain, "")
    if len(every) <= FEWEST:
        return
    box = st.popover(
        CARD_TEXTS["choose_the_periods"],
        type="tertiary",
        icon=":material/date_range:",
        key="periods_shown",
        on_change="rerun",
    )
    if not box.open:
        return
    within = periods_within(description, question.grain, question.codes["span"])
    st.session_state[_FIRST], st.session_state[_LAST] = within[0], within[-1]  # as asked, also by a link or with Back
    before, after = every[: every.index(within[-1])], every[every.index(within[0]) + 1 :]
    with box:
        for label, offered, key in ((CARD_TEXTS["from"], before, _FIRST), (CARD_TEXTS["to"], after, _LAST)):
            st.selectbox(label, offered, format_func=periods.short, key=key, on_change=_picked, args=(every,))
        st.button(CARD_TEXTS["show_every_period"], key=_EVERY, disabled=not question.codes["span"], on_click=_every)


def of_a_stretch(question: PageQuestion) -> tuple[str, ...]:
    """What to keep in mind where a stretch was picked."""
    return (CARD_TEXTS["what_a_stretch_tells"],) if question.codes["span"] else ()


def _picked(every: tuple[str, ...]) -> None:
    first, last = st.session_state[_FIRST], st.session_state[_LAST]
    _wish("" if (first, last) == (every[0], every[-1]) else str(PeriodRange(first, last)))


def _every() -> None:
    _wish("")


def _wish(span: str) -> None:
    st.session_state["picked"], st.session_state["choose_span"] = "span", span
