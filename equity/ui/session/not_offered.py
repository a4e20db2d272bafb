"""What a page did not offer because the role of whoever looks does not give it: said at its foot, with who has it.

`sign_in.may` keeps what it denied; nothing that a page leaves out for want of a permission goes unsaid.
"""

from __future__ import annotations

import streamlit as st

from equity.access.roles import IN_WORDS, Action, roles_that_may
from equity.store.workspace.people import Member, members
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.words.groups import listed
from equity.words.labels.session import SESSION_TEXTS


def begin() -> None:
    """Forget what the last run denied."""
    st.session_state[sign_in.DENIED] = []


def say() -> None:
    """A line for each set of people who may do what was not offered here; nothing where all was."""
    actions: list[Action] = list(dict.fromkeys(st.session_state.get(sign_in.DENIED, [])))
    place = sign_in.workspace_id()
    if not actions or not place:
        return
    here = members(sign_in.database(), place)
    said: dict[str, list[str]] = {}
    for action in actions:
        said.setdefault(_who(action, here), []).append(IN_WORDS[action])
    prose.listed(
        SESSION_TEXTS["not_offered_to_you"],
        [SESSION_TEXTS["they_can"].format(who=who, what=listed(what, most=8)) for who, what in said.items()],
        level=2,
    )


def _who(action: Action, here: tuple[Member, ...]) -> str:
    """By name those who may, the longest there first; by their roles where nobody here has one of them."""
    roles = roles_that_may(action)
    names = [f"{member.person.shown_name} ({member.role})" for member in here if member.role in roles]
    return listed(names, most=3) or SESSION_TEXTS["whoever_is"].format(roles=listed(sorted(roles)))
