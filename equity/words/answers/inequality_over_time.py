"""Inequality over all groups, period by period: whether it narrowed, in absolute terms and in relative ones."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from equity.lens.answers import InequalityOverTime
from equity.stats.over_time.inequality_change import ALIKE, NARROWED, NO_CLEAR_CHANGE, TOO_FEW_PERIODS, WIDENED
from equity.stats.summary.registry import PAIRS, Pair, SummaryMeasure, measure_named
from equity.vocabulary import PeriodRange
from equity.words import groups, headlines, measures, numbers, periods, references, remarks
from equity.words.answers import two_scales
from equity.words.answers.summary import REASONS as OF_ONE_PERIOD
from equity.words.answers.summary_values import spanned, written
from equity.words.cached_per_answer import cached_per_answer
from equity.words.rows import records

METHOD = (
    "Each period's value is worked out as for one period, with 2,000 draws around the counts. The change is that of a "
    "straight line through the values with chance taken off."
)

REASONS = OF_ONE_PERIOD | {"a_group_is_hidden": "A group is not shown in this period."}
"""Why a measure is not given in a period, a sentence a code."""

_STATES = {NARROWED: "narrowed", WIDENED: "widened", NO_CLEAR_CHANGE: "no clear change"}


@dataclass(frozen=True)
class Point:
    """One measure in one period, written; empty texts, and a reason, where it is not given."""

    period: str
    value: str
    as_seen: str
    interval: str
    reason: str

    @property
    def said(self) -> str:
        """ "2023: 13.5 points (11.3 to 15.5 points)"."""
        around = f" ({self.interval})" if self.interval else ""
        return f"{periods.describe_period(self.period)}: {self.value or self.reason.removesuffix('.')}{around}"


def pairs(answer: InequalityOverTime) -> tuple[Pair, ...]:
    """The pairs whose absolute measure is given in some period; the first of all where none is."""
    given = {row["measure"] for row in records(answer.rows) if not row["reason"]}
    return tuple(pair for pair in PAIRS if pair.absolute in given) or PAIRS[:1]


def pair_named(answer: InequalityOverTime, name: str) -> Pair:
    """The pair of that name where it is given, else the usual one."""
    offered = pairs(answer)
    return next((pair for pair in offered if pair.name == name), offered[0])


def sides(pair: Pair) -> tuple[SummaryMeasure, SummaryMeasure]:
    """The absolute measure and the relative one."""
    return measure_named(pair.absolute), measure_named(pair.relative)


@lru_cache(maxsize=256)
def _headings(label: str, unit: str) -> str:
    return f"{label}, {unit}" if unit else label


def heading(answer: InequalityOverTime, known: SummaryMeasure) -> str:
    """The heading of a panel: "Difference, percentage points"."""
    own = "percentage points" if answer.measure.kind == "proportion" else numbers.unit(answer.measure)
    said = {"rate": own, "percent": "% of the overall rate", "per_1000": "× 1,000", "ratio": "times"}
    return _headings(known.label, said.get(known.unit, ""))


@cached_per_answer
def points(answer: InequalityOverTime, name: str) -> tuple[Point, ...]:
    """One measure in every period."""
    known = measure_named(name)
    rows = [row for row in records(answer.rows) if row["measure"] == name]
    level = max((abs(v) for v in map(_leading, rows) if numbers.known(v)), default=math.nan)
    return tuple(_point(answer, known, row, level) for row in rows)


def _leading(row: dict[str, object]) -> float:
    """The value that is told first: with chance taken off, where that is known."""
    off, seen = float(str(row["corrected"])), float(str(row["estimate"]))
    return off if numbers.known(off) else seen


def finding(answer: InequalityOverTime, pair: str = "") -> str:
    """Whether differences over all groups narrowed, in absolute terms and in relative ones."""
    about, by = _about(answer), groups.label(answer.stratifier)
    absolute, relative = (_word(answer, known) for known in sides(pair_named(answer, pair)))
    how = _terms(answer, pair_named(answer, pair))
    why = _why_never_given(answer, pair)
    if why:
        return f"{about}: differences by {by} cannot be followed. {why}"
    if TOO_FEW_PERIODS in (absolute, relative) and absolute not in _STATES:
        return f"{about}: too few periods to say if differences by {by} changed."
    if absolute == ALIKE:
        return f"{about}. In most periods, differences by {by} could be chance."
    return headlines.fitting(f"{about}: {said}." for said in _verdicts(by, absolute, relative, *how))


def _why_never_given(answer: InequalityOverTime, pair: str) -> str:
    """Why neither of the two numbers is given in any period, where that is for one reason; nothing otherwise."""
    both = [point for known in sides(pair_named(answer, pair)) for point in points(answer, known.name)]
    reasons = {point.reason for point in both}
    return reasons.pop() if len(reasons) == 1 and reasons <= set(REASONS.values()) else ""


def chart_title(answer: InequalityOverTime, pair: str = "") -> str:
    """The heading of the chart."""
    return finding(answer, pair).removesuffix(".")


def what_it_comes_to(answer: InequalityOverTime, pair: str = "") -> tuple[str, ...]:
    """Each of the two measures at the ends of its line, and what it means when they move apart."""
    both = sides(pair_named(answer, pair))
    said = [_change(answer, known) for known in both]
    absolute, relative = (_word(answer, known) for known in both)
    if {absolute, relative} == {NARROWED, WIDENED}:
        said.append(
            "Both are true: the two move apart when the rates of all groups rise or fall. Say which one your aim is in."
        )
    return tuple(filter(None, said))


def how_sure(answer: InequalityOverTime) -> str:
    """How sure the words are."""
    return (
        "A word of change needs at least 4 periods, groups that differ by more than chance, and a change whose 95% "
        "range leaves out none. The two ranges hold together."
    )


def not_known(answer: InequalityOverTime, pair: str = "") -> tuple[str, ...]:
    """In how many periods a measure is not given, by reason."""
    said = []
    for known in sides(pair_named(answer, pair)):
        missing: dict[str, int] = {}
        for point in points(answer, known.name):
            if point.reason:
                missing[point.reason] = missing.get(point.reason, 0) + 1
        of = f"of {len(answer.periods)} periods: {measures.lowered(known.label)}"
        said += [f"Not given for {count} {of}. {why}" for why, count in missing.items()]
    return tuple(dict.fromkeys(said))


def caveats(answer: InequalityOverTime) -> tuple[str, ...]:
    """What to keep in mind when reading the series."""
    latest = [row for row in records(answer.rows) if row["period"] == answer.periods[-1]]
    return (
        "Look at an absolute and a relative number together; either alone can mislead when rates rise or fall.",
        *two_scales.framing(answer.measure),
        "Which groups are highest and lowest may differ between periods.",
        *two_scales.one_without_the_other(answer.measure, latest, periods.describe_period(answer.periods[-1])),
        *remarks.describe_remarks(answer.remarks),
    )


def alt_text(answer: InequalityOverTime, pair: str = "") -> str:
    """The chart in words: both series, a clause a period."""
    both = sides(pair_named(answer, pair))
    every = " ".join(f"{k.label}: {'; '.join(p.said for p in points(answer, k.name))}." for k in both)
    return f"Two lines with ranges, one above the other. {finding(answer, pair)} {every}"


def table_caption(answer: InequalityOverTime, pair: str = "") -> str:
    """What the table holds."""
    reference = references.describe_reference(answer.reference, answer.stratifier, answer.measure)
    return (
        f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)}, by {answer.grain}: "
        f"{measures.lowered(pair_named(answer, pair).label)}, compared with {reference} where a "
        "measure needs it. Ranges are 95% intervals."
    )


def table(answer: InequalityOverTime, pair: str = "") -> pd.DataFrame:
    """A row a period: both measures with their ranges and as seen."""
    both = sides(pair_named(answer, pair))
    first, second = (points(answer, known.name) for known in both)
    rows = []
    for one, other in zip(first, second, strict=True):
        row = {"Period": periods.describe_period(one.period)}
        for known, point in zip(both, (one, other), strict=True):
            row |= {
                known.label: point.value,
                f"{known.label}, range": point.interval,
                f"{known.label}, as seen": point.as_seen,
            }
        why = dict.fromkeys(filter(None, (one.reason, other.reason)))
        rows.append(row | {"Why not given": " ".join(why)})
    return pd.DataFrame(rows)


def _point(answer: InequalityOverTime, known: SummaryMeasure, row: dict[str, object], level: float) -> Point:
    period, reason = str(row["period"]), str(row["reason"])
    if row["shown"] == "missing":
        return Point(period, "", "", "", numbers.MISSING)
    if reason:
        return Point(period, "", "", "", REASONS[reason])
    estimate, lower, upper = (float(str(row[c])) for c in ("estimate", "lower", "upper"))
    value, seen = (written(answer.measure, known.unit, v, level) for v in (_leading(row), estimate))
    around = spanned(answer.measure, known.unit, lower, upper, level)
    return Point(period, value, "" if seen == value else seen, around, "")


def _row_of(answer: InequalityOverTime, known: SummaryMeasure) -> dict[str, object]:
    return next(row for row in records(answer.changes) if row["measure"] == known.name)


def _word(answer: InequalityOverTime, known: SummaryMeasure) -> str:
    return str(_row_of(answer, known)["word"])


def _about(answer: InequalityOverTime) -> str:
    whole = replace(answer.choices, period=PeriodRange(answer.periods[0], answer.periods[-1]))
    return headlines.about(answer.measure, whole)


def _terms(answer: InequalityOverTime, pair: Pair) -> tuple[str, str]:
    """How each side measures: "in points", "as a ratio"."""
    unit = answer.measure.unit if answer.measure.kind == "mean" else ""
    absolute = "in points" if answer.measure.kind == "proportion" else f"in {unit}" if unit else "in absolute terms"
    return absolute, "as a ratio" if sides(pair)[1].unit == "ratio" else "relative to the overall rate"


def _verdicts(by: str, absolute: str, relative: str, in_points: str, as_ratio: str) -> tuple[str, ...]:
    """What became of the differences, the fullest first."""
    if absolute == relative == NO_CLEAR_CHANGE:
        return (f"no clear change in differences by {by}, {in_points} or {as_ratio}", "no clear change in differences")
    if absolute == relative:
        verb = _STATES[absolute]
        return tuple(f"differences{about} {verb}, both {in_points} and {as_ratio}" for about in (f" by {by}", ""))
    sided = [(in_points, absolute), (as_ratio, relative)]
    moved = [(how, _STATES[word]) for how, word in sided if word in (NARROWED, WIDENED)]
    if len(moved) == len(sided):
        (one, first), (other, second) = moved
        return tuple(f"differences{about} {first} {one}, but {second} {other}" for about in (f" by {by}", ""))
    (how, verb) = moved[0] if moved else (in_points, "")
    other, why = next((name, word) for name, word in sided if name != how)
    why = "too few periods" if why == TOO_FEW_PERIODS else "no clear change"
    if not verb:
        return (f"no clear change in differences by {by} {in_points}", "no clear change in differences")
    return tuple(f"differences{about} {verb} {how}; {other}, {why}" for about in (f" by {by}", ""))


def _change(answer: InequalityOverTime, known: SummaryMeasure) -> str:
    """ "Difference: from 13.5 points to 9.0 points, down 4.5 points (95% range 3.0 to 6.0 points)"."""
    row = _row_of(answer, known)
    first, last, change, lower, upper = (
        float(str(row[c])) for c in ("first", "last", "change", "change_lower", "change_upper")
    )
    if row["word"] not in _STATES or not all(numbers.known(v) for v in (first, last, change, lower, upper)):
        return ""  # of too few periods, or of groups that are alike, no change is told
    if known.is_inflated(ordered=answer.stratifier.ordered) and known.side == "above":
        first, last, change, lower, upper = _within_bounds(known, first, last, change, lower, upper)
    ends = [written(answer.measure, known.unit, v) for v in (first, last)]
    if known.unit == "ratio":
        return f"{known.label}: from {ends[0]} to {ends[1]}, {_factor(change, lower, upper)}."
    side = "up" if change > 0 else "down"
    if lower * upper > 0:
        small, large = sorted((abs(lower), abs(upper)))
        around = spanned(answer.measure, known.unit, small, large)
        moved = f"{side} {written(answer.measure, known.unit, abs(change))}"
    else:
        down, up = (written(answer.measure, known.unit, end) for end in (-lower, upper))
        around = f"down {down} to up {up}"
        moved = "no clear change"
    return f"{known.label}: from {ends[0]} to {ends[1]}, {moved}{numbers.range_named(around)}."


def _within_bounds(
    known: SummaryMeasure, first: float, last: float, change: float, lower: float, upper: float
) -> tuple[float, float, float, float, float]:
    """The line's ends and its change where the line runs beyond equality, which the measure cannot: none is below it.

    What is told of the change then fits the ends that stand beside it.
    """
    least = known.when_equal
    if min(first, last) < least:
        first, last = max(first, least), max(last, least)
        change = last / first if known.unit == "ratio" else last - first
    farthest = least / first if known.unit == "ratio" else least - first
    return first, last, change, min(max(lower, farthest), change), max(upper, change)


def _factor(change: float, lower: float, upper: float) -> str:  # "1.40 times what it was (95% range 1.20–1.60)"
    if lower <= 1 <= upper:
        return f"no clear change (95% range {lower:.2f} to {upper:.2f} times what it was)"
    return f"{change:.2f} times what it was (95% range {lower:.2f}–{upper:.2f})"
