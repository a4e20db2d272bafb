"""One group beside its reference, in words: the piece that every lens's sentences are made of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from equity.lens.answers import ResolvedReference
from equity.lens.choices import Choices
from equity.vocabulary import Measure, Stratifier
from equity.words import groups, headlines, judgements, measures, numbers, references
from equity.words.escaping import one_line
from equity.words.rows import GroupRow, middle_of

_GAPS = ("disparity", "small_certain", "large_uncertain")


class Comparison(NamedTuple):
    """A group's row with what it takes to speak of it.

    ``column_n`` is the n by which all numbers of a column are rounded alike; NaN where the row stands alone.
    ``gaps_n`` is the n by which its gaps are, as :func:`gaps_n_of` has it; None where the row stands alone.
    ``all_counted`` is what n counts over the whole answer; empty where the row stands alone.
    """

    row: GroupRow
    measure: Measure
    stratifier: Stratifier
    reference: ResolvedReference
    choices: Choices
    column_n: float = math.nan
    all_counted: str = ""
    gaps_n: float | None = None

    @property
    def size(self) -> float:
        """The n that says how many decimals the row's numbers deserve."""
        return self.column_n if numbers.known(self.column_n) else self.row.n

    @property
    def reference_rate(self) -> float:
        """The rate that the group is held against; "all others" differ from group to group."""
        if numbers.known(self.reference.rate):
            return self.reference.rate
        return self.row.rate - self.measure.harm_sign * self.row.gap

    @property
    def who(self) -> str:
        """The group aloud: "Black or African American patients"."""
        return groups.describe_group(self.stratifier, self.row.group, groups.noun(self.measure))

    @property
    def counted(self) -> str:
        """What n counts: the measure's own unit, visits where people come more than once, else people."""
        return self.all_counted or groups.what_is_counted(self.measure, self.row.n, self.row.people)

    @property
    def has_excess(self) -> bool:
        """Whether people or events affected can be counted, and come to at least one."""
        return self.measure.kind != "mean" and numbers.known(self.row.excess) and round(self.row.excess) >= 1

    @property
    def has_chance_taken_off(self) -> bool:
        """Whether the count shown is smaller than as measured, because the same data picked the comparison."""
        return numbers.known(self.row.excess_raw) and round(self.row.excess_raw) > round(self.row.excess)

    @property
    def judged(self) -> bool:
        """Whether chance could be judged: not where a source gives rates without ranges."""
        return numbers.known(self.row.p)

    @property
    def above(self) -> bool:
        """Whether the group's rate lies above the reference's."""
        return numbers.is_above(self.measure, self.row.gap)

    @property
    def beside_whom(self) -> str:
        """What the group is compared with: "White patients"."""
        return references.describe_reference(self.reference, self.stratifier, self.measure)

    @property
    def is_even(self) -> bool:
        """Whether the gap rounds to nothing, or lies between two rates that are written alike."""
        return numbers.is_no_gap(self.measure, self.row.gap, _gap_n(self), self.row.rate) or _are_alike(self)


def headline(c: Comparison) -> str:
    """The finding in two short sentences: "Controlled blood pressure, 2024: 55% of visits by …. For … it was 68%."

    Measure, period and the group's rate, then the comparison's: at most twenty words unless names are long.
    """
    abouts = (headlines.about(c.measure, c.choices), headlines.about_in_short(c.measure, c.choices))
    own, others = _own_rate(c), _other_rates(c)
    return headlines.fitting(f"{about}: {own}. {other}" for about in abouts for other in others)


def at_the_reference(c: Comparison) -> str:
    """What the gap comes to: "At 68.5%, about 498 more visits would have met the measure (95% range 422–574)."

    Never "caused by". Speaks of visits where n counts visits. For a mean, the gap with its side instead.
    """
    rate = _written(c, c.reference_rate)
    if not c.has_excess:
        return f"That is {gap_in_full(c)}." if numbers.known(c.row.gap) and not c.is_even else ""
    more, spread = _counted(c)
    if c.has_chance_taken_off:
        rate = f"{rate}, and with chance taken off"
    if c.measure.kind == "rate":
        return f"At {rate}, there would have been {more} {_affected_said(c)}{spread}."
    return f"At {rate}, {more} {_affected_said(c)} would have {measures.had(c.measure)}{spread}."


def affected_count(c: Comparison) -> str:
    """How many, and which way: "498 more"."""
    return f"{numbers.whole(c.row.excess)} {measures.fewer_or_more(c.measure)}"


