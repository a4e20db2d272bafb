"""How to say what groups are compared with."""

from __future__ import annotations

from equity.lens.answers import ResolvedReference
from equity.vocabulary import Measure, Reference, Stratifier
from equity.words import groups, numbers
from equity.words.escaping import one_line


def chosen(reference: Reference, measure: Measure | None = None) -> str:
    """The choice, before it is known which group it stands for: "the best group", "the target of 70%"."""
    if reference.kind == "group":
        return one_line(reference.group)
    if reference.kind == "target" and measure is not None and measure.target is not None:
        return f"the target of {numbers.rate(measure, measure.target, 0)}"
    return _KINDS[reference.kind]


def said(reference: ResolvedReference, stratifier: Stratifier | None = None, of: str = "patients") -> str:
    """What groups were compared with, named: "the best group, Asian", "White patients", "everyone else"."""
    group = one_line(reference.group)
    if reference.kind == "group":
        return groups.said(stratifier, reference.group, of) if stratifier else group
    if reference.kind == "best":
        return f"the best group, {group}" if group and reference.told_apart else "the best group"
    return _KINDS[reference.kind]


def at_its_rate(reference: ResolvedReference, measure: Measure, stratifier: Stratifier) -> str:
    """The end of a "would have" sentence: "at the best group's rate", "at the target of 70%"."""
    word = "average" if measure.kind == "mean" else "rate"
    if reference.kind == "target":
        return f"at the target of {numbers.rate(measure, reference.rate, 0)}"
    if reference.kind == "group":
        return f"at the {word} of {groups.said(stratifier, reference.group, groups.noun(measure))}"
    return {
        "best": f"at the best group's {word}",
        "average": f"at the {word} of everyone together",
        "others": f"at the {word} of everyone else",
    }[reference.kind]


def with_rate(reference: ResolvedReference, measure: Measure, stratifier: Stratifier) -> str:
    """The reference and its rate: "the best group, Asian (69%)"."""
    name = said(reference, stratifier, groups.noun(measure))
    if not numbers.known(reference.rate):
        return name
    return f"{name} ({numbers.rate(measure, reference.rate, _size(reference))})"


def short(reference: ResolvedReference, measure: Measure) -> str:
    """The label of the reference line: "Asian 69%", "Everyone 64%", "Target 70%"."""
    names = {"average": "Everyone", "target": "Target", "others": "Everyone else", "best": "Best group"}
    name = (one_line(reference.group) if reference.told_apart else "") or names.get(reference.kind, "Reference")
    return f"{name} {numbers.bare_rate(measure, reference.rate, _size(reference))}"


def _size(reference: ResolvedReference) -> float:
    return 0.0 if reference.kind == "target" else reference.n


_KINDS = {
    "best": "the best group",
    "average": "everyone together",
    "others": "everyone else",
    "target": "the target",
}
