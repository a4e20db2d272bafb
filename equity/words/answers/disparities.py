"""Groups of one stratifier compared: the finding, how sure it is, and what it does not tell."""

from __future__ import annotations

import math

import pandas as pd

from equity.lens.answers import SPREAD_MINIMUM, Disparities
from equity.stats.gap import RELATIVE_THRESHOLD, SIGNIFICANCE
from equity.words import (
    allowances,
    comparisons,
    drawn_groups,
    groups,
    headlines,
    judgements,
    measures,
    numbers,
    periods,
    references,
    remarks,
)
from equity.words.cached_per_answer import cached_per_answer
from equity.words.comparisons import Comparison
from equity.words.escaping import one_line
from equity.words.rows import GroupRow, fares_worse, focus, group_rows

_MANY_UNKNOWN = 0.05
_CLEAR = ("disparity", "small_certain")


def compared(answer: Disparities, row: GroupRow) -> Comparison:
    """A row of the answer with what it takes to speak of it."""
    held = answer.measure, answer.stratifier, answer.reference, answer.choices
    return Comparison(row, *held, column_n(answer), _counted(answer))


@cached_per_answer
def column_n(answer: Disparities) -> float:
    """The n by which a column of the answer is rounded, never by less than the two rates of the headline are.

    That of the middle one of the groups that can be read, or of the smaller side of the headline where that is larger.
    """
    sizes = sorted(r.n for r in group_rows(answer.rows) if _readable(r) and numbers.known(r.n))
    if not sizes:
        return math.nan
    row, middle = focus(answer), sizes[(len(sizes) - 1) // 2]
    sides = [n for n in (row.n, answer.reference.n) if numbers.known(n) and n > 0] if row is not None else []
    return max(middle, min(sides, default=0.0))


def finding(answer: Disparities) -> str:
    """The answer in one or two short sentences: measure, period, the group's rate, the comparison's."""
    rows = group_rows(answer.rows)
    if not any(r.compared for r in rows):
        return _nothing_compared(answer, rows)
    if answer.measure.polarity == "neutral":
        return _neutral_finding(answer, rows)
    row = focus(answer)
    return _no_gap(answer, rows) if row is None else comparisons.headline(_alone(answer, row))


def what_it_comes_to(answer: Disparities) -> tuple[str, ...]:
    """What stands below the headline: the count affected, or that the gap is small or could be chance."""
    row = focus(answer)
    if row is None or answer.measure.polarity == "neutral":
        return ()
    about = _alone(answer, row)
    if row.verdict in ("large_uncertain", "none") and about.judged:
        return ("The difference could be chance.",)
    if row.verdict == "small_certain":
        return tuple(s for s in ("The gap is small but clear.", comparisons.at_the_reference(about)) if s)
    said = comparisons.at_the_reference(about)
    return (said,) if said else ()


def in_full(answer: Disparities) -> str:
    """The headline and what it comes to, where there is room for both."""
    return " ".join((finding(answer), *what_it_comes_to(answer)))


def chart_title(answer: Disparities) -> str:
    """The finding as a heading, short enough for a phone, the reference named."""
    reference, rows = _reference(answer), group_rows(answer.rows)
    what, by = measures.heading(answer.measure), groups.label(answer.stratifier)
    if not any(r.compared for r in rows):
        return f"{what} by {by}: nothing to compare"
    if answer.measure.polarity == "neutral":
        return f"{what} by {by}, compared with {reference}"
    row = focus(answer)
    if row is None:
        return f"{what} by {by}: {_none_behind(answer, rows)}"
    about = compared(answer, row)
    may_be = ", no clear gap" if row.verdict in ("large_uncertain", "none") and about.judged else ""
    return f"{groups.started(about.who)}: {comparisons.beside(about)}{may_be}"


def gap_chart_title(answer: Disparities) -> str:
    """The heading of the gap chart."""
    reference = _reference(answer)
    if answer.measure.polarity == "neutral":
        return f"How far each group is from {reference}"
    if not any(r.compared for r in group_rows(answer.rows)):
        return "How far each group is from the others: nothing to compare"
    return f"How far each group is from {reference}: further right is worse"


def how_sure(answer: Disparities) -> str:
    """How sure the finding is: the verdict, chance, the range, and whether there are enough people."""
    rows = group_rows(answer.rows)
    row = focus(answer) or _widest(rows)
    if row is None:
        return "There are too few groups with enough data to say how sure we can be."
    said = [
        _verdict_sentence(compared(answer, row)),
        _wider_but_too_few(row, rows),
        _chance_sentence(row),
        _range_sentence(answer, row),
        _alone_or_together(answer, row),
        judgements.RELIABILITY[row.reliability].meaning if row.reliability in judgements.RELIABILITY else "",
        f"We made {answer.tests} comparisons at once and allowed for that." if answer.tests > 1 else "",
    ]
    return " ".join(s for s in said if s)


def in_all(answer: Disparities) -> str:
    """The people affected over all groups with a clear gap; nothing where they cannot be counted or are under two."""
    measure = answer.measure
    if measure.kind == "mean" or measure.polarity == "neutral":
        return ""
    behind = [r for r in group_rows(answer.rows) if r.compared and numbers.known(r.excess) and round(r.excess) >= 1]
    clear = [r for r in behind if r.verdict in _CLEAR]
    if len(clear) < 2 or not numbers.known(answer.excess_total):
        return ""
    whole = len(clear) == len(behind)  # else the answer's own total holds more groups than are spoken of
    total = answer.excess_total if whole else sum(r.excess for r in clear)
    spread = numbers.whole_range(answer.excess_lower, answer.excess_upper) if whole else ""
    counted = measures.events(measure) if measure.kind == "rate" else _counted(answer)
    return (
        f"Across the {len(clear)} groups with a clear gap, this comes to about {numbers.whole(total)} "
        f"{measures.fewer_or_more(measure)} {counted}{numbers.range_named(spread)}."
    )


def not_known(answer: Disparities) -> tuple[str, ...]:
    """What the answer does not know: who is in no group, what is hidden, too few or missing. One sentence each."""
    rows = group_rows(answer.rows)
    said = [
        _unknown_sentence(answer),
        *_unknown_gaps(answer, rows),
        _hidden_sentence(answer, rows),
        _named(answer, [r for r in rows if r.visible and r.reliability == "too_few"], "Too few people to read: "),
        _named(answer, [r for r in rows if r.shown == "missing"], "No data: "),
    ]
    return tuple(s for s in said if s)


def caveats(answer: Disparities) -> tuple[str, ...]:
    """What to keep in mind when reading the answer. One sentence each."""
    said = ["A gap shows where results differ; it does not show why."]
    if answer.reference.kind == "average":
        said.append("The overall rate includes the group itself, so the gap looks smaller than it is.")
    nothing = not any(row.compared for row in group_rows(answer.rows))
    if answer.reference.kind == "best" and answer.reference.chosen_on and not nothing:
        chosen = references.chosen_group(answer.measure)
        said.append(
            f"{chosen} was chosen on the data of {periods.describe_period(answer.reference.chosen_on)} and then kept."
        )
    if answer.reference.kind == "best" and answer.measure.polarity != "neutral" and not nothing:
        end = "lowest" if answer.measure.harm_sign > 0 else "highest"
        said.append(f"The {end} rate here may still fall short of good care.")
    if comparisons.repeats(_total(answer, "n"), _total(answer, "people")):
        said.append("The same person can be counted at more than one visit; the ranges allow for that.")
    if answer.spread_too_few:
        said.append(_left_out_of_the_spread(answer))
    alike = "groups_cannot_be_told_apart"  # of groups that nobody could compare, it would sound like a finding
    left = [remark for remark in answer.remarks if not (nothing and remark == alike)]
    return (*said, *allowances.describe_allowances(answer), *remarks.describe_remarks(left))


def prompt(answer: Disparities) -> str:
    """One question to open the conversation with: about the system, never about what is wrong with people."""
    row, what = focus(answer), measures.describe_measure(answer.measure)
    if answer.measure.polarity == "neutral":
        return f"Is what we see for {what} what patients would choose, and how could we ask them?"
    if row is not None and fares_worse(row):
        who = compared(answer, row).who
        if row.verdict == "large_uncertain" and compared(answer, row).judged:
            return f"While more data come in, who can tell us if this matches what {who} experience here?"
        return f"Which steps of our care make {what} harder for {who}, and which would we change first?"
    if _share_unknown(answer) > _MANY_UNKNOWN:
        return f"Who is missing from this picture, and how could we ask about {groups.label(answer.stratifier)} better?"
    if any(r.shown == "hidden" for r in group_rows(answer.rows)):
        return "Whose story is too small to show here, and how could we hear it safely?"
    if not any(r.compared for r in group_rows(answer.rows)):
        return f"Which data on {what} would let us compare groups, and who could give them?"
    return f"What keeps results on {what} even here, and how do we keep doing it?"


@cached_per_answer
def alt_text(answer: Disparities) -> str:
    """The chart in words: the finding, the reference, then every group with its rate, n and gap, in order."""
    every = "; ".join(comparisons.described(compared(answer, r)) for r in group_rows(answer.rows))
    return (
        f"Dots with ranges. {chart_title(answer)}. {measures.heading(answer.measure)} "
        f"{periods.during(answer.choices.period)}, compared with "
        f"{references.with_rate(answer.reference, answer.measure, answer.stratifier)}. {every}."
    )


def table_caption(answer: Disparities) -> str:
    """What the table under the chart holds."""
    reference = references.with_rate(answer.reference, answer.measure, answer.stratifier)
    what = f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)}"
    period = periods.title(answer.choices.period)
    return drawn_groups.under(f"{what}, compared with {reference}, {period}.{_ranges(answer)}", answer.left_out)


