"""A question that a dataset cannot answer is answered with the reason, in the place of the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

import streamlit as st

from equity.ui.layout import prose
from equity.vocabulary import PlainError

Answer = TypeVar("Answer")


def answered(ask: Callable[[], Answer]) -> Answer:
    """What ``ask`` gives; where the dataset cannot answer, the page says why and ends there."""
    try:
        return ask()
    except PlainError as error:
        say_instead(str(error))


def say_instead(sentence: str) -> NoReturn:
    """Say why there is no answer, and end the page."""
    prose.answer(sentence)
    st.stop()
