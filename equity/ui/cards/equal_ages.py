"""Rates as they are, or at equal ages: the choice where data have age bands, and the card that it opens."""

from __future__ import annotations

from collections.abc import Callable

from equity.cards import age_standard as cards
from equity.cards.card import Card
from equity.cards.page_question import PageQuestion
from equity.lens.answers import AgeStandardized
from equity.ui.cards.card import show_card
from equity.ui.layout import prose
from equity.ui.question import answers
from equity.ui.question.choice_bar import choosers
from equity.vocabulary import PlainError
from equity.words.answers import age_standard as words


def at_equal_ages(question: PageQuestion) -> None:
    """Groups side by side at equal ages, crude beside them; only the choice while crude is chosen."""
    _choice_and_card("disparities", question, lambda: cards.groups(question, cards.ask(question, answers)))


def at_equal_ages_over_time(question: PageQuestion) -> None:
    """Groups over time at equal ages."""
    _choice_and_card("trends", question, lambda: cards.over_time(question, cards.ask_over_time(question, answers)))


def pages_cards(question: PageQuestion) -> tuple[str, ...]:
    """The card's key where it is on the page."""
    return ("equal_ages",) if question.codes["standard"] else ()


def _choice_and_card(page: str, question: PageQuestion, card: Callable[[], Card]) -> None:
    """The choice, crude first, and its card; nothing where the data have no ages to standardize by."""
    if len(question.options["standard"]) < 2:
        return
    choosers(question, ("standard",), "equal_ages")
    if not question.codes["standard"]:
        return
    try:
        made = card()
    except PlainError as error:
        prose.small(str(error))
        return
    show_card(made)
    if isinstance(made.answer, AgeStandardized):
        prose.listed("What age has to do with it", [*words.what_it_comes_to(made.answer), words.how_sure(made.answer)])
        prose.listed("What to keep in mind", [*words.not_known(made.answer), *words.caveats(made.answer)])