def _ranges(answer: Disparities) -> str:
    """What the ranges are, where there are any: published rates may come without."""
    there = any(row.visible and numbers.known(row.lower) for row in group_rows(answer.rows))
    return " Ranges are 95% intervals." if there else ""


@cached_per_answer
def table(answer: Disparities) -> pd.DataFrame:
    """The chart as a table of text, a row a group, in the answer's order; headings in plain words.

    A hidden or missing row says so once, in the column of the rate, and has nothing else.
    """
    columns: dict[str, list[str]] = {}
    for row in group_rows(answer.rows):
        for name, text in _cells(answer, row).items():
            columns.setdefault(name, []).append(text)
    return pd.DataFrame(columns)


def _cells(answer: Disparities, row: GroupRow) -> dict[str, str]:
    about, measure = compared(answer, row), answer.measure
    rate = "Average" if measure.kind == "mean" else "Rate"
    events = {"proportion": groups.started(measures.had(measure)), "rate": "Events", "mean": ""}[measure.kind]
    cells = {
        "Gap": groups.started(comparisons.gap_in_full(about)),
        "Verdict": judgements.VERDICTS[row.verdict].word if about.judged or row.verdict == "reference" else "",
        f"{rate} range": comparisons.rate_span(about),
        groups.started(_counted(answer)): numbers.count(row.n) if numbers.known(row.n) else "",
        events: numbers.count(row.x) if numbers.known(row.x) else "",
        "Gap range": comparisons.gap_span(about),
        "Ratio": comparisons.ratio(about),
        f"{groups.started(measures.fewer_or_more(measure))} at the reference": _excess_cell(row),
        "Reliability": judgements.RELIABILITY[row.reliability].word if row.reliability else "",
    }
    cells.pop("", None)
    if measure.polarity == "neutral":
        cells.pop("More at the reference")
    shown = comparisons.absence(about) or numbers.rate(measure, row.rate, about.size)
    return {"Group": one_line(row.group), rate: shown} | {k: v if row.visible else "" for k, v in cells.items()}


