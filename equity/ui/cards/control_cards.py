"""The cards of control charts and of what it would take, on the page of trends, with what is picked beside them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from equity.cards import trends as cards
from equity.cards.trends import OverTime
from equity.lens.answers import ControlChart
from equity.ui.cards.card import show_card
from equity.ui.cards.chart_frames import chart_tools
from equity.ui.layout import prose
from equity.ui.question import answers
from equity.vocabulary import PlainError
from equity.words import periods
from equity.words.answers import control as words
from equity.words.labels.cards import CARD_TEXTS


def chart_card(over_time: OverTime) -> tuple[ControlChart, ...]:
    """Control charts as a card with its tools; gives them, or none and the page says why."""
    try:
        picked = cards.charted(over_time, answers)
    except PlainError as error:
        prose.small(str(error))
        return ()
    tools = partial(chart_tools, over_time.question, over_time.laid, over_time.answer.periods)
    show_card(cards.control_chart(over_time, picked), tools=tools)
    return picked


def for_leaders(charts: Sequence[ControlChart]) -> None:
    """The variation and assurance icons, each with a plain sentence, and how often an icon is wrong."""
    judged = [each for each in charts if each.variation]
    told = [(words.icons(each), words.leaders_sentence(each), words.direction(each)) for each in judged]
    prose.icons("For leaders: the latest point", told)
    if told:
        prose.small(words.icon_false_alarms())


def pace_card(over_time: OverTime) -> None:
    """What it would take to close this group's gap, once a person picks a date; or why it cannot be said.

    Where neither side is better there is no gap to close.
    """
    if over_time.answer.measure.polarity == "neutral":
        return
    with st.container(border=True, key="what_it_would_take"):
        prose.heading(CARD_TEXTS["what_would_it_take_to_close"], level=3)
        by = st.segmented_control(
            CARD_TEXTS["close_the_gap"],
            cards.dates_ahead(over_time),
            format_func=periods.short,
            key=f"close_by_{over_time.question.grain}_{over_time.answer.periods[-1]}",
        )
        if by is None:
            return
        try:
            answer = cards.paced(over_time, by, answers)
        except PlainError as error:
            prose.small(str(error))
            return
    show_card(cards.pace(over_time, answer, by))
