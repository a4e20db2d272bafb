"""All groups in one number: the table of summary measures, why some are not given, and a guide to the right one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from equity.lens.answers import Summary
from equity.stats.gap import SIGNIFICANCE
from equity.stats.summary.registry import GuideQuestion, SummaryMeasure, measure_named
from equity.words import groups, headlines, measures, numbers, periods, references, remarks
from equity.words.answers import two_scales
from equity.words.answers.summary_values import spanned, written
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import records

GUIDE: dict[GuideQuestion, str] = {
    "two_groups": "How far apart are the two extremes?",
    "spread": "How uneven is it over all groups?",
    "against_best": "How far are groups from the best one?",
    "against_reference": "How far are groups from the reference?",
    "gradient": "Does it rise or fall along the order of the groups?",
    "potential": "What would be gained if all groups had the best rate?",
}
"""What a team may want to know, and so the way to the right measure."""

REASONS = {
    "needs_counts": "Needs counts; these data hold rates alone.",
    "fewer_than_3_groups": "Needs at least 3 groups with data.",
    "fewer_than_85_percent_of_groups": "Needs data for at least 85% of the groups.",
    "needs_ordered_groups": "Needs groups with an order, such as age bands.",
    "needs_a_reference_group": "Needs a group to compare with: choose one.",
    "reference_group_has_no_rate": "The group to compare with has no rate here.",
    "needs_to_know_which_side_is_better": "Needs to know which side is better for this measure.",
    "a_rate_is_not_above_zero": "Needs rates above zero.",
    "the_regression_has_no_solution": "The line through the groups cannot be fitted here.",
}
"""Why a measure is not given, a sentence a code."""

INTERVALS = (
    "Ranges come from 2,000 draws around the counts. Chance taken off means less what the same groups would show if "
    "all had one rate."
)
"""How the ranges and the corrected values are found."""


@dataclass(frozen=True)
class Value:
    """One summary measure of the answer, written.

    ``leading`` is the value to show first: the corrected one where the groups cannot be told apart. ``beside`` is the
    other one where there are two. Empty texts, and a ``reason``, where it is not given.
    """

    known: SummaryMeasure
    leading: str
    beside: str
    interval: str
    corrected_leads: bool
    reason: str

    @property
    def in_a_line(self) -> str:
        """ "Difference: 13.5 points (0.0 to 22.4 points)"."""
        if self.reason:
            return f"{self.known.label}: not given"
        corrected = ", with chance taken off" if self.corrected_leads else ""
        return f"{self.known.label}: {self.leading}{f' ({self.interval})' if self.interval else ''}{corrected}"


@cached_per_answer
def values(answer: Summary) -> tuple[Value, ...]:
    """Every measure of the answer, in its order."""
    return tuple(
        _value(answer, measure_named(name), estimate, lower, upper, corrected, leads, reason)
        for name, estimate, lower, upper, corrected, leads, reason in zip(
            answer.rows["measure"].tolist(),
            *(answer.rows[c].astype(float).tolist() for c in ("estimate", "lower", "upper", "corrected")),
            answer.rows["corrected_leads"].tolist(),
            answer.rows["reason"].tolist(),
            strict=True,
        )
    )


def for_question(answer: Summary, question: GuideQuestion) -> tuple[Value, ...]:
    """The measures that answer one of the guide's questions: those that are given first."""
    fitting = [v for v in values(answer) if v.known.question == question]
    return tuple(sorted(fitting, key=lambda v: bool(v.reason)))


def explained(value: Value) -> tuple[tuple[str, str], ...]:
    """What a measure is, when to use it, how to read it and where it comes from, each under its heading."""
    known = value.known
    why = (("Not given here", value.reason),) if value.reason else ()
    weights = "Large groups count for more." if known.weighted else "Every group counts the same."
    return (
        *why,
        ("What it means", f"{known.meaning} {weights}" if known.question != "two_groups" else known.meaning),
        ("When to use it", known.when_to_use),
        ("How to read it", known.how_to_read),
        ("Source", known.source),
    )


def finding(answer: Summary) -> str:
    """The answer in short: whether the groups differ at all, and how far the extremes are apart."""
    about = headlines.about(answer.measure, answer.choices)
    by = groups.label(answer.stratifier)
    if _needs_counts(answer):
        return f"{about}: not given. These data hold rates without counts."
    if not answer.best or not answer.worst or not numbers.known(answer.omnibus_p):
        return f"{about}: too few groups by {by} to compare overall."
    if answer.omnibus_p > SIGNIFICANCE:
        return f"{about}: the differences by {by} could be chance."
    ends = sorted(((answer.best_rate, answer.best), (answer.worst_rate, answer.worst)))
    levels = "averages" if answer.measure.kind == "mean" else "rates"
    if not all(numbers.known(rate) for rate, _ in ends):
        return f"{about}: {levels} by {by} differ clearly."
    if not answer.readable:
        few = "One end has too few people to read."
        differ = f"{about}: {levels} differ clearly"
        return headlines.fitting((f"{differ} by {by}. {few}", f"{differ}. {few}", f"{differ} by {by}."))
    low, high = (f"{numbers.rate(answer.measure, rate, answer.fewest)} ({one_line(name)})" for rate, name in ends)
    return headlines.fitting(
        (
            f"{about}: {levels} differ clearly by {by}. They run from {low} to {high}.",
            f"{about}: {levels} differ clearly. They run from {low} to {high}.",
            f"{about}: {levels} differ clearly by {by}.",
        )
    )


