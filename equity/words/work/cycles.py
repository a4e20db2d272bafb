"""Tests of change: what each stage asks for, the prediction beside the result, and how a test stands on a trend."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from equity.improvement.cycle_data import Measured
from equity.improvement.cycles import Cycle, CycleQuestion, Decision, Outcome, Reading, Stage, predicted
from equity.improvement.on_trends import BeganTest
from equity.words import groups, measures, numbers, periods
from equity.words.days import describe_date, describe_moment
from equity.words.escaping import one_line
from equity.words.work.projects import SCALES

PURPOSE = (
    "Try the change with one person first. Write what you expect before you begin: you learn from the difference "
    "between that and what happens."
)
EXAMPLE = (
    "Made-up example: “If Rosa calls five patients in Spanish, will they come back within a week?” We expect four of "
    "five. Three came. We learned that evenings work better, and adapt the change."
)
BEGIN = "Begin a test of change"
FIXED = "The test has begun (Do): questions and predictions stay as they were written."
WHY_PREDICT = "Write what you expect before Do opens. If you cannot say, write why."

STAGES: dict[Stage, str] = {
    "plan": "Plan: being planned",
    "do": "Do: being tried",
    "study": "Study: looking at what happened",
    "act": "Act: deciding",
    "closed": "Closed",
}
OUTCOMES: dict[Outcome, str] = {
    "": "Not said yet",
    "as_predicted": "as we expected",
    "in_part": "in part as we expected",
    "otherwise": "not as we expected",
    "not_known": "we cannot tell",
}
DECISIONS: dict[Decision, tuple[str, str]] = {
    "adapt": ("Adapt", "Change it and test again."),
    "adopt": ("Adopt", "It helped: test it with more, or make it the way we work."),
    "abandon": ("Abandon", "Let it go, and keep what was learned."),
}


def heading(cycle: Cycle) -> str:
    """A cycle's name: "Test 2: Call back in Spanish"."""
    return f"Test {cycle.number}: {one_line(cycle.objective, 160) or 'not named yet'}"


def stage_line(cycle: Cycle) -> str:
    """Where a cycle is, and with how many it is tried."""
    where = STAGES[cycle.stage]
    if cycle.decision is not None:
        where = f"Closed: {DECISIONS[cycle.decision][0].lower()}. {one_line(cycle.why, 400)}"
    return f"{where.rstrip('.')}. Tried with {SCALES[cycle.scale]}."


def plan_line(cycle: Cycle) -> str:
    """Who does what, where and when."""
    when = f"from {describe_date(cycle.begins)}" if cycle.begins else "no day yet"
    until = f" to {describe_date(cycle.ends)}" if cycle.ends else ""
    parts = (one_line(cycle.who) or "Nobody named yet", one_line(cycle.what, 200), one_line(cycle.where), when + until)
    return " · ".join(part for part in parts if part)


def expected(question: CycleQuestion) -> str:
    """What was expected, or why nothing was, and since when that stands."""
    said = one_line(question.prediction, 600) if question.prediction.strip() else ""
    if not said:
        said = f"No prediction, because {one_line(question.why_none, 600)}" if question.why_none.strip() else "Open"
    moment = dt.datetime.fromisoformat(question.predicted) if question.predicted else None
    fixed = f" (written before {describe_moment(moment)})" if moment is not None else ""
    return f"{said}{fixed}"


def finding(cycle: Cycle) -> str:
    """What the test showed beside what was expected, in a sentence."""
    told = [question for question in cycle.questions if question.outcome]
    if not told:
        return "What happened is not written down yet."
    as_expected = sum(question.outcome == "as_predicted" for question in told)
    if len(cycle.questions) == 1:
        return f"It went {OUTCOMES[told[0].outcome]}." if told[0].outcome != "not_known" else "We cannot tell yet."
    return f"{numbers.count(as_expected)} of {numbers.count(len(cycle.questions))} questions went as we expected."


