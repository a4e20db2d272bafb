"""Clinical areas: where are the gaps that affect the most people?"""

import streamlit as st

from equity.cards import areas as cards
from equity.ui.cards.card import show_card
from equity.ui.layout import marks, prose
from equity.ui.question import answers
from equity.ui.question.beside_the_map import comparison_beside
from equity.ui.question.choice_bar import choice_bar
from equity.ui.question.page_parts import discussion_column, gap_links, page_title, present_page
from equity.ui.session.errors import answered
from equity.words.answers import areas as words

page_title("areas")
question = choice_bar(
    "areas", ("period", "where", "dataset"), "Every measure by every grouping, compared with its own reference group,"
)
answer = answered(lambda: cards.ask(question, answers))

prose.answer(words.finding(answer), marks.of_areas(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(cards.heat_map(question, answer))
    show_card(cards.ranked(question, answer))
with aside:
    present_page(question, "areas", ("map", "ranked"))
    comparison_beside(question)
    discussion_column(
        words.prompt(answer),
        [words.how_sure(answer)],
        [*words.not_known(answer), *words.caveats(answer)],
        {},
    )
    gap_links(answer, question)