def _needs_counts(answer: Summary) -> bool:
    """Whether no number is given, because the source has rates without counts."""
    return set(answer.rows["reason"]) == {"needs_counts"}


def chart_title(answer: Summary) -> str:
    """The heading of the chart."""
    unit = "points" if answer.measure.kind == "proportion" else numbers.unit(answer.measure) or "the measure's own unit"
    what, by = measures.heading(answer.measure), groups.label(answer.stratifier)
    if all(answer.rows["reason"]):
        return f"{what} by {by}: none of these numbers can be given"
    return f"{what}: how large differences are overall, by {by}, {unit if unit.startswith('per ') else f'in {unit}'}"


def how_sure(answer: Summary) -> str:
    """How sure it is that the groups differ, and that the extremes do."""
    often = numbers.chance(answer.omnibus_p)
    if _needs_counts(answer):
        return "Nothing was tested: these data hold rates without counts."
    if not often:
        return "There are too few groups with data to test whether they differ."
    extremes = numbers.chance(answer.best_against_worst_p)
    two = "Some groups are always furthest apart"
    if answer.omnibus_p <= SIGNIFICANCE < answer.best_against_worst_p:
        two = "Yet the two extremes are not clearly apart, since some groups always are the furthest"
    picked = f" {two}: allowing for that, two ends this far apart would occur {extremes}." if extremes else ""
    return f"If all groups had one rate, a spread this wide would occur {often}.{picked}"


def not_known(answer: Summary) -> tuple[str, ...]:
    """The measures that are not given, by reason."""
    by_reason: dict[str, list[str]] = {}
    for value in values(answer):
        if value.reason:
            by_reason.setdefault(value.reason, []).append(measures.lowered(value.known.label))
    return tuple(f"Not given: {groups.listed(names, 4)}. {reason}" for reason, names in by_reason.items())


def caveats(answer: Summary) -> tuple[str, ...]:
    """What to keep in mind when reading the table; of numbers that are not given there is nothing to keep in mind."""
    if all(v.reason for v in values(answer)):
        return remarks.describe_remarks(answer.remarks)
    unlike = two_scales.one_without_the_other(answer.measure, records(answer.rows))
    chance = "Chance alone lifts nearly all of these numbers, so each has a value with chance taken off beside it."
    if any(v.corrected_leads for v in values(answer)):
        chance = "The groups cannot be told apart, so the value with chance taken off comes first."
        apart = "Chance is taken off each number by itself, so two of them need not fit each other: go by their ranges."
        unlike = (*(unlike or (apart,)), *_one_number_alone(answer))
    return (
        chance,
        *unlike,
        "Do not rank clinical measures by these numbers: they say how large differences are, not how many people.",
        "One number for all groups can hide which group it is about.",
        *remarks.describe_remarks(answer.remarks),
    )


def _one_number_alone(answer: Summary) -> tuple[str, ...]:
    """That a number whose range leaves out zero speaks for itself, where all groups together could be alike."""
    apart = any(
        row["unit"] == "rate" and not row["corrected_leads"] and not row["reason"] and row["lower"] * row["upper"] > 0
        for row in records(answer.rows.assign(unit=[measure_named(name).unit for name in answer.rows["measure"]]))
    )
    if not apart or not answer.omnibus_p > SIGNIFICANCE:
        return ()
    return ("Where a range leaves out zero, that number alone is clear; the groups taken together could be alike.",)


def prompt(answer: Summary) -> str:
    """One question to open the conversation with."""
    named = measures.describe_measure(answer.measure)
    return f"Which of these numbers on {named} would tell us if our work makes a difference?"


def alt_text(answer: Summary) -> str:
    """The chart in words, a clause a measure."""
    every = "; ".join(v.in_a_line for v in values(answer) if v.known.unit == "rate" and not v.reason)
    return f"Dots with ranges. {chart_title(answer)}. {every or 'Nothing to show'}."


def table_caption(answer: Summary) -> str:
    """What the table holds."""
    reference = references.describe_reference(answer.reference, answer.stratifier, answer.measure)
    return (
        f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)}, compared with {reference} where a "
        f"measure needs it, {periods.title(answer.choices.period)}. Ranges are 95% intervals."
    )


@cached_per_answer
def table(answer: Summary) -> pd.DataFrame:
    """Every summary measure as a row of text, the value to read first."""
    return pd.DataFrame(
        [
            {
                "Measure": v.known.label,
                "Value": v.leading,
                "Range": v.interval,
                "Also": v.beside,
                "Weight": "by people" if v.known.weighted else "each group alike",
                "Why not given": v.reason,
            }
            for v in values(answer)
        ],
        columns=["Measure", "Value", "Range", "Also", "Weight", "Why not given"],
    )


def _value(
    answer: Summary,
    known: SummaryMeasure,
    estimate: float,
    lower: float,
    upper: float,
    corrected: float,
    leads: bool,
    reason: str,
) -> Value:
    if reason:
        return Value(known, "", "", "", False, REASONS[reason])
    told = [abs(v) for v in (estimate, lower, upper, corrected) if numbers.known(v)]
    level = max(told) if told and known.unit == "rate" else math.nan  # a value and its range have the same decimals
    plain, off = (written(answer.measure, known.unit, v, level) for v in (estimate, corrected))
    beside = "" if plain == off or not off else f"as seen {plain}" if leads else f"with chance taken off {off}"
    interval = spanned(answer.measure, known.unit, lower, upper, level)
    return Value(known, one_line(off if leads else plain), beside, interval, bool(leads), "")
