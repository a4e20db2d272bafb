"""The finding: one group's gap, what became of it, and what each side did."""

from __future__ import annotations

from equity.lens.answers import Trends
from equity.words import groups, headlines, measures, numbers
from equity.words.answers.trends.gap_changes import Change, changes, lead
from equity.words.answers.trends.phrases import (
    has_ranges,
    level_said,
    others_rate,
    reference_said,
    rose_or_fell,
    size_range,
    span_said,
)
from equity.words.escaping import one_line
from equity.words.rows import records

_MOVED = {"closing_by_lifting": ("narrowed", "fell"), "widening": ("grew", "rose")}


def finding(answer: Trends, group: str = "") -> str:
    """The answer in one or two short sentences that stand alone."""
    change, all_changes = lead(answer, group), changes(answer)
    about = _about(answer)
    if not any(row["shown"] in ("yes", "zero") for row in records(answer.rows)):
        return f"{about} by {groups.label(answer.stratifier)}: nothing to show over time."
    if answer.measure.polarity == "neutral":
        return f"{about}: neither side is better, so no gap is called closing."
    if len(answer.stratifier.groups) == 1:
        return f"{about}: one group only, so there is no gap to follow; the line is its own {level_said(answer)}."
    if all(c.verdict == "" or c.reason == "not_enough_data" for c in all_changes):
        if not has_ranges(answer):
            return f"{about}: no ranges in the source, so no gap can be followed."
        return f"{about}: too few periods to say whether a gap is closing."
    if change is None:
        by = groups.label(answer.stratifier)
        return headlines.fitting((f"{about}: no clear change in any gap by {by}.", f"{about}: no clear change."))
    return _headline(answer, change)


def what_it_comes_to(answer: Trends, group: str = "") -> tuple[str, ...]:
    """What stands below the headline: what each side did, what is left of the gap, and whether that is progress."""
    change = lead(answer, group)
    if change is None or answer.measure.polarity == "neutral":
        return ()
    return _below(answer, change)


def change_in_words(answer: Trends, change: Change) -> str:
    """One group's change, with the range that earns its word."""
    return " ".join((_headline(answer, change), *_below(answer, change)))


def _headline(answer: Trends, change: Change) -> str:
    about, gap = _about(answer), f"the gap for {change.who}"
    moved = numbers.gap(answer.measure, change.gap[0], change.n)
    if change.verdict in _MOVED:
        verb, also = _MOVED[change.verdict]
        return headlines.fitting(
            (
                f"{about}: {gap} {verb} by {moved}.{_range(answer, change)}",
                f"{about}: {gap} {verb}. It {also} by {moved}.",
            )
        )
    if change.verdict == "levelling_down":
        return f"{about}: {_reference_moved(answer, change)}. So {gap} narrowed."
    return _unclear(answer, change, about, gap)


def _below(answer: Trends, change: Change) -> tuple[str, ...]:
    """The sentences under a headline about one group's change."""
    measure, n = answer.measure, change.n
    own = f"{rose_or_fell(answer, change.group[0])} {numbers.gap(measure, change.group[0], n)}"
    moved = f"{numbers.gap(measure, change.gap[0], n)}{numbers.range_named(size_range(answer, change.gap, n))}"
    said = []
    if change.verdict in _MOVED and not _headline(answer, change).endswith(_range(answer, change)):
        said.append(f"The change in the gap is {moved}.")
    if change.verdict == "closing_by_lifting":
        return (*said, f"Their {level_said(answer)} {own}.", *_left(answer, change))
    if change.verdict == "levelling_down":
        return (f"The gap narrowed by {moved}, for this reason only. This is not an improvement.",)
    if change.verdict == "no_clear_change":
        return (*_stands(answer, change), *own_change(answer, change))
    return tuple(said)


def _range(answer: Trends, change: Change) -> str:
    """The range that earns the word, as a sentence of its own: " 95% range: 6.0–14.0."."""
    spread = size_range(answer, change.gap, change.n)
    return f" 95% range: {spread}." if spread else ""


def _reference_moved(answer: Trends, change: Change) -> str:
    return f"{others_rate(answer)} {rose_or_fell(answer, change.reference[0])}"


def _left(answer: Trends, change: Change) -> tuple[str, ...]:
    """How much of the gap is left: a gap that narrowed is not a gap that closed."""
    first, last = change.gap_first[0], change.gap_last[0]
    if not (numbers.known(first) and numbers.known(last)) or first <= 0:
        return ()
    if last <= 0 or numbers.is_no_gap(answer.measure, last, change.n):
        return ("No gap is left.",)
    was, left = (numbers.gap(answer.measure, value, change.n) for value in (first, last))
    return (f"Of a gap of {was}, {left} {numbers.is_or_are(left)} left.",)


def _stands(answer: Trends, change: Change) -> tuple[str, ...]:
    """Where a gap stands that did not clearly change."""
    now = _gap_now(answer, change)
    return (f"The gap is now {now}.",) if now and f" is now {now}." not in _headline(answer, change) else ()


def _gap_now(answer: Trends, change: Change) -> str:
    """How large the gap is at the end; nothing where it is not clear that there is one."""
    return numbers.gap(answer.measure, change.gap_last[0], change.n) if change.gap_last[1] > 0 else ""


def own_change(answer: Trends, change: Change) -> tuple[str, ...]:
    """That the group's own rate clearly moved, where the gap did not."""
    value, lower, upper = change.group
    if not (numbers.known(lower) and numbers.known(upper)) or lower <= 0 <= upper:
        return ()
    size = numbers.gap(answer.measure, value, change.n)
    spread = numbers.range_named(size_range(answer, change.group, change.n))
    return (f"Their own {level_said(answer)} {rose_or_fell(answer, value)} {size}{spread}.",)


def _unclear(answer: Trends, change: Change, about: str, gap: str) -> str:
    """The sentence for a gap without a clear change: why no stronger word is earned."""
    if change.reason == "not_enough_data":
        return f"{about}: too few periods with data to judge {gap}."
    if change.reason == "no_gap_to_close":
        return f"{about}: there was no gap to close for {change.who}."
    if change.reason == "group_still_ahead":
        return f"{about}: {change.who} did as well as {reference_said(answer)} or better."
    if change.reason == "side_unclear":
        return f"{about}: {gap} changed, but it is not clear which side moved."
    now = _gap_now(answer, change)
    stands = (f"{about}: no clear change. {groups.started(gap)} is now {now}.",) if now else ()
    return headlines.fitting((*stands, f"{about}: no clear change in {gap}."))


def _about(answer: Trends) -> str:
    where = "".join(f", {one_line(value)} only" for _, value in answer.choices.where)
    return f"{measures.named(answer.measure)}, {span_said(answer)}{where}"
