"""A release for a leader: the finding, the few numbers, what changed since the last release, what is hidden and why.

Every sentence is made from answers that a release gave, and from the release's own rule. A hidden group is spoken of
with the same respect as a shown one.
"""

from __future__ import annotations

from dataclasses import dataclass

from equity.lens.answers import Disparities, Trends
from equity.words import comparisons, groups, measures, numbers, periods, references, remarks
from equity.words.answers import disparities, trends
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import GroupRow, focus, group_rows

HIDDEN = "Not shown, to protect privacy"
MISSING = "No data"
MOST = 8
_ARROWS = {
    "better": "▲ Better.",
    "worse": "▼ Worse.",
    "higher": "▲ Higher.",
    "lower": "▼ Lower.",
    "no_clear": "▬ No clear change.",
}
_WAYS = {
    "widening": "The gap is growing",
    "levelling_down": "The gap narrowed, but only because others got worse: not an improvement",
    "closing_by_lifting": "The gap narrowed: this group’s results got better",
    "no_clear_change": "No clear change in the gap",
}
"""Where a gap is going, for somebody who has not read the glossary."""


@dataclass(frozen=True)
class FewNumber:
    """One group in few words: ``value`` its rate, or why there is none; ``beside`` its distance from the reference;
    ``size`` how much was counted.

    ``mark`` and ``direction`` say where its gap is going; both are empty where that cannot be judged. ``around`` is the
    rate's range in words, ``place`` where its lower end, the rate, its upper end and the reference stand between the
    lowest and the highest of all that is shown (0 to 1; NaN where there is none): a picture of a line a group.
    """

    who: str
    value: str
    size: str
    beside: str
    mark: str
    direction: str
    shown: bool
    around: str = ""
    place: tuple[float, float, float, float] | None = None


def finding(answer: Disparities) -> str:
    """The finding in one sentence."""
    return disparities.finding(answer)


def what_it_comes_to(answer: Disparities) -> tuple[str, ...]:
    """What stands below it: the count affected, or that the difference could be chance."""
    return disparities.what_it_comes_to(answer)


def question(answer: Disparities) -> str:
    """What was asked, so that each number below has a name: measure, grouping, what it is compared with, period."""
    period = periods.title(answer.choices.period)
    of = f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)}, {period}"
    against = references.describe_reference(answer.reference, answer.stratifier, answer.measure)
    return f"{of}. Compared with {against}."


def few_numbers(answer: Disparities, over_time: Trends | None) -> tuple[FewNumber, ...]:
    """The groups that can be shown, the widest gap first, then those that cannot, in the release's own order."""
    moving = {} if over_time is None else {change.name: change.verdict for change in trends.changes(over_time)}
    return tuple(_few(answer, row, moving) for row in in_order(answer)[:MOST])


def further(answer: Disparities) -> str:
    """That there are more groups than the few, and where they are; empty when there are not."""
    more = len(in_order(answer)) - MOST
    if more <= 0:
        return ""
    return (
        f"{more} more group{'' if more == 1 else 's'} of this release {'is' if more == 1 else 'are'} in the file below."
    )


@cached_per_answer
def places(answer: Disparities) -> dict[str, tuple[float, float, float, float]]:
    """Of each group that is shown: lower end, rate, upper end and reference, on one scale from 0 to 1."""
    seen = {row.group: _ends(answer, row) for row in in_order(answer)[:MOST] if row.visible}
    every = [value for ends in seen.values() for value in ends if numbers.known(value)]
    low, wide = min(every, default=0.0), (max(every, default=1.0) - min(every, default=0.0)) or 1.0
    return {
        group: ((ends[0] - low) / wide, (ends[1] - low) / wide, (ends[2] - low) / wide, (ends[3] - low) / wide)
        for group, ends in seen.items()
    }


def _ends(answer: Disparities, row: GroupRow) -> tuple[float, float, float, float]:
    read = row.reliability != "too_few" and numbers.known(row.lower) and numbers.known(row.upper)
    lower, upper = (row.lower, row.upper) if read else (row.rate, row.rate)
    return lower, row.rate, upper, answer.reference.rate


def in_order(answer: Disparities) -> list[GroupRow]:
    """The groups that can be shown, the widest gap first, then those that cannot."""
    rows = [row for row in group_rows(answer.rows) if row.kind in ("group", "other")]
    shown = sorted((row for row in rows if row.visible), key=lambda row: -row.gap if row.gap == row.gap else 0.0)
    return [*shown, *(row for row in rows if not row.visible)]


