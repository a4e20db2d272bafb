"""Groups and the gap over time: what changed, on which side, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from equity.lens.answers import Trends
from equity.vocabulary import PeriodRange
from equity.words import groups, headlines, judgements, measures, numbers, periods, references, remarks
from equity.words.escaping import one_line
from equity.words.judgements import Judgement
from equity.words.once import once
from equity.words.rows import records

CHANGES: dict[str, Judgement] = {
    "widening": Judgement("↗", "widened", "The gap got wider over this time."),
    "levelling_down": Judgement(
        "↘",
        "narrowed: others got worse (not an improvement)",
        "The gap got smaller only because the others got worse. This is not an improvement.",
    ),
    "closing_by_lifting": Judgement(
        "↘", "narrowed: the group improved", "The gap got smaller because the group's own results got better."
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

_DONE = {
    "widening": "widened",
    "levelling_down": "narrowed, but only because others got worse",
    "closing_by_lifting": "narrowed: the group improved",
}
_MOVED = {"closing_by_lifting": ("narrowed", "fell"), "widening": ("grew", "rose")}
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
    gap_first: tuple[float, float, float]
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
            gap_first=_triple(row, "gap_first"),
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
    """The answer in one or two short sentences that stand alone."""
    change, found = lead(answer, group), changes(answer)
    about = _about(answer)
    if not any(row["shown"] in ("yes", "zero") for row in records(answer.rows)):
        return f"{about} by {groups.label(answer.stratifier)}: nothing to show over time."
    if answer.measure.polarity == "neutral":
        return f"{about}: neither side is better, so no gap is called closing."
    if len(answer.stratifier.groups) == 1:
        return f"{about}: one group only, so there is no gap to follow; the line is its own {_level(answer)}."
    if all(c.verdict == "" or c.reason == "not_enough_data" for c in found):
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
    own = f"{_rose(answer, change.group[0])} {numbers.gap(measure, change.group[0], n)}"
    moved = f"{numbers.gap(measure, change.gap[0], n)}{numbers.range_named(_sizes(answer, change.gap, n))}"
    said = []
    if change.verdict in _MOVED and not _headline(answer, change).endswith(_range(answer, change)):
        said.append(f"The change in the gap is {moved}.")
    if change.verdict == "closing_by_lifting":
        return (*said, f"Their {_level(answer)} {own}.", *_left(answer, change))
    if change.verdict == "levelling_down":
        return (f"The gap narrowed by {moved}, for this reason only. This is not an improvement.",)
    if change.verdict == "no_clear_change":
        return (*_stands(answer, change), *_own_change(answer, change))
    return tuple(said)


def _range(answer: Trends, change: Change) -> str:
    """The range that earns the word, as a sentence of its own: " 95% range: 6.0–14.0."."""
    spread = _sizes(answer, change.gap, change.n)
    return f" 95% range: {spread}." if spread else ""


def _reference_moved(answer: Trends, change: Change) -> str:
    return f"{_others_rate(answer)} {_rose(answer, change.reference[0])}"


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


def _own_change(answer: Trends, change: Change) -> tuple[str, ...]:
    """That the group's own rate clearly moved, where the gap did not."""
    value, lower, upper = change.group
    if not (numbers.known(lower) and numbers.known(upper)) or lower <= 0 <= upper:
        return ()
    size = numbers.gap(answer.measure, value, change.n)
    spread = numbers.range_named(_sizes(answer, change.group, change.n))
    return (f"Their own {_level(answer)} {_rose(answer, value)} {size}{spread}.",)


def change_beside_gap(answer: Trends, group: str) -> tuple[str, ...]:
    """The verdict on one group's gap in a few words, and what each of its two sides did; nothing unjudged."""
    change = next((c for c in changes(answer) if c.name == group), None)
    if change is None or not change.verdict:
        return ()
    word, around = CHANGES[change.verdict].word, _wider(answer, change.gap, change.n)
    other = one_line(answer.reference.group) or ("Overall" if answer.reference.kind == "average" else "All others")
    own, others = (_up_or_down(answer, value, change.n) for value in (change.group[0], change.reference[0]))
    if answer.reference.kind == "target":
        return (f"{groups.started(word)}{f': {around}' if around else ''}", f"{one_line(change.name)}: {own}.")
    sides = f"{one_line(change.name)}: {own}. {other}: {others}."
    return (f"{groups.started(word)}{f': {around}' if around else ''}", sides)


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
        return said, f"The line through every period says of {other.who} {_short(answer, other)}."
    said = "The answer is read from a line through every period."
    return said, f"Comparing {windows}, it says of {other.who} {_short(answer, other)}."


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
    return f"“{word}” ({around})" if around else f"“{word}”"


