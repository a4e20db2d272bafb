"""“Consider this” under a card: puts a clinical area, or one group on one measure, into the team's decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from equity.actions.work import focus as actions
from equity.cards.parts.offered import ALL_TIME
from equity.cards.views.considered import candidates
from equity.focus.candidates import GapCandidate
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.page_registry import page
from equity.ui.session import sign_in, workspace
from equity.vocabulary import PlainError
from equity.words.work import focus_page as words

if TYPE_CHECKING:
    from equity.cards.card import Card


def consider_button(card: Card) -> None:
    """A popover that offers what the card is about; what it holds is made when somebody opens it."""
    if not sign_in.may("decide"):
        return
    expander = st.popover(
        words.CONSIDER, type="tertiary", icon=":material/flag:", key=f"consider_{card.key}", on_change="rerun"
    )
    if expander.open:
        with expander:
            _offer(card)


def _offer(card: Card) -> None:
    held = in_memory.description(card.recipe.wishes.get("dataset", ""))
    offered = candidates(card, held)
    if not offered:
        prose.small(words.NOTHING_TO_CONSIDER)
        return
    place = st.selectbox(
        words.WHICH,
        range(len(offered)),
        format_func=lambda at: _named(offered[at]),
        key=f"considered_{card.key}",
    )
    if st.button(words.PUT_IN, type="primary", key=f"put_in_{card.key}"):
        _put_in(card, offered[place])
    st.page_link(page("focus"), label="Focus", icon=":material/flag:")


def _named(candidate: str | GapCandidate) -> str:
    if isinstance(candidate, str):
        return words.candidate(candidate, whole_area=True)
    return words.candidate(f"{candidate.measure}, {candidate.group}", whole_area=False)


def _period(asked: str) -> str:
    """The period as a decision keeps it: all time is empty."""
    return "" if asked == ALL_TIME else asked


def _put_in(card: Card, candidate: str | GapCandidate) -> None:
    wishes = card.recipe.wishes
    try:
        here = workspace.allowed_at(workspace.here(), "decide")
        kept = actions.consider(
            here, wishes.get("dataset", ""), card.recipe.version, _period(wishes.get("period", "")), candidate
        )
    except PlainError as error:
        prose.problem(str(error))
        return
    name = candidate if isinstance(candidate, str) else f"{candidate.measure}, {candidate.group}"
    prose.small(words.considered(kept.content, name))
