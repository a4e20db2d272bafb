"""The choice bar's sentence: what is asked, read aloud.

"Controlled blood pressure by race and ethnicity, compared with the best group, 2024"
"""

from __future__ import annotations

from collections.abc import Sequence

from equity.lens.choices import Choices
from equity.vocabulary import Measure, Stratifier
from equity.words import groups, measures, periods, references


def as_text(choices: Choices, measure: Measure | None, stratifiers: Sequence[Stratifier]) -> str:
    """The sentence as plain text.

    Args:
        choices: the question.
        measure: the measure it asks about; None when it asks about all of them.
        stratifiers: the dataset's, for the labels of what is grouped and filtered by.
    """
    return "".join(_parts(choices, measure, stratifiers))


ALARM_LEFT_OUT = (
    "With a filter on, we do not look whether the sites tell another story than the whole: take it off to see that."
)
"""What is said on the page of a conclusion behind a filter."""


def filter_left_out(label: str, apart: bool) -> str:
    """That a filter ("Site: Lakeshore") is not applied on a page, and why.

    ``apart``: the page shows the groups that the filter chooses from apart already.
    """
    start = f"The filter “{label}” is left out on this page, so you see everyone here: "
    if apart:
        return f"{start}the page already shows each of these groups apart."
    return f"{start}it would take three groupings at once, and the tables hold two."


def _parts(choices: Choices, measure: Measure | None, stratifiers: Sequence[Stratifier]) -> list[str]:
    """The pieces of the sentence, in their order."""
    named = {s.name: s for s in stratifiers}
    by = named.get(choices.by)
    grouped = groups.label(by) if by else "every way of grouping"
    alone = groups.describe_group(by, choices.focus) if measure is None and by and choices.focus else ""
    parts = [
        measures.heading(measure) if measure else "All measures",
        " for " if alone else " by ",
        alone or grouped,
        ", compared with ",
        _reference(choices, measure),
    ]
    for key, value in choices.where:
        stratifier = named.get(key, Stratifier(key, key))
        parts += [", only ", groups.describe_group(stratifier, value, groups.noun(measure))]
    return [*parts, ", ", periods.title(choices.period)]


def _reference(choices: Choices, measure: Measure | None) -> str:
    chosen = choices.reference or (measure.reference if measure else None)
    return references.chosen(chosen, measure) if chosen else "each measure's own reference"
