"""Standardized rates as typed rows, and the pieces that sentences about them are made of."""

from __future__ import annotations

import math
from dataclasses import dataclass

from equity.lens.answers import AgeStandardized
from equity.stats.gap import SIGNIFICANCE
from equity.words import groups, numbers, periods
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import middle_of, records

STANDARDS = {
    "us2000": "2000 US standard population",
    "europe2013": "2013 European standard population",
    "who2000": "WHO world standard population, 2000–2025",
    "own": "ages of everyone in this question",
}
CRUDE = "as they are"
METHOD = (
    "Crude: as measured. Age-standardized: each age band's own rate, weighted by how many of the standard population "
    "are that old (direct standardization). Ranges: Fay and Feuer's gamma limits for rates, Wilson's limits of the age "
    "bands put together for proportions, normal limits for averages."
)
"""How the rates are standardized."""


ENOUGH = 0.995


@dataclass(frozen=True)
class Row:
    """One group, crude and standardized; gaps toward harm; limits as (value, lower, upper)."""

    group: str
    who: str
    n: float
    crude: float
    crude_gap: float
    rate: tuple[float, float, float]
    gap: tuple[float, float, float]
    ratio: tuple[float, float, float]
    by_ages: tuple[float, float, float]
    p_together: float
    crude_verdict: str
    reason: str
    missing_ages: str
    is_reference: bool

    @property
    def is_clear(self) -> bool:
        """Whether the gap as measured is clear."""
        return self.crude_verdict in ("disparity", "small_certain")

    @property
    def is_clear_at_equal_ages(self) -> bool:
        """Whether the standardized gap is, over all comparisons of the page."""
        return self.gap[0] > 0 and self.p_together <= SIGNIFICANCE

    @property
    def known(self) -> bool:
        """Whether there is a standardized rate."""
        return numbers.known(self.rate[0])


def standard_named(key: str) -> str:
    """What a choice of standard is called in a list: crude first."""
    return f"age-standardized: {STANDARDS[key]}" if key else CRUDE


@cached_per_answer
def rows(answer: AgeStandardized) -> tuple[Row, ...]:
    """The groups of people that have anyone, in the stratifier's order."""
    of = groups.noun(answer.measure)
    return tuple(
        Row(
            group=str(row["group"]),
            who=groups.describe_group(answer.stratifier, str(row["group"]), of),
            n=float(row["n"]),
            crude=float(row["crude"]),
            crude_gap=float(row["crude_gap"]),
            rate=(float(row["rate"]), float(row["lower"]), float(row["upper"])),
            gap=(float(row["gap"]), float(row["gap_lower"]), float(row["gap_upper"])),
            ratio=(float(row["ratio"]), float(row["ratio_lower"]), float(row["ratio_upper"])),
            by_ages=(float(row["gap_by_ages"]), float(row["gap_by_ages_lower"]), float(row["gap_by_ages_upper"])),
            p_together=float(row["p_together"]),
            crude_verdict=str(row["crude_verdict"]),
            reason=str(row["reason"]),
            missing_ages=str(row["missing_ages"]),
            is_reference=bool(row["is_reference"]),
        )
        for row in records(answer.rows)
        if row["kind"] in ("group", "other") and row["reason"] != "no_data"
    )


@cached_per_answer
def lead(answer: AgeStandardized) -> Row | None:
    """The group that the answer is about: of those with a clear gap as measured, the one that affects most.

    Where none is, one whose gap is clear at equal ages; else one with any gap as measured.
    """
    there = [r for r in rows(answer) if numbers.known(r.gap[0])]
    clear = [r for r in there if r.is_clear and r.crude_gap > 0]
    if not clear and any(r.is_clear_at_equal_ages for r in there):
        return max((r for r in there if r.is_clear_at_equal_ages), key=lambda r: r.gap[0] * r.n)
    return max(clear or (r for r in there if r.crude_gap > 0), key=lambda r: r.crude_gap * r.n, default=None)


@cached_per_answer
def column_n(answer: AgeStandardized) -> float:
    """The n by which the rates of a column are rounded alike: that of the middle one of the groups."""
    return middle_of(row.n for row in rows(answer) if numbers.known(row.n))


@cached_per_answer
def gaps_n(answer: AgeStandardized) -> float:
    """The n by which the gaps of a column are: NaN, a decimal more, for all where a clear one rounds to nothing."""
    n, clear = column_n(answer), []
    for row in rows(answer):
        clear += [(row.crude_gap, row.crude)] if row.is_clear else []
        clear += [(row.gap[0], row.rate[0])] if row.is_clear_at_equal_ages else []
    return math.nan if any(numbers.is_no_gap(answer.measure, gap, n, rate) for gap, rate in clear) else n


def gap_in_words(answer: AgeStandardized, value: float, n: float, level: float, is_clear: bool) -> str:
    """A gap with its side, as many decimals as the rate beside it has; more where it is clear and would be none."""
    measure = answer.measure
    if is_clear and numbers.is_no_gap(measure, value, n, level):
        n, level = float("nan"), float("nan")
    if numbers.is_no_gap(measure, value, n, level):
        return numbers.NO_DIFFERENCE
    return f"{numbers.gap(measure, value, n, level)} {numbers.short_side(measure, value)}"


def cut_to_words(answer: AgeStandardized) -> str:
    return f", ages {ages_covered(answer)} only" if answer.covered < ENOUGH else ""


def ages_covered(answer: AgeStandardized) -> str:
    """The youngest and the oldest band that count, as they are named: "18–34 to 75 and over"."""
    bands = [one_line(row["band"]) for row in records(answer.weights) if float(row["standard"]) > 0]
    return f"{bands[0]} to {bands[-1]}" if len(bands) > 1 else "".join(bands)


def run_of(answer: AgeStandardized, row: Row) -> str:
    held = [r for r in records(answer.over_time) if r["group"] == row.group and numbers.known(float(r["rate"]))]
    if not held:
        return ""
    first, last = (
        f"{numbers.rate(answer.measure, float(r['rate']), column_n(answer))} in "
        f"{periods.describe_period(str(r['period']))}"
        for r in (held[0], held[-1])
    )
    return f"{one_line(row.group)}: {first}, {last}"
