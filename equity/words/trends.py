"""Groups and the gap over time: what changed, on which side, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from equity.lens.answers import Trends
from equity.vocabulary import PeriodRange
from equity.words import groups, judgements, measures, numbers, periods, references, remarks
from equity.words.escaping import one_line
from equity.words.judgements import Judgement
from equity.words.once import once
from equity.words.rows import records

CHANGES: dict[str, Judgement] = {
    "widening": Judgement("↗", "growing", "The gap got wider over this time."),
    "levelling_down": Judgement(
        "↘", "levelling down", "The gap got smaller because the others got worse. That is not success."
    ),
    "closing_by_lifting": Judgement(
        "↘", "closing by lifting", "The gap got smaller because the group's own results got better."
    ),
    "no_clear_change": Judgement("→", "no clear change", "The gap may have moved, but chance could explain it."),
    "": Judgement("–", "not judged", "There are too few periods to judge a change."),
}
"""The words for a change, each with its meaning. "Because" here is arithmetic: which of the two sides moved."""

YEARLY = {
    "improving": "Getting better over the years",
    "worsening": "Getting worse over the years",
    "rising": "Rising over the years",
    "falling": "Falling over the years",
    "no_clear_trend": "No clear trend over the years",
    "too_few_points": "Too few years to tell",
}
"""The verdicts of the NHQDR rule for yearly rates."""

_ORDER = ("widening", "levelling_down", "closing_by_lifting")


@dataclass(frozen=True)
class Change:
    """How one group's gap changed over the stretch. Units as in `Trends.changes`; triples are value, lower, upper.

    ``gap`` is toward harm; ``group`` and ``reference`` are favourable when positive. ``n`` is the group's denominator
    over the whole stretch.
    """

    name: str
    who: str
    verdict: str
    reason: str
    gap: tuple[float, float, float]
    group: tuple[float, float, float]
    reference: tuple[float, float, float]
    gap_last: tuple[float, float, float]
    n: float


@once
def by_group(answer: Trends) -> dict[str, list[dict[str, Any]]]:
    """The answer's rows group by group, in the stratifier's order, each period by period."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in records(answer.rows):
        found.setdefault(str(row["group"]), []).append(row)
    return found


@once
def changes(answer: Trends) -> tuple[Change, ...]:
    """Every compared group's change by the reading that leads, in the stratifier's order."""
    return _read(answer, answer.leading)


@once
def other_changes(answer: Trends) -> tuple[Change, ...]:
    """The same by the other reading, where there is one."""
    other = answer.changes if answer.leading is answer.windows else answer.windows
    return _read(answer, other) if len(other) else ()


def _read(answer: Trends, table: pd.DataFrame) -> tuple[Change, ...]:
    sizes: dict[str, float] = {}
    for row in records(answer.rows):
        sizes[row["group"]] = sizes.get(row["group"], 0.0) + (row["n"] if numbers.known(row["n"]) else 0.0)
    of = groups.noun(answer.measure)
    return tuple(
        Change(
            name=str(row["group"]),
            who=groups.said(answer.stratifier, str(row["group"]), of),
            verdict=str(row["verdict"]),
            reason=str(row["reason"]),
            gap=_triple(row, "gap_change"),
            group=_triple(row, "group_change"),
            reference=_triple(row, "reference_change"),
            gap_last=_triple(row, "gap_last"),
            n=float(sizes.get(row["group"], math.nan)),
        )
        for row in records(table)
    )


@once
def lead(answer: Trends, group: str = "") -> Change | None:
    """The change that the answer is about: the largest clear one, else that of the widest clear gap at the end.

    ``group`` is one that a person picked: then its own, where it is compared. None when no gap changed clearly and none
    is clear at the end.
    """
    found = changes(answer)
    picked = next((c for c in found if c.name == group and c.verdict), None)
    if picked is not None:
        return picked
    clear = [c for c in found if c.verdict in _ORDER]
    if clear:
        return max(clear, key=lambda c: abs(c.gap[0]))
    behind = [c for c in found if c.gap_last[1] > 0]
    return max(behind, key=lambda c: c.gap_last[0], default=None)


