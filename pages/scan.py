"""Scan: where are the gaps? Every measure by every grouping at once, most people first."""

from dataclasses import replace

import streamlit as st

from equity.charts import scan as charts
from equity.ui import answers, marks, prose
from equity.ui.card import Card, show_card
from equity.ui.choice_bar import choice_bar, link_to
from equity.ui.four_steps import say_step
from equity.ui.page_parts import beside, gap_links, page_title
from equity.words import scan as words

page_title("scan")
say_step("scan")
question = choice_bar(
    "scan", ("period", "where", "dataset"), "Every measure by every grouping, beside its own reference,"
)
answer = answers.areas(replace(question.choices, measure="", by="", reference=None))

prose.answer(words.finding(answer), marks.of_areas(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
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
            method=[words.how_sure(answer), words.PLACES],
        )
    )
    prose.listed("In words, most people first", words.listed(answer))
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
            method=[words.how_sure(answer)],
        )
    )
with aside:
    beside(
        words.prompt(answer),
        [words.how_sure(answer), *filter(None, [words.quiet(answer)])],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "areas": ("The same by clinical area", link_to(question)),
            "completeness": ("How complete are the data?", link_to(question)),
        },
    )
    gap_links(answer, question)
