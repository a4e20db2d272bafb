"""Clinical areas: where are the gaps that concern the most people?"""

from dataclasses import replace

import streamlit as st

from equity.charts import areas as charts
from equity.export import native
from equity.ui import answers, marks, prose
from equity.ui.card import Card, show_card
from equity.ui.choice_bar import choice_bar
from equity.ui.page_parts import beside, gap_links, page_title
from equity.words import areas as words

page_title("areas")
question = choice_bar(
    "areas", ("period", "where", "dataset"), "Every measure by every grouping, beside its own reference,"
)
answer = answers.areas(replace(question.choices, measure="", by="", reference=None))

prose.answer(words.finding(answer), marks.of_areas(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(
        Card(
            key="map",
            finding=words.chart_title(answer),
            figure=charts.heat_map(answer),
            alt=words.alt_text(answer),
            table=words.table(answer),
            caption=words.table_caption(answer),
            numbers=answer.rows,
            sql=answer.sql,
            answer=answer,
        )
    )
    show_card(
        Card(
            key="ranked",
            finding=words.ranked_chart_title(answer),
            figure=charts.ranked(answer),
            alt=words.ranked_alt_text(answer),
            table=words.table(answer),
            caption=words.table_caption(answer),
            numbers=answer.rows,
            sql=answer.sql,
            answer=answer,
            native=lambda: native.people_affected(answer),
        )
    )
with aside:
    beside(
        words.prompt(answer),
        [words.how_sure(answer)],
        [*words.not_known(answer), *words.caveats(answer)],
        {},
    )
    gap_links(answer, question)
