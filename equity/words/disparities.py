"""Groups of one stratifier compared: the finding, how sure it is, and what it does not tell."""

from __future__ import annotations

import math

import pandas as pd

from equity.lens.answers import SPREAD_MINIMUM, Disparities
from equity.words import allowances, comparisons, groups, judgements, measures, numbers, periods, references, remarks
from equity.words.comparisons import Comparison
from equity.words.escaping import one_line
from equity.words.once import once
from equity.words.rows import GroupRow, focus, group_rows

_MANY_UNKNOWN = 0.05
_LARGE = 0.10  # the NHQDR rule's 10% of the rate


def compared(answer: Disparities, row: GroupRow) -> Comparison:
    """A row of the answer with what it takes to speak of it."""
    choices = answer.choices
    return Comparison(row, answer.measure, answer.stratifier, answer.reference, choices)


def finding(answer: Disparities) -> str:
    """The answer in one sentence, as a clinician would say it aloud."""
    rows = group_rows(answer.rows)
    if not any(r.compared for r in rows):
        return _nothing_compared(answer, rows)
    if answer.measure.polarity == "neutral":
        return _neutral_finding(answer, rows)
    row = focus(answer)
    if row is None:
        return _no_gap(answer, rows)
    about = compared(answer, row)
    if row.verdict == "large_uncertain" and about.judged:
        return f"There may be a gap, but chance could explain it: {comparisons.clause(about)}."
    if row.verdict == "small_certain":
        return f"There is a small but clear gap: {comparisons.clause(about)}."
    return comparisons.excess(about) if about.has_excess else groups.started(f"{comparisons.clause(about)}.")


def chart_title(answer: Disparities) -> str:
    """The finding as a heading, short enough for a phone, the reference named."""
    reference = _reference(answer)
    what, by = measures.heading(answer.measure), groups.label(answer.stratifier)
    if not any(r.compared for r in group_rows(answer.rows)):
        return f"{what} by {by}: nothing to compare"
    if answer.measure.polarity == "neutral":
        return f"{what} by {by}, beside {reference}"
    row = focus(answer)
    if row is None:
        return f"{what} by {by}: no clear gap from {reference}"
    about = compared(answer, row)
    may_be = ", which may be chance" if row.verdict == "large_uncertain" and about.judged else ""
    return f"{groups.started(about.who)}: {comparisons.beside(about)}{may_be}"


def gap_chart_title(answer: Disparities) -> str:
    """The heading of the gap chart."""
    reference = _reference(answer)
    if answer.measure.polarity == "neutral":
        return f"How far each group is from {reference}"
    return f"How far each group is from {reference}: further right is worse"


def how_sure(answer: Disparities) -> str:
    """How sure the finding is: the verdict, chance, the range, and whether there are enough people."""
    row = focus(answer) or _widest(group_rows(answer.rows))
    if row is None:
        return "There are too few groups with enough data to say how sure we can be."
    said = [
        _verdict_sentence(compared(answer, row)),
        _chance_sentence(row),
        _range_sentence(answer, row),
        judgements.RELIABILITY[row.reliability].meaning if row.reliability in judgements.RELIABILITY else "",
        f"We made {answer.tests} comparisons at once and allowed for that." if answer.tests > 1 else "",
    ]
    return " ".join(s for s in said if s)


def in_all(answer: Disparities) -> str:
    """The people affected over all groups that fare worse, or nothing where they cannot be counted."""
    measure, total = answer.measure, answer.excess_total
    touched = sum(1 for r in group_rows(answer.rows) if r.compared and numbers.known(r.excess) and round(r.excess) >= 1)
    if touched < 2 or not numbers.known(total) or measure.kind == "mean" or measure.polarity == "neutral":
        return ""
    spread = numbers.whole_range(answer.excess_lower, answer.excess_upper)
    counted = measures.events(measure) if measure.kind == "rate" else _counted(answer)
    return (
        f"Over the {touched} groups that fare worse, this comes to about {numbers.whole(total)} "
        f"{measures.fewer_or_more(measure)} {counted}{f' ({spread})' if spread else ''}."
    )


def not_known(answer: Disparities) -> tuple[str, ...]:
    """What the answer does not know: who is in no group, what is hidden, too few or missing. One sentence each."""
    rows = group_rows(answer.rows)
    said = [
        _unknown_sentence(answer),
        *_unknown_gaps(answer, rows),
        _hidden_sentence(answer, rows),
        _named(answer, [r for r in rows if r.visible and r.reliability == "too_few"], "Too few to read: "),
        _named(answer, [r for r in rows if r.shown == "missing"], "No data: "),
    ]
    return tuple(s for s in said if s)


