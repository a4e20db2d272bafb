"""From which period to which a page over time looks: every period, or a stretch that somebody picked.

The text of the question for it is a stretch such as ``2023-Q1..2024-Q2``, in whatever grain it was picked; it is empty
for every period. Asked by another grain it is the periods that lie wholly within it.
"""

from __future__ import annotations

from equity.cards.parts.offered import periods_of_grain
from equity.cards.parts.option import NOTHING, Option
from equity.vocabulary import Description, Grain, PeriodRange, PlainError
from equity.words import periods
from equity.words.labels.cards import CARD_TEXTS

FEWEST = 2
"""A stretch of one period has no change to see."""


def spans_offered(description: Description, grain: Grain, wish: str) -> tuple[Option, ...]:
    """Every period, and the stretch that was wished for, where at least two periods of the data lie within it."""
    every = Option(NOTHING, CARD_TEXTS["every_period"])
    within = periods_within(description, grain, wish)
    if not wish or len(within) < FEWEST:
        return (every,)
    return (every, Option(wish, periods.title(PeriodRange(within[0], within[-1]))))


def periods_within(description: Description, grain: Grain, span: str) -> tuple[str, ...]:
    """The periods of the data that lie wholly within a stretch, the earliest first; all of them without one."""
    every = periods_of_grain(description, grain)
    try:
        stretch = PeriodRange.parse(span)
    except PlainError:
        return ()
    return tuple(label for label in every if stretch.contains(label))