def _excess_cell(row: GroupRow) -> str:
    if not numbers.known(row.excess) or row.verdict == "reference":
        return ""
    spread = numbers.whole_range(row.excess_lower, row.excess_upper)
    return f"{numbers.whole(row.excess)} ({spread})" if spread else numbers.whole(row.excess)


def _neutral_finding(answer: Disparities, rows: tuple[GroupRow, ...]) -> str:
    seen = [r for r in rows if _readable(r)]
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


def _no_gap(answer: Disparities, rows: tuple[GroupRow, ...]) -> str:
    by = groups.label(answer.stratifier)
    seen = [r for r in rows if r.compared or (r.verdict == "reference" and _readable(r))]
    low, high = min(seen, key=lambda r: r.rate), max(seen, key=lambda r: r.rate)
    lowest, highest = _bare_ends(answer, low, high)[0], _ends(answer, low, high)[1]
    same = low is high or numbers.is_no_gap(answer.measure, high.rate - low.rate, min(low.n, high.n), high.rate)
    levels = "Averages" if answer.measure.kind == "mean" else "Rates"
    run = f"All groups are near {highest}" if same else f"{levels} run from {lowest} to {highest}"
    if len(seen) == 1:
        run = f"Only {compared(answer, low).who} can be read: {highest}"
    about, bare = (headlines.about(answer.measure, answer.choices, named) for named in (by, ""))
    short = headlines.about_in_short(answer.measure, answer.choices)
    if not _some_clearly_ahead(rows):
        even = f"no clear gap{_among_shown(answer) or _among_readable(rows)}"
        return headlines.fitting(
            (f"{about}: {even}. {run}.", f"{bare}: {even}. {run}.", f"{short}: {even}. {run}.", f"{bare}: {even}.")
        )
    none = f"no group{_shown(answer)} is clearly {numbers.side(answer.measure, 1.0)}"
    than, ahead = f"{none} than {_reference(answer)}", "Some are clearly better."
    return headlines.fitting(
        (f"{bare}: {than}. {ahead}", f"{short}: {than}. {ahead}", f"{bare}: {none}. {ahead}", f"{bare}: {than}.")
    )


