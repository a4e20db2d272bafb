"""Data completeness: who is missing from the answer, and does it matter?"""

from dataclasses import replace

import streamlit as st

from equity.charts import completeness as charts
from equity.ui import answers, marks, prose
from equity.ui.cannot_answer import answered
from equity.ui.card import Card, show_card
from equity.ui.choice_bar import choice_bar, link_to
from equity.ui.four_steps import say_step
from equity.ui.page_parts import beside, page_title
from equity.words import completeness as words

page_title("completeness")
say_step("completeness")
question = choice_bar("completeness", ("measure", "by", "reference", "period", "dataset"))
answer = answered(lambda: answers.completeness(replace(question.choices, where=())))

prose.answer(words.finding(answer), marks.of_completeness(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(
        Card(
            key="place",
            finding=words.chart_title(answer),
            figure=charts.by_place(answer),
            alt=words.alt_text(answer),
            table=words.table(answer),
            caption=words.table_caption(answer),
            numbers=answer.rows,
            sql=answer.sql,
            answer=answer,
            method=[words.SHARES],
        )
    )
    prose.listed("By site, over time and by outcome", words.statuses(answer))
    if len(answer.bounds):
        show_card(
            Card(
                key="bounds",
                finding=words.bounds_chart_title(answer),
                figure=charts.bounds(answer),
                alt=words.bounds_alt_text(answer),
                table=words.bounds_table(answer),
                caption=words.bounds_caption(answer),
                numbers=answer.bounds,
                sql=answer.sql,
                answer=answer,
                method=[words.BOUNDS],
            )
        )
    show_card(
        Card(
            key="time",
            finding=words.over_time_title(answer),
            figure=charts.over_time(answer),
            alt=words.over_time_alt_text(answer),
            table=words.table(answer),
            caption=words.table_caption(answer),
            numbers=answer.rows,
            sql=answer.sql,
            answer=answer,
            method=[words.SHARES],
        )
    )
with aside:
    beside(
        words.prompt(answer),
        [*words.conclusion(answer), words.how_sure(answer)],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "disparities": ("The groups side by side", link_to(question)),
            "scan": ("Where are the gaps?", link_to(question)),
        },
    )