def _stretch(ends: tuple[str, str]) -> str:
    return periods.title(PeriodRange(*ends))


def chart_title(answer: Trends, group: str = "") -> str:
    """The finding as a heading, the reference named."""
    reference, change = _reference(answer), lead(answer, group)
    what = measures.heading(answer.measure)
    judged = any(c.verdict for c in changes(answer))
    if answer.measure.polarity == "neutral" or not judged:
        return f"{what} over time, compared with {reference}"
    if change is None or change.verdict not in _DONE:
        if change is not None and any(c.verdict in _DONE for c in changes(answer)):  # of the one that a person picked
            return f"{what}: no clear change in the gap for {change.who}, compared with {reference}"
        return f"{what}: no clear change in any gap from {reference}"
    return f"{what}: the gap for {change.who} {_DONE[change.verdict]}, compared with {reference}"


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
        own = () if change is None else _own_change(answer, change)
        return " ".join(("We cannot rule out no change in the gap.", *own))
    return f"{CHANGES[change.verdict].meaning} We say so only when the 95% range rules out no change."


@once
def not_known(answer: Trends) -> tuple[str, ...]:
    """Holes in the picture, one sentence each."""
    rows = [row for row in records(answer.rows) if row["kind"] in ("group", "other")]
    counted = {state: sum(row["shown"] == state for row in rows) for state in ("hidden", "missing")}
    few = sum(row["reliability"] == "too_few" and row["shown"] in ("yes", "zero") for row in rows)
    said = []
    if counted["hidden"]:
        said.append(f"{_points(counted['hidden'])} {judgements.hidden_in_a_sentence(answer.choices)}.")
    if counted["missing"]:
        said.append(f"{_points(counted['missing'])} without data: a break in the line, not a zero.")
    if few:
        said.append(f"{_points(few)} based on too few people to read alone.")
    return tuple(said)


def caveats(answer: Trends) -> tuple[str, ...]:
    """What to keep in mind when reading the answer."""
    said = ["A trend shows that results changed; it does not show what changed them."]
    if answer.reference.kind == "best":
        chosen_on = f" of {periods.said(answer.reference.chosen_on)}" if answer.reference.chosen_on else ""
        group = references.chosen_group(answer.measure)
        said.append(f"{group} was picked once, on the data{chosen_on}, so it stays the same over time.")
    return (*said, *remarks.said(answer.remarks))


def prompt(answer: Trends, group: str = "") -> str:
    """One question to open the conversation with."""
    change, what = lead(answer, group), measures.said(answer.measure)
    if change is not None and change.verdict == "closing_by_lifting":
        return f"What did we change in our care for {change.who}, and how do we keep it up?"
    if change is not None and change.verdict == "levelling_down":
        return f"What made {what} harder for the others, and what would improve care for all groups?"
    if change is not None and change.verdict == "widening":
        return f"What changed in how we work with {change.who} in this time?"
    if answer.measure.polarity == "neutral":
        return f"Is what we see for {what} what patients would choose, and how could we ask them?"
    if not any(c.gap_last[1] > 0 for c in changes(answer)):
        return f"What keeps results on {what} steady, and would we see it soon if a gap opened?"
    return "If we keep working this way, why would the gap close?"


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
                "Group's own change": _up_or_down(answer, c.group[0], c.n),
                "Reference's change": _up_or_down(answer, c.reference[0], c.n),
                "In a word": CHANGES[c.verdict].word,
            }
            for c in changes(answer)
        ],
        columns=["Group", "Change in the gap", "Its range", "Group's own change", "Reference's change", "In a word"],
    )


def point_in_words(answer: Trends, row: dict[str, Any]) -> str:
    """One point read aloud: "Asian, Q1 2024: 69.0% (66.8% to 71.2%), 1,650 counted, 2.0 points lower"."""
    said = _read_out(answer, row)
    around = f" ({said.around})" if said.around else ""
    more = [f"{said.n} {counted(answer)}" if said.n else "", said.gap]
    return ", ".join([f"{said.group}, {said.period}: {said.rate}{around}", *(m for m in more if m)])


def counted(answer: Trends) -> str:
    """What n counts; the answer over time does not know visits from patients."""
    unit = one_line(answer.measure.unit) if answer.measure.kind != "mean" else ""
    return unit or "counted"


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
        _gap_in_words(answer, gap, n, row["rate"]),
    )


