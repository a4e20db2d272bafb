"""The one form of a headline: measure and period, then both rates, in at most twenty words."""

from __future__ import annotations

from collections.abc import Iterable

from equity.lens.choices import Choices
from equity.vocabulary import Measure
from equity.words import measures, periods
from equity.words.escaping import one_line

MOST_WORDS = 20


def words_in(sentence: str) -> int:
    """How many words a sentence has: what stands between spaces."""
    return len(sentence.split())


def fitting(said: Iterable[str]) -> str:
    """The first that has at most twenty words, so the fullest that fits; the shortest where none does."""
    wordings = list(said)
    return next((each for each in wordings if words_in(each) <= MOST_WORDS), min(wordings, key=words_in))


def about(measure: Measure, choices: Choices, by: str = "") -> str:
    """What a headline is about: "Controlled blood pressure by payer, 2024", and who alone was looked at."""
    return f"{measures.named(measure)}{f' by {by}' if by else ''}, {periods.title(choices.period)}{_only(choices)}"


def about_in_short(measure: Measure, choices: Choices) -> str:
    """The same where there is little room: months by their first three letters."""
    return f"{measures.named(measure)}, {periods.short_title(choices.period)}{_only(choices)}"


def _only(choices: Choices) -> str:
    return "".join(f", {one_line(value)} only" for _, value in choices.where)
