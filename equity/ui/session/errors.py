"""An error that a person can cause becomes a sentence where it happened: in a dialog, or in the place of an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import streamlit as st

from equity.ui.layout import prose
from equity.vocabulary import PlainError

Answer = TypeVar("Answer")


def answered(ask: Callable[[], Answer], next_step: Callable[[], None] = lambda: None) -> Answer:
    """What ``ask`` gives; where the dataset cannot answer, the page says why, draws ``next_step`` and ends there."""
    try:
        return ask()
    except PlainError as error:
        prose.answer(str(error))
        next_step()
        st.stop()


def say_instead(sentence: str) -> NoReturn:
    """Say why there is no answer, and end the page."""
    prose.answer(sentence)
    st.stop()


@contextmanager
def error_as_sentence() -> Iterator[None]:
    """Say a :class:`PlainError` where it happened.

    A dialog is drawn again without the main script, which says errors everywhere else.
    """
    try:
        yield
    except PlainError as error:
        prose.problem(str(error))
