"""What a page must also say: who is missing, when the whole tells another story, which filter is not applied."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from equity.cards.page_question import PageQuestion
from equity.cards.parts.offered import ALL_TIME
from equity.lens.answers import Intersections
from equity.lens.choices import Choices
from equity.lens.emptiness import crossable_pairs
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, page
from equity.ui.question import answers
from equity.ui.question.choice_bar import link_to
from equity.vocabulary import PlainError
from equity.words.answers import completeness, gap_sources, intersections
from equity.words.labels.layout import LAYOUT_TEXTS
from equity.words.page import choices as sentence


def who_is_missing(choices: Choices) -> list[str]:
    """What missing data mean for this conclusion, in a sentence; nothing where a dataset cannot tell."""
    try:
        return [completeness.for_a_conclusion(answers.missing_from_a_conclusion(choices))]
    except PlainError:
        return []


def simpson_alarm(question: PageQuestion) -> None:
    """Where a gap reverses or halves within the sites: the alarm in words, and the way to the page that shows it.

    It is not looked for behind a filter, which would take three groupings at once: `not_looked_for` says so.
    """
    if question.codes["where"]:
        return
    try:
        if not answers.is_misleading(question.choices):
            return
        said = gap_sources.alarm(answers.gap_sources(question.choices, ""))
    except PlainError:
        return
    if said:
        prose.notice([said])
        entry = ENTRIES["gap_sources"]
        st.page_link(page(entry.name), label=entry.title, icon=entry.icon, query_params=link_to(question))


def groups_within_groups(question: PageQuestion, shown: Intersections | None = None) -> None:
    """Where two groups meet, somebody may fare worse than either grouping shows: who, and the way to that picture.

    ``shown`` is the crossing that the page shows: what is seen there already is not said again.
    """
    seen = {s.name for s in shown.stratifiers} if shown and intersections.standing_out(shown) else set()
    crossed = [a for a in answers.groups_within_groups(question.choices) if {s.name for s in a.stratifiers} != seen]
    if not crossed:
        return
    prose.notice([intersections.found_among_all(crossed[0], pairs_of(question))])
    first, second = (s.name for s in crossed[0].stratifiers)
    entry = ENTRIES["intersections"]
    asked = link_to(question, by=first, second=second, third="", period=ALL_TIME, where="")
    st.page_link(page(entry.name), label=LAYOUT_TEXTS["where_these_groups_meet"], icon=entry.icon, query_params=asked)


def no_groups_within_groups(question: PageQuestion) -> list[str]:
    """That no pair of groupings holds such a group; nothing where one does, or where there is one pair alone."""
    if pairs_of(question) < 2 or answers.groups_within_groups(question.choices):
        return []
    return [intersections.none_among_all(pairs_of(question))]


def pairs_of(question: PageQuestion) -> int:
    """How many pairs of groupings a dataset has; none where its groups cannot be crossed."""
    return len(crossable_pairs(in_memory.description(question.codes["dataset"])))


def not_looked_for(question: PageQuestion) -> list[str]:
    """What a filter keeps from being looked for; nothing where there is none."""
    return [sentence.ALARM_LEFT_OUT] if question.codes["where"] else []


def filter_left_out(question: PageQuestion, split_by: Sequence[str]) -> None:
    """A notice where a filter that was picked on another page is not applied on this one, and why.

    ``split_by`` are the parts of the question by which the page splits groups further.
    """
    key = question.codes["where"].partition(":")[0]
    if key:
        apart = key in {question.codes[part] for part in split_by}
        prose.notice([sentence.filter_left_out(question.label("where"), apart)])
