"""The pieces that sentences about places are made of."""

from __future__ import annotations

import math

from equity.lens.answers import GapSources, ResolvedReference
from equity.words import groups, numbers, references
from equity.words.answers.gap_sources.within_places import Part, Triple, parts, strata
from equity.words.escaping import one_line

SPLIT = (
    "Within: the gap in each part of the data (a site, or a group), weighted by how many of both sides are in it. "
    "Between: the rest, from the two sides being in different parts. The two add up to the gap (Kitagawa 1955)."
)


ADJUSTED = (
    "Adjusted: the group's rate if it were spread over the parts as everyone is (direct standardization). "
    "Observed ÷ expected: its events compared with those that overall rates in the same parts would give (indirect)."
)
"""How the split and the adjusted rates are found."""


NEARLY_ALL = 0.9
FEWEST_FOR_A_RANGE = 10
"""People or visits on the smaller side from which a range is told in a table."""


def gap_in_short(answer: GapSources, gap: float, n: float, level: float) -> str:
    """A gap with its side for the edge of a chart: "2.1 pts higher", "no difference".

    ``level`` is the rate that stands beside it: the gap has as many decimals.
    """
    if not numbers.known(gap):
        return ""
    if numbers.is_no_gap(answer.measure, gap, n, level):
        return numbers.NO_DIFFERENCE
    return f"{numbers.short_gap(answer.measure, gap, n, level)} {numbers.short_side(answer.measure, gap)}"


def both_rates(answer: GapSources, part: Part) -> tuple[str, str]:
    """The group's rate overall and that of its reference, written alike."""
    other = _other_rate(answer, part)
    return numbers.rate(answer.measure, part.crude, part.n), numbers.rate(answer.measure, other, part.n)


def gap_n(answer: GapSources, part: Part) -> float:
    """The n to round a gap and its parts by: a decimal more where, rounded like its rates, it would contradict them."""
    other = _other_rate(answer, part)
    if answer.measure.kind != "proportion" or not all(map(numbers.known, (part.crude, other, part.gap[0]))):
        return part.n
    apart = abs(round(part.crude * 100) - round(other * 100))
    return part.n if apart == round(abs(part.gap[0]) * 100) else math.nan


def _other_rate(answer: GapSources, part: Part) -> float:
    seen = [s for s in strata(answer, part.group) if s.reference_n > 0]
    size = sum(s.reference_n for s in seen)
    return sum(s.reference_rate * s.reference_n for s in seen) / size if size else math.nan


def some_ahead(answer: GapSources) -> bool:
    """Whether some group is clearly ahead of the other side."""
    return any(part.gap[2] < 0 for part in parts(answer))


def counted(answer: GapSources) -> str:
    """What n counts."""
    size = answer.n if numbers.known(answer.n) else sum(p.n for p in parts(answer))
    return groups.what_is_counted(answer.measure, size, answer.people)


def reference_name(answer: GapSources) -> str:
    """The other side in short, for a chart: "White", "All others"."""
    return one_line(answer.reference.group) or "All others"


def named_short(answer: GapSources) -> str:
    """The other side after its rate: "for White", "for all others"."""
    return f"for {one_line(answer.reference.group) or 'all others'}"


def is_little(one: Triple, part: Part) -> bool:
    """Whether a part is next to nothing of its gap."""
    return abs(one[0]) < (1.0 - NEARLY_ALL) * abs(part.gap[0])


def other_than(unclear: list[str], answer: GapSources) -> str:
    """Where a gap lies whose other part goes the other way, and could be chance."""
    where = stratum_said(answer)
    if unclear == ["between"]:
        return f"all lies within each {where}"
    if unclear == ["within"]:
        return f"all comes from being seen {at_places(answer)} different {plural_said(where)}"
    return f"one part lies within each {where} and the other between {plural_said(where)}"


def level_said(answer: GapSources) -> str:
    return "average" if answer.measure.kind == "mean" else "rate"


def reference_said(answer: GapSources) -> str:
    """The other side: a target has none, and the overall rate is split as that of all others."""
    return references.describe_reference(other_side(answer), answer.stratifier, answer.measure)


def other_side(answer: GapSources) -> ResolvedReference:
    return answer.reference if answer.reference.group else ResolvedReference("others", "")


def stratum_said(answer: GapSources) -> str:
    """One of the strata: "site", "age band"; "language group" where that reads better."""
    label = groups.label(answer.within)
    return label if groups.subject_of(answer.within) in ("site", "place", "age") else f"{label} group"


def at_places(answer: GapSources) -> str:
    return "at" if groups.subject_of(answer.within) in ("site", "place") else "in"


def likely_said(answer: GapSources, part: Triple, n: float) -> str:
    """The interval of a part with its side: "between 0.7 and 3.6 points higher"; "next to nothing" from end to end."""
    if all(numbers.is_no_gap(answer.measure, end, n) for end in part[1:]):
        return "next to nothing"
    words = numbers.gap_range(answer.measure, part[1], part[2], n)
    one_side = part[1] * part[2] > 0
    return f"{words} {numbers.short_side(answer.measure, part[0])}".strip() if one_side else words


def plural_said(where: str) -> str:
    return f"{where}s"


def range_said(answer: GapSources, part: Triple, n: float, smallest: float, level: float) -> str:
    """An interval as a table writes it; none is told of a handful, and one that rounds to nothing says so.

    ``level`` is the rate that stands beside it.
    """
    if not (numbers.known(part[1]) and numbers.known(part[2])):
        return ""
    if smallest < FEWEST_FOR_A_RANGE:
        return "too few for a range"
    if all(numbers.is_no_gap(answer.measure, end, n, level) for end in part[1:]):
        return numbers.NO_DIFFERENCE
    return numbers.span(numbers.gap_range(answer.measure, part[1], part[2], n, level))


def count_of(count: int, of: int, where: str) -> str:
    if count == of:
        return f"every {where}"
    return f"{count} of {of} {plural_said(where)}"
