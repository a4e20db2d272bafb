"""What it would take to close a gap: at the pace so far, by a date, and when a chart could tell. Never a forecast."""

from __future__ import annotations

import math

import pandas as pd

from equity.lens.answers import Pace
from equity.vocabulary.period import MONTHS_IN, add_months, period_label, period_start
from equity.words import groups, headlines, measures, numbers, periods, references, remarks
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line

_ALONG = (3, 6, 12, 24, 36)
_SMALLEST = 0.1


def finding(answer: Pace) -> str:
    """The answer in short: when the gap closes if the trend continues."""
    what, gap = measures.named(answer.measure), f"the gap for {_who(answer)}"
    who = groups.started(_who(answer))
    size = numbers.gap(answer.measure, answer.gap, answer.n_a_period)
    if answer.status == "closed_already":
        return headlines.fitting(
            (
                f"{what}: no gap is left. {who} do as well as {_reference(answer)}, or better.",
                f"{what}: no gap is left for {_who(answer)}.",
            )
        )
    if not numbers.known(answer.gap_lower) or answer.status == "":
        return f"{what}: too few periods to say at what pace {gap} moves."
    if not answer.gap_lower > 0:
        return f"{what}: there is no clear gap to close for {_who(answer)}."
    ends = {
        "closes": f"closes in {periods.describe_period(answer.closes_in)}"
        if answer.closes_in
        else "takes over 20 years to close",
        "may_never_close": "may never close",
        "never_at_this_pace": "will not close",
    }
    end = "may not close" if _may_close(answer) else ends[answer.status]
    return headlines.fitting(
        (
            f"{what}: if this trend continues, {gap} ({size}) {end}.",
            f"{what}: at this pace, {gap} ({size}) {end}.",
            f"{what}: at this pace, {gap} {end}.",
        )
    )


def _may_close(answer: Pace) -> bool:
    """Whether the trend goes the wrong way, but its range takes in one that closes the gap."""
    return answer.status == "never_at_this_pace" and math.isfinite(answer.periods_to_close_lower)


def closing_range(answer: Pace) -> str:
    """How sure the date is: the range of dates at which the gap closes; nothing where no date is said."""
    if answer.status not in ("closes", "may_never_close") or not answer.closes_in:
        return ""
    first = _moved(answer, answer.periods_to_close_lower)
    if not math.isfinite(answer.periods_to_close_upper):
        middle = (
            ""
            if answer.status == "closes"
            else f" The middle of the range is {periods.describe_period(answer.closes_in)}."
        )
        return f"It closes in {first} at the earliest, and may never close (95% range).{middle}"
    return f"The 95% range for closing is {first} to {_moved(answer, answer.periods_to_close_upper)}."


def _moved(answer: Pace, periods_to_close: float) -> str:
    """The period that is so many periods after the last one, counted from the one in which the gap closes."""
    apart = round(periods_to_close) - round(answer.periods_to_close)
    start = add_months(period_start(answer.closes_in), apart * MONTHS_IN[answer.grain])
    return periods.describe_period(period_label(start, answer.grain))


def needed(answer: Pace) -> str:
    """What would close the gap by the date: how many more, or fewer, in every period.

    Nothing where it is closed, or may be none.
    """
    if not answer.gap > 0 or answer.gap_lower <= 0 or not numbers.known(answer.more_each_period):
        return ""
    by, when = periods.describe_period(answer.by), answer.grain
    if answer.measure.kind == "mean":
        step = numbers.gap(answer.measure, answer.gap / max(answer.periods_left, 1), answer.n_a_period)
        way = "rise" if answer.measure.harm_sign < 0 else "fall"
        return f"To close it by {by}, the average must {way} by {step} every {when}."
    more = measures.fewer_or_more(answer.measure)
    each, low, high = (
        _few(v) for v in (answer.more_each_period, answer.more_each_period_lower, answer.more_each_period_upper)
    )
    about = each if each.startswith("under") else f"about {each}"
    must = "must meet the measure" if answer.measure.polarity == "higher_better" else "can have this outcome"
    if answer.measure.kind == "rate":
        must = f"{measures.events(answer.measure)} must occur"
    return (
        f"To close it by {by}, each {when} {about} {more} than the {when} before {must} (95% range {low}–{high}), "
        f"reaching {_few(answer.more_at_the_end)} {more}."
    )


def when_told(answer: Pace) -> str:
    """How soon a chart would show the change, if it came; nothing where there is no clear gap to close."""
    if not answer.told or answer.gap_lower <= 0:
        return ""
    if answer.periods_to_tell is None:
        return f"Even then, a control chart may not show it within {_periods(answer, len(answer.told))}."
    return f"If it comes evenly, a control chart would likely show it after {_periods(answer, answer.periods_to_tell)}."


def point_in_words(answer: Pace, at: int) -> str:
    """One period of the chart read aloud: the share of charts that have told, and that are false alarms."""
    told, alarm = numbers.share(answer.told[at]), numbers.share(answer.false_alarm[at])
    return f"After {_periods(answer, at + 1)}: {told} of charts show it, {alarm} if nothing changed"


def alt_text(answer: Pace) -> str:
    """The chart in words."""
    along = "; ".join(point_in_words(answer, i - 1) for i in _ALONG if i <= len(answer.told))
    return " ".join([finding(answer), f"{along}." if along else "", needed(answer)]).strip()


def not_known(answer: Pace) -> tuple[str, ...]:
    """What would be needed, when a chart could tell, and what this is not."""
    said = [closing_range(answer), needed(answer), when_told(answer)]
    said.append("This carries the past on in a straight line: it is not a forecast.")
    return (*(s for s in said if s), *remarks.describe_remarks(answer.remarks))


@cached_per_answer
def table(answer: Pace) -> pd.DataFrame:
    """How likely a chart has shown the change by some periods, beside how often it would be a false alarm."""
    rows = answer.rows[answer.rows["periods_after"].isin(_ALONG)]
    return pd.DataFrame(
        {
            "After": [_periods(answer, int(p)) for p in rows["periods_after"]],
            "A chart shows it": [numbers.share(float(v)) for v in rows["told"]],
            "False alarm: nothing changed": [numbers.share(float(v)) for v in rows["false_alarm"]],
        }
    )


def table_caption(answer: Pace) -> str:
    """What the table holds."""
    gap = f"the gap for {_who(answer)} from {_reference(answer)}"
    closes = f"if {gap} closes evenly by {periods.describe_period(answer.by)}"
    return f"{measures.heading(answer.measure)}: how likely a control chart shows it, {closes}."


def _who(answer: Pace) -> str:
    return groups.describe_group(answer.stratifier, answer.group, groups.noun(answer.measure))


def _few(count: float) -> str:
    """A count that may be a fraction of one a period: a decimal below ten."""
    if 0 < count < _SMALLEST:
        return f"under {_SMALLEST}"
    return numbers.whole(count) if abs(count) >= 10 else numbers.count(round(count, 1))


def _reference(answer: Pace) -> str:
    return references.describe_reference(answer.reference, answer.stratifier, answer.measure)


def _periods(answer: Pace, count: int) -> str:
    return one_line(f"{count} {answer.grain}{'' if count == 1 else 's'}")
