"""What happened when, written on the charts over time: a new annotation, and those that are there, changed or deleted.

An annotation is changed over the version that was seen. When somebody else has changed it meanwhile, both texts stand
beside each other, and what was typed stays in its fields.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from equity.access.here import Here
from equity.cards.chart_overlays import ChartOverlays
from equity.cards.page_question import PageQuestion
from equity.ui.layout import prose
from equity.ui.session.workspace import allowed_at
from equity.vocabulary import PlainError
from equity.words import periods
from equity.words.escaping import one_line
from equity.words.labels.cards import CARD_TEXTS

if TYPE_CHECKING:
    from equity.store.records.annotations import Annotation

_CHANGED, _SEEN = "annotation_changed", "annotation_seen"
_LONGEST = 200


def annotate_form(question: PageQuestion, laid: ChartOverlays, labels: list[str]) -> bool:
    """Draw the form of a new annotation and the list of those on these charts; whether any was kept or deleted."""
    changed = st.session_state.get(_CHANGED)
    held = next((each for each in laid.annotations if each.id == changed), None)
    if held is not None:
        return _change_form(laid, held, labels)
    prose.paragraph(CARD_TEXTS["it_is_drawn_on_every_chart"])
    return _new_form(question, laid, labels) or any(_line(laid, each) for each in laid.annotations)


def leave() -> None:
    """No annotation is being changed any more."""
    for name in (_CHANGED, _SEEN):
        st.session_state.pop(name, None)


def _new_form(question: PageQuestion, laid: ChartOverlays, labels: list[str]) -> bool:
    from equity.store.records.annotations import Scope, annotate

    with st.form("annotate", border=False):
        period = pick_period("When", labels, len(labels) // 2, "event_period")
        words = st.text_input(
            CARD_TEXTS["what_happened"], placeholder="New interpreter service", max_chars=_LONGEST, key="event_words"
        )
        wide = st.radio("Show it on", ["this dataset", "this measure only"], horizontal=True, key="event_scope")
        done = st.form_submit_button("Add", type="primary")
    if not done:
        return False
    dataset, measure = question.codes["dataset"], question.codes["measure"]
    scope = Scope(dataset, measure if wide == "this measure only" else "")
    return _try(laid, lambda at: annotate(at.database, at.workspace, period, words, by=at.person, scope=scope))


def _line(laid: ChartOverlays, held: Annotation) -> bool:
    """One annotation with what can be done to it; whether it was deleted."""
    from equity.store.records.annotations import delete_annotation

    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        prose.small(f"{periods.describe_period(held.period)}: {one_line(held.words)} ({one_line(held.edited_by)})")
    with right, st.container(horizontal=True, gap="small"):
        st.button(
            "Change",
            key=f"change_{held.id}",
            type="tertiary",
            on_click=_take_up,
            args=(held.id, held.version),
        )
        gone = st.button("Delete", key=f"gone_{held.id}", type="tertiary")
    return gone and _try(
        laid, lambda at: delete_annotation(at.database, at.workspace, held.id, seen_version=held.version)
    )


def _take_up(annotation: str, version: int) -> None:
    st.session_state[_CHANGED], st.session_state[_SEEN] = annotation, version


def _change_form(laid: ChartOverlays, held: Annotation, labels: list[str]) -> bool:
    """Another period or other words for one annotation; whether they were kept."""
    from equity.store.records.annotations import edit_annotation
    from equity.store.workspace.conflict import Conflict

    offered = list(dict.fromkeys([held.period, *labels]))
    with st.form("change_annotation", border=False):
        period = pick_period("When", offered, 0, f"period_of_{held.id}")
        words = st.text_input(
            CARD_TEXTS["what_happened"], value=held.words, max_chars=_LONGEST, key=f"words_of_{held.id}"
        )
        with st.container(horizontal=True, gap="small"):
            done = st.form_submit_button(CARD_TEXTS["save_the_change"], type="primary")
            st.form_submit_button(CARD_TEXTS["leave_it_as_it_is"], type="tertiary", on_click=leave)
    if not done:
        return False
    try:
        at, seen = allowed_at(laid.place, "edit_annotations"), int(st.session_state.get(_SEEN, 0))
        edit_annotation(at.database, at.workspace, held.id, period=period, words=words, seen_version=seen, by=at.person)
    except Conflict as conflict:
        prose.both_texts(str(conflict), conflict.theirs, conflict.yours)
        prose.small(CARD_TEXTS["saved_again_yours_stands"])
        st.session_state[_SEEN] = conflict.version
        return False
    except PlainError as error:
        prose.problem(str(error))
        return False
    return True


def pick_period(label: str, labels: list[str], usual: int, key: str) -> str:
    """The list of the charts' periods to pick one from."""
    return st.selectbox(label, labels, index=usual, format_func=periods.describe_period, key=key)


def _try(laid: ChartOverlays, act: Callable[[Here], object]) -> bool:
    """Do it, when whoever is here may do so now; what keeps it from being done is said."""
    try:
        act(allowed_at(laid.place, "edit_annotations"))
    except PlainError as error:
        prose.problem(str(error))
        return False
    return True