@once
def focus(answer: Trends, group: str = "") -> str:
    """The group to draw in the strong colour: a picked one, else the one that the answer is about, else the largest."""
    change = lead(answer, group) or max(changes(answer), key=lambda c: _or_zero(c.n), default=None)
    return change.name if change else ""


def finding(answer: Trends, group: str = "") -> str:
    """The answer in one sentence."""
    what = measures.said(answer.measure)
    change, found = lead(answer, group), changes(answer)
    if not any(row["shown"] in ("yes", "zero") for row in records(answer.rows)):
        return f"There is nothing to show over time for {what} by {groups.label(answer.stratifier)}."
    if answer.measure.polarity == "neutral":
        return f"For {what}, neither side is better, so the lines are shown without saying which gap is closing."
    if len(answer.stratifier.groups) == 1:
        return f"There is one group only, so there is no gap to follow: the line is its own rate of {what}."
    if all(c.verdict == "" or c.reason == "not_enough_data" for c in found):
        return f"There are too few periods to say whether a gap in {what} is closing."
    if change is None:
        return f"No gap in {what} by {groups.label(answer.stratifier)} clearly changed {_span(answer)}."
    return change_in_words(answer, change)


def change_in_words(answer: Trends, change: Change) -> str:
    """One group's change in a sentence, with the range that earns its word."""
    measure, n = answer.measure, change.n
    gap, span = f"The gap for {change.who} in {measures.said(measure)}", _span(answer)
    size = numbers.gap(measure, change.gap[0], n)
    moved = f"{size} ({_sizes(answer, change.gap, n)})"
    if change.verdict == "closing_by_lifting":
        own = f"{numbers.gap(measure, change.group[0], n)} ({_sizes(answer, change.group, n)})"
        return f"{gap} narrowed by {moved} {span}, and it closed by lifting: their own results got better by {own}."
    if change.verdict == "levelling_down":
        fell = f"{numbers.gap(measure, change.reference[0], n)} ({_sizes(answer, change.reference, n)})"
        return (
            f"{gap} narrowed by {moved} {span}, but by levelling down: results for "
            f"{_aside(_reference(answer))} got worse by {fell}."
        )
    if change.verdict == "widening":
        return f"{gap} grew by {moved} {span}."
    return _unclear(answer, change, gap, span)


def change_beside_gap(answer: Trends, group: str) -> tuple[str, ...]:
    """The verdict on one group's gap in a few words, and the change split into its two sides; nothing unjudged."""
    change = next((c for c in changes(answer) if c.name == group), None)
    if change is None or not change.verdict:
        return ()
    word, around = CHANGES[change.verdict].word, _wider(answer, change.gap, change.n)
    own = _signed(answer, change.group[0], change.n, ("better", "worse"))
    others = _signed(answer, change.reference[0], change.n, ("better", "worse"))
    return (f"{groups.started(word)}{f': {around}' if around else ''}", f"their side {own}, the other side {others}")


@once
def every_change(answer: Trends) -> tuple[str, ...]:
    """One sentence a group, the clear changes first."""
    found = sorted(changes(answer), key=lambda c: (c.verdict not in _ORDER, -abs(_or_zero(c.gap[0]))))
    return tuple(change_in_words(answer, c) for c in found)


@once
def readings(answer: Trends, group: str = "") -> tuple[str, ...]:
    """Which of the two readings leads, and what the other says of the group in focus; nothing where one is alone."""
    name = focus(answer, group)
    other = next((c for c in other_changes(answer) if c.name == name), None)
    if other is None or not other.verdict or not any(c.verdict for c in changes(answer)):
        return ()
    windows = f"{_stretch(answer.before)} with {_stretch(answer.after)}"
    if answer.baseline_frozen:
        said = f"The answer compares {windows}, because a team froze that baseline."
        return said, f"The line through every period says of {other.who}: {_short(answer, other)}."
    said = "The answer is read from a line through every period."
    return said, f"Comparing {windows}, it says of {other.who}: {_short(answer, other)}."


