"""Gap trends: is a gap closing, and because which group moved?"""

from dataclasses import replace

import streamlit as st

from equity.charts import trends as charts
from equity.export import native
from equity.ui import answers, control_cards, marks, prose
from equity.ui.cannot_answer import answered
from equity.ui.card import Card, show_card
from equity.ui.chart_frames import chart_tools
from equity.ui.choice_bar import choice_bar, choosers, link_to
from equity.ui.laid_over import laid_over
from equity.ui.page_parts import beside, page_title
from equity.vocabulary import PeriodRange
from equity.words import trends as words
from equity.words.chart_frames import events_in_words

page_title("trends")
question = choice_bar("trends", ("measure", "by", "reference", "grain", "where", "dataset"))
choices, group = replace(question.choices, period=PeriodRange()), question.codes["group"]
laid = laid_over(question)
plain = answered(lambda: answers.trends(choices, question.grain))
answer = answers.trends(choices, question.grain, laid.frame(group, plain.periods))
happened = laid.events(answer.periods)

prose.answer(words.finding(answer, group), marks.of_trends(answer))
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(
        Card(
            key="over_time",
            finding=words.chart_title(answer, group),
            figure=charts.over_time(answer, words.focus(answer, group), happened),
            alt=f"{words.alt_text(answer)} {events_in_words(happened)}".strip(),
            table=words.changes_table(answer),
            caption=f"{words.table_caption(answer)} {events_in_words(happened)}".strip(),
            numbers=answer.rows,
            sql=answer.sql,
            answer=answer,
            native=lambda: native.over_time(answer, group),
            method=[*words.readings(answer, group), *words.every_change(answer)],
        )
    )
    choosers("trends", question, ("group", "chart"), "chart_choosers")
    drawn = control_cards.chart_card(question, choices, laid, answer, happened)
    if drawn:
        chart_tools(question, laid, answer.periods)
    control_cards.for_leaders(drawn)
    control_cards.pace_card(question, choices, words.focus(answer, group), answer.periods[-1])
with aside:
    beside(
        words.prompt(answer, group),
        [words.how_sure(answer, group), *words.readings(answer, group), *words.yearly_rule(answer)],
        [*words.not_known(answer), *words.caveats(answer)],
        {
            "disparities": ("The groups side by side", link_to(question)),
            "areas": ("Other clinical areas", link_to(question)),
        },
    )
