"""What is asked when nobody has asked yet: the largest clear gap that a dataset holds."""

from __future__ import annotations

from equity.cards.parts.offered import usual_period
from equity.lens.choices import Choices
from equity.ui.question import answers
from equity.vocabulary import Description, PeriodRange, PlainError
from equity.words.answers import areas


def largest_gap(description: Description) -> dict[str, str]:
    """The measure and grouping of the gap that concerns the most people in the usual period; empty when none is."""
    period = PeriodRange.parse(usual_period(description)) if description.periods else PeriodRange()
    try:
        answer = answers.areas(Choices(description.dataset, description.version, measure="", by="", period=period))
    except PlainError:  # no measure says which side is better, or there is none
        return {}
    first = areas.ranked(answer, 1)
    return {"measure": first[0].measure.name, "by": first[0].stratifier.name} if first else {}
