"""A file read in a process of its own while a page waits: how far it is, and its end when the person leaves.

What tells how far it is draws on the page, and a page that nobody looks at any more, or where something else was
pressed, is stopped by Streamlit at that very place: the exception ends the process.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from equity.intake.apart.limits import looking
from equity.intake.apart.process import Apart
from equity.words.escaping import markdown

SHOWN_FROM = 2
"""How often a reading tells (four times a second) before the page says so: most are over by then."""


def read_apart(doing: str, file: Path, function: Callable[..., Any], *arguments: Any) -> Any:
    """What ``function`` finds in a file, read apart; ``doing`` says what for. Raises what :class:`Apart` raises."""
    place, told = st.empty(), 0

    def progress(share: float, words: str) -> None:
        nonlocal told
        told += 1
        place.caption(markdown(f"{doing}. {words}." if share else f"{doing}.") if told > SHOWN_FROM else "")

    apart = Apart(file.name, file.parent, looking())
    try:
        return apart(function, *arguments, progress=progress)
    finally:
        place.empty()
