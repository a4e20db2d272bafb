"""A test of change in four stages: Plan, Do, Study, Act, with its prediction written before Do is opened.

Once Do is open, what was predicted (or why nothing was) stands as it was written, with the time. Study lays the result
beside it; Act says adapt, adopt or abandon, and the next cycle begins with what this one had.
Sources: IHI, PDSA Worksheet; Taylor et al., BMJ Qual Saf 2014;23:290; Knudsen et al., BMC Health Serv Res 2019;19:683.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import Literal, get_args

from equity.improvement.dates import in_order
from equity.vocabulary import PlainError
from equity.vocabulary.written import is_written

Stage = Literal["plan", "do", "study", "act", "closed"]
Scale = Literal["one", "five", "twenty_five", "all"]
SCALES: tuple[Scale, ...] = get_args(Scale)
"""How many the change is tried with: one person or visit, five, twenty-five, everybody."""
Outcome = Literal["", "as_predicted", "in_part", "otherwise", "not_known"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
Decision = Literal["adapt", "adopt", "abandon"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)

MOST_QUESTIONS = 6
MOST_READINGS = 500


@dataclass(frozen=True)
class CycleQuestion:
    """What a cycle is to answer. ``predicted`` is the moment (ISO 8601, UTC) at which the prediction was fixed.

    ``why_none`` says why there is no prediction; one of the two is there once Do is open.
    """

    words: str = ""
    prediction: str = ""
    why_none: str = ""
    predicted: str = ""
    result: str = ""
    outcome: Outcome = ""


@dataclass(frozen=True)
class Reading:
    """A number that was written down by hand: its day, how many it is of (None where it is no count), a remark."""

    day: str
    value: float
    n: float | None = None
    remark: str = ""


@dataclass(frozen=True)
class Shown:
    """What of the data a cycle is about: a measure of a dataset by a stratifier, and a group; empty parts are open.

    Its days stand as annotations on the trends of that measure by that stratifier.
    """

    dataset: str = ""
    measure: str = ""
    by: str = ""
    group: str = ""


@dataclass(frozen=True)
class Cycle:
    """One cycle of a project. ``number`` counts from 1 in its project; days are YYYY-MM-DD.

    opened     when Do was opened (ISO 8601, UTC); empty before
    unplanned  what went otherwise than planned in Do
    decision   what Act decided, None before; ``why`` its reason, ``next_plan`` what is done next
    call       the id of the call whose next test this began as; empty for any other
    origin     whose test it began as a copy of; empty for one of the team's own
    """

    number: int = 1
    objective: str = ""
    questions: tuple[CycleQuestion, ...] = (CycleQuestion(),)
    who: str = ""
    what: str = ""
    where: str = ""
    begins: str = ""
    ends: str = ""
    scale: Scale = "one"
    shown: Shown = Shown()
    readings: tuple[Reading, ...] = ()
    stage: Stage = "plan"
    opened: str = ""
    unplanned: str = ""
    learned: str = ""
    surprises: str = ""
    decision: Decision | None = None
    why: str = ""
    next_plan: str = ""
    call: str = ""
    origin: str = ""


def checked(cycle: Cycle) -> Cycle:
    """The cycle, when it can be kept as it is written.

    Raises:
        PlainError: a day is none, it ends before it begins, or it holds more than fits.
    """
    in_order(cycle.begins, cycle.ends)
    if len(cycle.questions) > MOST_QUESTIONS:
        raise PlainError(
            f"A test with {len(cycle.questions)} questions is several tests: {MOST_QUESTIONS} are the most."
        )
    if len(cycle.readings) > MOST_READINGS:
        raise PlainError(f"{len(cycle.readings):,} numbers are too many to write by hand: load them as a data file.")
    for reading in cycle.readings:
        in_order(reading.day, "")
        if not reading.day:
            raise PlainError("A number has no day: write when it was seen.")
        if not math.isfinite(reading.value):
            raise PlainError(f"{reading.day} has a day and no number: write the number, or take the line out.")
        if reading.n is not None and not 0 <= reading.n < math.inf:
            raise PlainError(f"How many the number of {reading.day} is of cannot be below 0: correct it.")
    return cycle


def saved(before: Cycle, after: Cycle) -> Cycle:
    """What may be kept over ``before`` by whoever edits: stage, decision and, once Do is open, predictions stay.

    Raises:
        PlainError: a question or prediction was changed after Do was opened, or :func:`checked` refuses.
    """
    if before.stage != "plan" and [_fixed(q) for q in before.questions] != [_fixed(q) for q in after.questions]:
        raise PlainError("Do is open: questions and predictions stay as they were written before it.")
    kept = replace(after, stage=before.stage, opened=before.opened, decision=before.decision, number=before.number)
    kept = replace(kept, origin=before.origin)
    return checked(kept)


def _fixed(question: CycleQuestion) -> tuple[str, str, str, str]:
    return question.words, question.prediction, question.why_none, question.predicted


def do_opened(cycle: Cycle, at: dt.datetime) -> Cycle:
    """The cycle with Do open; each question's prediction is fixed at this moment.

    Raises:
        PlainError: it is past Plan, there is no question, one has neither a prediction nor a reason for none, or it is
            not said who does it or when it begins.
    """
    _must_be(cycle, "plan")
    asked = tuple(question for question in cycle.questions if is_written(question.words))
    if not asked:
        raise PlainError("This test asks nothing yet: write one question that it is to answer.")
    for question in asked:
        if not (is_written(question.prediction) or is_written(question.why_none)):
            raise PlainError("Write what you expect for each question, or why you cannot say: then Do can be opened.")
    if not is_written(cycle.who) or not cycle.begins:
        raise PlainError("Say who does this test and on which day it begins: then Do can be opened.")
    moment = at.astimezone(dt.UTC).isoformat(timespec="seconds")
    fixed = tuple(replace(question, predicted=moment) for question in asked)
    return replace(checked(cycle), stage="do", opened=moment, questions=fixed)


def study_opened(cycle: Cycle) -> Cycle:
    """The cycle in Study: the test was done."""
    _must_be(cycle, "do")
    return replace(cycle, stage="study")


def act_opened(cycle: Cycle) -> Cycle:
    """The cycle in Act.

    Raises:
        PlainError: a question has no result yet, or it is not said how it went beside the prediction.
    """
    _must_be(cycle, "study")
    if any(not is_written(question.result) or not question.outcome for question in cycle.questions):
        raise PlainError("Write for each question what happened, and how that was beside the prediction.")
    return replace(cycle, stage="act")


def acted(cycle: Cycle, decision: Decision, why: str, next_plan: str) -> Cycle:
    """The cycle closed with what was decided.

    Raises:
        PlainError: it is not in Act, or no reason is given.
    """
    _must_be(cycle, "act")
    if decision not in DECISIONS:
        raise PlainError(f"There is no decision “{decision}”: choose one of {', '.join(DECISIONS)}.")
    if not is_written(why):
        raise PlainError("Write why: what was learned that makes you adapt, adopt or abandon this change.")
    return replace(cycle, stage="closed", decision=decision, why=why.strip(), next_plan=next_plan.strip())


def following(cycle: Cycle, number: int) -> Cycle:
    """The next cycle, filled in from the one before: adapted at the same scale, adopted at the next larger one.

    Its questions ask the same, without predictions; after an abandoned change only people and place are taken over.
    """
    scale = cycle.scale
    if cycle.decision == "adopt":
        scale = SCALES[min(SCALES.index(cycle.scale) + 1, len(SCALES) - 1)]
    if cycle.decision == "abandon":
        return Cycle(number=number, who=cycle.who, where=cycle.where, shown=cycle.shown)
    return Cycle(
        number=number,
        objective=cycle.objective,
        questions=tuple(CycleQuestion(question.words) for question in cycle.questions),
        who=cycle.who,
        what=cycle.next_plan or cycle.what,
        where=cycle.where,
        scale=scale,
        shown=cycle.shown,
        origin=cycle.origin,
    )


def from_next_test(words: str, question: str, prediction: str, who: str, begins: str, call: str = "") -> Cycle:
    """A cycle from a call's next test: what is tried, and the four things that are asked for it."""
    return checked(
        Cycle(
            objective=words.strip(),
            what=words.strip(),
            questions=(CycleQuestion(question.strip(), prediction.strip()),),
            who=who.strip(),
            begins=begins,
            call=call,
        )
    )


def predicted(cycle: Cycle) -> bool:
    """Whether every question had a prediction, and not only a reason for none, before Do was opened."""
    return bool(cycle.opened) and all(is_written(question.prediction) for question in cycle.questions)


def _must_be(cycle: Cycle, stage: Stage) -> None:
    if cycle.stage != stage:
        raise PlainError("This test has moved on meanwhile: please look at it again.")
