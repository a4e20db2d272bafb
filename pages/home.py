"""Home: the largest gap in one sentence, what is here, and every page one click away."""

import streamlit as st

from equity.cards import disparities as cards
from equity.ui.cards.card import show_card
from equity.ui.layout import marks, prose
from equity.ui.layout.tour import tour
from equity.ui.notes.new_notes import show_new_notes
from equity.ui.question import answers
from equity.ui.question.choice_bar import link_to, question_of_home
from equity.ui.question.page_parts import every_page, first_questions, greet, what_is_here
from equity.ui.work.in_hand import show_in_hand
from equity.words.answers import disparities as words

question = question_of_home()
greet(question)
tour(question)
if question.nothing:
    prose.answer(question.nothing)
    if question.version:
        what_is_here(question)
else:
    answer = cards.ask(question, answers)
    prose.answer(words.finding(answer), marks.of_disparities(answer), words.what_it_comes_to(answer))
    picture, aside = st.columns([7, 3], gap="large")
    with picture:
        show_card(cards.groups(question, answer), asks=False)
    with aside:
        first_questions(question)
        prose.quote("To talk about", words.prompt(answer))
        what_is_here(question)
show_new_notes()
show_in_hand()
every_page(link_to(question))
