"""Disparities: how do groups compare on one measure, and how many people does a gap concern?"""

import streamlit as st

from equity.cards import disparities as cards
from equity.ui.cards.card import show_card, show_when_answered
from equity.ui.cards.equal_ages import at_equal_ages, pages_cards
from equity.ui.layout import marks, prose
from equity.ui.question import answers
from equity.ui.question.choice_bar import choice_bar, choosers, link_to
from equity.ui.question.groups_shown import groups_shown
from equity.ui.question.page_parts import discussion_column, on_every_measure, page_title, present_page, within_each
from equity.ui.question.page_warnings import groups_within_groups, not_looked_for, simpson_alarm, who_is_missing
from equity.words.answers import disparities as words
from equity.words.labels.layout import LAYOUT_TEXTS
from equity.words.rows import focus_name

page_title("disparities")
question = choice_bar(
    "disparities", ("measure", "by", "reference", "period", "where", "dataset"), aside=("against", "standard")
)
answer = cards.ask(question, answers)

prose.answer(words.finding(answer), marks.of_disparities(answer), words.what_it_comes_to(answer))
simpson_alarm(question)
groups_within_groups(question)
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    if question.codes["against"]:
        show_when_answered(lambda: cards.beside(question, cards.ask_beside(question, answers)))
    show_card(cards.groups(question, answer))
    show_card(cards.gaps(question, answer))
    at_equal_ages(question)
with aside:
    choosers(question, ("against",), "compare_with")
    groups_shown(question, answer, focus_name(answer))
    present_page(question, "disparities", ("groups", "gaps", *pages_cards(question)))
    discussion_column(
        words.prompt(answer),
        [words.how_sure(answer), *who_is_missing(question.choices), *filter(None, [words.in_all(answer)])],
        [*words.not_known(answer), *words.caveats(answer), *not_looked_for(question)],
        {
            "trends": (LAYOUT_TEXTS["is_this_gap_closing"], link_to(question)),
            **within_each(question),
            **on_every_measure(question, answer.stratifier, focus_name(answer)),
            "completeness": ("Who is missing?", link_to(question)),
            "areas": ("Other clinical areas", link_to(question)),
        },
    )
