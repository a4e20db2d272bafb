"""Age-standardized rates in words: crude first, then as if all groups had the same ages."""

from __future__ import annotations

from equity.lens.answers import AgeStandardized
from equity.stats.gap import SIGNIFICANCE
from equity.words import groups, headlines, measures, numbers, remarks
from equity.words.answers.age_standard.phrases import (
    ENOUGH,
    STANDARDS,
    Row,
    ages_covered,
    gap_in_words,
    lead,
    rows,
)

CHANGED, LITTLE, NEARLY_ALL = 0.1, 0.25, 0.95


def finding(answer: AgeStandardized) -> str:
    """The answer in one sentence: what the gap is at equal ages, after what it is as measured."""
    about = headlines.about_in_short(answer.measure, answer.choices)
    row = lead(answer)
    if row is None:
        return f"{about}: no group has a gap that can be age-standardized."
    if not row.is_clear and not row.is_clear_at_equal_ages:
        by = groups.label(answer.stratifier)
        return headlines.fitting(
            [f"{about}: no clear gap by {by}, as measured or at equal ages.", f"{about}: no clear gap at equal ages."]
        )
    crude = gap_in_words(answer, row.crude_gap, row.n, row.crude, row.is_clear)
    equal = gap_in_words(answer, row.gap[0], row.n, row.rate[0], row.is_clear_at_equal_ages)
    unclear = "" if row.is_clear_at_equal_ages or equal == numbers.NO_DIFFERENCE else ", no clear gap"
    then = "there is none" if equal == numbers.NO_DIFFERENCE else f"it is {equal}{unclear}"
    if not row.is_clear or row.crude_gap <= 0:
        return f"{about}: no clear gap for {row.who}. At equal ages {then}."
    full = f"{about}: the gap for {row.who} is {crude}. At equal ages {then}."
    short = f"{about}, {row.who}: gap {crude}. At equal ages"
    return headlines.fitting([full, f"{short}: {equal}{unclear}.", *([f"{short}: no clear gap."] if unclear else ())])


def what_it_comes_to(answer: AgeStandardized) -> tuple[str, ...]:
    """What stands below the headline: both rates, and what age has to do with the gap."""
    row = lead(answer)
    if row is None:
        return ()
    measure, n = answer.measure, row.n
    rate, crude = numbers.rate(measure, row.rate[0], n), numbers.rate(measure, row.crude, n)
    around = numbers.range_named(numbers.span(numbers.rate_range(measure, row.rate[1], row.rate[2], n)))
    level = "average" if measure.kind == "mean" else "rate"
    rates = f"{level} is {crude} as measured and {rate} age-standardized{around}."
    if not row.is_clear and not row.is_clear_at_equal_ages:  # the headline names nobody
        return (f"For {row.who}, the {rates}",)
    return (f"Their {rates}", _what_age_does(answer, row))


def _what_age_does(answer: AgeStandardized, row: Row) -> str:
    """Whether ages are behind the gap: nothing is said of cause, and only what chance in the age bands leaves clear."""
    before, after = row.crude_gap, row.gap[0]
    if not row.is_clear or before <= 0:
        hidden = ": as measured, different ages hide it" if row.by_ages[2] < 0 else ""
        return f"It is clear at equal ages only{hidden}."
    share, low, high = (part / before for part in row.by_ages)
    if low <= 0 <= high or not numbers.known(share):
        if numbers.known(share) and max(abs(low), abs(high)) <= LITTLE:
            return "Different ages account for little of this gap."
        return "It is not clear whether different ages account for part of this gap."
    if abs(share) < CHANGED:
        return "Different ages account for little of this gap."
    if share < 0:
        return "At equal ages the gap is wider: different ages hide part of it."
    if after <= 0:
        return "At equal ages this gap is not there: different ages account for it."
    if share >= NEARLY_ALL:
        return "Different ages account for nearly all of this gap."
    return f"Different ages account for about {numbers.share(share)} of this gap."


def chart_title(answer: AgeStandardized) -> str:
    """The heading of the chart: what was standardized, and to whom."""
    return f"{measures.heading(answer.measure)} at equal ages: the {STANDARDS[answer.standard]}"


def over_time_title(answer: AgeStandardized) -> str:
    """The heading of the series."""
    return f"{measures.heading(answer.measure)} at equal ages, by {answer.grain}: the {STANDARDS[answer.standard]}"


def how_sure(answer: AgeStandardized) -> str:
    """How sure the gap at equal ages is."""
    row = lead(answer)
    if row is None:
        return "No gap here can be age-standardized."
    likely = numbers.gap_range_with_side(answer.measure, row.gap[1], row.gap[2], row.n)
    sure = (
        ""
        if row.p_together <= SIGNIFICANCE or row.gap[1] * row.gap[2] <= 0
        else " Over all groups of this page, it could be chance."
    )
    return f"At equal ages, the gap for {row.who} is likely {likely}.{sure}"


def not_known(answer: AgeStandardized) -> tuple[str, ...]:
    """Which groups have no standardized rate and why; whom the standard leaves out."""
    said = []
    for row in rows(answer):
        if row.reason == "missing_ages":
            said.append(f"{groups.started(row.who)}: nobody aged {groups.listed(row.missing_ages.split('; '))}.")
        elif row.reason == "hidden":
            said.append(f"{groups.started(row.who)}: some counts by age are not shown, so no rate at equal ages.")
    if numbers.known(answer.age_known) and answer.age_known < ENOUGH:
        said.append(f"Age is recorded for {numbers.share(answer.age_known)}; only they are age-standardized.")
    return tuple(said)


def caveats(answer: AgeStandardized) -> tuple[str, ...]:
    """What to keep in mind when reading the answer."""
    said = ["A standardized rate is for comparing; the crude rate is what patients live with."]
    if answer.covered < ENOUGH:
        ages = ages_covered(answer)
        said.append(f"The standard is cut to the ages in these data ({ages}) and its weights are scaled to them.")
    if answer.split_evenly:
        said.append("Some age bands cut a five-year band of the standard; people are spread evenly over its years.")
    if answer.reference.kind in ("average", "others"):
        said.append(f"Here each group is compared with all other {groups.noun(answer.measure)}, never with itself.")
    said.append("If chronic illness comes earlier for a group, equal ages can hide part of its gap.")
    return (*said, *remarks.describe_remarks(answer.remarks))