def caveats(answer: Disparities) -> tuple[str, ...]:
    """What to keep in mind when reading the answer. One sentence each."""
    said = ["A gap shows where results differ; it does not show why."]
    if answer.reference.kind == "average":
        said.append("Everyone together includes the group itself, so the gap looks smaller than it is.")
    if answer.reference.kind == "best" and answer.reference.chosen_on:
        said.append(
            f"The best group was chosen on the data of {periods.said(answer.reference.chosen_on)} and then kept."
        )
    if answer.reference.kind == "best":
        said.append("The best group is the best one here; its care may still fall short.")
    if comparisons.repeats(_total(answer, "n"), _total(answer, "people")):
        said.append("The same person can be counted at more than one visit; the ranges allow for that.")
    if answer.spread_too_few:
        said.append(_left_out_of_the_spread(answer))
    return (*said, *allowances.said(answer), *remarks.said(answer.remarks))


def prompt(answer: Disparities) -> str:
    """One question to open the conversation with: about the system, never about what is wrong with people."""
    row, what = focus(answer), measures.said(answer.measure)
    if answer.measure.polarity == "neutral":
        return f"Is what we see for {what} what people would choose, and how could we ask them?"
    if row is not None:
        who = compared(answer, row).who
        if row.verdict == "large_uncertain":
            return f"Who could tell us whether this matches what {who} meet here while more data come in?"
        return f"For {what}, what do {who} meet at each step of our care, and which step would we change first?"
    if _share_unknown(answer) > _MANY_UNKNOWN:
        return f"Who is missing from this picture, and how could we ask about {groups.label(answer.stratifier)} better?"
    if any(r.shown == "hidden" for r in group_rows(answer.rows)):
        return "Whose story is too small to show here, and how could we hear it safely?"
    return f"What do we do that keeps results on {what} even, and how do we hold on to it?"


@once
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
    return f"{what}, compared with {reference}, {period}. Ranges are 95% intervals."


@once
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
    events = {"proportion": "Of those, yes", "rate": "Events", "mean": "Sum"}[measure.kind]
    cells = {
        f"{rate} range": comparisons.rate_span(about),
        groups.started(_counted(answer)): numbers.count(row.n) if numbers.known(row.n) else "",
        events: numbers.count(row.x) if numbers.known(row.x) else "",
        "Gap": groups.started(comparisons.gap_in_full(about)),
        "Gap range": comparisons.gap_span(about),
        "Ratio": numbers.ratio(row.ratio) if numbers.known(row.ratio) else "",
        f"{groups.started(measures.fewer_or_more(measure))} at the reference": _excess_cell(row),
        "Verdict": judgements.VERDICTS[row.verdict].word if about.judged or row.verdict == "reference" else "",
        "Reliability": judgements.RELIABILITY[row.reliability].word if row.reliability else "",
    }
    shown = comparisons.absence(about) or numbers.rate(measure, row.rate, row.n)
    return {"Group": one_line(row.group), rate: shown} | {k: v if row.visible else "" for k, v in cells.items()}


def _excess_cell(row: GroupRow) -> str:
    if not numbers.known(row.excess) or row.verdict == "reference":
        return ""
    spread = numbers.whole_range(row.excess_lower, row.excess_upper)
    return f"{numbers.whole(row.excess)} ({spread})" if spread else numbers.whole(row.excess)


def _neutral_finding(answer: Disparities, rows: tuple[GroupRow, ...]) -> str:
    seen = [r for r in rows if r.visible and r.reliability != "too_few" and r.kind in ("group", "other")]
    low, high = min(seen, key=lambda r: r.rate), max(seen, key=lambda r: r.rate)
    measure = answer.measure
    return (
        f"For {measures.said(measure)} {periods.during(answer.choices.period)}, results ran from "
        f"{numbers.bare_rate(measure, low.rate, low.n)} for {compared(answer, low).who} to "
        f"{numbers.rate(measure, high.rate, high.n)} for {compared(answer, high).who}."
    )


def _no_gap(answer: Disparities, rows: tuple[GroupRow, ...]) -> str:
    measure, by = answer.measure, groups.label(answer.stratifier)
    what = f"{measures.said(measure)} by {by} {periods.during(answer.choices.period)}"
    seen = [r for r in rows if r.compared or (r.verdict == "reference" and r.visible)]
    low, high = min(seen, key=lambda r: r.rate), max(seen, key=lambda r: r.rate)
    fewest = min(low.n, high.n)  # both ends rounded alike, as the smaller group deserves
    lowest, highest = (numbers.bare_rate(measure, r.rate, fewest) for r in (low, high))
    top = numbers.rate(measure, high.rate, fewest)
    run = f"all groups are near {top}" if lowest == highest else f"groups run from {lowest} to {top}"
    if any(r.gap < 0 and r.verdict in ("disparity", "small_certain") for r in seen):
        reference = references.with_rate(answer.reference, measure, answer.stratifier)
        return f"No group fares clearly worse than {reference} on {what}: {run}."
    return f"There is no clear gap in {what}{'' if low is high else f': {run}'}."