def yearly_rule(answer: Trends) -> tuple[str, ...]:
    """What the NHQDR rule says of each group's own yearly rates; only yearly data have it."""
    names: dict[str, list[str]] = {}
    for row in records(answer.yearly):
        names.setdefault(str(row["verdict"]), []).append(one_line(row["group"]))
    said = [f"{YEARLY[verdict]}: {groups.listed(found, most=8)}." for verdict, found in names.items()]
    rule = "By the NHQDR rule a group's own rate moves when it changes by over 1% a year, p ≤ 0.05, in 4 years or more."
    return (rule, *said) if said else ()


def _short(answer: Trends, change: Change) -> str:
    around = _wider(answer, change.gap, change.n)
    word = CHANGES[change.verdict].word
    return f"{word} ({around})" if around else word


def _stretch(ends: tuple[str, str]) -> str:
    return periods.title(PeriodRange(*ends))


def chart_title(answer: Trends, group: str = "") -> str:
    """The finding as a heading, the reference named."""
    reference, change = _reference(answer), lead(answer, group)
    what = measures.heading(answer.measure)
    judged = any(c.verdict for c in changes(answer))
    if answer.measure.polarity == "neutral" or not judged:
        return f"{what} over time, beside {reference}"
    if change is None or change.verdict == "no_clear_change":
        return f"{what}: no clear change in any gap from {reference}"
    word = CHANGES[change.verdict].word
    success = ", which is not success" if change.verdict == "levelling_down" else ""
    gap = f"gap in {measures.said(answer.measure)}"
    return f"{groups.started(change.who)}: {gap} {word}{success}, beside {reference}"


def gap_chart_title(answer: Trends) -> str:
    """The heading of the gap's own panel."""
    up = "" if answer.measure.polarity == "neutral" else ": higher is worse"
    return f"The gap from {_reference(answer)}{up}"


def how_sure(answer: Trends, group: str = "") -> str:
    """How sure the finding is."""
    change = lead(answer, group)
    if not any(c.verdict for c in changes(answer)):
        return "There are too few periods with data to judge a change."
    if change is None or change.verdict == "no_clear_change":
        return "The range of every change takes in no change at all, so no word stronger than this is earned."
    return f"{CHANGES[change.verdict].meaning} We use such a word only when its range leaves out no change at all."


@once
def not_known(answer: Trends) -> tuple[str, ...]:
    """Holes in the picture, one sentence each."""
    rows = [row for row in records(answer.rows) if row["kind"] in ("group", "other")]
    counted = {state: sum(row["shown"] == state for row in rows) for state in ("hidden", "missing")}
    few = sum(row["reliability"] == "too_few" for row in rows)
    said = []
    if counted["hidden"]:
        said.append(f"{_points(counted['hidden'])} {judgements.hidden_in_a_sentence(answer.choices)}.")
    if counted["missing"]:
        said.append(f"{_points(counted['missing'])} without data: a hole in the line, not a zero.")
    if few:
        said.append(f"{_points(few)} based on too few people to read alone.")
    return tuple(said)


def caveats(answer: Trends) -> tuple[str, ...]:
    """What to keep in mind when reading the answer."""
    said = ["A trend shows that results changed; it does not show what changed them."]
    if answer.reference.kind == "best":
        chosen_on = f" of {periods.said(answer.reference.chosen_on)}" if answer.reference.chosen_on else ""
        said.append(f"The best group was picked once, on the data{chosen_on}, so that it does not hop about.")
    return (*said, *remarks.said(answer.remarks))


