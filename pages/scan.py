"""Largest gaps: where are the gaps? Every measure by every grouping at once, most people first."""

import streamlit as st

from equity.cards import scan as cards
from equity.ui.cards.card import show_card
from equity.ui.layout import marks, prose
from equity.ui.layout.four_steps import say_step
from equity.ui.question import answers
from equity.ui.question.beside_the_map import comparison_beside
from equity.ui.question.choice_bar import choice_bar, link_to
from equity.ui.question.page_parts import discussion_column, gap_links, page_title, present_page
from equity.ui.session.errors import answered
from equity.words.answers import scan as words
from equity.words.labels.pages import PAGE_TEXTS

page_title("scan")
say_step("scan")
question = choice_bar(
    "scan", ("period", "where", "dataset"), "Every measure by every grouping, compared with its own reference group,"
)
answer = answered(lambda: cards.ask(question, answers))

prose.answer(words.finding(answer), marks.of_areas(answer), words.what_it_comes_to(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(cards.ranked(question, answer))
    prose.listed("In words, most people first", words.listed(answer))
    show_card(cards.heat_map(question, answer))
with aside:
    present_page(question, "scan", ("ranked", "map"))
    comparison_beside(question)
    discussion_column(
        words.prompt(answer),
        [words.how_sure(answer), *filter(None, [words.quiet(answer)])],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "areas": ("The same by clinical area", link_to(question)),
            "completeness": (PAGE_TEXTS["how_complete_are_the_data"], link_to(question)),
        },
    )
    gap_links(answer, question)
