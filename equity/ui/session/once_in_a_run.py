"""What several parts of a page ask and one run of it needs once."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from equity.ui.session.sign_in import KEPT_SECONDS

T = TypeVar("T")

_HELD = "once_in_a_run"


def begin() -> None:
    """Forget what the last run asked."""
    st.session_state[_HELD] = {}


def once_in_a_run(asked: Hashable, ask: Callable[[], T]) -> T:
    """The answer to what is asked, the same all through a run; a part that is drawn again by itself asks anew after two
    seconds, and so does a run that takes long."""
    held: dict[Hashable, tuple[float, T]] = st.session_state.setdefault(_HELD, {})
    at, answer = held.get(asked, (0.0, None))
    if answer is None or time.monotonic() - at > KEPT_SECONDS:
        answer = ask()
        held[asked] = (time.monotonic(), answer)
    return answer