def _nothing_compared(answer: Disparities, rows: tuple[GroupRow, ...]) -> str:
    what, when = measures.said(answer.measure), periods.during(answer.choices.period)
    by = groups.label(answer.stratifier)
    if not rows or all(r.shown == "missing" for r in rows):
        return f"There are no data on {what} by {by} {when}."
    if any(r.shown == "hidden" for r in rows) and not any(r.visible for r in rows):
        return f"The groups are too small to show for {what} by {by} {when}, but not too small to matter."
    return f"There is nothing to compare yet: fewer than two groups have enough data on {what} by {by} {when}."


def _verdict_sentence(about: Comparison) -> str:
    word = judgements.VERDICTS[about.row.verdict].word if about.judged else "given without a range"
    if about.row.verdict == "none":
        return f"Even the widest gap, for {about.who}, is small enough to be chance."
    if about.measure.polarity == "neutral":
        return f"The gap for {about.who} is {word}; neither side is better."
    return f"The gap for {about.who} is {word}."


def _chance_sentence(row: GroupRow) -> str:
    often = numbers.chance(row.p_together)
    if not often:
        return "The source does not say how far off its rates may be, so chance cannot be judged."
    return f"With no true gap, chance would show one this wide {often}."


def _range_sentence(answer: Disparities, row: GroupRow) -> str:
    words = numbers.gap_range(answer.measure, row.gap_lower, row.gap_upper, row.n)
    return f"The true gap is likely {words}." if words else ""


def _unknown_sentence(answer: Disparities) -> str:
    unknown, everyone = _share_unknown(answer), _total(answer, "n")
    if not unknown > 0:
        return ""
    names = {"unknown": "not known", "declined": "not shared by choice", "not_asked": "not asked"}
    kinds = [
        f"{names[r.kind]} {numbers.share(r.n / everyone)}"
        for r in group_rows(answer.rows)
        if r.kind in names and r.visible and r.n > 0 and everyone > 0
    ]
    split = f" ({', '.join(kinds)})" if len(kinds) > 1 else ""
    label = groups.started(groups.label(answer.stratifier))
    return f"{label}: no answer for {numbers.share(unknown)} of {_counted(answer)}{split}."


def _unknown_gaps(answer: Disparities, rows: tuple[GroupRow, ...]) -> list[str]:
    """A gap that lies among those whose group is not known, which no comparison of groups would show."""
    if answer.measure.polarity == "neutral":
        return []
    nobodys = [r for r in rows if r.kind in ("unknown", "declined", "not_asked") and r.visible]
    wide = [compared(answer, r) for r in nobodys if r.reliability != "too_few" and r.gap_lower > 0]
    return [
        f"{groups.started(c.who)} fare worse: {numbers.rate(c.measure, c.row.rate, c.row.n)}, {comparisons.beside(c)}."
        for c in wide
        if abs(c.row.relative_gap) >= _LARGE
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
    return references.said(answer.reference, answer.stratifier, groups.noun(answer.measure))


def _counted(answer: Disparities) -> str:
    """What n counts over the whole answer."""
    return comparisons.what_is_counted(answer.measure, _total(answer, "n"), _total(answer, "people"))


def _left_out_of_the_spread(answer: Disparities) -> str:
    place, least = measures.lowered(one_line(answer.within)), f"fewer than {SPREAD_MINIMUM} {_counted(answer)}"
    if answer.spread_too_few == 1:
        return f"The faint dots are groups at each {place}; 1 dot is left out, for it stands on {least}."
    return f"The faint dots are groups at each {place}; {answer.spread_too_few} are left out that stand on {least}."


def _share_unknown(answer: Disparities) -> float:
    return 1 - answer.known_share if numbers.known(answer.known_share) else math.nan


@once
def _total(answer: Disparities, column: str) -> float:
    return float(answer.total[column].astype(float).sum()) if len(answer.total) else math.nan


def _widest(rows: tuple[GroupRow, ...]) -> GroupRow | None:
    seen = [r for r in rows if r.compared and numbers.known(r.gap)]
    return max(seen, key=lambda r: abs(r.gap), default=None)
