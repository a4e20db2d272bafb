"""Groups of one stratifier compared: the finding, how sure it is, and what it does not tell."""

from __future__ import annotations

from equity.lens.answers import Disparities
from equity.words import (
    comparisons,
    groups,
    headlines,
    measures,
    numbers,
    remarks,
)
from equity.words.answers.disparities.phrases import (
    CLEAR,
    alone,
    any_judged,
    can_be_read,
    compared,
    reference_said,
)
from equity.words.escaping import one_line
from equity.words.rows import GroupRow, focus, group_rows


def finding(answer: Disparities) -> str:
    """The answer in one or two short sentences: measure, period, the group's rate, the comparison's."""
    rows = group_rows(answer.rows)
    if not any(r.compared for r in rows):
        return _nothing_compared(answer, rows)
    if answer.measure.polarity == "neutral":
        return _neutral_finding(answer, rows)
    row = focus(answer)
    return _no_gap(answer, rows) if row is None else comparisons.headline(alone(answer, row))


def what_it_comes_to(answer: Disparities) -> tuple[str, ...]:
    """What stands below the headline: the count affected, or that the gap is small or could be chance."""
    row = focus(answer)
    if row is None or answer.measure.polarity == "neutral":
        return ()
    about = alone(answer, row)
    if row.verdict in ("large_uncertain", "none") and about.judged:
        return ("The difference could be chance.",)
    if row.verdict == "small_certain":
        return tuple(s for s in ("The gap is small but clear.", comparisons.at_the_reference(about)) if s)
    said = comparisons.at_the_reference(about)
    return (said,) if said else ()


def chart_title(answer: Disparities) -> str:
    """The finding as a heading, short enough for a phone, the reference named."""
    reference, rows = reference_said(answer), group_rows(answer.rows)
    what, by = measures.heading(answer.measure), groups.label(answer.stratifier)
    if not any(r.compared for r in rows):
        return f"{what} by {by}: nothing to compare"
    if answer.measure.polarity == "neutral":
        return f"{what} by {by}, compared with {reference}"
    row = focus(answer)
    if row is None:
        behind = _none_behind(answer, rows) if any_judged(answer) else f"no group is behind {reference}"
        return f"{what} by {by}: {behind}"
    about = compared(answer, row)
    may_be = ", no clear gap" if row.verdict in ("large_uncertain", "none") and about.judged else ""
    return f"{groups.started(about.who)}: {comparisons.beside(about)}{may_be}"


def gap_chart_title(answer: Disparities) -> str:
    """The heading of the gap chart."""
    reference = reference_said(answer)
    if answer.measure.polarity == "neutral":
        return f"How far each group is from {reference}"
    if not any(r.compared for r in group_rows(answer.rows)):
        return "How far each group is from the others: nothing to compare"
    return f"How far each group is from {reference}: further right is worse"


def _neutral_finding(answer: Disparities, rows: tuple[GroupRow, ...]) -> str:
    seen = [r for r in rows if can_be_read(r)]
    low, high = min(seen, key=lambda r: r.rate), max(seen, key=lambda r: r.rate)
    about = headlines.about(answer.measure, answer.choices)
    short = headlines.about_in_short(answer.measure, answer.choices)
    lowest, highest = _ends(answer, low, high)
    if lowest == highest or low is high:
        return f"{about}: all groups are near {highest}."
    bare = _bare_ends(answer, low, high)[0] if answer.measure.kind != "proportion" else lowest
    at_low, at_high = (compared(answer, r).who for r in (low, high))
    again = groups.describe_group_again(answer.stratifier, high.group, groups.noun(answer.measure))
    return headlines.fitting(
        (
            f"{about}: lowest for {at_low}, {bare}. Highest for {at_high}, {highest}.",
            f"{about}: lowest for {at_low}, {bare}. Highest {again}, {highest}.",
            f"{short}: lowest for {at_low}, {bare}. Highest {again}, {highest}.",
        )
    )


def _why_unjudged(seen: list[GroupRow]) -> str:
    if any(numbers.known(row.lower) for row in seen):
        return "No range of a gap is known, so no gap is judged."
    return "The source gives no ranges, so no gap is judged."