def prompt(answer: Trends, group: str = "") -> str:
    """One question to open the conversation with."""
    change, what = lead(answer, group), measures.said(answer.measure)
    if change is not None and change.verdict == "closing_by_lifting":
        return f"What did we change in our care for {change.who}, and how do we keep it up?"
    if change is not None and change.verdict == "levelling_down":
        return f"What made {what} harder for everyone else, and what would lift all groups?"
    if change is not None and change.verdict == "widening":
        return f"What changed in how we work with {change.who} in this time?"
    return f"If nothing about how we work on {what} changes, why would this gap?"


@once
def alt_text(answer: Trends) -> str:
    """The chart in words: the finding, then each group's first and last shown rate, then what is not shown."""
    told = "; ".join(_told(answer, name, rows) for name, rows in by_group(answer).items())
    title = f"{chart_title(answer)}, {_whole_span(answer)}"
    return " ".join([f"Lines over time. {title}.", f"{told}.", *not_known(answer)])


def table_caption(answer: Trends) -> str:
    """What the table under the chart holds."""
    return (
        f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)} and {answer.grain}, compared with "
        f"{_reference(answer)}. Ranges are 95% intervals."
    )


@once
def table(answer: Trends) -> pd.DataFrame:
    """The chart as a table of text, a row a group and period."""
    return pd.DataFrame([_cells(answer, row) for row in records(answer.rows)])


@once
def changes_table(answer: Trends) -> pd.DataFrame:
    """Each group's change as a table of text."""
    return pd.DataFrame(
        [
            {
                "Group": one_line(c.name),
                "Change in the gap": _signed(answer, c.gap[0], c.n, ("wider", "narrower")),
                "Its range": _wider(answer, c.gap, c.n),
                "Group's own change": _signed(answer, c.group[0], c.n, ("better", "worse")),
                "Reference's change": _signed(answer, c.reference[0], c.n, ("better", "worse")),
                "In a word": CHANGES[c.verdict].word,
            }
            for c in changes(answer)
        ],
        columns=["Group", "Change in the gap", "Its range", "Group's own change", "Reference's change", "In a word"],
    )


def point_in_words(answer: Trends, row: dict[str, Any]) -> str:
    """One point read aloud: "Asian, Q1 2024: 69.0% (66.8% to 71.2%), n 1,650, 2.0 points worse"."""
    said = _read_out(answer, row)
    around = f" ({said.around})" if said.around else ""
    more = [f"n {said.n}" if said.n else "", said.gap]
    return ", ".join([f"{said.group}, {said.period}: {said.rate}{around}", *(m for m in more if m)])


class _ReadOut(NamedTuple):
    """One row as text; empty where there is nothing to say."""

    period: str
    group: str
    rate: str
    around: str
    n: str
    gap: str


def _read_out(answer: Trends, row: dict[str, Any]) -> _ReadOut:
    measure, n, gap = answer.measure, row["n"], row["gap"]
    period, group = periods.said(row["period"]), one_line(row["group"])
    absent = judgements.absence(row["shown"], answer.choices)
    if absent:
        return _ReadOut(period, group, absent, "", "", "")
    return _ReadOut(
        period,
        group,
        numbers.rate(measure, row["rate"], n),
        numbers.span(numbers.rate_range(measure, row["lower"], row["upper"], n)),
        numbers.count(n) if numbers.known(n) else "",
        f"{numbers.gap(measure, gap, n)} {numbers.side(measure, gap)}".strip() if numbers.known(gap) else "",
    )


def _cells(answer: Trends, row: dict[str, Any]) -> dict[str, str]:
    said = _read_out(answer, row)
    gap_range = numbers.gap_range(answer.measure, row["gap_lower"], row["gap_upper"], row["n"])
    return {
        "Period": said.period,
        "Group": said.group,
        "Rate": said.rate,
        "Range": said.around,
        "n": said.n,
        "Gap": said.gap,
        "Gap range": "" if judgements.absence(row["shown"], answer.choices) else numbers.span(gap_range),
    }


