"""The questions that a file leaves open: one line each, answered with one click, before anything is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from equity.intake.proposal.mapping.answering import answered
from equity.ui.layout import prose
from equity.vocabulary import Mapping, OpenQuestion
from equity.words.datasets import open_questions as words
from equity.words.escaping import markdown


@dataclass(frozen=True)
class Answers:
    """The mapping as the answers make it, how many questions still wait, and a name for exactly these answers."""

    mapping: Mapping
    waiting: int
    key: str


def ask(start: Mapping, questions: Sequence[OpenQuestion], key: str) -> Answers:
    """Ask what is open, in an expander once all is answered; where nothing is open nothing is drawn.

    Questions that loading does not wait for, such as which way is better, stand open when they are alone.
    """
    if not questions:
        return Answers(start, 0, "")
    picked = [st.session_state.get(_key(key, place)) for place in range(len(questions))]
    waiting = _waiting(questions, picked)
    if waiting:
        prose.heading(words.heading(waiting))
        prose.small(words.why_asked(waiting))
        picked = [_question(question, _key(key, place)) for place, question in enumerate(questions)]
    else:
        alone = not any(question.waits for question in questions)
        label, icon = (words.NOTHING_WAITS, "help") if alone else (words.ANSWERED, "check")
        with st.expander(label, expanded=alone, icon=f":material/{icon}:"):
            prose.small(words.CHANGED)
            picked = [_question(question, _key(key, place)) for place, question in enumerate(questions)]
    return _answered(start, questions, picked)


def _answered(start: Mapping, questions: Sequence[OpenQuestion], picked: Sequence[int | None]) -> Answers:
    mapping = start
    for question, choice in zip(questions, picked, strict=True):
        # The mapping follows the likeliest answer of a question that nobody must answer, until another is picked.
        if choice is not None and (choice or question.waits):
            mapping = answered(mapping, question.answers[choice].settings)
    named = "_".join("x" if choice is None else str(choice) for choice in picked)
    return Answers(mapping, _waiting(questions, picked), named)


def _waiting(questions: Sequence[OpenQuestion], picked: Sequence[int | None]) -> int:
    """How many questions have no answer that loading waits for."""
    return sum(choice is None and question.waits for question, choice in zip(questions, picked, strict=True))


def _key(key: str, place: int) -> str:
    return f"{key}_question_{place}"


def _question(question: OpenQuestion, key: str) -> int | None:
    """One question; the place of the answer that was picked."""
    picked: int | None = st.radio(
        markdown(question.sentence),
        range(len(question.answers)),
        index=None if question.waits else 0,
        format_func=lambda place: markdown(question.answers[place].label),
        key=key,
        captions=[markdown(question.why) if place == 0 else "" for place in range(len(question.answers))],
    )
    return picked
