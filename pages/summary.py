"""Overall inequality: how uneven is it over all groups, in one number, and which number fits?"""

import streamlit as st

from equity.cards import summary as cards
from equity.ui import answers, marks, prose
from equity.ui.cannot_answer import answered
from equity.ui.card import show_card
from equity.ui.choice_bar import choice_bar, link_to
from equity.ui.four_steps import say_step
from equity.ui.measure_guide import guide
from equity.ui.page_parts import beside, page_title, present_page
from equity.words import summary as words

page_title("summary")
say_step("summary")
question = choice_bar("summary", ("measure", "by", "reference", "period", "where", "dataset"))
answer = answered(lambda: cards.ask(question, answers))

prose.answer(words.finding(answer), marks.of_summary(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    guide(answer)
    show_card(cards.in_units(question, answer))
with aside:
    present_page(question, "summary", ("in_units",))
    beside(
        words.prompt(answer),
        [words.how_sure(answer)],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "disparities": ("The groups side by side", link_to(question)),
            "trends": ("Is a gap closing?", link_to(question)),
        },
    )
