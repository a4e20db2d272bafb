"""Reflections: whole quarters, pieces chosen one by one, sign-offs that hold for words, points that come back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from equity.improvement.team import reflections as rules
from equity.improvement.team.reflections import LeaderReply, OpenPoint, Reflection, ReflectionPart, SignOff
from equity.vocabulary import PlainError

TODAY = dt.date(2026, 11, 29)
PARTS = (
    ReflectionPart("aims", progress="Two are set", help="An hour of IT"),
    ReflectionPart("history", progress="We began", challenges="It hurts", learning=" "),
)
WRITTEN = ("history.progress", "history.challenges", "aims.progress", "aims.help")


@pytest.mark.parametrize(
    ("day", "quarter"), [("2026-11-29", "2026-Q3"), ("2026-01-01", "2025-Q4"), ("2026-12-31", "2026-Q3")]
)
def test_one_reflects_on_the_quarter_that_ended(day: str, quarter: str) -> None:
    assert rules.quarter_to_reflect_on(dt.date.fromisoformat(day)) == quarter
    assert rules.quarters_back("2026-Q1", 3) == ("2026-Q1", "2025-Q4", "2025-Q3")


def test_a_quarter_has_one_reflection_and_has_begun() -> None:
    assert rules.begun("2026-Q3", [], TODAY) == Reflection("2026-Q3")
    for quarter, held, named in (
        ("2026", [], "no quarter"),
        ("2027-Q1", [], "not begun"),
        ("2026-Q3", [Reflection("2026-Q3")], "already"),
    ):
        with pytest.raises(PlainError, match=named):
            rules.begun(quarter, held, TODAY)


def test_only_the_chosen_pieces_are_shared() -> None:
    assert rules.pieces(PARTS) == WRITTEN
    held = rules.sharing(Reflection("2026-Q3"), WRITTEN, "leaders", ["aims.help", "history.progress"])
    assert rules.shared(held, PARTS, "leaders") == (
        ReflectionPart("history", progress="We began"),
        ReflectionPart("aims", help="An hour of IT"),
    )
    assert rules.shared(held, PARTS, "cohort") == ()
    held = rules.sharing(held, WRITTEN, "cohort", ["aims.progress"])
    assert rules.shared(held, PARTS, "cohort") == (ReflectionPart("aims", progress="Two are set"),)
    assert held.for_leaders == ("aims.help", "history.progress")
    with pytest.raises(PlainError, match="Nothing is written"):
        rules.sharing(held, WRITTEN, "leaders", ["history.help"])


def test_a_sign_off_holds_for_the_words_that_were_signed() -> None:
    with pytest.raises(PlainError, match="nothing to sign"):
        rules.signed_off(Reflection("2026-Q3"), SignOff("Ada", "2026-11-29", "ada"))
    held = rules.signed_off(Reflection("2026-Q3"), SignOff("Ada", "2026-11-29", "ada", {"a": 1}))
    assert rules.is_signed(held, {"a": 1})
    assert not rules.is_signed(held, {"a": 2})
    assert not rules.is_signed(held, {"a": 1, "b": 1})
    held = rules.signed_off(held, SignOff("Ada", "2026-11-29", "another", {"a": 1}))
    held = rules.signed_off(held, SignOff("Ada", "2026-11-30", "ada", {"a": 2}))
    assert [(each.account, rules.stands(each, {"a": 2})) for each in held.signed] == [("another", False), ("ada", True)]


def test_open_points_come_back_until_somebody_says_what_became_of_them() -> None:
    first = rules.raised(OpenPoint(" Ask IT ", "Ben", "2026-10-01"), "2026-Q1")
    second = rules.raised(OpenPoint("Print the trend"), "2026-Q2")
    assert rules.carried([second, first], "2026-Q3") == (first, second)
    assert rules.carried([second, first], "2026-Q2") == (first,)
    assert rules.carried([first], "2026-Q1") == ()
    done = rules.closed(first, "Done in July", TODAY)
    assert rules.carried([done, second], "2026-Q3") == (second,)
    assert rules.closed_in(done, "2026-Q3")
    assert not rules.closed_in(second, "2026-Q3")
    assert not rules.closed_in(done, "2026-Q1"), "raised in that quarter: it was no point of before"
    with pytest.raises(PlainError, match="what became"):
        rules.closed(first, " ", TODAY)
    with pytest.raises(PlainError, match="what is to be done"):
        rules.raised(OpenPoint(" "), "2026-Q3")
    with pytest.raises(PlainError, match="not a day"):
        rules.raised(OpenPoint("x", by_when="soon"), "2026-Q3")


REPLY = LeaderReply(" Eve  Adler ", "Two aims, one stuck", "Free an analyst", "2027-01-15")


def test_a_promise_becomes_an_open_point_of_the_next_quarter() -> None:
    given = rules.answered(REPLY)
    assert given.name == "Eve Adler"
    promise = rules.promise_of(given, "2026-Q3")
    assert promise is not None
    assert (promise.promised_by, promise.by_when, promise.since) == ("Eve Adler", "2027-01-15", "2026-Q3")
    assert rules.carried([promise], "2026-Q4") == (promise,)
    assert rules.promise_of(rules.answered(replace(REPLY, will_do=" ")), "2026-Q3") is None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"name": ""}, "your name"),
        ({"read": " "}, "what you read"),
        ({"read": "x" * 4001}, "most"),
        ({"by_when": "x"}, "not a day"),
    ],
)
def test_an_answer_that_cannot_be_kept_says_why(change: dict[str, str], named: str) -> None:
    with pytest.raises(PlainError, match=named):
        rules.answered(replace(REPLY, **change))  # type: ignore[arg-type]
