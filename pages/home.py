"""Home: the largest gap in one sentence, what is here, and every page one click away."""

import streamlit as st

from equity.charts import disparities as charts
from equity.export import native
from equity.ui import answers, marks, prose
from equity.ui.card import Card, show_card
from equity.ui.choice_bar import greeting, link_to
from equity.ui.page_parts import every_page, greet, what_is_here
from equity.ui.tour import tour
from equity.words import disparities as words

question = greeting()
greet(question)
tour(question)
answer = answers.disparities(question.choices)

prose.answer(words.finding(answer), marks.of_disparities(answer))
picture, aside = st.columns([7, 3], gap="large")
with picture:
    show_card(
        Card(
            key="groups",
            finding=words.chart_title(answer),
            figure=charts.groups(answer),
            alt=words.alt_text(answer),
            table=words.table(answer),
            caption=words.table_caption(answer),
            numbers=answer.rows,
            sql=answer.sql,
            answer=answer,
            native=lambda: native.rates(answer),
        )
    )
with aside:
    prose.quote("To talk about", words.prompt(answer))
    what_is_here(question)
every_page(link_to(question))
