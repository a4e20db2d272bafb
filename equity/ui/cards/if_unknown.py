"""What a gap would be if those not recorded had fared in some way: two sliders, and the card that they move."""

from __future__ import annotations

import streamlit as st

from equity.cards import completeness as cards
from equity.cards.page_question import PageQuestion
from equity.lens.answers import Completeness
from equity.lens.unknown_groups import assume
from equity.ui.cards.card import show_card
from equity.ui.layout import prose
from equity.words import numbers
from equity.words.answers import completeness as shown
from equity.words.answers import unknown_groups as words
from equity.words.escaping import one_line
from equity.words.labels.cards import CARD_TEXTS

STEPS = 10


def if_unknown(question: PageQuestion, answer: Completeness) -> None:
    """The group, the share of those not recorded that is theirs, how those fared; nothing where none is missing."""
    if not answer.counts:
        return
    groups = list(answer.counts)
    with st.container(border=True, key="if_unknown_choices"):
        prose.heading(CARD_TEXTS["what_if_those_not_recorded_were"], level=3)
        focus = shown.spoken_of(answer)
        group = st.selectbox(
            "Whose gap",
            groups,
            index=groups.index(focus) if focus in groups else 0,
            format_func=one_line,
            key="if_unknown_of",
        )
        usual = round(100 * answer.counts[group].usual_share)
        key = f"{question.codes['by']}_{groups.index(group)}"
        share = st.slider(words.SHARE, 0, 100, usual, format="%d%%", key=f"if_unknown_share_{key}")
        fared = st.select_slider(
            words.FARED,
            list(range(STEPS + 1)),
            STEPS // 2,
            format_func=lambda step: _fared(answer, step),
            key=f"if_unknown_fared_{key}",
        )
    own = answer.counts[group].usual_share if share == usual else share / 100
    assumed = assume(answer, group, own, fared / STEPS)
    show_card(cards.if_unknown(question, answer, assumed))
    prose.listed(words.finding(answer, assumed), words.in_words(answer, assumed))


def _fared(answer: Completeness, step: int) -> str:
    """A stop of the second slider: its rate, the two ends by what they are."""
    best, worst = words.best_first(answer)
    if step in (0, STEPS):
        return best if step == 0 else worst
    ends = answer.ends if answer.measure.harm_sign > 0 else answer.ends[::-1]
    return numbers.rate(answer.measure, ends[0] + step / STEPS * (ends[1] - ends[0]), shown.size(answer))
