"""Intersections: is there a group within the groups that neither grouping alone shows?"""

from dataclasses import replace

import streamlit as st

from equity.charts import intersections as charts
from equity.ui import answers, marks, prose
from equity.ui.cannot_answer import answered, say_instead
from equity.ui.card import Card, show_card
from equity.ui.choice_bar import choice_bar, link_to
from equity.ui.four_steps import say_step
from equity.ui.page_parts import beside, page_title
from equity.words import intersections as words

page_title("intersections")
say_step("intersections")
question = choice_bar("intersections", ("measure", "by", "second", "third", "period", "dataset"))
by = tuple(question.codes[part] for part in ("by", "second", "third") if question.codes[part])
if len(by) < 2:
    say_instead("This dataset has only one grouping, so there is nothing to cross it with.")
answer = answered(lambda: answers.intersections(replace(question.choices, where=(), reference=None), by))

prose.answer(words.finding(answer), marks.of_intersections(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    if len(by) == 2:
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
                method=[words.POOLED],
            )
        )
    show_card(
        Card(
            key="dots",
            finding=words.dots_title(answer),
            figure=charts.dots(answer),
            alt=words.dots_alt_text(answer),
            table=words.table(answer),
            caption=words.table_caption(answer),
            numbers=answer.rows,
            sql=answer.sql,
            answer=answer,
            method=[words.POOLED],
        )
    )
with aside:
    beside(
        words.prompt(answer),
        [words.how_sure(answer), *filter(None, [words.others(answer)])],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "disparities": ("The groups side by side", link_to(question)),
            "gap_sources": ("Where does a gap live?", link_to(question)),
        },
    )
