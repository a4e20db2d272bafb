"""What was made of each column of a file, and why, as a person reads it; the terminal speaks the mapping's keys."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from equity.intake.proposal.proposal_parts import Reason
from equity.vocabulary import Decision, Mapping
from equity.words.escaping import one_line

USES = MappingProxyType(
    {
        "measure": "the measure, or the names of several",
        "clinical_area": "the clinical area",
        "period": "the period",
        "person": "the person id",
        "x": "the outcome",
        "n": "the number of people or visits",
        "no": "those without the outcome",
        "estimate": "the rate",
        "lower": "the lower limit",
        "upper": "the upper limit",
        "se": "the standard error",
        "population": "the size of the group",
        "dimension": "the names of the groupings",
        "group": "the names of the groups",
    }
)
KINDS = MappingProxyType(
    {
        "proportion": "a share of people or visits",
        "rate": "a rate in a population or time",
        "mean": "an average of a value",
    }
)


def column_reasons(reasons: Iterable[Reason], mapping: Mapping) -> list[str]:
    """A sentence a column: "“race” groups people by Race and ethnicity, because its name says so (90% sure)."."""
    labels = {s.name: s.label for s in mapping.stratifiers}
    return [
        f"“{one_line(r.column)}” {_use(r.role, labels)}, because {one_line(r.reason, 400)} ({r.confidence:.0%} sure)."
        for r in reasons
    ]


def totals_in_words(decisions: Iterable[Decision]) -> list[str]:
    """A sentence a value that is left out as a total, or kept although its name says total."""
    said = {
        "total": "“{value}” is left out as a total, because {why}.",
        "no total": "“{value}” is kept although it is called like a total, because {why}.",
    }
    return [
        said[d.role].format(value=one_line(d.choice), why=one_line(d.evidence, 400))
        for d in decisions
        if d.role in said
    ]


def _use(role: str, labels: dict[str, str]) -> str:
    if role in labels:
        return f"groups people by {one_line(labels[role])}"
    if role == "left out":
        return "is not used"
    if role in KINDS:
        return f"is read as {KINDS[role]}"
    if role.startswith("drop "):
        return f"leaves out {one_line(role.removeprefix('drop '))}"
    part, _, measure = role.partition(" of ")
    said = USES.get(part)
    if said is None:  # a grouping that the file's other columns made unneeded
        return "groups people"
    return f"holds {said} of “{one_line(measure)}”" if measure else f"holds {said}"
