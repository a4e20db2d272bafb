"""What it would take to close a gap: at the pace so far, by a date, and when a chart could tell. Never a forecast."""

from __future__ import annotations

import pandas as pd

from equity.lens.answers import Pace
from equity.words import groups, measures, numbers, periods, references, remarks
from equity.words.escaping import one_line
from equity.words.once import once

_ALONG = (3, 6, 12, 24, 36)
_SMALLEST = 0.1


def finding(answer: Pace) -> str:
    """The answer in one sentence: when the gap closes at the pace so far."""
    gap = f"the gap for {_who(answer)} in {measures.said(answer.measure)}"
    size = numbers.gap(answer.measure, answer.gap, answer.n_a_period)
    if answer.status == "closed_already":
        return f"{groups.started(gap)} is closed: they do as well as {_reference(answer)}, or better."
    if answer.status == "":
        return f"There are too few periods to say at what pace {gap} moves."
    if answer.status == "closes" and answer.closes_in:
        return f"At the pace so far, {gap} ({size}) would close in {periods.said(answer.closes_in)}."
    if answer.status == "closes":
        return f"At the pace so far, {gap} ({size}) would take more than twenty years to close."
    if answer.status == "may_never_close" and answer.closes_in:
        closing = f"might close in {periods.said(answer.closes_in)}, but the trend is too unsure to count on it"
        return f"At the pace so far, {gap} ({size}) {closing}."
    return f"At the pace so far, {gap} ({size}) would never close."


def needed(answer: Pace) -> str:
    """What would close the gap by the date: how many more, or fewer, in every period; nothing where it is closed."""
    if not answer.gap > 0 or not numbers.known(answer.more_each_period):
        return ""
    by, when = periods.said(answer.by), answer.grain
    if answer.measure.kind == "mean":
        step = numbers.gap(answer.measure, answer.gap / max(answer.periods_left, 1), answer.n_a_period)
        return f"To close it by {by}, the average would have to get better by {step} every {when}."
    more = measures.fewer_or_more(answer.measure)
    each, low, high = (
        _few(v) for v in (answer.more_each_period, answer.more_each_period_lower, answer.more_each_period_upper)
    )
    about = each if each.startswith("under") else f"about {each}"
    return (
        f"To close it by {by}, it would take {about} {more} each {when} than in the one before ({low} to {high}), "
        f"and {_few(answer.more_at_the_end)} {more} a {when} at the end."
    )


def when_told(answer: Pace) -> str:
    """How soon a chart would show the change, if it came."""
    if not answer.told:
        return ""
    if answer.periods_to_tell is None:
        return f"Even then, a chart would not surely show it within {_periods(answer, len(answer.told))}."
    return (
        f"If it came about evenly, a chart would most likely show it after {_periods(answer, answer.periods_to_tell)}."
    )


def point_in_words(answer: Pace, at: int) -> str:
    """One period of the chart read aloud: the share of charts that have told, and that would have cried wolf."""
    told, alarm = numbers.share(answer.told[at]), numbers.share(answer.false_alarm[at])
    return f"After {_periods(answer, at + 1)}: {told} of charts have shown it, {alarm} if nothing changed"


def alt_text(answer: Pace) -> str:
    """The chart in words."""
    along = "; ".join(point_in_words(answer, i - 1) for i in _ALONG if i <= len(answer.told))
    return " ".join([finding(answer), f"{along}." if along else "", needed(answer)]).strip()


def not_known(answer: Pace) -> tuple[str, ...]:
    """What would be needed, when a chart could tell, and what this is not."""
    said = [needed(answer), when_told(answer), "This carries the past on in a straight line: it is not a forecast."]
    return (*(s for s in said if s), *remarks.said(answer.remarks))


@once
def table(answer: Pace) -> pd.DataFrame:
    """How likely a chart has shown the change by some periods, beside how often it would cry wolf."""
    rows = answer.rows[answer.rows["periods_after"].isin(_ALONG)]
    return pd.DataFrame(
        {
            "After": [_periods(answer, int(p)) for p in rows["periods_after"]],
            "A chart has shown it": [numbers.share(float(v)) for v in rows["told"]],
            "It shows one though nothing changed": [numbers.share(float(v)) for v in rows["false_alarm"]],
        }
    )


def _who(answer: Pace) -> str:
    return groups.said(answer.stratifier, answer.group, groups.noun(answer.measure))


def _few(count: float) -> str:
    """A count that may be a fraction of one a period: a decimal below ten."""
    if 0 < count < _SMALLEST:
        return f"under {_SMALLEST}"
    return numbers.whole(count) if abs(count) >= 10 else numbers.count(round(count, 1))


def _reference(answer: Pace) -> str:
    return references.said(answer.reference, answer.stratifier, groups.noun(answer.measure))


def _periods(answer: Pace, count: int) -> str:
    return one_line(f"{count} {answer.grain}{'' if count == 1 else 's'}")
