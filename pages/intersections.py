"""Intersections: is there a group within the groups that neither grouping alone shows?"""

import streamlit as st

from equity.cards import intersections as cards
from equity.ui.cards.card import show_card
from equity.ui.layout import marks, prose
from equity.ui.layout.four_steps import say_step
from equity.ui.question import answers
from equity.ui.question.choice_bar import choice_bar, link_to
from equity.ui.question.page_parts import discussion_column, page_title, present_page
from equity.ui.question.page_warnings import filter_left_out, groups_within_groups, no_groups_within_groups
from equity.ui.session.errors import answered
from equity.words.answers import intersections as words
from equity.words.answers import strata_model as by_model
from equity.words.labels.pages import PAGE_TEXTS

page_title("intersections")
say_step("intersections")
question = choice_bar("intersections", ("measure", "by", "second", "third", "period", "dataset"))
filter_left_out(question, ("second", "third"))
answer = answered(lambda: cards.ask(question, answers))
shown = cards.cards(question, answer)

prose.answer(words.finding(answer), marks.of_intersections(answer), words.what_it_comes_to(answer))
groups_within_groups(question, answer)
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    for card in shown:
        show_card(card)
    if answer.model is not None:
        prose.listed("Between combined groups", [*by_model.in_words(answer), *by_model.caveats()])
with aside:
    present_page(question, "intersections", [card.key for card in shown])
    discussion_column(
        words.prompt(answer),
        [words.how_sure(answer), *filter(None, [words.others(answer)]), *no_groups_within_groups(question)],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "disparities": ("The groups side by side", link_to(question)),
            "gap_sources": (PAGE_TEXTS["where_does_a_gap_live"], link_to(question)),
        },
    )
