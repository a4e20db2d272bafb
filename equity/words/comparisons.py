"""One group beside its reference, in words: the piece that every lens's sentences are made of."""

from __future__ import annotations

from typing import NamedTuple

from equity.lens.answers import ResolvedReference
from equity.lens.choices import Choices
from equity.vocabulary import Measure, Stratifier
from equity.words import groups, judgements, measures, numbers, periods, references
from equity.words.escaping import one_line
from equity.words.rows import GroupRow


class Comparison(NamedTuple):
    """A group's row with what it takes to speak of it."""

    row: GroupRow
    measure: Measure
    stratifier: Stratifier
    reference: ResolvedReference
    choices: Choices

    @property
    def who(self) -> str:
        """The group aloud: "Black or African American patients"."""
        return groups.said(self.stratifier, self.row.group, groups.noun(self.measure))

    @property
    def counted(self) -> str:
        """What n counts: the measure's own unit, visits where people come more than once, else people."""
        return what_is_counted(self.measure, self.row.n, self.row.people)

    @property
    def has_excess(self) -> bool:
        """Whether people or events affected can be counted, and come to at least one."""
        return self.measure.kind != "mean" and numbers.known(self.row.excess) and round(self.row.excess) >= 1

    @property
    def judged(self) -> bool:
        """Whether chance could be judged: not where a source gives rates without ranges."""
        return numbers.known(self.row.p)

    @property
    def above(self) -> bool:
        """Whether the group's rate lies above the reference's."""
        return self.row.gap * self.measure.harm_sign > 0


def what_is_counted(measure: Measure, n: float, people: float) -> str:
    """What n counts: the measure's own unit, "visits" where people come more than once, else "patients", "people"."""
    if measure.kind != "mean" and measure.unit:
        return one_line(measure.unit)
    return "visits" if repeats(n, people) else groups.noun(measure)


def repeats(n: float, people: float) -> bool:
    """Whether the same people are counted more than once."""
    return people > 0 and n > 1.01 * people


def excess(c: Comparison) -> str:
    """The headline: "About 312 more Black patients (240 to 390) would have had … in 2024 at the best group's rate."

    Never "caused by". Speaks of visits where n counts visits.
    """
    measure = c.measure
    spread = numbers.whole_range(c.row.excess_lower, c.row.excess_upper)
    spread = f" ({spread})" if spread else ""
    more = f"about {numbers.whole(c.row.excess)} {measures.fewer_or_more(measure)}"
    when, rate = periods.during(c.choices.period), references.at_its_rate(c.reference, measure, c.stratifier)
    if measure.kind == "rate":
        return f"There would have been {more} {measures.events(measure)} among {c.who}{spread} {when} {rate}."
    would = f"would have {measures.would_have(measure)}"
    if c.counted in ("patients", "people"):
        return f"{groups.started(more)} {c.who}{spread} {would} {when} {rate}."
    return f"{groups.started(c.who)} {would} at {more} {c.counted}{spread} {when} {rate}."


def affected(c: Comparison) -> str:
    """People or events affected: "about 312 more patients (240 to 390)"; nothing where they cannot be counted."""
    if not c.has_excess:
        return ""
    spread = numbers.whole_range(c.row.excess_lower, c.row.excess_upper)
    counted = measures.events(c.measure) if c.measure.kind == "rate" else c.counted
    more = f"about {numbers.whole(c.row.excess)} {measures.fewer_or_more(c.measure)} {counted}"
    return f"{more} ({spread})" if spread else more


def clause(c: Comparison) -> str:
    """The group's rate beside the reference, without a full stop."""
    reference = references.with_rate(c.reference, c.measure, c.stratifier)
    return f"{_level(c)} {periods.during(c.choices.period)}, {distance(c)} {reference}"


def beside(c: Comparison) -> str:
    """The distance and the reference, named: "13 points below the best group, Asian"."""
    return f"{distance(c)} {references.said(c.reference, c.stratifier, groups.noun(c.measure))}"


def distance(c: Comparison) -> str:
    """How far the group is from the reference, whose name follows: "13 points below", "7.9 times the rate of"."""
    if c.measure.kind == "rate" and numbers.known(c.row.ratio) and c.row.ratio > 0:
        return f"{numbers.ratio(c.row.ratio)} the rate of"
    return f"{numbers.gap(c.measure, c.row.gap, c.row.n)} {'above' if c.above else 'below'}"


def gap_in_full(c: Comparison) -> str:
    """The gap with its side: "13 points worse", "about even", "reference"; nothing where there is none to show."""
    return _gap(c, numbers.gap(c.measure, c.row.gap, c.row.n))


def gap_in_short(c: Comparison) -> str:
    """The same for the edge of a chart: "13 pts worse"; "too few to read" where the rate means little."""
    if c.row.visible and c.row.reliability == "too_few":
        return judgements.RELIABILITY["too_few"].word
    return _gap(c, numbers.short_gap(c.measure, c.row.gap, c.row.n))


def rate_span(c: Comparison) -> str:
    """The interval of the group's rate: "52.9% to 57.1%"."""
    return numbers.span(numbers.rate_range(c.measure, c.row.lower, c.row.upper, c.row.n))


def gap_span(c: Comparison) -> str:
    """The interval of the group's gap: "11.0 to 17.1 points"."""
    return numbers.span(numbers.gap_range(c.measure, c.row.gap_lower, c.row.gap_upper, c.row.n))


def described(c: Comparison) -> str:
    """The row read aloud: "Asian: 69.0% (66.8% to 71.2%), n 1,650, reference"; hidden and missing say so."""
    name, absent = one_line(c.row.group), absence(c)
    if absent:
        return f"{name}: {absent[0].lower()}{absent[1:]}"
    value = numbers.rate(c.measure, c.row.rate, c.row.n)
    around = f" ({rate_span(c)})" if rate_span(c) else ""
    zero = f", {numbers.part_of(c.row.x, c.row.n)}" if c.row.shown == "zero" else ""
    size = f", n {numbers.count(c.row.n)}" if numbers.known(c.row.n) and not zero else ""
    gap = gap_in_short(c)
    return f"{name}: {value}{around}{zero}{size}{f', {gap}' if gap else ''}"


def absence(c: Comparison) -> str:
    """Why the row has no rate, or nothing when it has one."""
    return judgements.absence(c.row.shown, c.choices)


def _level(c: Comparison) -> str:
    """What the group's rate was: "55% of Black patients had controlled blood pressure"."""
    measure = c.measure
    bare = numbers.bare_rate(measure, c.row.rate, c.row.n)
    if measure.kind == "proportion":
        if c.counted in ("patients", "people"):
            return f"{bare} of {c.who} {measures.did(measure)}"
        return f"{c.who} {measures.did(measure)} at {bare} of {c.counted}"
    if measure.kind == "rate":
        return f"{c.who} had {bare} {measures.events(measure)} {numbers.unit(measure)}"
    level = bare if measure.unit.lower() in measure.name.lower() else numbers.rate(measure, c.row.rate, c.row.n)
    return f"{measures.said(measure)} averaged {level} for {c.who}"


def _gap(c: Comparison, size: str) -> str:
    if not c.row.visible:
        return ""
    if c.row.verdict == "reference":
        return "reference"
    if not numbers.known(c.row.gap):
        return ""
    if numbers.is_no_gap(c.measure, c.row.gap, c.row.n):
        return "about even"
    return f"{size} {numbers.side(c.measure, c.row.gap) or ('above' if c.above else 'below')}"
