"""The question as one sentence for a phone, with a button that opens its choices as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from equity.words.labels.layout import LAYOUT_TEXTS

_SCRIPT = (Path(__file__).parent / "question_sheet.js").read_text("utf-8")
_HTML = (
    f'<div class="lens-question"><p></p><button type="button" class="lens-change" aria-haspopup="dialog">'
    f"{LAYOUT_TEXTS['change']}</button>"
    f'<h2 aria-hidden="true">{LAYOUT_TEXTS["change_the_question"]}</h2>'
    f'<button type="button" class="lens-changed">{LAYOUT_TEXTS["show_the_answer"]}</button></div>\n'
)


def question_sheet(said: Sequence[tuple[str, str]]) -> None:
    """Draw the sentence; ``said`` are its parts in order, the word before each and what is picked."""
    component = st.components.v2.component("question_sheet", html=_HTML, js=_SCRIPT, isolate_styles=False)
    component(
        data={"said": [list(part) for part in said], "title": LAYOUT_TEXTS["change_the_question"]},
        key="question_sheet_lines",
    )
