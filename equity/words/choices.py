"""The choice bar's sentence: what is asked, read aloud.

"Controlled blood pressure by race and ethnicity, compared with the best group, 2024"
"""

from __future__ import annotations

from collections.abc import Sequence

from equity.lens.choices import Choices
from equity.vocabulary import Measure, Stratifier
from equity.words import escaping, groups, measures, periods, references


def as_text(choices: Choices, measure: Measure | None, stratifiers: Sequence[Stratifier]) -> str:
    """The sentence as plain text.

    Args:
        choices: the question.
        measure: the measure it asks about; None when it asks about all of them.
        stratifiers: the dataset's, for the labels of what is grouped and filtered by.
    """
    return "".join(text for text, _ in _parts(choices, measure, stratifiers))


def as_markdown(choices: Choices, measure: Measure | None, stratifiers: Sequence[Stratifier]) -> str:
    """The sentence as Markdown with the choices in bold; names from files are escaped."""
    return "".join(
        f"**{escaping.markdown(text)}**" if chosen else text for text, chosen in _parts(choices, measure, stratifiers)
    )


def _parts(choices: Choices, measure: Measure | None, stratifiers: Sequence[Stratifier]) -> list[tuple[str, bool]]:
    """The pieces of the sentence, each with whether it is a choice."""
    named = {s.name: s for s in stratifiers}
    by = named.get(choices.by)
    parts = [
        (measures.heading(measure) if measure else "All measures", True),
        (" by ", False),
        (groups.label(by) if by else "every way of grouping", True),
        (", compared with ", False),
        (_reference(choices, measure), True),
    ]
    for key, value in choices.where:
        stratifier = named.get(key, Stratifier(key, key))
        parts += [(", only ", False), (groups.said(stratifier, value), True)]
    return [*parts, (", ", False), (periods.title(choices.period), True)]


def _reference(choices: Choices, measure: Measure | None) -> str:
    chosen = choices.reference or (measure.reference if measure else None)
    return references.chosen(chosen, measure) if chosen else "each measure's own reference"
