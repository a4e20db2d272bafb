"""What stands around the finding: titles, how sure, what is not known, other readings, a question."""

from __future__ import annotations

from equity.lens.answers import Trends
from equity.stats.over_time.gap_change import WITHIN_CHANCE
from equity.words import groups, judgements, measures, numbers, periods, references, remarks
from equity.words.answers.trends.gap_changes import (
    CHANGES,
    ORDER,
    YEARLY,
    Change,
    by_group,
    changes,
    focus,
    lead,
    or_zero,
    other_changes,
)
from equity.words.answers.trends.headline import change_in_words, own_change
from equity.words.answers.trends.phrases import (
    between_said,
    gap_in_words,
    has_ranges,
    reference_said,
    stretch_said,
    up_or_down,
)
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import records

_BESIDE = 36
"""The longest name in the words under a panel's title, which do not wrap."""

_DONE = {
    "widening": "widened",
    "levelling_down": "narrowed, but only because others got worse",
    "closing_by_lifting": "narrowed: the group improved",
}


def change_beside_gap(answer: Trends, group: str) -> tuple[str, ...]:
    """The verdict on one group's gap in a few words, and what each of its two sides did; nothing unjudged."""
    change = next((c for c in changes(answer) if c.name == group), None)
    if change is None or not change.verdict:
        return ()
    word, around = CHANGES[change.verdict].word, wider_said(answer, change.gap, change.n)
    other = one_line(answer.reference.group, _BESIDE) or (
        "Overall" if answer.reference.kind == "average" else "All others"
    )
    own, others = (up_or_down(answer, value, change.n) for value in (change.group[0], change.reference[0]))
    if answer.reference.kind == "target":
        return (f"{groups.started(word)}{f': {around}' if around else ''}", f"{one_line(change.name, _BESIDE)}: {own}.")
    sides = f"{one_line(change.name, _BESIDE)}: {own}. {other}: {others}."
    return (f"{groups.started(word)}{f': {around}' if around else ''}", sides)


@cached_per_answer
def every_change(answer: Trends) -> tuple[str, ...]:
    """One sentence a group, the clear changes first."""
    changed = sorted(changes(answer), key=lambda c: (c.verdict not in ORDER, -abs(or_zero(c.gap[0]))))
    return tuple(change_in_words(answer, c) for c in changed)


@cached_per_answer
def readings(answer: Trends, group: str = "") -> tuple[str, ...]:
    """Which of the two readings leads, and what the other says of the group in focus; nothing where one is alone."""
    name = focus(answer, group)
    other = next((c for c in other_changes(answer) if c.name == name), None)
    if other is None or not other.verdict or not any(c.verdict for c in changes(answer)):
        return ()
    windows = f"{stretch_said(answer.before)} with {stretch_said(answer.after)}"
    if answer.baseline_frozen:
        said = f"The answer compares {windows}, because a team froze that baseline."
        return said, f"The line through every period says of {other.who} {_short(answer, other)}."
    said = "The answer is read from a line through every period."
    return said, f"Comparing {windows} instead gives {_short(answer, other)} for {other.who}."


def which_number(answer: Trends, group: str = "") -> tuple[str, ...]:
    """What the gap "now" is, beside the last period's own: each of its numbers is said by its name."""
    change = lead(answer, group)
    if change is None or answer.measure.polarity == "neutral" or not numbers.known(change.gap_last[0]):
        return ()
    rows = [row for row in by_group(answer).get(change.name, []) if numbers.known(row["gap"])]
    if not rows:
        return ()
    if 2 * sum(row["reliability"] == "too_few" for row in rows) > len(rows):
        return (f"There are too few people in most {answer.grain}s to say how large this gap is.",)
    last = rows[-1]
    own = gap_in_words(answer, last["gap"], change.n, last["rate"])
    now = gap_in_words(answer, change.gap_last[0], change.n, last["rate"])
    if numbers.is_no_gap(answer.measure, change.gap_last[0], change.n, last["rate"]):
        now = "no gap"
    how = (
        f"The gap in {stretch_said(answer.after)} is {now}"
        if answer.leading is answer.windows
        else f"The line through every {answer.grain} ends {'at ' if now == 'no gap' else ''}{now}"
    )
    if now == "no gap" and answer.leading is answer.windows:
        how = f"There is no gap in {stretch_said(answer.after)}"
    return (f"{how}. {periods.describe_period(last['period'])} alone: {own}.",)


def yearly_rule(answer: Trends) -> tuple[str, ...]:
    """What the NHQDR rule says of each group's own yearly rates; only yearly data have it."""
    names: dict[str, list[str]] = {}
    for row in records(answer.yearly):
        names.setdefault(str(row["verdict"]), []).append(one_line(row["group"]))
    said = [f"{YEARLY[verdict]}: {groups.listed(groups_of, most=8)}." for verdict, groups_of in names.items()]
    rule = (
        "A group's own rate is said to move when it changes by over 1% a year over at least 4 years, and chance alone "
        "would give that at most 1 time in 20 (the rule of the National Healthcare Quality and Disparities Report)."
    )
    return (rule, *said) if said else ()


