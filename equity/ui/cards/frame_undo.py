"""What was last decided about a control chart, said where its tools are, with the way to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from equity.access.here import Here
from equity.ui.layout import prose
from equity.ui.session.workspace import allowed_at
from equity.vocabulary import PlainError
from equity.words.labels.cards import CARD_TEXTS

if TYPE_CHECKING:
    from equity.store.records.chart_frames import FrameKey
    from equity.store.records.frame_values import KeptFrame

_UNDO = "frame_undo"


@dataclass(frozen=True)
class Decided:
    """A frame that was saved: whose, as which version, and what stood there before."""

    key: FrameKey
    version: int
    before: KeptFrame


def remember(key: FrameKey, version: int, before: KeptFrame) -> None:
    """Keep what stood there before the frame that has just been saved, for as long as this session lasts."""
    st.session_state[_UNDO] = Decided(key, version, before)


def offer_undo(place: Here, key: FrameKey, whom: str) -> None:
    """Say that it is saved, with a button that takes it back; nothing where nothing was decided here just now."""
    decided: Decided | None = st.session_state.get(_UNDO)
    if decided is None or decided.key != key:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="frame_saved"):
        prose.small(CARD_TEXTS["saved_on_the_chart"].format(whom=whom))
        if st.button(CARD_TEXTS["undo"], icon=":material/undo:", type="tertiary", key="frame_undone"):
            _take_back(place, decided)


def _take_back(place: Here, decided: Decided) -> None:
    """Save what stood there before as a new version; the history keeps both."""
    from equity.store.records.chart_frames import save_frame

    try:
        at = allowed_at(place, "edit_chart_frames")
        save_frame(at.database, at.workspace, decided.key, decided.before, seen_version=decided.version, by=at.person)
    except PlainError as error:  # somebody else has decided something since
        prose.problem(str(error))
        return
    st.session_state.pop(_UNDO, None)
    st.rerun(scope="app")
