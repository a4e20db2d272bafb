"""Disparities: how do groups compare on one measure, and how many people does a gap concern?"""

import streamlit as st

from equity.charts import disparities as charts
from equity.export import native
from equity.ui import answers, marks, prose
from equity.ui.card import Card, show_card
from equity.ui.choice_bar import choice_bar, link_to
from equity.ui.page_parts import beside, page_title
from equity.ui.what_else import simpson_alarm, who_is_missing
from equity.words import disparities as words

page_title("disparities")
question = choice_bar("disparities", ("measure", "by", "reference", "period", "where", "dataset"))
answer = answers.disparities(question.choices)

table = words.table(answer)
prose.answer(words.finding(answer), marks.of_disparities(answer))
simpson_alarm(question)
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(
        Card(
            key="groups",
            finding=words.chart_title(answer),
            figure=charts.groups(answer),
            alt=words.alt_text(answer),
            table=table,
            caption=words.table_caption(answer),
            numbers=answer.rows,
            sql=answer.sql,
            answer=answer,
            native=lambda: native.rates(answer),
        )
    )
    show_card(
        Card(
            key="gaps",
            finding=words.gap_chart_title(answer),
            figure=charts.gaps(answer),
            alt=words.alt_text(answer),
            table=table,
            caption=words.table_caption(answer),
            numbers=answer.rows,
            sql=answer.sql,
            answer=answer,
            native=lambda: native.gaps(answer),
        )
    )
with aside:
    beside(
        words.prompt(answer),
        [words.how_sure(answer), *who_is_missing(question.choices), *filter(None, [words.in_all(answer)])],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "trends": ("Is this gap closing?", link_to(question)),
            "completeness": ("Who is missing?", link_to(question)),
            "areas": ("Other clinical areas", link_to(question)),
        },
    )
