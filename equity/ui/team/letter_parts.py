"""The parts of the page Team about the letter of commitment: what was promised, by whom, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from equity.access.here import Here
from equity.actions.work import team as actions
from equity.improvement.team import letters as rules
from equity.improvement.team.letters import Letter
from equity.store.records.kept import Kept
from equity.store.workspace.clock import now
from equity.ui.layout import prose
from equity.ui.records.record_editing import Editing
from equity.ui.records.record_fields import text_fields
from equity.ui.session import sign_in
from equity.words.work import team as words

EDITING: Editing[Letter] = Editing("letter", words.letter_told, "write_records")
FIELDS = {"signatory": "Who signs", "office": "Their office", "kept_at": "Where the signed paper is kept"}


def show_letters(here: Here) -> None:
    """The letters, the newest first, and the way to begin or renew one."""
    prose.heading("Letter of commitment")
    EDITING.settle(here, lambda theirs, yours: lambda at: actions.save_letter(at, theirs, yours))
    held = actions.letters(here)
    for kept in reversed(held):
        with st.container(border=True, key=f"letter_{kept.id}"):
            prose.paragraph(words.letter_state(kept.content, _today()))
            if kept.content.is_signed:
                prose.listed("What was promised", words.letter_told(kept.content)[1:], 3)
            elif sign_in.may("write_records"):
                _write(here, kept)
    _begin(here, held)


def _begin(here: Here, held: Sequence[Kept[Letter]]) -> None:
    if not sign_in.may("write_records") or any(not kept.content.is_signed for kept in held):
        return
    newest = held[-1] if held else None
    if st.button(words.BEGIN_LETTER if newest is None else words.RENEW, key="begin_letter"):
        EDITING.do(here, lambda at: actions.begin_letter(at, newest))


def _write(here: Here, kept: Kept[Letter]) -> None:
    letter, key = EDITING.seen(kept).content, EDITING.key(kept)
    with EDITING.as_typed(kept):
        made = text_fields(letter, FIELDS, key)
        promises = {
            promise: st.text_area(
                words.PROMISES[promise],
                letter.promises.get(promise, ""),
                max_chars=1000,
                height=70,
                key=f"{key}_{promise}",
            )
            for promise in rules.PROMISES
        }
        made = text_fields(made, {"text": "What the letter says"}, key, ("text",))
    made = replace(made, promises={name: text for name, text in promises.items() if text.strip()})
    EDITING.keep_up(here, kept, made, actions.save_letter)
    day = st.date_input("Signed on", _today(), max_value=_today(), key=f"signed_{kept.id}")
    if st.button(words.SIGN, type="primary", key=f"sign_{kept.id}") and isinstance(day, dt.date):
        EDITING.do(here, lambda at: actions.sign_letter(at, EDITING.seen(kept), made, day))


def _today() -> dt.date:
    return now().date()
