"""Gap breakdown: do groups fare differently at the same places, or are they seen at different ones?"""

import streamlit as st

from equity.cards import gap_sources as cards
from equity.ui.cards.card import show_card
from equity.ui.cards.funnel_card import funnel_card
from equity.ui.layout import marks, prose
from equity.ui.layout.four_steps import say_step
from equity.ui.question import answers
from equity.ui.question.choice_bar import choice_bar, link_to
from equity.ui.question.page_parts import discussion_column, page_title, present_page
from equity.ui.question.page_warnings import filter_left_out
from equity.ui.session.errors import answered
from equity.words.answers import gap_sources as words
from equity.words.answers import site_effects as by_model

page_title("gap_sources")
say_step("gap_sources")
question = choice_bar("gap_sources", ("measure", "by", "within", "reference", "period", "dataset"))
filter_left_out(question, ("within",))
answer = answered(lambda: cards.ask(question, answers))

prose.answer(words.finding(answer), marks.of_gap_sources(answer), words.what_it_comes_to(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(cards.sites(question, answer))
    show_card(cards.split(question, answer))
    drawn = ("sites", "split", "funnel") if funnel_card(question, answer) else ("sites", "split")
    if by_model.there(answer):
        show_card(cards.model(question, answer))
        drawn = (*drawn, "model")
    prose.listed("Within and across, by a model", by_model.in_words(answer))
with aside:
    present_page(question, "gap_sources", drawn)
    discussion_column(
        words.prompt(answer),
        [words.how_sure(answer), *words.split_in_words(answer), *filter(None, [words.adjusted_in_words(answer)])],
        [*words.not_known(answer), *words.caveats(answer), *by_model.caveats(answer)],
        {
            "disparities": ("The groups side by side", link_to(question)),
            "intersections": ("Groups within groups", link_to(question, second=question.codes["within"])),
        },
    )