def _unclear(answer: Trends, change: Change, gap: str, span: str) -> str:
    """The sentence for a gap without a clear change: why no stronger word is earned."""
    if change.reason == "not_enough_data":
        return f"{gap} cannot be judged {span}: there are too few periods with data."
    if change.reason == "no_gap_to_close":
        return f"There was no gap to close for {change.who} {span}."
    if change.reason == "group_still_ahead":
        return f"{groups.started(change.who)} did as well as {_reference(answer)} or better {span}."
    around = _wider(answer, change.gap, change.n)
    if change.reason == "side_unclear":
        return f"{gap} moved {span} ({around}), but it is not clear which side moved."
    stands = ""
    if change.gap_last[1] > 0:
        stands = f", and it stands at {numbers.gap(answer.measure, change.gap_last[0], change.n)}"
    return f"{gap} did not clearly change {span}{f' ({around})' if around else ''}{stands}."


def _wider(answer: Trends, change: tuple[float, float, float], n: float) -> str:
    """The range of a change in the gap: "3.0 points narrower to 5.0 points wider"."""
    _, lower, upper = change
    if not (numbers.known(lower) and numbers.known(upper)):
        return ""
    if lower * upper > 0:
        return f"{numbers.span(_between(answer, change, n))} {'wider' if lower > 0 else 'narrower'}"
    ends = (numbers.gap(answer.measure, lower, n), numbers.gap(answer.measure, upper, n))
    return numbers.two_sided(answer.measure, ends, ("narrower", "wider"), " to ")


def _sizes(answer: Trends, change: tuple[float, float, float], n: float) -> str:
    return numbers.size_range(answer.measure, change[1], change[2], n)


def _between(answer: Trends, change: tuple[float, float, float], n: float) -> str:
    small, large = sorted((abs(change[1]), abs(change[2])))
    return numbers.gap_range(answer.measure, small, large, n)


def _reference(answer: Trends) -> str:
    return references.said(answer.reference, answer.stratifier, groups.noun(answer.measure))


def _aside(name: str) -> str:
    """A name with an apposition, closed by its second comma: "the best group, Asian,"."""
    return f"{name}," if ", " in name else name


def _signed(answer: Trends, value: float, n: float, words: tuple[str, str]) -> str:
    """A change as a size and a word: the first word above zero, the second below."""
    if not numbers.known(value):
        return ""
    return f"{numbers.gap(answer.measure, value, n)} {words[0] if value > 0 else words[1]}"


def _told(answer: Trends, name: str, rows: list[dict[str, Any]]) -> str:
    seen = [row for row in rows if row["shown"] in ("yes", "zero")]
    if not seen:
        return f"{one_line(name)}: nothing to show"
    ends = [seen[0], seen[-1]]
    levels = [f"{numbers.rate(answer.measure, e['rate'], e['n'])} in {periods.said(e['period'])}" for e in ends]
    return f"{one_line(name)}: {levels[0]}, {levels[1]}"


def _span(answer: Trends) -> str:
    if answer.leading is answer.windows:
        return f"from the baseline, {_stretch(answer.before)}, to {_stretch(answer.after)}"
    return _whole_span(answer)


def _whole_span(answer: Trends) -> str:
    if not answer.periods:
        return "over the time in the data"
    return f"from {periods.said(answer.periods[0])} to {periods.said(answer.periods[-1])}"


def _points(count: int) -> str:
    return "1 point is" if count == 1 else f"{count} points are"


def _triple(row: dict[str, Any], name: str) -> tuple[float, float, float]:
    value, lower, upper = (float(row.get(f"{name}{end}", math.nan)) for end in ("", "_lower", "_upper"))
    return value, lower, upper


def _or_zero(value: float) -> float:
    return value if numbers.known(value) else 0.0
