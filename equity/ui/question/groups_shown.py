"""Which groups are drawn: every one, those with enough data, or all but some; it stands in the address."""

from __future__ import annotations

import streamlit as st

from equity.cards.page_question import PageQuestion
from equity.cards.parts.hidden_groups import HiddenGroups
from equity.lens.answers import Disparities, Trends
from equity.ui.layout import prose
from equity.words.escaping import one_line
from equity.words.labels.cards import CARD_TEXTS
from equity.words.rows import records

_ENOUGH, _HIDDEN, _EVERY = "groups_enough", "groups_hidden", "groups_every"


def groups_shown(question: PageQuestion, answer: Disparities | Trends, focus: str) -> None:
    """A button that opens the choice; ``focus`` is the group that always is."""
    hidden = HiddenGroups.parse(question.codes["hide"])
    there = list(dict.fromkeys(str(row["group"]) for row in records(answer.rows)))
    offered = [name for name in there if name not in (focus, answer.reference.group)]
    _as_asked(hidden, offered)
    box = st.popover(
        CARD_TEXTS["show_or_hide_groups"],
        type="tertiary",
        icon=":material/visibility:",
        key="groups_shown",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        st.checkbox(CARD_TEXTS["only_groups_with_enough_data"], key=_ENOUGH, on_change=_enough, args=(hidden,))
        st.multiselect(
            CARD_TEXTS["leave_out"], offered, format_func=one_line, key=_HIDDEN, on_change=_by_name, args=(hidden,)
        )
        st.button(CARD_TEXTS["show_every_group"], key=_EVERY, disabled=not hidden.code, on_click=_every)
        prose.small(CARD_TEXTS["what_stays"])


def _as_asked(hidden: HiddenGroups, offered: list[str]) -> None:
    """The widgets stand at what is asked, also when it came from a link or with Back."""
    state = st.session_state
    state[_ENOUGH] = hidden.enough
    state[_HIDDEN] = [name for name in hidden.names if name in offered]


def _enough(before: HiddenGroups) -> None:
    _wish(HiddenGroups(bool(st.session_state[_ENOUGH]), before.names))


def _by_name(before: HiddenGroups) -> None:
    _wish(HiddenGroups(before.enough, tuple(st.session_state[_HIDDEN])))


def _every() -> None:
    _wish(HiddenGroups())


def _wish(hidden: HiddenGroups) -> None:
    st.session_state["picked"], st.session_state["choose_hide"] = "hide", hidden.code