def _no_gap(answer: Disparities, rows: tuple[GroupRow, ...]) -> str:
    by = groups.label(answer.stratifier)
    seen = [r for r in rows if r.compared or (r.verdict == "reference" and can_be_read(r))]
    low, high = min(seen, key=lambda r: r.rate), max(seen, key=lambda r: r.rate)
    lowest, highest = _bare_ends(answer, low, high)[0], _ends(answer, low, high)[1]
    same = low is high or numbers.is_no_gap(answer.measure, high.rate - low.rate, min(low.n, high.n), high.rate)
    levels = "Averages" if answer.measure.kind == "mean" else "Rates"
    further = not _among_readable(rows) and _further(rows, low.rate, high.rate)
    read = " with enough data" if further else ""
    run = f"All groups{read} are near {highest}" if same else f"{levels}{read} run from {lowest} to {highest}"
    if len(seen) == 1:
        run = f"Only {compared(answer, low).who} can be read: {highest}"
    about, bare = (headlines.about(answer.measure, answer.choices, named) for named in (by, ""))
    short = headlines.about_in_short(answer.measure, answer.choices)
    if not any_judged(answer):
        told = f"{run[0].lower()}{run[1:]}. {_why_unjudged(seen)}"
        return headlines.fitting((f"{about}: {told}", f"{bare}: {told}", f"{short}: {told}"))
    if not _some_clearly_ahead(rows):
        even = f"no clear gap{_among_shown(answer) or _among_readable(rows)}"
        return headlines.fitting(
            (f"{about}: {even}. {run}.", f"{bare}: {even}. {run}.", f"{short}: {even}. {run}.", f"{bare}: {even}.")
        )
    none = f"no group{_shown(answer)} is clearly {numbers.side(answer.measure, 1.0)}"
    than, ahead = f"{none} than {reference_said(answer)}", "Some are clearly better."
    return headlines.fitting(
        (f"{bare}: {than}. {ahead}", f"{short}: {than}. {ahead}", f"{bare}: {none}. {ahead}", f"{bare}: {than}.")
    )


def _further(rows: tuple[GroupRow, ...], low: float, high: float) -> bool:
    """Whether a group with too few people to be read lies outside of the others."""
    few = (r for r in rows if r.visible and r.reliability == "too_few" and r.kind in ("group", "other"))
    return any(not low <= r.rate <= high for r in few)


def _among_shown(answer: Disparities) -> str:
    """Said of a release of which a group is hidden: the team may see a gap there."""
    hidden = any(row.shown == "hidden" for row in group_rows(answer.rows))
    return " among the groups shown" if answer.choices.hides_small_counts and hidden else ""


def _among_readable(rows: tuple[GroupRow, ...]) -> str:
    """Said where a group with too few people to be read is clearly further away than those that can be."""
    few = any(r.visible and r.reliability == "too_few" and r.verdict in CLEAR for r in rows)
    return " among groups with enough data" if few else ""


def _shown(answer: Disparities) -> str:
    return " shown" if _among_shown(answer) else ""


def _none_behind(answer: Disparities, rows: tuple[GroupRow, ...]) -> str:
    """That no group is behind the reference: another sentence where some are clearly ahead of it."""
    if not _some_clearly_ahead(rows):
        return f"no clear gap from {reference_said(answer)}{_among_readable(rows)}"
    side = numbers.side(answer.measure, 1.0)
    return f"no group{_shown(answer)} is clearly {side} than {reference_said(answer)}, and some are clearly better"


def _some_clearly_ahead(rows: tuple[GroupRow, ...]) -> bool:
    return any(r.compared and r.gap < 0 and r.verdict in CLEAR for r in rows)


def _ends(answer: Disparities, low: GroupRow, high: GroupRow) -> tuple[str, str]:
    """The lowest and the highest rate, rounded alike, as the smaller group deserves."""
    fewest = min(low.n, high.n)
    return numbers.rate(answer.measure, low.rate, fewest), numbers.rate(answer.measure, high.rate, fewest)


def _bare_ends(answer: Disparities, low: GroupRow, high: GroupRow) -> tuple[str, str]:
    fewest = min(low.n, high.n)
    return numbers.bare_rate(answer.measure, low.rate, fewest), numbers.bare_rate(answer.measure, high.rate, fewest)


def _nothing_compared(answer: Disparities, rows: tuple[GroupRow, ...]) -> str:
    """Why nothing is compared: no data, too small to show, no reference, counts hidden in the source, or one group."""
    about = headlines.about(answer.measure, answer.choices, groups.label(answer.stratifier))
    if not rows or all(r.shown == "missing" for r in rows):
        return f"{about}: no data."
    if any(r.shown == "hidden" for r in rows) and not any(r.visible for r in rows):
        return f"{about}: the groups are too small to show, but not too small to matter."
    readable = [r for r in rows if can_be_read(r)]
    if len(readable) > 1 and answer.reference.kind in ("average", "others") and not any(r.n > 0 for r in readable):
        whole = "overall rate" if answer.reference.kind == "average" else "rate of all others"
        return f"{about}: nothing to compare. The {whole} is not in these data."
    if len(readable) > 1 and not numbers.known(answer.reference.rate) and answer.reference.kind in ("group", "best"):
        if any(r.hidden_at_source > 0 for r in rows):
            return f"{about}: nothing to compare. Counts are hidden in the source."
        named = one_line(answer.reference.group)
        why = f"The reference group, {named}, has no rate here." if named else remarks.NO_BEST
        return f"{about}: nothing to compare. {why}"
    if answer.choices.hides_small_counts and any(r.shown == "hidden" for r in rows):
        return f"{about}: nothing to compare. The other groups are too small to show."
    if any(r.hidden_at_source > 0 for r in rows):
        return f"{about}: nothing to compare. Counts are hidden in the source."
    return f"{about}: nothing to compare yet. Fewer than two groups have enough data."