def _cells(answer: Trends, row: dict[str, Any]) -> dict[str, str]:
    said = _read_out(answer, row)
    gap_range = numbers.gap_range(answer.measure, row["gap_lower"], row["gap_upper"], row["n"])
    return {
        "Period": said.period,
        "Group": said.group,
        "Rate": said.rate,
        "Range": said.around,
        "Number": said.n,
        "Gap": said.gap,
        "Gap range": "" if judgements.absence(row["shown"], answer.choices) else numbers.span(gap_range),
    }


def _unclear(answer: Trends, change: Change, about: str, gap: str) -> str:
    """The sentence for a gap without a clear change: why no stronger word is earned."""
    if change.reason == "not_enough_data":
        return f"{about}: too few periods with data to judge {gap}."
    if change.reason == "no_gap_to_close":
        return f"{about}: there was no gap to close for {change.who}."
    if change.reason == "group_still_ahead":
        return f"{about}: {change.who} did as well as {_reference(answer)} or better."
    if change.reason == "side_unclear":
        return f"{about}: {gap} changed, but it is not clear which side moved."
    now = _gap_now(answer, change)
    stands = (f"{about}: no clear change. {groups.started(gap)} is now {now}.",) if now else ()
    return headlines.fitting((*stands, f"{about}: no clear change in {gap}."))


def _about(answer: Trends) -> str:
    where = "".join(f", {one_line(value)} only" for _, value in answer.choices.where)
    return f"{measures.named(answer.measure)}, {_span(answer)}{where}"


def _level(answer: Trends) -> str:
    return "average" if answer.measure.kind == "mean" else "rate"


def _others_rate(answer: Trends) -> str:
    """The other side's rate as the subject of a sentence: "the rate for White patients", "the overall rate"."""
    name = _reference(answer).partition(" (")[0]
    return name if name.startswith("the overall") else f"the {_level(answer)} for {name}"


def _rose(answer: Trends, favourable: float) -> str:
    """Which way a rate went, from a change that is favourable when positive."""
    return "rose" if -favourable * answer.measure.harm_sign > 0 else "fell"


def _up_or_down(answer: Trends, favourable: float, n: float) -> str:
    """A side's own change in a few words: "up 18.1 points", "no change"; nothing where it is not known."""
    if not numbers.known(favourable):
        return ""
    if numbers.is_no_gap(answer.measure, favourable, n):
        return "no change"
    way = "up" if _rose(answer, favourable) == "rose" else "down"
    return f"{way} {numbers.gap(answer.measure, favourable, n)}"


def _gap_in_words(answer: Trends, gap: float, n: float, rate: float) -> str:
    if not numbers.known(gap):
        return ""
    if numbers.is_no_gap(answer.measure, gap, n, rate):
        return "no difference"
    return f"{numbers.gap(answer.measure, gap, n, rate)} {numbers.side(answer.measure, gap)}"


def _wider(answer: Trends, change: tuple[float, float, float], n: float) -> str:
    """The range of a change in the gap: "3.0 points narrower to 5.0 points wider"."""
    _, lower, upper = change
    if not (numbers.known(lower) and numbers.known(upper)):
        return ""
    if lower * upper > 0:
        return f"{numbers.span(_between(answer, change, n))} {'wider' if lower > 0 else 'narrower'}"
    ends = (numbers.gap(answer.measure, lower, n), numbers.gap(answer.measure, upper, n))
    return numbers.two_sided(answer.measure, ends, ("narrower", "wider"), " to ", "no change")


def _sizes(answer: Trends, change: tuple[float, float, float], n: float) -> str:
    return numbers.size_range(answer.measure, change[1], change[2], n)


def _between(answer: Trends, change: tuple[float, float, float], n: float) -> str:
    small, large = sorted((abs(change[1]), abs(change[2])))
    return numbers.gap_range(answer.measure, small, large, n)


def _reference(answer: Trends) -> str:
    return references.said(answer.reference, answer.stratifier, answer.measure)


def _signed(answer: Trends, value: float, n: float, words: tuple[str, str]) -> str:
    """A change as a size and a word: the first word above zero, the second below."""
    if not numbers.known(value):
        return ""
    if numbers.is_no_gap(answer.measure, value, n):
        return "no change"
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
        return f"{_stretch(answer.before)} (baseline) to {_stretch(answer.after)}"
    return _whole_span(answer)


def _whole_span(answer: Trends) -> str:
    return periods.stretch(answer.periods[0], answer.periods[-1]) if answer.periods else "all time"


def _points(count: int) -> str:
    return "1 point is" if count == 1 else f"{count} points are"


def _triple(row: dict[str, Any], name: str) -> tuple[float, float, float]:
    value, lower, upper = (float(row.get(f"{name}{end}", math.nan)) for end in ("", "_lower", "_upper"))
    return value, lower, upper


def _or_zero(value: float) -> float:
    return value if numbers.known(value) else 0.0
