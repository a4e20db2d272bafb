"""Gap trends: is a gap closing, and because which group moved?"""

import streamlit as st

from equity.cards import trends as cards
from equity.ui.cards import control_cards
from equity.ui.cards.card import show_card
from equity.ui.cards.equal_ages import at_equal_ages_over_time, pages_cards
from equity.ui.layout import marks, prose
from equity.ui.question import answers
from equity.ui.question.choice_bar import choice_bar, choosers, link_to
from equity.ui.question.groups_shown import groups_shown
from equity.ui.question.page_parts import (
    discussion_column,
    on_every_measure,
    page_title,
    present_page,
    within_each,
    without_periods,
)
from equity.ui.question.periods_shown import of_a_stretch, periods_shown
from equity.ui.session.errors import answered
from equity.words.answers import trends as words
from equity.words.labels.layout import LAYOUT_TEXTS

page_title("trends")
question = choice_bar(
    "trends", ("measure", "by", "reference", "grain", "where", "dataset"), aside=("group", "chart", "scale", "span")
)
found = answered(lambda: cards.ask(question, answers), lambda: without_periods(question))
answer, group = found.answer, found.group

prose.answer(
    words.finding(answer, group),
    marks.of_trends(answer),
    (*words.what_it_comes_to(answer, group), *words.which_number(answer, group)),
)
pictures, aside = st.columns([7, 3], gap="large")
with pictures:
    show_card(cards.over_time(found))
    choosers(question, ("group", "chart", *(() if group else ("scale",))), "chart_choosers")
    drawn = control_cards.chart_card(found)
    control_cards.for_leaders(drawn)
    control_cards.pace_card(found)
    at_equal_ages_over_time(question)
with aside:
    groups_shown(question, answer, words.focus(answer, group))
    periods_shown(question)
    present_page(question, "trends", ("over_time", "multiples", "pace", *pages_cards(question)))
    discussion_column(
        words.prompt(answer, group),
        [words.how_sure(answer, group), *words.readings(answer, group), *words.yearly_rule(answer)],
        [*words.not_known(answer), *of_a_stretch(question), *words.caveats(answer)],
        {
            "disparities": (LAYOUT_TEXTS["the_groups_side_by_side"], link_to(question)),
            **within_each(question),
            **on_every_measure(question, answer.stratifier, words.focus(answer, group)),
            "completeness": ("Who is missing?", link_to(question)),
            "areas": ("Other clinical areas", link_to(question)),
        },
    )
