"""A card's chart as a PNG with its words: the finding over it; what it shows, the data, day and policy under it.

Plotly's own picture button draws the chart alone, which means nothing in an e-mail. Ours asks the server first, which
asks whether the picture may be had and writes to the log; then the browser draws chart and words into one picture.
"""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from equity.ui.datasets import in_memory
from equity.ui.session import sign_in
from equity.words.escaping import one_line

if TYPE_CHECKING:
    from equity.cards.card import Card

_SCRIPT = Path(__file__).parent / "picture.js"


def picture_button(card: Card, stem: str) -> None:
    """Draw the button; when it has just been pressed, have the picture made."""
    st.button(
        "Picture",
        icon=":material/image:",
        type="tertiary",
        key=f"png_{card.key}",
        on_click=_wanted,
        args=(card.key,),
    )
    if st.session_state.get("picture_of") == card.key:
        del st.session_state["picture_of"]
        _make(card, stem)


def _wanted(key: str) -> None:
    st.session_state["picture_of"] = key


def _make(card: Card, stem: str) -> None:
    words = under(card)
    sign_in.exported(f"{card.finding} (picture)", lambda: " ".join(words).encode())()
    component = st.components.v2.component("picture", html="<span hidden></span>\n", js=_SCRIPT.read_text("utf-8"))
    with st.container(key="picture_place"):
        component(
            data={
                "once": secrets.token_hex(8),
                "card": card.key,
                "title": one_line(card.finding, 400),
                "under": words,
                "name": f"{stem}.png",
            },
            key=f"picture_{card.key}",
        )


def under(card: Card) -> list[str]:
    """The lines under the chart: what it holds; the question, data and version, day, policy and what is hidden."""
    from equity.export.sheet import record

    answer = card.answer
    stratifiers = in_memory.description(answer.choices.dataset).stratifiers
    said = record(answer, stratifiers, date.today())
    return [one_line(card.caption, 1_000), " ".join(said)]