def _short(answer: Trends, change: Change) -> str:
    word = CHANGES[change.verdict].word
    if change.reason == "group_still_ahead":
        return f"“{word}” (they are still ahead)"
    around = wider_said(answer, change.gap, change.n)
    return f"“{word}” ({around})" if around else f"“{word}”"


def chart_title(answer: Trends, group: str = "") -> str:
    """The finding as a heading, the reference named."""
    reference, change = reference_said(answer), lead(answer, group)
    what = measures.heading(answer.measure)
    judged = any(c.verdict for c in changes(answer))
    if answer.measure.polarity == "neutral" or not judged:
        return f"{what} over time, compared with {reference}"
    if change is None or change.verdict not in _DONE:
        if change is not None and any(c.verdict in _DONE for c in changes(answer)):  # of the one that a person picked
            return f"{what}: no clear change in the gap for {change.who}, compared with {reference}"
        return f"{what}: no clear change in any gap from {reference}"
    return f"{what}: the gap for {change.who} {_DONE[change.verdict]}, compared with {reference}"


def how_sure(answer: Trends, group: str = "") -> str:
    """How sure the finding is."""
    change = lead(answer, group)
    if not any(c.verdict for c in changes(answer)):
        few = "There are too few periods with data to judge a change."
        return few if has_ranges(answer) else "The source does not say how far off its rates may be."
    if change is None or change.verdict == "no_clear_change":
        own = () if change is None else own_change(answer, change)
        return " ".join(("We cannot rule out no change in the gap.", *own, *_alone_or_together(answer)))
    return f"{CHANGES[change.verdict].meaning} We say so only when the 95% range rules out no change."


def _alone_or_together(answer: Trends) -> tuple[str, ...]:
    """That a range is of one gap alone and the verdict the page's, where the two say different things."""
    together = changes(answer)
    alone = [c for c in together if c.reason == WITHIN_CHANCE and c.gap[1] * c.gap[2] > 0]
    if not alone or len(together) < 2:
        return ()
    return (
        f"A range that leaves out no change is of that gap alone; with all {len(together)} groups in mind it could be "
        "chance.",
    )


@cached_per_answer
def not_known(answer: Trends) -> tuple[str, ...]:
    """Holes in the picture, one sentence each."""
    rows = [row for row in records(answer.rows) if row["kind"] in ("group", "other")]
    counted = {state: sum(row["shown"] == state for row in rows) for state in ("hidden", "missing")}
    few = sum(row["reliability"] == "too_few" and row["shown"] in ("yes", "zero") for row in rows)
    said = []
    if counted["hidden"]:
        said.append(f"{_points(counted['hidden'])} {judgements.hidden_in_a_sentence(answer.choices)}.")
    if counted["missing"]:
        said.append(f"{_values(counted['missing'])} missing: a break in the line, not a zero.")
    if few:
        said.append(f"{_values(few)} based on too few people to read alone.")
    return tuple(said)


def caveats(answer: Trends) -> tuple[str, ...]:
    """What to keep in mind when reading the answer."""
    said = ["A trend shows that results changed; it does not show what changed them."]
    if answer.reference.kind == "best":
        chosen_on = f" of {periods.describe_period(answer.reference.chosen_on)}" if answer.reference.chosen_on else ""
        group = references.chosen_group(answer.measure)
        said.append(f"{group} was picked once, on the data{chosen_on}, so it stays the same over time.")
    return (*said, *remarks.describe_remarks(answer.remarks))


def prompt(answer: Trends, group: str = "") -> str:
    """One question to open the conversation with."""
    change, what = lead(answer, group), measures.describe_measure(answer.measure)
    if not any(c.verdict for c in changes(answer)) and answer.measure.polarity != "neutral":
        return f"What would it take to have enough data on {what} to see whether a gap closes?"
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


def wider_said(answer: Trends, change: tuple[float, float, float], n: float) -> str:
    """The range of a change in the gap: "3.0 points narrower to 5.0 points wider"."""
    _, lower, upper = change
    if not (numbers.known(lower) and numbers.known(upper)):
        return ""
    if lower * upper > 0:
        return f"{numbers.span(between_said(answer, change, n))} {'wider' if lower > 0 else 'narrower'}"
    ends = (numbers.gap(answer.measure, lower, n), numbers.gap(answer.measure, upper, n))
    return numbers.two_sided(answer.measure, ends, ("narrower", "wider"), " to ", "no change")


def _values(count: int) -> str:
    return "1 value is" if count == 1 else f"{count} values are"


def _points(count: int) -> str:
    return "1 point is" if count == 1 else f"{count} points are"