def changed(now: Disparities, before: Disparities | None, made: str) -> str:
    """What changed since the last release, made on a day such as ``2026-03-12``; its numbers are that release's own."""
    if before is None:
        return "This is the first release of this kind, so there is nothing to compare it with yet."
    row = focus(now) or next((r for r in group_rows(now.rows) if r.visible), None)
    earlier = None if row is None else _row_of(before, row.group)
    if row is None or earlier is None or not (row.visible and earlier.visible):
        return f"The last release ({made}) cannot be compared with this one: the number is not shown in both."
    about, then = disparities.compared(now, row), disparities.compared(before, earlier)
    who = groups.started(about.who)
    new, old = (numbers.rate(c.measure, c.row.rate, c.size) for c in (about, then))
    when, was = periods.during(now.choices.period), periods.during(before.choices.period)
    if (new, when) == (old, was):
        return f"{who}: {new} {when}, the same as in the last release ({made})."
    gaps = [comparisons.gap_in_full(c) for c in (about, then)]
    gap = f" The gap: {gaps[0]} now, {gaps[1]} then." if all(gaps) else ""
    return f"{_arrow(about, then)} {who}: {new} {when}; the last release ({made}) showed {old} {was}.{gap}"


def hidden(answer: Disparities, rule: str) -> tuple[str, ...]:
    """What is not shown and why; empty when everything is."""
    unseen = [row for row in group_rows(answer.rows) if row.shown == "hidden"]
    if not unseen:
        return ()
    named = groups.listed([one_line(row.group) for row in unseen], most=6)
    verb = "is" if len(unseen) == 1 else "are"
    return (
        f"{named} {verb} not shown, to protect privacy. Too small to show is not too small to matter.",
        rule,
        "A group can also be hidden to protect a smaller one: with all the others and the total, that one could be "
        "worked out.",
    )


def why_not_as_the_team(answer: Disparities) -> tuple[str, ...]:
    """Why this release may say another thing than the team reads, who sees every group; mostly empty."""
    of_the_shown = ("groups_not_compared", "best_of_those_shown", "lowest_of_those_shown")
    return remarks.describe_remarks([code for code in answer.remarks if code in of_the_shown])


def nothing_hidden(rule: str) -> str:
    """What is said where no group had to be hidden."""
    return f"Every group is shown here. {rule}"


def asked(own_words: str, answer: Disparities) -> str:
    """What is asked of the leader: the team's own words, else a question about the system."""
    return one_line(own_words, 600) or disparities.prompt(answer)


def _few(answer: Disparities, row: GroupRow, moving: dict[str, str]) -> FewNumber:
    about = disparities.compared(answer, row)
    who = groups.started(about.who)
    if not row.visible:
        return FewNumber(who, HIDDEN if row.shown == "hidden" else MISSING, "", "", "", "", False)
    way = moving.get(row.group, "")
    return FewNumber(
        who=who,
        value=numbers.rate(answer.measure, row.rate, about.size),
        size=groups.how_many(disparities.what_is_counted(answer), row.n) if numbers.known(row.n) else "",
        beside=comparisons.gap_in_short(about) if row.reliability == "too_few" else comparisons.gap_with_verdict(about),
        mark=trends.CHANGES[way].mark if way in _WAYS else "",
        direction=_WAYS.get(way, ""),
        shown=True,
        around=numbers.span(numbers.rate_range(answer.measure, row.lower, row.upper, about.size)),
        place=places(answer).get(row.group),
    )


def _row_of(answer: Disparities, group: str) -> GroupRow | None:
    return next((row for row in group_rows(answer.rows) if row.group == group), None)


def _arrow(about: comparisons.Comparison, then: comparisons.Comparison) -> str:
    """Better or worse by the measure's own direction, where the two ranges leave no doubt; else no clear change.

    A neutral measure is higher or lower, never better or worse.
    """
    return _ARROWS[direction(about, then)]


def direction(about: comparisons.Comparison, then: comparisons.Comparison) -> str:
    """Which way a number went: better, worse, higher, lower, or no_clear where the two ranges overlap."""
    change = (about.row.rate - then.row.rate) * about.measure.harm_sign
    apart = about.row.lower > then.row.upper or about.row.upper < then.row.lower
    if change != change or not apart:
        return "no_clear"
    if about.measure.polarity == "neutral":
        return "higher" if change > 0 else "lower"
    return "worse" if change > 0 else "better"
