"""Explore: a question of one's own, counted from the rows."""

import streamlit as st

from equity.cards import explore as cards
from equity.explore.asked import why_not
from equity.ui.cards.card import show_card
from equity.ui.datasets import in_memory
from equity.ui.explore.own_sql import own_sql
from equity.ui.explore.picking import asked_before, picked
from equity.ui.question import answers
from equity.ui.question.choice_bar import choice_bar, link_to
from equity.ui.question.page_parts import discussion_column, page_title
from equity.ui.session.errors import answered, say_instead
from equity.words.answers import explore as words

page_title("explore")
question = choice_bar("explore", ("measure", "period", "dataset"), more=asked_before)
if reason := why_not(in_memory.description(question.codes["dataset"])):
    say_instead(reason)
asked = picked(question)
answer = answered(lambda: cards.ask(question, asked, answers))
card = cards.cells(question, answer)

pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    if asked.drawing == "table":
        st.dataframe(
            words.table(answer),
            hide_index=True,
            width="stretch",
            height="content",
            key="explored_table",
            alt=card.caption,
        )
    show_card(card)
    own_sql(question)
with aside:
    discussion_column(
        words.prompt(answer),
        [words.how_sure(answer)],
        [*words.caveats(answer)],
        {page: (said, link_to(question)) for page, said in words.FURTHER.items()},
    )
