"""Data completeness: who is missing from the answer, and does it matter?"""

import streamlit as st

from equity.cards import completeness as cards
from equity.ui.cards.card import show_card
from equity.ui.cards.if_unknown import if_unknown
from equity.ui.layout import marks, prose
from equity.ui.layout.four_steps import say_step
from equity.ui.question import answers
from equity.ui.question.choice_bar import choice_bar, link_to
from equity.ui.question.page_parts import discussion_column, page_title, present_page
from equity.ui.session.errors import answered
from equity.words.answers import completeness as words
from equity.words.labels.pages import PAGE_TEXTS

page_title("completeness")
say_step("completeness")
question = choice_bar("completeness", ("measure", "by", "reference", "period", "where", "dataset"))
answer = answered(lambda: cards.ask(question, answers))

prose.answer(words.finding(answer), marks.of_completeness(answer), words.what_it_comes_to(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(cards.place(question, answer))
    prose.listed("By site, over time and by outcome", words.statuses(answer))
    if words.has_cases(answer):
        show_card(cards.bounds(question, answer))
    if_unknown(question, answer)
    show_card(cards.over_time(question, answer))
with aside:
    present_page(question, "completeness", ("place", *(("bounds",) if words.has_cases(answer) else ()), "time"))
    discussion_column(
        words.prompt(answer),
        [*words.conclusion(answer), words.how_sure(answer)],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "disparities": ("The groups side by side", link_to(question)),
            "scan": (PAGE_TEXTS["where_are_the_gaps"], link_to(question)),
        },
    )
