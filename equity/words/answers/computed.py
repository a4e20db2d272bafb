"""How a comparison of groups was computed, in sentences: what stands before the statements that ran."""

from __future__ import annotations

from equity.lens.answers import Areas, Disparities
from equity.words import groups, measures, references

_RATES = {
    "proportion": (
        "Each rate is the {counted} {that} {had}, divided by all {counted} of the group. Its range is Wilson’s."
    ),
    "rate": (
        "Each rate is the group’s events divided by what they are counted per. Its range is Byar’s, or exact where "
        "events are few."
    ),
    "mean": "Each number is the average of the group’s values. Its range is Student’s t.",
}
_GAPS = {"proportion": "Newcombe’s", "rate": "made from both rates’ ranges", "mean": "Welch’s"}
_PUBLISHED = "Each rate and its range are those that the data give; nothing is added up over them."
_REPEATED = "Where the same people come more than once, the ranges are wider for that."
_RULE = (
    "A gap is called large from 10% of the {level} on{or_rest}, and clear where chance alone would rarely cause it (5% "
    "or less, with all comparisons made at once allowed for)."
)
_LEVELS = {
    "proportion": {"level": "rate", "or_rest": ", or of 100% minus the rate"},
    "rate": {"level": "rate", "or_rest": ""},
    "mean": {"level": "average", "or_rest": ""},
}
_AFFECTED = "Those affected are the gap times the number in the group, never below zero."


def of_disparities(answer: Disparities) -> tuple[str, ...]:
    """Rates, their ranges, gaps, the words for them, and those affected where they are counted."""
    kind = answer.measure.kind
    published = "estimates_without_counts" in answer.remarks
    compared_with = references.describe_reference(answer.reference, answer.stratifier, answer.measure)
    gap = f"The gap is each group’s distance from {compared_with}. Its range is {_GAPS[kind]}."
    counted = groups.what_is_counted(answer.measure, *(float(answer.total[name].iloc[0]) for name in ("n", "people")))
    that = "that" if counted == "visits" else "who"
    rates = (
        _PUBLISHED if published else _RATES[kind].format(counted=counted, that=that, had=measures.had(answer.measure))
    )
    affected = () if published or kind == "mean" else (_AFFECTED,)
    return (rates, gap, _RULE.format(**_LEVELS[kind]), *affected, *(() if published else (_REPEATED,)))


def of_areas(answer: Areas) -> tuple[str, ...]:
    """Every measure by every grouping at once, and how many comparisons that is."""
    return (
        "Every measure is compared in every grouping with its own reference, group by group.",
        f"These are {answer.tests} comparisons at once. A gap is called clear with that allowed for: about 1 in 10 of "
        "the gaps that are called clear may be chance.",
        _AFFECTED,
    )