def _among_shown(answer: Disparities) -> str:
    """Said of a release of which a group is hidden: the team may see a gap there."""
    hidden = any(row.shown == "hidden" for row in group_rows(answer.rows))
    return " among the groups shown" if answer.choices.hides_small_counts and hidden else ""


def _among_readable(rows: tuple[GroupRow, ...]) -> str:
    """Said where a group with too few people to be read is clearly further away than those that can be."""
    few = any(r.visible and r.reliability == "too_few" and r.verdict in _CLEAR for r in rows)
    return " among groups with enough data" if few else ""


def _shown(answer: Disparities) -> str:
    return " shown" if _among_shown(answer) else ""


def _none_behind(answer: Disparities, rows: tuple[GroupRow, ...]) -> str:
    """That no group is behind the reference: another sentence where some are clearly ahead of it."""
    if not _some_clearly_ahead(rows):
        return f"no clear gap from {_reference(answer)}{_among_readable(rows)}"
    side = numbers.side(answer.measure, 1.0)
    return f"no group{_shown(answer)} is clearly {side} than {_reference(answer)}, and some are clearly better"


def _some_clearly_ahead(rows: tuple[GroupRow, ...]) -> bool:
    return any(r.compared and r.gap < 0 and r.verdict in _CLEAR for r in rows)


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
    readable = [r for r in rows if _readable(r)]
    if len(readable) > 1 and answer.reference.kind in ("average", "others") and not any(r.n > 0 for r in readable):
        whole = "overall rate" if answer.reference.kind == "average" else "rate of all others"
        return f"{about}: nothing to compare. The {whole} is not in these data."
    if len(readable) > 1 and not numbers.known(answer.reference.rate) and answer.reference.kind in ("group", "best"):
        if any(r.hidden_at_source > 0 for r in rows):
            return f"{about}: nothing to compare. Counts are hidden in the source."
        named = f", {one_line(answer.reference.group)}," if answer.reference.group else ""
        return f"{about}: nothing to compare. The reference group{named} has no rate here."
    if answer.choices.hides_small_counts and any(r.shown == "hidden" for r in rows):
        return f"{about}: nothing to compare. The other groups are too small to show."
    if any(r.hidden_at_source > 0 for r in rows):
        return f"{about}: nothing to compare. Counts are hidden in the source."
    return f"{about}: nothing to compare yet. Fewer than two groups have enough data."


def _verdict_sentence(about: Comparison) -> str:
    word = judgements.VERDICTS[about.row.verdict].word if about.judged else "given without a range"
    if about.row.verdict == "none":
        return "No gap here is clearly larger than chance."
    if about.measure.polarity == "neutral":
        return f"The gap for {about.who} is {word}; neither side is better."
    if about.row.gap < 0:  # the widest gap is of a group that is ahead
        return f"No group is clearly behind. The gap of {about.who}, {comparisons.gap_in_full(about)}, is {word}."
    return f"The gap for {about.who} is {word}."


def _wider_but_too_few(row: GroupRow, rows: tuple[GroupRow, ...]) -> str:
    """That a group too small to be read looks further away than the one that is spoken of."""
    few = (r for r in rows if r.visible and r.reliability == "too_few" and r.kind in ("group", "other"))
    if not any(numbers.known(r.gap) and abs(r.gap) > abs(row.gap) for r in few):
        return ""
    return "A group with too few people to read may be further away."


def _chance_sentence(row: GroupRow) -> str:
    often = numbers.chance(row.p_together)
    if not often:
        return "The source does not say how far off its rates may be, so chance cannot be judged."
    return f"If there were no gap, a difference this large would occur {often}."


