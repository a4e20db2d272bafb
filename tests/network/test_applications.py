"""An application: what it lacks, which step follows which, and the thirty days that begin at its receipt."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.network import applications as rules
from equity.network.application_form import SHIPPED, application_form, kept_answers, open_questions
from equity.network.applications import FOLLOWS, REMINDERS, Application, ApplicationState, TeamMember
from equity.vocabulary import PlainError
from equity.words.languages.phone_pages import ENGLISH_PHONE, lenses_missing, promise
from equity.words.work import applications as words

FORM = application_form(Path("/nowhere"))
TODAY = dt.date(2026, 12, 1)
TEAM = tuple(TeamMember(name, "Nurse", lens) for name, lens in zip("ABC", rules.FOUR_LENSES, strict=False))
WHOLE = Application(
    answers={q.id: "yes" if q.kind == "yes" else (*q.options, "Some words")[0] for q in FORM.questions}, team=TEAM
)
TEAM_GIVEN = [{"name": m.name, "role": m.role, "lens": m.lens} for m in TEAM]


def test_what_is_open_is_named_before_it_is_sent() -> None:
    assert not open_questions(FORM, WHOLE.answers)
    for question in FORM.questions:
        without = replace(WHOLE, answers={**WHOLE.answers, question.id: " "})
        if question.required:
            with pytest.raises(PlainError) as told:
                rules.sent(without, FORM, TODAY)
            assert question.label in str(told.value)
        else:
            assert rules.sent(without, FORM, TODAY).state == "received"
    for size in (0, 2, 8):
        people = tuple(TeamMember(f"P{i}", "", "data") for i in range(size))
        with pytest.raises(PlainError, match=f"has {size} people so far: name 3 to 7"):
            rules.sent(replace(WHOLE, team=people), FORM, TODAY)
    assert rules.missing_lenses(WHOLE) == ("patient-facing care",)
    assert lenses_missing(ENGLISH_PHONE, WHOLE) == "Nobody yet brings patient-facing care."


def test_the_clock_starts_at_receipt_and_goes_on_while_a_question_is_asked() -> None:
    received = rules.sent(WHOLE, FORM, TODAY)
    assert rules.promised_day(WHOLE, TODAY) == rules.promised_day(received, TODAY) == dt.date(2026, 12, 31)
    later = TODAY + dt.timedelta(days=15)
    asked = rules.moved(received, "question_asked", later, by="Fay", words="Who leads?")
    again = rules.sent(asked, FORM, later + dt.timedelta(days=2))
    assert again.received == received.received
    assert REMINDERS == (14, 21, 28)
    for days in range(40):
        due = max((mark for mark in (*REMINDERS, 30) if days >= mark), default=None)
        assert rules.reminder(received, TODAY + dt.timedelta(days=days)) == due
    accepted = rules.moved(again, "accepted", later, by="Fay")
    assert rules.reminder(accepted, TODAY + dt.timedelta(days=90)) is None
    assert "promised day is over" in words.standing(received, TODAY + dt.timedelta(days=31))
    said = promise(ENGLISH_PHONE, received, TODAY)
    assert said == "We received your application. You have an answer by December 31, 2026."


@given(st.lists(st.sampled_from(get_args(ApplicationState)), max_size=8))
def test_no_walk_leaves_the_table_and_every_step_is_kept(walk: list[ApplicationState]) -> None:
    at = WHOLE
    for state in walk:
        allowed = state in FOLLOWS[at.state]
        if allowed:
            at = rules.moved(at, state, TODAY, by="x", words="because")
        else:
            with pytest.raises(PlainError):
                rules.moved(at, state, TODAY, by="x", words="because")
    assert [step.state for step in at.steps][-1:] == ([at.state] if at.steps else [])
    assert bool(at.received) == any(step.state == "received" for step in at.steps)


def test_a_refusal_and_a_question_need_words() -> None:
    received = rules.sent(WHOLE, FORM, TODAY)
    for state in ("declined", "question_asked"):
        with pytest.raises(PlainError, match="Write"):
            rules.moved(received, state, TODAY, by="Fay", words=" ")


def test_only_answers_of_the_form_are_kept_and_none_too_long() -> None:
    assert kept_answers(FORM, {"organization": "Clinic", "other": "x", "place": 3}) == {"organization": "Clinic"}
    with pytest.raises(PlainError, match=r"4,000 are the most"):
        kept_answers(FORM, {"why_now": "x" * 4_001})


def test_a_network_edits_its_form(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    own = tmp_path / "application_form.toml"
    own.write_text(text.replace("Why do you want to join now?", "What brings you here?"), encoding="utf-8")
    assert "What brings you here?" in [q.label for q in application_form(tmp_path).questions]
    for wrong, said in {
        text.replace('id = "place"', 'id = "organization"'): "twice",
        text.replace('kind = "number"', 'kind = "slider"'): "“slider”",
        "title = ": "cannot be read",
    }.items():
        own.write_text(wrong, encoding="utf-8")
        with pytest.raises(PlainError, match=said):
            application_form(tmp_path)