def affected(c: Comparison) -> str:
    """People or events affected: "about 312 more patients (95% range 240–390)"; nothing where none can be counted."""
    if not c.has_excess:
        return ""
    return f" {_affected_said(c)}".join(_counted(c))


def _counted(c: Comparison) -> tuple[str, str]:
    return measures.at_reference(c.measure, c.row.excess, c.row.excess_lower, c.row.excess_upper)


def how_many_affected(c: Comparison) -> str:
    """The same where there is little room, without which way: "about 312 patients"."""
    if not c.has_excess:
        return ""
    return f"about {numbers.whole(c.row.excess)} {_affected_said(c)}"


def _affected_said(c: Comparison) -> str:
    """What those affected are, of so many: "visits", "HIV diagnoses"; of one "visit"."""
    ends = measures.is_end_of_range(c.row.excess, c.row.excess_lower, c.row.excess_upper)
    count = round(c.row.excess_upper if ends else c.row.excess)
    return measures.events(c.measure, count) if c.measure.kind == "rate" else groups.counted_as(c.counted, count)


def beside(c: Comparison) -> str:
    """The distance and the reference, named: "13 points lower (worse) than White patients"."""
    name = references.describe_reference(c.reference, c.stratifier, c.measure)
    if c.is_even:
        return f"no difference from {name}"
    times = numbers.ratio(c.row.ratio) if c.measure.kind == "rate" and c.row.ratio > 0 else numbers.MISSING
    if times not in (numbers.MISSING, "1.00 times"):  # of a rate that is nearly the same, the distance tells its side
        of = name if name.startswith("the overall") else f"the rate of {name}"
        return f"{numbers.side(c.measure, c.row.gap)}, {times} {of}"
    return f"{gap_in_full(c)} than {name}"


def gap_in_full(c: Comparison) -> str:
    """The gap with its side: "13 points lower (worse)", "no difference", "reference"; nothing where there is none."""
    return _gap(c, gap_size(c), numbers.side(c.measure, c.row.gap))


def gap_with_verdict(c: Comparison) -> str:
    """The same, saying so where it is not clear: "2 points lower, no clear gap"."""
    if c.row.verdict not in ("large_uncertain", "none") or c.is_even or not c.judged:
        return gap_in_full(c)
    return f"{_gap(c, gap_size(c), numbers.short_side(c.measure, c.row.gap))}, no clear gap"


def gap_in_short(c: Comparison) -> str:
    """The same for the edge of a chart: "13 pts lower"; "too few to read" where the rate means little."""
    if c.row.visible and c.row.reliability == "too_few":
        return judgements.RELIABILITY["too_few"].word
    short = numbers.short_gap(c.measure, c.row.gap, _gap_n(c), c.row.rate)
    return _gap(c, short, numbers.short_side(c.measure, c.row.gap))


def ratio(c: Comparison) -> str:
    """The ratio in a table; nothing where there is none, as where either rate is 0."""
    of_nothing = c.row.rate == 0 or c.reference_rate == 0
    return "" if of_nothing or not numbers.known(c.row.ratio) else numbers.ratio(c.row.ratio)


def rate_span(c: Comparison) -> str:
    """The interval of the group's rate: "52.9% to 57.1%"."""
    return numbers.span(numbers.rate_range(c.measure, c.row.lower, c.row.upper, c.size))


def gap_span(c: Comparison) -> str:
    """The interval of the group's gap: "11.0 to 17.1 points"."""
    n = c.size if c.gaps_n is None else c.gaps_n
    return numbers.span(numbers.gap_range(c.measure, c.row.gap_lower, c.row.gap_upper, n, c.row.rate))


def described(c: Comparison) -> str:
    """The row read aloud: "Asian: 69.0% (66.8% to 71.2%), 1,650 patients, reference"; hidden and missing say so."""
    name, absent = one_line(c.row.group), absence(c)
    if absent:
        return f"{name}: {absent[0].lower()}{absent[1:]}"
    value = _written(c, c.row.rate)
    around = f" ({rate_span(c)})" if rate_span(c) else ""
    zero = f", {numbers.part_of(c.row.x, c.row.n)}" if c.row.shown == "zero" else ""
    told = f", {groups.how_many(c.counted, c.row.n)}"
    size = told if numbers.known(c.row.n) and not zero else ""
    gap = gap_in_short(c)
    return f"{name}: {value}{around}{zero}{size}{f', {gap}' if gap else ''}"


def absence(c: Comparison) -> str:
    """Why the row has no rate, or nothing when it has one."""
    return judgements.absence(c.row.shown, c.choices)


