"""How to say what groups are compared with."""

from __future__ import annotations

import math

from equity.lens.answers import ResolvedReference
from equity.vocabulary import Measure, PeriodRange, Reference, Stratifier
from equity.words import groups, numbers, periods
from equity.words.escaping import one_line


def chosen(reference: Reference, measure: Measure | None = None) -> str:
    """The choice, before it is known which group it stands for: "the best group", "the target of 70%"."""
    if reference.kind == "group":
        return one_line(reference.group)
    if reference.kind == "target" and measure is not None and measure.target is not None:
        return f"the target of {numbers.rate(measure, measure.target, 0)}"
    if reference.kind == "best" and measure is not None and measure.polarity == "neutral":
        return "the lowest of the larger groups"
    return _KINDS[reference.kind]


def level_of(reference: ResolvedReference, stratifier: Stratifier, measure: Measure) -> str:
    """What a gap is measured from as a number, within a sentence: "the rate for White patients", "the overall rate"."""
    who = describe_reference(reference, stratifier, measure)
    if who.startswith("the "):  # the target, the overall rate, a highest rate of which no group is named
        return who
    return f"the {_level(measure)} for {who.partition(' (')[0] if _is_extreme(reference, measure) else who}"


def chosen_group(measure: Measure) -> str:
    """How the group that the data chose begins a sentence: none is best where neither side is better."""
    if measure.polarity != "neutral":
        return "The best group"
    return f"The lowest of the groups with {numbers.count(measure.minimum_n)} or more"


def describe_reference(reference: ResolvedReference, stratifier: Stratifier, measure: Measure) -> str:
    """What groups were compared with: "Asian patients (highest rate)", "White patients", "all other patients"."""
    if reference.kind == "target":
        return "the target"
    if reference.kind in ("average", "others"):
        return f"all other {groups.noun(measure)}" if reference.kind == "others" else f"the overall {_level(measure)}"
    if _is_extreme(reference, measure) and not (reference.group and reference.told_apart):
        return _unnamed(reference, measure)  # groups that cannot be told apart have no best one
    if not reference.group:
        return "the reference"
    who = groups.describe_group(stratifier, reference.group, groups.noun(measure))
    return f"{who} ({_extreme(reference, measure)})" if _is_extreme(reference, measure) else who


def with_rate(reference: ResolvedReference, measure: Measure, stratifier: Stratifier, n: float = math.nan) -> str:
    """The reference and its rate: "Asian patients (highest rate, 69%)"; ``n`` rounds it like a column."""
    name = describe_reference(reference, stratifier, measure)
    if not numbers.known(reference.rate):
        return name
    size = _size(reference) if reference.kind == "target" or not numbers.known(n) else n
    rate = numbers.rate(measure, reference.rate, size)
    marked = name.endswith(f"({_extreme(reference, measure)})")
    return f"{name.removesuffix(')')}, {rate})" if marked else f"{name} ({rate})"


def beside(reference: ResolvedReference, measure: Measure, stratifier: Stratifier, rate: str) -> tuple[str, ...]:
    """The other side of a headline, a sentence of its own, from its fullest form to its shortest.

    "For White patients (highest rate) it was 68.5%."; "White patients (highest rate): 68.5%."; "White patients:
    68.5%."; "Overall it was 64.0%."; "The target is 70%."
    """
    noun = groups.noun(measure)
    if reference.kind == "target":
        return (f"The target is {rate}.",)
    if reference.kind == "average":
        return (f"Overall it was {rate}.",)
    if reference.kind == "others":
        return (f"For all other {noun} it was {rate}.", f"All other {noun}: {rate}.")
    if _is_extreme(reference, measure) and not (reference.group and reference.told_apart):
        if reference.surpassed == "any":
            return (f"For {_unnamed(reference, measure)} it was {rate}.", f"The reference group: {rate}.")
        name = _extreme(reference, measure)
        return (f"The {name} was {rate}.", f"{name.capitalize()}: {rate}.")
    who, again = (
        said(stratifier, reference.group, noun) for said in (groups.describe_group, groups.describe_group_again)
    )
    names = tuple(dict.fromkeys((groups.started(again), f"For {who}")))
    mark = f" ({_extreme(reference, measure)})" if _is_extreme(reference, measure) else ""
    short = (f"{groups.started(who)}: {rate}.", f"{names[0]}: {rate}.")
    if not mark:
        return (*(f"{name} it was {rate}." for name in reversed(names)), *short)
    marked = (*(f"{name}{mark} it was {rate}." for name in reversed(names)), f"{groups.started(who)}{mark}: {rate}.")
    return (*marked, *(f"{name} it was {rate}." for name in reversed(names)), *short)


def short(reference: ResolvedReference, measure: Measure, n: float = math.nan) -> str:
    """The label of the reference line: "Asian 69%", "Overall 64%", "Target 70%"; ``n`` rounds it like a column."""
    names = {"average": "Overall", "target": "Target", "others": "All others"}
    names["best"] = "Compared with" if reference.surpassed == "any" else _extreme(reference, measure).capitalize()
    said = reference.told_apart or not _is_extreme(reference, measure)
    name = (one_line(reference.group) if said else "") or names.get(reference.kind, "Reference")
    size = _size(reference) if reference.kind == "target" or not numbers.known(n) else n
    return f"{name} {numbers.bare_rate(measure, reference.rate, size)}"


def _is_extreme(reference: ResolvedReference, measure: Measure) -> bool:
    """Whether the reference is called by the end of the rates at which it stands; of a measure of which neither side is
    better it is a group like others, and a small one may be lower."""
    return reference.kind == "best" and measure.polarity != "neutral"


def _unnamed(reference: ResolvedReference, measure: Measure) -> str:
    """The best group where none is named: "the highest rate"; the group that had it once, where others have now."""
    extreme = _extreme(reference, measure)
    if reference.surpassed != "any":
        return f"the {extreme}"
    return f"the group that had the {extreme}" if reference.chosen_on else f"the group with the {extreme}"


def _extreme(reference: ResolvedReference, measure: Measure) -> str:
    """Which end of the rates the best group stands at: "highest rate"; the best here may still be too low.

    Of the larger groups, where a smaller one stands beyond it; in its own time, where another does now.
    """
    end = f"{'lowest' if measure.harm_sign > 0 else 'highest'} {_level(measure)}"
    if reference.surpassed == "no":
        return end
    when = (
        f" {periods.during(PeriodRange.parse(reference.chosen_on))}"
        if reference.surpassed == "any" and reference.chosen_on
        else ""
    )
    return f"{end} among larger groups{when}"


def _level(measure: Measure) -> str:
    return "average" if measure.kind == "mean" else "rate"


def _size(reference: ResolvedReference) -> float:
    return 0.0 if reference.kind == "target" else reference.n


_KINDS = {
    "best": "the best group",
    "average": "overall",
    "others": "all others",
    "target": "the target",
}
