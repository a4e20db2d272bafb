"""Overall inequality: how uneven is it over all groups, in one number, and which number fits?"""

import streamlit as st

from equity.cards import summary as cards
from equity.ui.cards.card import show_card
from equity.ui.cards.inequality_card import over_time_card
from equity.ui.layout import marks, prose
from equity.ui.layout.four_steps import say_step
from equity.ui.question import answers
from equity.ui.question.choice_bar import choice_bar, link_to
from equity.ui.question.measure_guide import guide
from equity.ui.question.page_parts import discussion_column, page_title, present_page
from equity.ui.session.errors import answered
from equity.words.answers import summary as words
from equity.words.labels.pages import PAGE_TEXTS

page_title("summary")
say_step("summary")
question = choice_bar("summary", ("measure", "by", "reference", "period", "where", "dataset"))
answer = answered(lambda: cards.ask(question, answers))

prose.answer(words.finding(answer), marks.of_summary(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(cards.in_units(question, answer))
    guide(answer)
    drawn = ("in_units", "over_time") if over_time_card(question) else ("in_units",)
with aside:
    present_page(question, "summary", drawn)
    discussion_column(
        words.prompt(answer),
        [words.how_sure(answer)],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "disparities": ("The groups side by side", link_to(question)),
            "trends": (PAGE_TEXTS["is_a_gap_closing"], link_to(question)),
        },
    )
