"""What is asked when nobody has asked yet: the largest clear gap that a dataset holds."""

from __future__ import annotations

from equity.lens.choices import Choices
from equity.ui import answers
from equity.ui.question import usual_period
from equity.vocabulary import Description, PeriodRange


def largest_gap(description: Description) -> dict[str, str]:
    """The measure and grouping of the gap that concerns the most people in the usual period; empty when none is."""
    period = PeriodRange.parse(usual_period(description)) if description.periods else PeriodRange()
    rows = answers.areas(Choices(description.dataset, description.version, measure="", by="", period=period)).rows
    first = rows[rows["rank"] == 1]
    if first.empty:
        return {}
    return {"measure": str(first["measure"].iloc[0]), "by": str(first["by"].iloc[0])}
