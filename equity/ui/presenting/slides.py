"""Presenting: one card at a time, large enough for a room, everything else out of the way.

Before a card is shown, its question is asked over an empty frame, and people say aloud what they expect. Until somebody
reveals the card its answer is not even asked for, so no number of it can reach the screen or the wire.

The keys are those of slides: right and left, or Page Down and Page Up as pointers send them; Escape closes. On an
unrevealed card, forward reveals it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from equity.cards.card import Card
from equity.cards.made_again import asked_first, made_again
from equity.cards.recipe import Recipe, recipes_in
from equity.charts.predictions import empty
from equity.charts.screens.presented import presented
from equity.ui.components.chart import chart
from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, page
from equity.ui.presenting import card_set, come_back
from equity.ui.question import answers
from equity.vocabulary import PlainError
from equity.words.answers.predictions import ALOUD, Prediction
from equity.words.escaping import one_line
from equity.words.sharing import provenance

HALL = 1.45
"""The size of a screen of 1920 by 1080 pixels beside one of 1280 by 720, less what a title that stays takes."""

_SCRIPT = Path(__file__).parent / "presenting.js"
_SHEET = Path(__file__).parent / "presenting.css"


def wanted(link: Mapping[str, str]) -> tuple[Recipe, ...]:
    """The cards to present: the chosen ones, or those that a link names; none when nothing is to be presented."""
    if of_the_set():
        return tuple(each.recipe for each in card_set.cards())
    return recipes_in(link)


def of_the_set() -> bool:
    """Whether the chosen cards are being presented."""
    return bool(st.session_state.get("set_presented"))


def begin() -> None:
    """Present the chosen cards, from the first on."""
    st.session_state["set_presented"] = True


def present(cards: tuple[Recipe, ...]) -> None:
    """Show the card at which the presenter stands, with the way forward and back."""
    state = st.session_state
    if state.get("presented") != cards:
        state["presented"], state["presented_at"], state["revealed"] = cards, 0, frozenset()
    at: int = state["presented_at"]
    shown = not state.get("ask_first", True) or at in state["revealed"]
    st.html(_SHEET)
    with st.container(key="presenting"):
        said = _draw(cards[at], revealed=shown)
        _bar(cards, at, shown)
    _keys(f"{said} {at + 1} of {len(cards)}.", at, shown)


def _draw(recipe: Recipe, *, revealed: bool) -> str:
    """Draw the question or the card; gives what is read aloud to those who do not see it."""
    try:
        return _reveal(made_again(recipe, answers)) if revealed else _ask(asked_first(recipe, answers))
    except PlainError as error:
        prose.title("Presenting")
        prose.problem(str(error))
        return str(error)


def _ask(asked: Prediction) -> str:
    with st.container(key="presented_question"):
        prose.presented_title(asked.question, ALOUD)
        if asked.frame is not None:
            _figure(empty(asked.frame), asked.alt)
    return f"{asked.question} {ALOUD}"


def _reveal(card: Card) -> str:
    with st.container(key="presented_card"):
        prose.presented_title(card.finding)
        as_asked = card.as_asked if st.session_state.get("ask_first", True) else None
        _figure(card.figure, card.alt, as_asked() if as_asked else None)
        prose.small(_under(card))
    return card.finding


def _figure(figure: go.Figure, alt: str, first: go.Figure | None = None) -> None:
    """The figure for a hall, for a room and for a phone; the style sheet shows the one that fits the screen.

    ``first`` is where its marks stood when they were guessed: a guess is compared before anything moves.
    """
    screens: dict[str, Callable[[go.Figure], go.Figure]] = {
        "hall": partial(presented, wall=HALL),
        "room": presented,
        "phone": _as_it_is,
    }
    for name, drawn in screens.items():
        with st.container(key=f"presented_{name}"):
            chart(drawn(figure), key=f"chart_{name}", alt=alt, first=None if first is None else drawn(first))


def _as_it_is(figure: go.Figure) -> go.Figure:
    return figure


def _under(card: Card) -> str:
    """What the card comes to and shows, and the data that it stands on."""
    choices, said = card.answer.choices, " ".join([*card.comes_to, card.caption])
    return f"{one_line(said, 1_000)} {provenance.data(choices)} Policy: {provenance.policy(choices)}"


def _bar(cards: tuple[Recipe, ...], at: int, revealed: bool) -> None:
    last = at == len(cards) - 1
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="presenting_bar"):
        st.button(
            "Back", icon=":material/arrow_back:", key="present_back", shortcut="Left", disabled=at == 0, on_click=_step,
            args=(-1,),
        )  # fmt: skip
        prose.position(f"{at + 1} of {len(cards)}")
        st.button(
            "Reveal" if not revealed else "Next",
            icon=":material/visibility:" if not revealed else ":material/arrow_forward:",
            type="primary",
            key="present_forward",
            shortcut="Right",
            disabled=revealed and last,
            on_click=_step if revealed else _show,
            args=(1,) if revealed else (at,),
        )
        if st.button("Close", icon=":material/close:", key="present_close", shortcut="Esc"):
            _close(cards[at])


def _step(steps: int) -> None:
    state = st.session_state
    state["presented_at"] = min(max(state["presented_at"] + steps, 0), len(state["presented"]) - 1)


def _show(at: int) -> None:
    st.session_state["revealed"] |= {at}


def _close(recipe: Recipe) -> None:
    """Back to the list of the set, or to the card on the page that it was presented from."""
    for name in ("presented", "presented_at", "revealed"):
        st.session_state.pop(name, None)
    if st.session_state.pop("set_presented", False):
        st.rerun()
    came_from = st.session_state.get("page_shown")
    come_back.remember(recipe.card)
    if came_from in ENTRIES:
        st.switch_page(page(came_from))
    st.switch_page(page(recipe.page if recipe.page in ENTRIES else "home"), query_params=recipe.wishes)


def _keys(said: str, at: int, revealed: bool) -> None:
    """The pointer's keys, a voice for what changed, and the keyboard on the way forward when presenting begins."""
    component = st.components.v2.component(
        "presenting_keys",
        html='<p aria-live="polite"></p>\n',
        css="p { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }",
        js=_SCRIPT.read_text("utf-8"),
    )
    with st.container(key="presenting_keys"):
        component(data={"said": said, "place": f"{at}{'shown' if revealed else ''}"}, key="presenting_voice")
