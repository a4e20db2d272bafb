"""The answer as its cards draw it: without the groups that the question leaves out."""

from __future__ import annotations

from equity.cards.page_question import PageQuestion
from equity.cards.parts.hidden_groups import HiddenGroups
from equity.lens.answers import Disparities, Trends
from equity.lens.drawn_groups import compared_without, over_time_without
from equity.words import rows
from equity.words.answers import trends
from equity.words.cached_per_answer import cached_per_answer


def compared(question: PageQuestion, answer: Disparities) -> Disparities:
    """Groups compared; the one in focus and the reference always stay."""
    return _compared(answer, HiddenGroups.parse(question.codes["hide"]))


def over_time(question: PageQuestion, answer: Trends) -> Trends:
    """Groups over time; the one in focus and the reference always stay."""
    return _over_time(answer, HiddenGroups.parse(question.codes["hide"]), question.codes["group"])


@cached_per_answer
def _compared(answer: Disparities, hidden: HiddenGroups) -> Disparities:
    return compared_without(answer, hidden.enough, hidden.names, rows.focus_name(answer))


@cached_per_answer
def _over_time(answer: Trends, hidden: HiddenGroups, group: str) -> Trends:
    return over_time_without(answer, hidden.enough, hidden.names, trends.focus(answer, group))
