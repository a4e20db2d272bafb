"""Tests of change: a prediction stands before Do, each stage has what the next one needs, the next begins filled in."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from equity.cube import Cube
from equity.improvement import cycles as rules
from equity.improvement.cycle_data import AFTER, BEFORE, measured
from equity.improvement.cycles import Cycle, CycleQuestion, Reading, Shown
from equity.improvement.on_trends import began_on
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.vocabulary import PeriodRange, PlainError
from equity.words.work import cycles as words

AT = dt.datetime(2027, 3, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
SHOWN = Shown("Sample", "Controlled blood pressure", "race", "Black or African American")
PLAN = Cycle(
    objective="Call back in Spanish",
    questions=(
        CycleQuestion("Do they come back?", "4 of 5"),
        CycleQuestion("Is it worth it?", why_none="Nobody has tried"),
    ),
    who="Rosa",
    what="Call five patients",
    where="East clinic",
    begins="2024-03-01",
    ends="2024-03-14",
    shown=SHOWN,
)


def studied() -> Cycle:
    told = [replace(q, result="3 of 5", outcome="in_part") for q in rules.do_opened(PLAN, AT).questions]
    return replace(rules.study_opened(rules.do_opened(PLAN, AT)), questions=tuple(told))


def test_predictions_are_fixed_at_the_moment_do_opens() -> None:
    done = rules.do_opened(replace(PLAN, questions=(*PLAN.questions, CycleQuestion("  "))), AT)
    assert (done.stage, done.opened, len(done.questions)) == ("do", "2027-03-01T14:30:00+00:00", 2)
    assert {question.predicted for question in done.questions} == {done.opened}
    assert not rules.predicted(done)
    assert rules.predicted(rules.do_opened(replace(PLAN, questions=PLAN.questions[:1]), AT))
    assert words.expected(done.questions[0]) == "4 of 5 (written before March 1, 2027, 14:30 UTC)"
    assert words.expected(done.questions[1]).startswith("No prediction, because Nobody has tried")
    with pytest.raises(PlainError, match="moved on"):
        rules.do_opened(done, AT)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"questions": ()}, "asks nothing"),
        ({"questions": (CycleQuestion("Why?"),)}, "Write what you expect"),
        ({"who": " "}, "Say who does"),
        ({"begins": "", "ends": ""}, "on which day"),
        ({"ends": "2023-01-01"}, "lies before"),
    ],
)
def test_do_stays_shut_until_the_plan_is_whole(change: dict[str, object], named: str) -> None:
    with pytest.raises(PlainError, match=named):
        rules.do_opened(replace(PLAN, **change), AT)  # type: ignore[arg-type]


def test_what_was_predicted_stays_once_do_is_open() -> None:
    done = rules.do_opened(PLAN, AT)
    bettered = (replace(done.questions[0], prediction="3 of 5"), *done.questions[1:])
    later = (replace(done.questions[0], predicted="2027-01-01T00:00:00+00:00"), *done.questions[1:])
    for questions in (bettered, later, done.questions[:1], (*done.questions, CycleQuestion("And?", "Yes"))):
        with pytest.raises(PlainError, match="stay as they were written"):
            rules.saved(done, replace(done, questions=questions))
    noted = rules.saved(done, replace(done, unplanned="Two had moved", stage="closed", decision="adopt", opened=""))
    assert (noted.unplanned, noted.stage, noted.decision, noted.opened) == ("Two had moved", "do", None, done.opened)
    assert rules.saved(PLAN, replace(PLAN, questions=(CycleQuestion("New?"),))).questions == (CycleQuestion("New?"),)


def test_study_and_act_need_what_happened_and_why() -> None:
    study = rules.study_opened(rules.do_opened(PLAN, AT))
    with pytest.raises(PlainError, match="what happened"):
        rules.act_opened(study)
    act = rules.act_opened(studied())
    with pytest.raises(PlainError, match="Write why"):
        rules.acted(act, "adapt", " ", "")
    with pytest.raises(PlainError, match="no decision"):
        rules.acted(act, "perhaps", "why", "")  # type: ignore[arg-type]
    closed = rules.acted(act, "adapt", "Evenings work better", "Call in the evening")
    assert words.stage_line(closed) == "Closed: adapt. Evenings work better. Tried with one person or visit."
    assert words.finding(closed) == "0 of 2 questions went as we expected."
    assert list(words.table(closed)["Beside each other"]) == ["in part as we expected"] * 2
    for move in (rules.study_opened, rules.act_opened):
        with pytest.raises(PlainError, match="moved on"):
            move(closed)


@pytest.mark.parametrize(
    ("decision", "scale", "what"),
    [("adapt", "one", "Call in the evening"), ("adopt", "five", "Call in the evening"), ("abandon", "one", "")],
)
def test_the_next_test_begins_filled_in(decision: rules.Decision, scale: str, what: str) -> None:
    closed = rules.acted(rules.act_opened(studied()), decision, "Because", "Call in the evening")
    after = rules.following(closed, 2)
    assert (after.number, after.stage, after.scale, after.what) == (2, "plan", scale, what)
    assert (after.who, after.where, after.shown) == ("Rosa", "East clinic", SHOWN)
    assert all(not q.prediction and not q.predicted and not q.result for q in after.questions)
    assert rules.following(replace(closed, decision="adopt", scale="all"), 3).scale == "all"


def test_a_next_test_of_a_call_becomes_a_plan_by_four_fields() -> None:
    made = rules.from_next_test("Call back in Spanish", "Do they come?", "4 of 5", "Rosa", "2027-03-14", "call")
    assert rules.do_opened(made, AT).questions[0].prediction == "4 of 5"
    assert (made.call, made.objective) == ("call", "Call back in Spanish")


def test_numbers_by_hand_have_their_day() -> None:
    with pytest.raises(PlainError, match="has no day"):
        rules.checked(replace(PLAN, readings=(Reading("", 3.0),)))
    with pytest.raises(PlainError, match="by hand"):
        rules.checked(replace(PLAN, readings=(Reading("2027-03-01", 3.0),) * 501))
    with pytest.raises(PlainError, match="several tests"):
        rules.checked(replace(PLAN, questions=(CycleQuestion(),) * 7))


def test_a_test_stands_on_its_trends_once_do_is_open() -> None:
    done = rules.do_opened(PLAN, AT)
    every = [("a", PLAN), ("b", done), ("c", replace(done, shown=Shown("Sample", SHOWN.measure)))]
    assert [t.id for t in began_on(every, "Sample", SHOWN.measure, "race")] == ["b", "c"]
    assert [t.id for t in began_on(every, "Sample", SHOWN.measure, "language")] == ["c"]
    assert began_on(every, "Other", SHOWN.measure, "race") == ()
    [began] = began_on([("b", done)], "Sample", SHOWN.measure, "race")
    assert (began.month, words.on_trend(began)) == ("2024-03", "Test 1 began: Call back in Spanish")
    assert "trends of Controlled blood pressure in “Sample”, grouped by race" in words.where_shown(done)


def test_what_the_data_say_around_a_test_is_recounted(sample_cube: Cube) -> None:
    found = measured(sample_cube, PLAN)
    assert len(found.periods) <= BEFORE + AFTER + 1
    assert found.periods[0] < "2024-03" < found.periods[-1]
    at = found.periods.index("2024-03")
    choices = Choices("Sample", 1, SHOWN.measure, "race", period=PeriodRange.parse("2024-03"))
    rows = disparities(sample_cube, choices).rows
    row = rows[rows["group"] == SHOWN.group].iloc[0]
    assert (found.rates[at], found.n[at]) == (pytest.approx(row["rate"]), row["n"])
    assert "Black or African American patients" in words.measured_title(found)
    with pytest.raises(PlainError, match="Name a measure"):
        measured(sample_cube, replace(PLAN, shown=Shown()))
    with pytest.raises(PlainError, match="not in the data"):
        measured(sample_cube, replace(PLAN, shown=replace(SHOWN, group="Nobody")))