def _own_rate(c: Comparison) -> str:
    """The group's rate: "55.0% of visits by Black patients", "41.0 per 100,000 for people in Ohio"."""
    rate = _both(c, c.row.rate)
    if c.measure.kind != "proportion":
        return f"{rate} for {c.who}"
    if c.counted in ("patients", "people"):
        return f"{rate} of {c.who}"
    return f"{rate} of {c.counted} {'by' if c.counted == 'visits' else 'for'} {c.who}"


def _other_rates(c: Comparison) -> tuple[str, ...]:
    """The comparison's rate, from its fullest form to its shortest; the unit of a rate stands with the first alone."""
    bare = numbers.bare_rate(c.measure, c.reference_rate, smaller_n(c))
    mean = c.measure.kind == "mean" or c.reference.kind == "target"
    return references.beside(c.reference, c.measure, c.stratifier, _both(c, c.reference_rate) if mean else bare)


def _both(c: Comparison, rate: float) -> str:
    """One of two rates that stand side by side, both rounded as the smaller side deserves."""
    return numbers.rate(c.measure, rate, smaller_n(c))


def smaller_n(c: Comparison) -> float:
    """The n of the smaller of the two sides, by which both their rates are rounded; one decimal where a gap is said
    that whole numbers would not show."""
    sizes = [n for n in (c.row.n, c.reference.n) if numbers.known(n) and n > 0]
    smaller = min(sizes, default=math.nan)
    return math.nan if _is_lost(c, smaller) else smaller


def rounded_alike(column: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Comparisons of several questions that stand in one column, none with fewer decimals than the first has alone.

    Gaps in points are rounded alike, and gaps of rates and of averages each among themselves.
    """
    sizes = [c.row.n for c in column if c.row.visible and numbers.known(c.row.n)]
    n = max(middle_of(sizes), smaller_n(column[0])) if sizes else math.nan
    alike = [c._replace(column_n=n) for c in column]
    kinds = {c.measure.kind for c in alike}
    gaps_n = {kind: gaps_n_of([c for c in alike if c.measure.kind == kind]) for kind in kinds}
    return tuple(c._replace(gaps_n=gaps_n[c.measure.kind]) for c in alike)


def gaps_n_of(column: Sequence[Comparison]) -> float:
    """The n by which the gaps of a column are rounded: NaN, a decimal more, for all where one of them needs it."""
    sizes = [_gap_n(c) for c in column if c.row.visible and numbers.known(c.row.gap)]
    return math.nan if any(map(math.isnan, sizes)) else max(sizes, default=math.nan)


def _is_lost(c: Comparison, n: float) -> bool:
    """Whether a gap that the verdict calls one rounds to nothing."""
    return c.row.verdict in _GAPS and numbers.is_no_gap(c.measure, c.row.gap, n, c.row.rate)


def _written(c: Comparison, rate: float) -> str:
    return numbers.rate(c.measure, rate, c.size if numbers.known(c.column_n) else smaller_n(c))


def gap_size(c: Comparison) -> str:
    """The size of the gap, rounded so that it does not contradict the rates beside it: "13.5 points"."""
    return numbers.gap(c.measure, c.row.gap, _gap_n(c), c.row.rate)


def _gap_n(c: Comparison) -> float:
    """The n to round the gap by: a decimal more where, rounded like the rates, it contradicts them or its verdict."""
    if c.gaps_n is not None:
        return c.gaps_n
    if _is_lost(c, c.size):
        return math.nan
    if c.measure.kind != "proportion" or not (numbers.known(c.row.gap) and numbers.known(c.reference_rate)):
        return c.size
    apart = abs(round(c.row.rate * 100) - round(c.reference_rate * 100))
    return math.nan if apart != round(abs(c.row.gap) * 100) else c.size


def _are_alike(c: Comparison) -> bool:
    """Whether a gap that nothing calls one lies between two shares that are the same to a tenth of a percent."""
    shares = c.measure.kind == "proportion" and numbers.known(c.row.rate) and numbers.known(c.reference_rate)
    return shares and c.row.verdict not in _GAPS and round(c.row.rate * 1_000) == round(c.reference_rate * 1_000)


def _gap(c: Comparison, size: str, side: str) -> str:
    if c.row.visible and c.row.verdict == "reference":
        return "reference"
    if not (c.row.visible and numbers.known(c.row.gap)):
        return ""
    return numbers.NO_DIFFERENCE if c.is_even else f"{size} {side}"
