"""What a release is asked, and the question that it opens with: the gap that concerns the most people in it."""

from __future__ import annotations

from dataclasses import dataclass

from equity.cards.parts.offered import usual_period
from equity.lens.areas import areas
from equity.lens.choices import Choices
from equity.release.view import ReleasedCube
from equity.vocabulary import PeriodRange, PlainError, Reference
from equity.words.datasets import doubts


@dataclass(frozen=True)
class ReleaseQuestion:
    """A measure, a grouping, a period and a reference that a release holds; empty parts are the usual ones."""

    measure: str
    by: str
    period: str = ""
    reference: str = ""


def choices_of(cube: ReleasedCube, question: ReleaseQuestion) -> Choices:
    """The question as lenses take it, under the rule that the release was made by."""
    return Choices(
        dataset=cube.description.dataset,
        version=cube.description.version,
        measure=question.measure,
        by=question.by,
        reference=Reference.parse(question.reference) if question.reference else None,
        period=PeriodRange.parse(question.period),
        policy=cube.policy.name,
        threshold=cube.policy.threshold,
        rounding=cube.policy.rounding,
        doubts=doubts.describe_doubts(cube.description, question.measure),
    )


def usual_question(cube: ReleasedCube) -> ReleaseQuestion:
    """The gap that concerns the most people in the latest whole year, as the release itself shows it.

    Raises:
        PlainError: the release holds no groups.
    """
    held = cube.description
    if not held.measures or not held.stratifiers:
        raise PlainError("This release holds overall numbers only: there are no groups to compare.")
    period = usual_period(held) if held.periods else ""
    first = ReleaseQuestion(held.measures[0].name, held.stratifiers[0].name, period)
    try:
        rows = areas(cube, choices_of(cube, ReleaseQuestion("", "", period))).rows
    except PlainError:
        return first
    lead = rows[rows["rank"] == 1]
    return first if lead.empty else ReleaseQuestion(str(lead["measure"].iloc[0]), str(lead["by"].iloc[0]), period)
