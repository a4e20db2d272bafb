"""The charts as tables, and in words for those who do not see them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from equity.lens.answers import GapSources
from equity.words import groups, measures, numbers, periods
from equity.words.answers.gap_sources.context import chart_title, split_chart_title
from equity.words.answers.gap_sources.phrases import (
    FEWEST_FOR_A_RANGE,
    both_rates,
    counted,
    gap_in_short,
    gap_n,
    named_short,
    range_said,
    reference_said,
)
from equity.words.answers.gap_sources.within_places import Part, Stratum, focus, groups_n, parts, places_n, strata
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line


@cached_per_answer
def alt_text(answer: GapSources) -> str:
    """The sites in words, a clause a site."""
    part = next((p for p in parts(answer) if p.group == focus(answer)), None)
    if part is None:
        return f"{chart_title(answer)}. Nothing to show, since no group can be compared here."
    every = "; ".join(stratum_in_words(answer, s) for s in strata(answer, part.group))
    return f"Dots. {chart_title(answer)}. Overall: {overall_in_words(answer, part)}; {every}."


@cached_per_answer
def split_alt_text(answer: GapSources) -> str:
    """The split in words, a clause a group."""
    every = "; ".join(part_in_words(answer, p) for p in parts(answer))
    return f"Dots with ranges. {split_chart_title(answer)}. {every or 'Nothing to show'}."


def stratum_gap(answer: GapSources, stratum: Stratum, n: float | None = None) -> str:
    """A site's gap with its side; with a decimal where, rounded like the rates beside it, it would contradict them.

    ``n`` is what it is rounded by, of the group in focus where none is named: as all its gaps at sites are.
    """
    size = _sites_n(answer, strata(answer, focus(answer))) if n is None else n
    return gap_in_short(answer, stratum.gap[0], size if _fits(answer, stratum) else math.nan, stratum.rate)


def _sites_n(answer: GapSources, column: Sequence[Stratum]) -> float:
    """The n by which gaps at sites that stand together are rounded: a decimal for all where one of them needs it."""
    return places_n(answer) if all(_fits(answer, stratum) for stratum in column) else math.nan


def _fits(answer: GapSources, stratum: Stratum) -> bool:
    """Whether a site's gap as a whole number agrees with the rates beside it."""
    gap, sides = stratum.gap[0], (stratum.rate, stratum.reference_rate)
    if answer.measure.kind != "proportion" or not all(map(numbers.known, (gap, *sides))):
        return True
    return abs(round(sides[0] * 100) - round(sides[1] * 100)) == round(abs(gap) * 100)


def stratum_in_words(answer: GapSources, stratum: Stratum) -> str:
    """One site read aloud."""
    measure = answer.measure
    if not stratum.compared:
        return f"{stratum.name}: only one of the two groups is seen here"
    own, other = (numbers.rate(measure, r, places_n(answer)) for r in (stratum.rate, stratum.reference_rate))
    gap = stratum_gap(answer, stratum)
    size = groups.how_many(counted(answer), stratum.n)
    return f"{stratum.name}: {own} ({size}), {other} {named_short(answer)}, {gap}"


def overall_in_words(answer: GapSources, part: Part) -> str:
    """The whole read aloud: both rates, and the gap."""
    own, other = both_rates(answer, part)
    size = groups.how_many(counted(answer), part.n)
    gap = gap_in_short(answer, part.gap[0], gap_n(answer, part), part.crude)
    return f"{own} ({size}), {other} {named_short(answer)}, {gap}"


def part_in_words(answer: GapSources, part: Part) -> str:
    """A group's gap and its parts read aloud."""
    three = (part.gap, part.within, part.between)
    gap, within, between = (gap_in_short(answer, t[0], gaps_n(answer), part.crude) for t in three)
    return f"{one_line(part.group)}: {gap}, of which within {within} and between {between}"


def table_caption(answer: GapSources) -> str:
    """What the table of groups holds."""
    by, within = groups.label(answer.stratifier), groups.label(answer.within)
    return (
        f"{measures.heading(answer.measure)} by {by}, looked at within {within}, "
        f"compared with {reference_said(answer)}, {periods.title(answer.choices.period)}. "
        f"Number counts {counted(answer)}. Ranges are 95% intervals."
    )


@cached_per_answer
def table(answer: GapSources) -> pd.DataFrame:
    """Every group as a row of text: crude first, then the split, then adjusted."""
    columns = [
        "Group",
        "Crude",
        "Gap",
        "Within",
        "Within range",
        "Between",
        "Between range",
        "Adjusted",
        "Adjusted range",
    ]
    rows = [_cells(answer, p) for p in parts(answer)]
    return pd.DataFrame(rows, columns=[*columns, "Observed ÷ expected", "The whole"])


@cached_per_answer
def strata_table(answer: GapSources) -> pd.DataFrame:
    """Every group at every site as a row of text."""
    rows = []
    every = [s for part in parts(answer) for s in strata(answer, part.group)]
    n = _sites_n(answer, every)
    for part in parts(answer):
        for s in strata(answer, part.group):
            side = "Other side" if len(reference_said(answer)) > 40 else groups.started(reference_said(answer))
            rows.append(
                {
                    "Group": one_line(part.group),
                    groups.started(groups.label(answer.within)): s.name,
                    "Rate": numbers.rate(answer.measure, s.rate, places_n(answer)),
                    "Number": numbers.count(s.n),
                    side: numbers.rate(answer.measure, s.reference_rate, places_n(answer)),
                    "Its number": numbers.count(s.reference_n),
                    "Gap": groups.started(stratum_gap(answer, s, n)),
                    "Gap range": range_said(answer, s.gap, n, min(s.n, s.reference_n), s.rate),
                }
            )
    return pd.DataFrame(rows, columns=None if rows else ["Group"])


def gaps_n(answer: GapSources) -> float:
    """The n by which all gaps and their parts are rounded: with a decimal where, without, one contradicts its rates."""
    return groups_n(answer) if all(numbers.known(gap_n(answer, part)) for part in parts(answer)) else math.nan


def _cells(answer: GapSources, part: Part) -> tuple[str, ...]:
    measure, n = answer.measure, groups_n(answer)
    round_by = gaps_n(answer)
    spans = [range_said(answer, t, round_by, part.n, part.crude) for t in (part.within, part.between)]
    adjusted = ["", ""]
    if numbers.known(part.adjusted[0]):
        around = numbers.rate_range(measure, part.adjusted[1], part.adjusted[2], n)
        told = numbers.span(around) if part.n >= FEWEST_FOR_A_RANGE else "too few for a range"
        adjusted = [numbers.rate(measure, part.adjusted[0], n), told]
    whole = {"reverses": "points the other way", "halves": "at most half is left within", "": ""}[part.simpson]
    ratio = numbers.ratio(part.ratio_indirect[0]) if numbers.known(part.ratio_indirect[0]) else ""
    gap, within, between = (
        groups.started(gap_in_short(answer, t[0], round_by, part.crude)) for t in (part.gap, part.within, part.between)
    )
    crude = numbers.rate(measure, part.crude, n)
    return (one_line(part.group), crude, gap, within, spans[0], between, spans[1], *adjusted, ratio, whole)
