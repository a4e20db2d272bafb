"""Why a question has no rows, in a sentence that is true, with what can be asked instead."""

from __future__ import annotations

from itertools import combinations

from equity.cube import Cube
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import block_in_period
from equity.vocabulary import Description, Measure, Stratifier


def why_empty(cube: Cube, choices: Choices, measure: Measure, stratifier: Stratifier) -> str:
    """The sentence for a question of one measure and one stratifier in one period.

    Rates without counts cannot be added up, so that those of sex and race together say nothing of race alone.
    """
    when = f" in {choices.period}" if not choices.period.is_all_time else ""
    if cube.description.values == "estimates":
        held = {name for name, _ in choices.where} | {stratifier.name}
        for other in cube.description.stratifiers:
            if other.name in held:
                continue
            group = _group_with_rows(cube, choices, measure, stratifier, other)
            if group:
                return (
                    f"“{measure.name}” has rates{when} for {stratifier.label} and {other.label} together only, and "
                    "rates without counts cannot be added up: ask within one group of "
                    f"{other.label}, such as “{group}”."
                )
    within = " in these groups" if choices.where else ""
    return (
        f"“{measure.name}” has no rows by {stratifier.label}{when}{within}: choose another period, grouping or filter."
    )


def crossable_pairs(description: Description) -> list[tuple[Stratifier, Stratifier]]:
    """Each two of the stratifiers, where groups can be crossed."""
    return [] if why_not_crossed(description) else list(combinations(description.stratifiers, 2))


def why_not_crossed(description: Description) -> str:
    """Why the groups of a dataset cannot be crossed; empty where they can."""
    name = description.dataset
    if description.values == "estimates":
        return f"“{name}” holds rates without counts, which cannot be put together for groups within groups."
    return f"“{name}” holds one grouping at a time." if description.tables == "one_way" else ""


def _group_with_rows(cube: Cube, choices: Choices, measure: Measure, stratifier: Stratifier, other: Stratifier) -> str:
    """The first group of another stratifier within which the question has rows; empty if there is none."""
    for group in other.groups:
        where = (*choices.where, (other.name, group))
        if not block_in_period(cube, [measure], stratifier, choices.period, where).is_empty:
            return group
    return ""
