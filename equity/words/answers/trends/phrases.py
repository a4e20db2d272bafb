"""The pieces that sentences about time are made of: which side moved, by how much, over which stretch."""

from __future__ import annotations

import math

from equity.lens.answers import Trends
from equity.vocabulary import PeriodRange
from equity.words import numbers, periods, references
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import middle_of, records


def stretch_said(ends: tuple[str, str]) -> str:
    return periods.title(PeriodRange(*ends))


def has_ranges(answer: Trends) -> bool:
    """Whether any rate that is shown has a range: published rates may come without."""
    return any(row["shown"] in ("yes", "zero") and numbers.known(row["lower"]) for row in records(answer.rows))


def counted(answer: Trends) -> str:
    """What n counts; the answer over time does not know visits from patients."""
    unit = one_line(answer.measure.unit) if answer.measure.kind != "mean" else ""
    return unit or "counted"


def level_said(answer: Trends) -> str:
    return "average" if answer.measure.kind == "mean" else "rate"


def others_rate(answer: Trends) -> str:
    """The other side's rate as the subject of a sentence: "the rate for White patients", "the overall rate"."""
    name = reference_said(answer).partition(" (")[0]
    return name if name.startswith("the overall") else f"the {level_said(answer)} for {name}"


@cached_per_answer
def usual_rate(answer: Trends) -> float:
    """The middle one of the rates shown: a change beside it has no more decimals than it deserves."""
    return float(answer.rows["rate"].astype(float).median())


@cached_per_answer
def column_n(answer: Trends) -> float:
    """The n by which all groups and periods are rounded alike: that of the middle one that can be read."""
    shown = answer.rows[answer.rows["shown"].isin(("yes", "zero")) & (answer.rows["reliability"] != "too_few")]
    sizes = [n for n in shown["n"].astype(float).tolist() if numbers.known(n)]
    return middle_of(sizes) if sizes else math.nan


def rose_or_fell(answer: Trends, favourable: float) -> str:
    """Which way a rate went, from a change that is favourable when positive."""
    return "rose" if -favourable * answer.measure.harm_sign > 0 else "fell"


def up_or_down(answer: Trends, favourable: float, n: float) -> str:
    """A side's own change in a few words: "up 18.1 points", "no change"; nothing where it is not known."""
    if not numbers.known(favourable):
        return ""
    level = usual_rate(answer)
    if numbers.is_no_gap(answer.measure, favourable, n, level):
        return "no change"
    way = "up" if rose_or_fell(answer, favourable) == "rose" else "down"
    return f"{way} {numbers.gap(answer.measure, favourable, n, level)}"


def gap_in_words(answer: Trends, gap: float, n: float, rate: float) -> str:
    if not numbers.known(gap):
        return ""
    if numbers.is_no_gap(answer.measure, gap, n, rate):
        return numbers.NO_DIFFERENCE
    return f"{numbers.gap(answer.measure, gap, n, rate)} {numbers.side(answer.measure, gap)}"


def size_range(answer: Trends, change: tuple[float, float, float], n: float) -> str:
    return numbers.size_range(answer.measure, change[1], change[2], n)


def between_said(answer: Trends, change: tuple[float, float, float], n: float) -> str:
    small, large = sorted((abs(change[1]), abs(change[2])))
    return numbers.gap_range(answer.measure, small, large, n)


def reference_said(answer: Trends) -> str:
    return references.describe_reference(answer.reference, answer.stratifier, answer.measure)


def signed_gap(answer: Trends, value: float, n: float, words: tuple[str, str]) -> str:
    """A change as a size and a word: the first word above zero, the second below."""
    if not numbers.known(value):
        return ""
    level = usual_rate(answer)
    if numbers.is_no_gap(answer.measure, value, n, level):
        return "no change"
    return f"{numbers.gap(answer.measure, value, n, level)} {words[0] if value > 0 else words[1]}"


def span_said(answer: Trends) -> str:
    if answer.leading is answer.windows and any((*answer.before, *answer.after)):
        return f"{stretch_said(answer.before)} (baseline) to {stretch_said(answer.after)}"
    return whole_span(answer)


def whole_span(answer: Trends) -> str:
    return periods.stretch(answer.periods[0], answer.periods[-1]) if answer.periods else "all time"
