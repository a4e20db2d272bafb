"""Gap trends: is a gap closing, and because which group moved?"""

from dataclasses import replace

import streamlit as st

from equity.charts import trends as charts
from equity.ui import answers, marks, prose
from equity.ui.card import Card, show_card
from equity.ui.choice_bar import choice_bar, link_to
from equity.ui.page_parts import beside, page_title
from equity.vocabulary import PeriodRange
from equity.words import references
from equity.words import trends as words

page_title("trends")
question = choice_bar("trends", ("measure", "by", "reference", "grain", "where", "dataset"))
answer = answers.trends(replace(question.choices, period=PeriodRange()), question.grain)

prose.answer(words.finding(answer), marks.of_trends(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(
        Card(
            key="over_time",
            finding=words.chart_title(answer),
            figure=charts.over_time(answer),
            alt=words.alt_text(answer),
            table=words.table(answer),
            caption=words.table_caption(answer),
            numbers=answer.rows,
            sql=answer.sql,
        )
    )
    show_card(
        Card(
            key="multiples",
            finding=f"Every group over time, beside {references.said(answer.reference)}",
            figure=charts.multiples(answer),
            alt=" ".join(words.every_change(answer)),
            table=words.changes_table(answer),
            caption=words.table_caption(answer),
            numbers=answer.changes,
            sql=answer.sql,
        )
    )
with aside:
    beside(
        words.prompt(answer),
        [words.how_sure(answer)],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "disparities": ("The groups side by side", link_to(question)),
            "areas": ("Other clinical areas", link_to(question)),
        },
    )
