"""A gap under assumptions on people whose group is not recorded, in words: the gap, and when it would vanish."""

from __future__ import annotations

import pandas as pd

from equity.lens.answers import Completeness
from equity.lens.unknown_groups import Assumed, assume, assumptions
from equity.words import groups, measures, numbers, periods
from equity.words.answers import completeness
from equity.words.escaping import one_line
from equity.words.rows import records

METHOD = (
    "Of those not recorded, a share is taken to be the group's, with a rate between the best and the worst there is. "
    "The results of all who are not recorded are known, so the rest of them have the rest of the results; they are the "
    "other groups', the comparison's by its size. The range is that of counts so filled up: what is assumed has no "
    "error of its own."
)
"""How the gap under assumptions is found."""
SHARE = "Share of those not recorded who are theirs"
FARED = "If they fared as"


def best_first(answer: Completeness) -> tuple[str, str]:
    """The two ends of the second choice: "the best rate, 68%", "the worst rate, 55%"."""
    ends = answer.ends if answer.measure.harm_sign > 0 else answer.ends[::-1]
    n = completeness.size(answer)
    low, high = (numbers.rate(answer.measure, rate, n) for rate in ends)
    return f"the best rate, {low}", f"the worst rate, {high}"


def finding(answer: Completeness, assumed: Assumed) -> str:
    """The gap under the assumption, in one sentence."""
    gap, measure, n = assumed.at.gap, answer.measure, completeness.size(answer)
    who = groups.describe_group(answer.stratifier, assumed.group, groups.noun(measure))
    around = numbers.range_named(numbers.span(numbers.gap_range(measure, float(gap.lower), float(gap.upper), n)))
    size = _gap(answer, float(gap.value))
    if size == numbers.NO_DIFFERENCE:
        return f"If that is so, there is no gap for {who}{around}."
    return f"If that is so, the gap for {who} is {size}{around}."


def in_words(answer: Completeness, assumed: Assumed) -> tuple[str, ...]:
    """What is assumed, what comes of it, and when the gap would vanish."""
    measure, n = answer.measure, completeness.size(answer)
    share, mine = numbers.share(assumed.share), assumed.share * assumed.unknown_n
    usual = " (their share of those recorded)" if abs(assumed.share - assumed.usual_share) < 0.005 else ""
    rate = numbers.rate(measure, float(assumed.at.rate), n)
    said = [
        f"Assumed: {share}{usual} of the {groups.how_many(_counted(answer), assumed.unknown_n)} not recorded are "
        f"theirs, {numbers.whole(mine) if round(mine) else 'fewer than 1'} in all, with a rate of {rate}.",
        tipping(answer, assumed),
    ]
    if not float(assumed.at.possible):
        said.insert(1, "A rate further out does not fit the results of all who are not recorded.")
    return tuple(said)


def tipping(answer: Completeness, assumed: Assumed) -> str:
    """When the gap would vanish, at this share."""
    measure, n = answer.measure, completeness.size(answer)
    share = numbers.share(assumed.share)
    if _recorded_gap(answer, assumed.group) in ("", numbers.NO_DIFFERENCE):
        return "Among those recorded there is no gap that could vanish."
    if not float(assumed.at.can_vanish):
        return f"If {share} of those not recorded are theirs, the gap would remain, whatever their results."
    rate = numbers.rate(measure, float(assumed.at.tipping_rate), n)
    own = numbers.rate(measure, assumed.known_rate, n)
    return f"The gap would vanish only if those {share} had a rate of {rate}; where recorded it is {own}."


def as_the_recorded(answer: Completeness, group: str) -> tuple[str, ...]:
    """When the gap of a group would vanish, if the unknown were shared out like the recorded; nothing where unasked."""
    return (tipping(answer, assume(answer, group)),) if group in answer.counts else ()


def title(answer: Completeness, assumed: Assumed) -> str:
    """The heading of the chart."""
    who = groups.describe_group(answer.stratifier, assumed.group, groups.noun(answer.measure))
    return f"{measures.heading(answer.measure)}: the gap for {who}, by how those not recorded fared"


def alt_text(answer: Completeness, assumed: Assumed) -> str:
    """The chart read aloud: both ends."""
    first, last = (_gap(answer, float(assumed.gaps.gap.value[i])) for i in (0, -1))
    ends = best_first(answer)
    return f"A line with its range. {title(answer, assumed)}. As {ends[0]}: {first}; as {ends[1]}: {last}."


def caption(answer: Completeness, assumed: Assumed) -> str:
    """What the table holds."""
    return (
        f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)}, "
        f"{periods.title(answer.choices.period)}; {numbers.share(assumed.share)} of those not recorded taken to be "
        f"{one_line(assumed.group)}. Ranges are 95% intervals."
    )


def point_in_words(answer: Completeness, assumed: Assumed, place: int) -> str:
    """One point of the line read aloud."""
    rate = numbers.rate(answer.measure, assumed.rates[place], completeness.size(answer))
    return f"With a rate of {rate}: {_gap(answer, float(assumed.gaps.gap.value[place]))}"


def table(answer: Completeness, assumed: Assumed) -> pd.DataFrame:
    """Every group at five positions as rows of text, at this share for the group in focus."""
    n, measure = completeness.size(answer), answer.measure
    rows = [r for r in records(assumptions(answer, assumed.share)) if r["group"] == assumed.group]
    names = ("at the best rate", "toward the best", "halfway", "toward the worst", "at the worst rate")
    lines = [
        {
            "They fared": name,
            "Rate": numbers.rate(measure, float(row["rate"]), n),
            "Gap": groups.started(_gap(answer, float(row["gap"]))),
            "Range": numbers.span(numbers.gap_range(measure, float(row["gap_lower"]), float(row["gap_upper"]), n)),
        }
        for name, row in zip(names, rows, strict=True)
    ]
    return pd.DataFrame(lines, columns=["They fared", "Rate", "Gap", "Range"])


def _gap(answer: Completeness, value: float) -> str:
    n = completeness.size(answer)
    if numbers.is_no_gap(answer.measure, value, n):
        return numbers.NO_DIFFERENCE
    return f"{numbers.gap(answer.measure, value, n)} {numbers.short_side(answer.measure, value)}"


def _recorded_gap(answer: Completeness, group: str) -> str:
    """The gap as measured, written; nothing where it has none."""
    at = [float(row["gap"]) for row in records(answer.bounds) if row["group"] == group]
    return _gap(answer, at[0]) if at else ""


def _counted(answer: Completeness) -> str:
    return groups.what_is_counted(answer.measure, completeness.size(answer), answer.people)
