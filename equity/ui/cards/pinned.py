"""A card that is pinned stays beside the first card of whatever is asked next, until it is unpinned.

What is kept is how it is made, in the session and in the address: a link opens with the same card pinned.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import streamlit as st

from equity.cards.card import Card
from equity.cards.made_again import made_again
from equity.cards.recipe import Recipe, recipes_in
from equity.ui.components.chart import chart
from equity.ui.layout import prose
from equity.ui.question import answers
from equity.ui.question.address_bar import PINNED, pinned_in_address
from equity.vocabulary import PlainError
from equity.words.labels.cards import CARD_TEXTS


def pin_button(card: Card) -> None:
    """A button that pins a card, or unpins it where it is the one."""
    is_pinned = _is_pinned(card)
    st.button(
        CARD_TEXTS["unpin"] if is_pinned else CARD_TEXTS["pin"],
        icon=":material/keep_off:" if is_pinned else ":material/keep:",
        type="tertiary",
        key=f"pin_{card.key}",
        help=None if is_pinned else CARD_TEXTS["what_a_pin_does"],
        on_click=_unpin if is_pinned else _pin,
        args=() if is_pinned else (card.recipe,),
    )


def waits_beside(card: Card) -> bool:
    """Whether a card is pinned that is another one than this, the first of its page."""
    return bool(pinned_in_address()) and not _is_pinned(card)


def show_pinned() -> None:
    """Draw the pinned card, or say why it cannot be made any more; either with the way to unpin it."""
    with st.container(border=True, key="card_pinned"):
        prose.small(CARD_TEXTS["pinned"])
        try:
            (recipe,) = recipes_in(dict(parse_qsl(pinned_in_address())))
            card = made_again(recipe, answers)
        except (PlainError, ValueError) as error:
            prose.notice([str(error) if isinstance(error, PlainError) else CARD_TEXTS["this_card_was_not_chosen"]])
        else:
            prose.heading(card.finding)
            chart(card.figure, key="chart_pinned", alt=card.alt)
            prose.small(card.caption)
        st.button(CARD_TEXTS["unpin"], icon=":material/keep_off:", type="tertiary", key="unpin", on_click=_unpin)


def _is_pinned(card: Card) -> bool:
    pinned = pinned_in_address()
    return bool(pinned) and pinned == _written(card.recipe)  # mostly none is, and no card need be written


def _written(recipe: Recipe) -> str:
    return urlencode(recipe.parameters())


def _pin(recipe: Recipe) -> None:
    st.session_state[PINNED] = _written(recipe)


def _unpin() -> None:
    st.session_state[PINNED] = ""
