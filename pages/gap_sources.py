"""Where the gap lives: do groups fare differently at the same places, or are they seen at different ones?"""

from dataclasses import replace

import streamlit as st

from equity.charts import gap_sources as charts
from equity.ui import answers, marks, prose
from equity.ui.cannot_answer import answered, say_instead
from equity.ui.card import Card, show_card
from equity.ui.choice_bar import choice_bar, link_to
from equity.ui.four_steps import say_step
from equity.ui.page_parts import beside, page_title
from equity.words import gap_sources as words

page_title("gap_sources")
say_step("gap_sources")
question = choice_bar("gap_sources", ("measure", "by", "within", "reference", "period", "dataset"))
within = question.codes["within"]
if not within:
    say_instead("This dataset has only one grouping, so there is nothing to look within.")
answer = answered(lambda: answers.gap_sources(replace(question.choices, where=()), within))

prose.answer(words.finding(answer), marks.of_gap_sources(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(
        Card(
            key="sites",
            finding=words.chart_title(answer),
            figure=charts.sites(answer),
            alt=words.alt_text(answer),
            table=words.strata_table(answer),
            caption=words.table_caption(answer),
            numbers=answer.strata,
            sql=answer.sql,
            answer=answer,
            method=[words.SPLIT],
        )
    )
    show_card(
        Card(
            key="split",
            finding=words.split_chart_title(answer),
            figure=charts.split(answer),
            alt=words.split_alt_text(answer),
            table=words.table(answer),
            caption=words.table_caption(answer),
            numbers=answer.parts,
            sql=answer.sql,
            answer=answer,
            method=[words.SPLIT, words.ADJUSTED],
        )
    )
with aside:
    beside(
        words.prompt(answer),
        [words.how_sure(answer), *words.split_in_words(answer), *filter(None, [words.adjusted_in_words(answer)])],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "disparities": ("The groups side by side", link_to(question)),
            "intersections": ("Groups within groups", link_to(question, second=within)),
        },
    )
