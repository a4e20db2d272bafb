"""Starting a call: the cards that were chosen, then one button; all else has a usual answer and is folded."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from equity.actions.calls import call_opening
from equity.actions.calls.call_opening import Plan
from equity.actions.calls.call_weights import decisions_to_weigh
from equity.actions.calls.practice_call import open_practice
from equity.calls.stages import USUAL
from equity.cards.made_again import asked_first
from equity.cards.recipe import Recipe, recipes_in
from equity.server.sample_data import SAMPLE
from equity.sharing import releases_in
from equity.store.files.home import home_folder
from equity.ui.call import running
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.presenting import card_set
from equity.ui.question import answers
from equity.ui.session import sign_in
from equity.ui.session.workspace import allowed_at, here
from equity.words.call.calls import STAGE_TITLES
from equity.words.escaping import one_line
from equity.words.labels.call import CALL_TEXTS

_CALL_PARTS = ("minutes",)


def show(link: Mapping[str, str]) -> None:
    """What a call would show, and the button that starts it."""
    cards = recipes_in({part: code for part, code in link.items() if part not in _CALL_PARTS})
    cards = cards or tuple(each.recipe for each in card_set.cards())
    if not cards:
        _how_to_begin()
        return
    prose.answer(CALL_TEXTS["start_a_call"].format(counted=_counted(len(cards))))
    prose.listed("People will be asked", [asked_first(each, answers).question for each in cards])
    plan = _plan(cards)
    if st.button("Start the call", type="primary", icon=":material/groups:", key="start_call"):
        place = allowed_at(here(), "lead_call")
        running.remember(call_opening.open_call(place, home_folder(), plan))
        st.rerun()


def _plan(cards: tuple[Recipe, ...]) -> Plan:
    dataset = cards[0].wishes["dataset"]
    with st.expander(CALL_TEXTS["title_agenda_and_who_sees"], icon=":material/tune:"):
        title = st.text_input(
            "Title", key="call_title", max_chars=200, placeholder=CALL_TEXTS["the_first_cards_question"]
        )
        stages = st.multiselect(
            "Agenda", USUAL, default=list(USUAL), format_func=lambda s: STAGE_TITLES[s], key="call_stages"
        )
        minutes = st.number_input(CALL_TEXTS["minutes_for_one_card_0_half"], 0, 120, 0, 5, key="call_minutes")
        decision = _decision()
        release = _release(dataset)
        names = st.radio(CALL_TEXTS["in_the_minutes"], ["names", "counts"], horizontal=True, key="call_attendance")
    return Plan(dataset, cards, title, release, tuple(stages), float(minutes), names == "names", decision)


def _decision() -> str:
    """What the call weighs: nothing, or a decision that people weigh now."""
    place = here()
    held = decisions_to_weigh(place) if sign_in.may("decide") else ()
    if not held:
        return ""
    labels = {"": CALL_TEXTS["nothing_to_weigh"], **{kept.id: one_line(kept.content.title) for kept in held}}
    return str(
        st.selectbox(
            CALL_TEXTS["weigh_on_the_call"], list(labels), format_func=lambda key: labels.get(key, ""), key="call_weigh"
        )
    )


def _release(dataset: str) -> str:
    """Which release people see who are no members; none is a choice too."""
    place = here()
    every = releases_in(place.database, home_folder(), place.workspace)
    held = [release for release in every if release.dataset == dataset and not release.revoked]
    labels = {"": "the question and the words, no picture", **{r.id: f"release {r.id}, {r.created[:10]}" for r in held}}
    return str(
        st.selectbox(
            CALL_TEXTS["people_who_come_by_the_link"],
            list(labels),
            format_func=lambda key: labels.get(key, ""),
            key="call_release",
        )
    )


def _how_to_begin() -> None:
    prose.paragraph(CALL_TEXTS["choose_what_to_look_at_together"])
    if SAMPLE in in_memory.names() and st.button(
        CALL_TEXTS["step_through_a_practice_call"], icon=":material/school:", key="practice_call"
    ):
        place = allowed_at(here(), "lead_call")
        with st.spinner(CALL_TEXTS["thirty_made_up_people_are_writing"]):
            running.remember(open_practice(place, home_folder(), SAMPLE))
        st.rerun()


def _counted(number: int) -> str:
    return "this card" if number == 1 else f"these {number} cards"
