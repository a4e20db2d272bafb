"""Largest gaps: where are the gaps? Every measure by every grouping at once, or for one group, most people first."""

import streamlit as st

from equity.cards import scan as cards
from equity.cards.page_question import PageQuestion
from equity.ui.cards.card import show_card
from equity.ui.layout import marks, prose
from equity.ui.layout.four_steps import say_step
from equity.ui.question import answers
from equity.ui.question.beside_the_map import comparison_beside, of_one_group
from equity.ui.question.choice_bar import choice_bar, link_to
from equity.ui.question.page_parts import discussion_column, gap_links, page_title, present_page
from equity.ui.session.errors import answered
from equity.words.answers import one_group as group_words
from equity.words.answers import scan as words
from equity.words.labels.pages import PAGE_TEXTS


def for_every_group(question: PageQuestion) -> None:
    """The largest gaps of all groups, as a list and as a map."""
    answer = answered(lambda: cards.ask(question, answers))
    prose.answer(words.finding(answer), marks.of_areas(answer), words.what_it_comes_to(answer))
    pictures, aside = st.columns([7, 3], gap="large")
    with pictures:
        show_card(cards.ranked(question, answer))
        prose.listed("In words, most people first", words.listed(answer))
        show_card(cards.heat_map(question, answer))
    with aside:
        present_page(question, "scan", ("ranked", "map"))
        comparison_beside(question)
        discussion_column(
            words.prompt(answer),
            [words.how_sure(answer), *filter(None, [words.quiet(answer)])],
            [*words.not_known(answer), *words.caveats(answer)],
            {
                "areas": ("The same by clinical area", link_to(question)),
                "completeness": (PAGE_TEXTS["how_complete_are_the_data"], link_to(question)),
            },
        )
        gap_links(answer, question)


def for_one_group(question: PageQuestion) -> None:
    """One group on every measure."""
    answer = answered(lambda: cards.ask_one_group(question, answers))
    prose.answer(group_words.finding(answer), marks.of_one_group(answer), group_words.what_it_comes_to(answer))
    pictures, aside = st.columns([7, 3], gap="large")
    with pictures:
        show_card(cards.one_group(question, answer))
        prose.listed(PAGE_TEXTS["in_words_clear_gaps_first"], group_words.listed(answer))
    with aside:
        present_page(question, "scan", (cards.ONE_GROUP,))
        comparison_beside(of_one_group(question, answer))
        discussion_column(
            group_words.prompt(answer),
            [group_words.how_sure(answer)],
            [*group_words.not_known(answer), *group_words.caveats(answer)],
            {
                "completeness": (PAGE_TEXTS["how_complete_are_the_data"], link_to(question, by=answer.stratifier.name)),
            },
        )


page_title("scan")
say_step("scan")
question = choice_bar(
    "scan",
    ("one_group", "period", "where", "dataset"),
    "Every measure, compared with its own reference group,",
)
if question.codes["one_group"]:
    for_one_group(question)
else:
    for_every_group(question)
