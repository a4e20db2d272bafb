"""The finding: for how many the group is recorded, and whether those missing matter."""

from __future__ import annotations

from typing import Any

from equity.lens.answers import Completeness
from equity.stats.gap import RELATIVE_THRESHOLD, SIGNIFICANCE
from equity.words import groups, headlines, measures, numbers
from equity.words.answers.completeness.phrases import FEWEST, bound_spoken_of, framed, no_bounds
from equity.words.answers.completeness.recorded import counted_said, share_said, shares, size

NOBODY_MISSING = "Everyone who is counted is in a group."


def finding(answer: Completeness) -> str:
    """The answer in one sentence: for how many the group is recorded."""
    label, share = groups.label(answer.stratifier), share_said(answer)
    whom = f"all {counted_said(answer)}" if share == "100%" else f"{share} of {counted_said(answer)}"
    about = headlines.about(answer.measure, answer.choices)
    return headlines.fitting(
        (f"{about}: {label} recorded for {whom}.", f"{groups.started(label)} recorded for {whom}.")
    )


def what_it_comes_to(answer: Completeness) -> tuple[str, ...]:
    """What stands below the headline: how those not recorded compare, and whether that matters here."""
    return (_meaning(answer),)


def for_a_conclusion(answer: Completeness) -> str:
    """The same for the page of a conclusion, led in: what missing data means for it."""
    label = groups.started(groups.label(answer.stratifier))
    whom = f"{'all' if share_said(answer) == '100%' else f'{share_said(answer)} of'} {counted_said(answer)}"
    return f"Who is missing: {measures.lowered(label)} recorded for {whom}. {_meaning(answer)}"


def matters(answer: Completeness) -> bool:
    """Whether those without a known group fare clearly and largely otherwise than the rest."""
    known, unknown = answer.known_rate, answer.unknown_rate
    if answer.unknown_n < FEWEST or not (numbers.known(known) and numbers.known(unknown)):
        return False
    return answer.unknown_p <= SIGNIFICANCE and abs(unknown - known) >= RELATIVE_THRESHOLD * framed(answer, known)


def has_cases(answer: Completeness) -> bool:
    """Whether there is a best and a worst case for some gap: somebody is missing, and it can be bounded."""
    return len(answer.bounds) > 0 and answer.unknown_n > 0


def conclusion(answer: Completeness) -> tuple[str, ...]:
    """What the missing mean for the gap itself: when it could vanish, and how far it could lie from what is seen."""
    if not answer.unknown_n > 0:
        return ()  # with nobody missing, no case is better or worse than what is seen
    return tuple(s for s in (tipping(answer), bounds_in_words(answer)) if s)


def tipping(answer: Completeness, group: str = "") -> str:
    """When a gap could vanish: who of the missing would have to be in the group for that.

    ``group`` names the group to speak of; without it the one whose gap takes most of the missing to undo.
    """
    if not answer.unknown_n > 0:
        return NOBODY_MISSING
    row = bound_spoken_of(answer, group)
    if row is None:
        return no_bounds(answer)
    who, measure = (
        groups.describe_group(answer.stratifier, str(row["group"]), groups.noun(answer.measure)),
        answer.measure,
    )
    met = measure.polarity == "higher_better"
    had, had_not = ("met the measure", "did not meet it") if met else ("did not have this outcome", "had it")
    counted = counted_said(answer)
    that = "who" if counted in ("patients", "people") else "that"
    label = groups.label(answer.stratifier)
    better = _with_better_outcome(answer)
    pool = f"{groups.how_many(counted, better)} with no recorded {label} {that} {had}"
    reference = groups.describe_group(answer.stratifier, answer.reference.group, groups.noun(measure))
    others = f"some {that} {had_not} were {'' if that == 'who' else 'those of '}{reference}"
    if _cannot_be_undone_by_their_own(row):
        if float(row["gap_smallest"]) > 0:
            missing, are = groups.how_many(counted, answer.unknown_n), "is" if answer.unknown_n == 1 else "are"
            return f"Whoever the {missing} with no recorded {label} {are}, the gap for {who} would remain."
        every = "the" if better == 1 else "all"
        most = f"The most that missing data could add for {who} is {every} {pool}. That alone would not close the gap."
        return f"{most} It could close only if {others} too."
    share = numbers.share(float(row["tipping_share"]))
    if share.startswith("under"):
        share = numbers.count(max(round(float(row["tipping_people"])), 1))
    if better == 1:
        return f"The gap for {who} would disappear if the {pool} was theirs."
    all_of_them = f"The gap for {who} would disappear if at least {share} of the {pool} were theirs."
    return f"{all_of_them} If, besides, {others}, fewer would be enough."


def bounds_in_words(answer: Completeness, group: str = "") -> str:
    """How far the gap could lie from what is seen, whoever the missing turn out to be."""
    row = bound_spoken_of(answer, group)
    if row is None:
        return ""
    who = groups.describe_group(answer.stratifier, str(row["group"]), groups.noun(answer.measure))
    lower, upper = float(row["gap_smallest"]), float(row["gap_largest"])
    n = size(answer)
    side = f" {numbers.short_side(answer.measure, lower)}" if lower * upper > 0 else ""
    span = numbers.span(numbers.gap_range(answer.measure, lower, upper, n))
    if lower <= 0 and _cannot_be_undone_by_their_own(row):
        return f"Best to worst case for {who}, with both taken as far as they go: {span}."
    return f"Best to worst case for {who}, allowing for missing data: {span}{side}."


def _cannot_be_undone_by_their_own(row: dict[str, Any]) -> bool:
    """Whether all of the missing with the better result would not be enough to close a group's gap."""
    return not int(row["possible"]) or float(row["tipping_share"]) > 1


def _meaning(answer: Completeness) -> str:
    """How results compare where the group is not recorded, in a sentence."""
    measure, n, unknown = answer.measure, answer.unknown_n, answer.unknown_rate
    if not n > 0:
        return NOBODY_MISSING
    if n < FEWEST:
        if n == 1:
            one = groups.counted_as(counted_said(answer), 1)
            return f"It is not recorded for 1 {one}: too few to say how results compare."
        many = f"{counted_said(answer)} ({numbers.count(n)})"
        return f"Where it is not recorded, there are too few {many} to say how results compare."
    rates = [numbers.rate(measure, r, n) for r in (unknown, answer.known_rate)]
    apart = measure.harm_sign * (unknown - answer.known_rate)
    side = numbers.side(measure, apart)
    level = "average" if measure.kind == "mean" else "rate"
    both = f"Where it is not recorded, the {level} is {rates[0]} ({rates[1]} where it is)"
    if matters(answer):
        return f"{both}: {side}, those not recorded are not like the others."
    if answer.unknown_p <= SIGNIFICANCE:
        return f"{both}: {side}, a clear but small difference."
    if abs(apart) >= RELATIVE_THRESHOLD * framed(answer, answer.known_rate):
        return f"{both}. The difference could be chance."
    return f"{both}: we see no sign that missing data change this finding."


def _with_better_outcome(answer: Completeness) -> float:
    """How many of the missing had the better outcome."""
    better = "yes" if answer.measure.polarity == "higher_better" else "no"
    return sum(sum(s.kinds.values()) for s in shares(answer, "outcome") if s.value == better)
