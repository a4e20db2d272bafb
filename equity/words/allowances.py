"""What an answer allows for because the same data picked a group: a sentence each."""

from __future__ import annotations

from equity.lens.answers import Disparities
from equity.words import measures, numbers
from equity.words.rows import fares_worse, focus


def describe_allowances(answer: Disparities) -> tuple[str, ...]:
    """That the comparison group was picked, and how much of a count is chance and was taken off."""
    return tuple(s for s in (_picked(answer), _taken_off(answer)) if s)


def _picked(answer: Disparities) -> str:
    if not answer.reference.picked:
        return ""
    if not answer.reference.told_apart:
        return "No group is named as the best, since chance alone could put it there."
    end = "lowest" if answer.measure.harm_sign > 0 else "highest"
    larger = "" if answer.reference.surpassed == "no" else "larger "
    return (
        f"The same data showed which {larger}group has the {end} rate, so some of that rate is luck; "
        "ranges and verdicts allow for it."
    )


def _taken_off(answer: Disparities) -> str:
    """The count as measured beside the one shown first."""
    row, measure = focus(answer), answer.measure
    if (
        row is None
        or not fares_worse(row)
        or measure.kind == "mean"
        or not numbers.known(row.excess)
        or not numbers.known(row.excess_raw)
    ):
        return ""
    chance = round(row.excess_raw) - round(row.excess)
    if chance < 1:
        return ""
    return (
        f"As measured the count would be {numbers.whole(row.excess_raw)} {measures.fewer_or_more(measure)}; "
        f"about {numbers.whole(chance)} of that is what picking a group by its rate gives by chance, and is taken off."
    )