def table(cycle: Cycle) -> pd.DataFrame:
    """Each question: what was expected, what happened, and how the two compare."""
    return pd.DataFrame(
        [
            {
                "Question": one_line(question.words, 400),
                "We expected": expected(question),
                "What happened": one_line(question.result, 600),
                "Beside each other": OUTCOMES[question.outcome],
            }
            for question in cycle.questions
        ]
    )


def without_prediction(cycle: Cycle) -> str:
    """That a test began without a prediction, where it did; told, not blamed."""
    return "" if not cycle.opened or predicted(cycle) else "Not every question had a prediction before this test began."


def on_trend(began: BeganTest) -> str:
    """A test as it stands on a trend."""
    return f"Test {began.number} began: {one_line(began.objective, 200) or 'not named'}"


def where_shown(cycle: Cycle) -> str:
    """On which trends a test's first day stands."""
    shown = cycle.shown
    if not shown.measure:
        return "It stands on no trend: it names no measure."
    by = f", grouped by {one_line(shown.by)}" if shown.by else ""
    when = "Its first day stands" if cycle.opened else "Once Do is open, its first day stands"
    return f"{when} on trends of {one_line(shown.measure)} in “{one_line(shown.dataset)}”{by}."


def measured_title(measured: Measured) -> str:
    """What the data say around a test."""
    of = groups.noun(measured.measure)
    whom = groups.started(groups.describe_group(measured.stratifier, measured.group, of))
    stretch = periods.stretch(measured.periods[0], measured.periods[-1]) if measured.periods else "no data"
    return f"{measures.heading(measured.measure)}: {whom}, {stretch}"


def measured_alt(measured: Measured) -> str:
    """The picture in words: first and last rate."""
    known = [
        (p, r, n) for p, r, n in zip(measured.periods, measured.rates, measured.n, strict=True) if numbers.known(r)
    ]
    if not known:
        return f"{measured_title(measured)}: no data."
    (first, a, n_a), (last, b, n_b) = known[0], known[-1]
    rates = (numbers.rate(measured.measure, a, n_a), numbers.rate(measured.measure, b, n_b))
    begun, ended = periods.describe_period(first), periods.describe_period(last)
    return f"{measured_title(measured)}: {rates[0]} in {begun}, {rates[1]} in {ended}."


NOT_PROVED = "A change at the same time is not yet a change because of the test."


def told(cycle: Cycle) -> list[str]:
    """A cycle as lines, to lay two beside each other."""
    lines = [heading(cycle), stage_line(cycle), plan_line(cycle)]
    lines += [f"{one_line(q.words, 300)} We expect: {expected(q)}. {one_line(q.result, 300)}" for q in cycle.questions]
    lines += [one_line(text, 400) for text in (cycle.unplanned, cycle.learned, cycle.surprises) if text.strip()]
    lines += [f"{r.day}: {r.value:g} {one_line(r.remark)}".strip() for r in cycle.readings]
    return lines


def reading(number: Reading) -> str:
    """A number that was written down by hand: "March 3, 2027: 4 of 5. Two had moved"."""
    of = "" if number.n is None else f" of {number.n:g}"
    remark = f". {one_line(number.remark, 200)}" if number.remark.strip() else ""
    return f"{describe_date(number.day)}: {number.value:g}{of}{remark}"


def by_hand_alt(cycle: Cycle) -> str:
    """The picture of the numbers by hand, in words."""
    said = [reading(each) for each in sorted(cycle.readings, key=lambda each: each.day)]
    more = ", and more in the table" if len(said) > 8 else ""
    return f"Numbers written down by hand during this test: {'; '.join(said[:8])}{more}."


BY_HAND = "Numbers as you see them, a line each: the day, the number, out of how many."
DECIDE_FIRST = "Choose one of adapt, adopt and abandon: then this test can be closed."


def begin_next(before: Cycle) -> str:
    """What the button says that begins the test after one that is closed."""
    return f"Begin test {before.number + 1}"


NO_PROJECT_FOR_CALL = "A test stands in a project: begin one first, then come back to these minutes."


def became_of_call(project: str) -> str:
    """What became of a call's next test, in its minutes."""
    return f"A test of change in “{one_line(project)}”"
