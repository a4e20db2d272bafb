"""A reflection as a leader reads it, under a release's finding: what was shared, the cards' answers, a reply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from equity.access.here import Here
from equity.access.opening import Opening, reflection_of
from equity.actions import reflections as actions
from equity.actions.reflection_cards import said_by_release
from equity.actions.reflections import ForLeaders
from equity.improvement.reflections import LeaderReply
from equity.store.files.home import home_folder
from equity.store.workspace.database import Database
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.workspace import allowed_at
from equity.vocabulary import PlainError
from equity.words import reflections as words
from equity.words.escaping import one_line
from equity.words.labels.sharing import SHARING_TEXTS
from equity.words.path import MILESTONE


def by_link(database: Database, held: Opening) -> ForLeaders | None:
    """What the link opens of a reflection; None where it opens none, or none any more."""
    record = reflection_of(held)
    try:
        return actions.for_leaders(database, held, record) if record else None
    except PlainError:
        return None


def signed_in(place: Here) -> ForLeaders | None:
    """The newest reflection that a signed-in leader may read; None where there is none."""
    open_to_leaders = actions.open_to_leaders(place) if sign_in.may("answer_reflection") else ()
    return open_to_leaders[0] if open_to_leaders else None


def asked_of(shown: ForLeaders | None) -> list[str]:
    """The help that the team wants, which a leader reads before all else that it wrote."""
    return [] if shown is None else words.help_wanted(shown.parts)


def show_by_link(database: Database, held: Opening, shown: ForLeaders | None) -> None:
    """What the link opens of a reflection, if it opens one, and the box for an answer."""
    if shown is None:
        if reflection_of(held):
            prose.notice([words.CHANGED])
        return
    _show(database, held.workspace, held.release_id, shown)
    given = _asked_for(shown, "")
    if given is not None:
        _keep(lambda: actions.answer(database, held, shown.id, given))


def show_signed_in(place: Here, release_id: str, shown: ForLeaders | None) -> None:
    """A reflection for a signed-in leader, with their answer under their own name."""
    if shown is None:
        return
    _show(place.database, place.workspace, release_id, shown)
    given = _asked_for(shown, place.person.shown_name)
    if given is not None:
        _keep(lambda: actions.answer(place.database, allowed_at(place, "answer_reflection"), shown.id, given))


def _show(database: Database, workspace: str, release_id: str, shown: ForLeaders) -> None:
    prose.heading(words.titled(shown.quarter))
    if shown.signed:
        prose.small(SHARING_TEXTS["signed_off"].format(signed=", ".join(one_line(name, 80) for name in shown.signed)))
    for part in shown.parts:
        prose.listed(MILESTONE[part.milestone], words.told_beside_help(part), 3)
        for card in shown.asked:
            if card.milestone == part.milestone:
                said = said_by_release(database, workspace, home_folder(), release_id, card)
                prose.quote(one_line(card.asked, 300), said or words.NOT_IN_RELEASE)
    for reply in shown.replies:
        prose.listed(f"{words.ANSWER}, {one_line(reply.name, 80)}", words.reply(reply), 3)


def _asked_for(shown: ForLeaders, name: str) -> LeaderReply | None:
    """The form of an answer; None until it is sent."""
    with st.form(f"answer_{shown.id}", border=True):
        who = name or st.text_input(words.NAME, max_chars=120, key=f"answer_name_{shown.id}")
        read = st.text_area(words.READ, max_chars=4000, height=90, key=f"answer_read_{shown.id}")
        will = st.text_area(words.WILL_DO, max_chars=4000, height=90, key=f"answer_will_{shown.id}")
        when = st.date_input(words.BY_WHEN, None, key=f"answer_when_{shown.id}")
        sent = st.form_submit_button(words.SEND, type="primary")
    if not sent:
        return None
    return LeaderReply(who, read, will, when.isoformat() if isinstance(when, dt.date) else "")


def _keep(action: Callable[[], object]) -> None:
    try:
        action()
    except PlainError as error:
        prose.problem(str(error))
    else:
        prose.notice([words.THANKS])