def _range_sentence(answer: Disparities, row: GroupRow) -> str:
    ranged = numbers.gap_range_with_side if row.gap < 0 else numbers.gap_range
    words = ranged(answer.measure, row.gap_lower, row.gap_upper, row.n)
    return f"The gap is likely {words} (95% range)." if words else ""


def _alone_or_together(answer: Disparities, row: GroupRow) -> str:
    """That the range is the gap's own and the verdict the page's, where the two say different things."""
    leaves_out_none = numbers.known(row.gap_lower) and row.gap_lower * row.gap_upper > 0
    if not leaves_out_none or not row.p_together > SIGNIFICANCE or answer.tests < 2:
        return ""
    return f"The range is of this gap alone; with all {answer.tests} comparisons in mind it could be chance."


def _unknown_sentence(answer: Disparities) -> str:
    """For how many the group is not recorded, and why: unknown, declined, not asked."""
    unknown, everyone = _share_unknown(answer), _total(answer, "n")
    if not unknown > 0:
        return ""
    names = {"unknown": "unknown", "declined": "declined", "not_asked": "not asked"}
    kinds = [
        f"{names[r.kind]} {numbers.share(r.n / everyone)}"
        for r in group_rows(answer.rows)
        if r.kind in names and r.visible and r.n > 0 and everyone > 0
    ]
    split = f": {', '.join(kinds)}" if len(kinds) > 1 else ""
    label = groups.started(groups.label(answer.stratifier))
    return f"{label} not recorded for {numbers.share(unknown)} of {_counted(answer)}{split}."


def _unknown_gaps(answer: Disparities, rows: tuple[GroupRow, ...]) -> list[str]:
    """A gap that lies among those whose group is not known, which no comparison of groups would show."""
    if answer.measure.polarity == "neutral":
        return []
    nobodys = [r for r in rows if r.kind in ("unknown", "declined", "not_asked") and r.visible]
    wide = [compared(answer, r) for r in nobodys if r.reliability != "too_few" and r.gap_lower > 0]
    return [
        f"{groups.started(c.who)}: {numbers.rate(c.measure, c.row.rate, c.size)}, {comparisons.beside(c)}."
        for c in wide
        if abs(c.row.relative_gap) >= RELATIVE_THRESHOLD
    ]


def _hidden_sentence(answer: Disparities, rows: tuple[GroupRow, ...]) -> str:
    hidden = sum(r.shown == "hidden" for r in rows)
    if not hidden:
        return ""
    many = "1 group is" if hidden == 1 else f"{hidden} groups are"
    return f"{many} {judgements.hidden_in_a_sentence(answer.choices)}: too small to show, not too small to matter."


def _named(answer: Disparities, rows: list[GroupRow], start: str) -> str:
    return f"{start}{groups.listed([compared(answer, r).who for r in rows])}." if rows else ""


def _reference(answer: Disparities) -> str:
    return references.describe_reference(answer.reference, answer.stratifier, answer.measure)


def _alone(answer: Disparities, row: GroupRow) -> Comparison:
    """A row for a sentence: its numbers are rounded as its own two sides deserve."""
    return compared(answer, row)._replace(column_n=math.nan)


def _readable(row: GroupRow) -> bool:
    return row.visible and row.reliability != "too_few" and row.kind in ("group", "other")


def _counted(answer: Disparities) -> str:
    """What n counts over the whole answer."""
    return comparisons.what_is_counted(answer.measure, _total(answer, "n"), _total(answer, "people"))


def _left_out_of_the_spread(answer: Disparities) -> str:
    place, least = measures.lowered(one_line(answer.within)), f"fewer than {SPREAD_MINIMUM} {_counted(answer)}"
    if answer.spread_too_few == 1:
        return f"The faint dots are groups at each {place}; 1 is left out, since it has {least}."
    return f"The faint dots are groups at each {place}; {answer.spread_too_few} with {least} are left out."


def _share_unknown(answer: Disparities) -> float:
    return 1 - answer.known_share if numbers.known(answer.known_share) else math.nan


@cached_per_answer
def _total(answer: Disparities, column: str) -> float:
    return float(answer.total[column].astype(float).sum()) if len(answer.total) else math.nan


def _widest(rows: tuple[GroupRow, ...]) -> GroupRow | None:
    seen = [r for r in rows if r.compared and numbers.known(r.gap)]
    return max(seen, key=lambda r: abs(r.gap), default=None)
