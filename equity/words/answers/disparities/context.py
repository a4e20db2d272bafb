"""What stands around the finding: how sure, in all, what is not known, caveats, a question for whoever leads."""

from __future__ import annotations

import math

from equity.lens.answers import SPREAD_MINIMUM, Disparities
from equity.stats.gap import RELATIVE_THRESHOLD, SIGNIFICANCE
from equity.words import (
    allowances,
    comparisons,
    groups,
    judgements,
    measures,
    numbers,
    periods,
    references,
    remarks,
)
from equity.words.answers.disparities.phrases import (
    CLEAR,
    MANY_UNKNOWN,
    all_named,
    any_judged,
    compared,
    share_unknown,
    total_of,
    what_is_counted,
    widest,
)
from equity.words.comparisons import Comparison
from equity.words.escaping import one_line
from equity.words.rows import GroupRow, fares_worse, focus, group_rows


def how_sure(answer: Disparities) -> str:
    """How sure the finding is: the verdict, chance, the range, and whether there are enough people."""
    rows = group_rows(answer.rows)
    row = focus(answer) or widest(rows)
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
    clear = [r for r in behind if r.verdict in CLEAR]
    if len(clear) < 2 or not numbers.known(answer.excess_total):
        return ""
    whole = len(clear) == len(behind)  # else the answer's own total holds more groups than are spoken of
    total = answer.excess_total if whole else sum(r.excess for r in clear)
    ends = (answer.excess_lower, answer.excess_upper) if whole else (math.nan, math.nan)
    more, spread = measures.at_reference(measure, total, *ends)
    counted = measures.events(measure) if measure.kind == "rate" else what_is_counted(answer)
    return f"Across the {len(clear)} groups with a clear gap, this comes to {more} {counted}{spread}."


def not_known(answer: Disparities) -> tuple[str, ...]:
    """What the answer does not know: who is in no group, what is hidden, too few or missing. One sentence each."""
    rows = group_rows(answer.rows)
    said = [
        _unknown_sentence(answer),
        *_unknown_gaps(answer, rows),
        _hidden_sentence(answer, rows),
        all_named(answer, [r for r in rows if r.visible and r.reliability == "too_few"], "Too few people to read: "),
        all_named(answer, [r for r in rows if r.shown == "missing"], "No data: "),
    ]
    return tuple(s for s in said if s)


def caveats(answer: Disparities) -> tuple[str, ...]:
    """What to keep in mind when reading the answer. One sentence each."""
    said = ["A gap shows where results differ; it does not show why."]
    if answer.reference.kind == "average":
        said.append("The overall rate includes the group itself, so the gap looks smaller than it is.")
    nothing = _nothing_compared(answer)
    if answer.reference.kind == "best" and answer.reference.chosen_on and not nothing:
        chosen = references.chosen_group(answer.measure)
        said.append(
            f"{chosen} was chosen on the data of {periods.describe_period(answer.reference.chosen_on)} and then kept."
        )
    if answer.reference.kind == "best" and answer.measure.polarity != "neutral" and not nothing:
        end = "lowest" if answer.measure.harm_sign > 0 else "highest"
        said.append(f"The {end} rate here may still fall short of good care.")
    if groups.repeats(total_of(answer, "n"), total_of(answer, "people")):
        said.append("The same person can be counted at more than one visit; the ranges allow for that.")
    if answer.spread_too_few:
        said.append(_left_out_of_the_spread(answer))
    return (*said, *allowances.describe_allowances(answer), *remarked(answer))


def remarked(answer: Disparities) -> tuple[str, ...]:
    """What the lens remarked, in sentences; that groups look alike is left out where nobody could compare them."""
    alike = "groups_cannot_be_told_apart"
    left = [code for code in answer.remarks if code != alike or not _nothing_compared(answer)]
    return remarks.describe_remarks(left)


def _nothing_compared(answer: Disparities) -> bool:
    return not any(row.compared for row in group_rows(answer.rows))


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
    if share_unknown(answer) > MANY_UNKNOWN:
        return f"Who is missing from this picture, and how could we ask about {groups.label(answer.stratifier)} better?"
    if any(r.shown == "hidden" for r in group_rows(answer.rows)):
        return "Whose story is too small to show here, and how could we hear it safely?"
    if not any(r.compared for r in group_rows(answer.rows)):
        return f"Which data on {what} would let us compare groups, and who could give them?"
    if not any_judged(answer):
        return f"Which data on {what} would let us tell gaps from chance, and who could give them?"
    return f"What keeps results on {what} even across these groups, and how do we keep doing it?"


def _verdict_sentence(about: Comparison) -> str:
    word = judgements.VERDICTS[about.row.verdict].word if about.judged else "given without a range"
    if about.row.verdict == "none":
        return "No gap here is clearly larger than chance."
    if about.measure.polarity == "neutral":
        return f"The gap for {about.who} is {word}; neither side is better."
    if about.row.gap < 0:  # the widest gap is of a group that is ahead
        behind = "clearly behind" if about.judged else f"behind {about.beside_whom}"
        return f"No group is {behind}. The gap of {about.who}, {comparisons.gap_in_full(about)}, is {word}."
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
    of = "" if row.verdict != "none" else f" for {compared(answer, row).who}"  # of no gap was said whose it is
    return f"The gap{of} is likely {words} (95% range)." if words else ""


def _alone_or_together(answer: Disparities, row: GroupRow) -> str:
    """That the range is the gap's own and the verdict the page's, where the two say different things."""
    leaves_out_none = numbers.known(row.gap_lower) and row.gap_lower * row.gap_upper > 0
    if not leaves_out_none or not row.p_together > SIGNIFICANCE or answer.tests < 2:
        return ""
    return f"The range is of this gap alone; with all {answer.tests} comparisons in mind it could be chance."


def _unknown_sentence(answer: Disparities) -> str:
    """For how many the group is not recorded, and why: unknown, declined, not asked."""
    unknown, everyone = share_unknown(answer), total_of(answer, "n")
    if not unknown > 0:
        return ""
    names = {"unknown": "unknown", "declined": "declined", "not_asked": "not asked"}
    there = [
        (names[r.kind], r.n / everyone)
        for r in group_rows(answer.rows)
        if r.kind in names and r.visible and r.n > 0 and everyone > 0
    ]
    whole, split = numbers.share(unknown), ""
    if len(there) > 1 and math.isclose(sum(share for _, share in there), unknown):
        whole, written = numbers.shares_that_add([share for _, share in there])
        split = f": {', '.join(f'{name} {share}' for (name, _), share in zip(there, written, strict=True))}"
    elif len(there) > 1:  # another kind is hidden: the parts are not all of it
        split = f": {', '.join(f'{name} {numbers.share(share)}' for name, share in there)}"
    label = groups.started(groups.label(answer.stratifier))
    return f"{label} not recorded for {whole} of {what_is_counted(answer)}{split}."


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


def _left_out_of_the_spread(answer: Disparities) -> str:
    place, least = measures.lowered(one_line(answer.within)), f"fewer than {SPREAD_MINIMUM} {what_is_counted(answer)}"
    if answer.spread_too_few == 1:
        return f"The faint dots are groups at each {place}; 1 is left out, since it has {least}."
    return f"The faint dots are groups at each {place}; {answer.spread_too_few} with {least} are left out."
