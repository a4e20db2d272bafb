"""A reflection as a leader reads it, under a release's finding: what was shared, the cards' answers, a reply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from equity.access.here import Here
from equity.access.opening import Opening, reflection_of
from equity.actions.work import reflections as actions
from equity.actions.work.reflection_cards import said_by_release
from equity.actions.work.reflections import ForLeaders
from equity.improvement.team.reflections import LeaderReply
from equity.store.files.home import home_folder
from equity.store.workspace.database import Database
from equity.store.workspace.person import LOCAL_OWNER
from equity.ui.layout import prose
from equity.ui.session import language, sign_in
from equity.ui.session.workspace import allowed_at
from equity.vocabulary import PlainError
from equity.words.escaping import one_line
from equity.words.languages import shared_writing as words
from equity.words.languages.language import Language


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
    return [] if shown is None else words.help_wanted(shown.parts, language.chosen())


def show_by_link(database: Database, held: Opening, shown: ForLeaders | None) -> None:
    """What the link opens of a reflection, if it opens one, and the box for an answer."""
    if shown is None:
        if reflection_of(held):
            prose.notice([language.chosen().say("reflection.changed")])
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
    of = language.chosen()
    prose.heading(words.reflection_titled(shown.quarter, of))
    if shown.signed:
        prose.small(of.say("reflection.signed", signed=", ".join(_who(name, of) for name in shown.signed)))
    for part in shown.parts:
        prose.listed(of.say(f"milestone.{part.milestone}"), words.told_beside_help(part, of), 3)
        for card in shown.asked:
            if card.milestone == part.milestone:
                said = said_by_release(database, workspace, home_folder(), release_id, card)
                prose.quote(one_line(card.asked, 300), said or of.say("reflection.not_in_release"))
    for reply in shown.replies:
        prose.listed(of.say("reflection.answered", name=_who(reply.name, of)), words.reply_told(reply, of), 3)


def _who(name: str, of: Language) -> str:
    """Somebody's name; whoever owns a machine without sign-in has one that is ours."""
    return of.say("leader.local_owner") if name == LOCAL_OWNER.shown_name else one_line(name, 80)


def _asked_for(shown: ForLeaders, name: str) -> LeaderReply | None:
    """The form of an answer; None until it is sent."""
    of = language.chosen()
    with st.form(f"answer_{shown.id}", border=True):
        who = name or st.text_input(of.say("reflection.name"), max_chars=120, key=f"answer_name_{shown.id}")
        read = st.text_area(of.say("reflection.read"), max_chars=4000, height=90, key=f"answer_read_{shown.id}")
        will = st.text_area(of.say("reflection.will"), max_chars=4000, height=90, key=f"answer_will_{shown.id}")
        when = st.date_input(of.say("reflection.by_when"), None, key=f"answer_when_{shown.id}")
        sent = st.form_submit_button(of.say("reflection.send"), type="primary")
    if not sent:
        return None
    return LeaderReply(who, read, will, when.isoformat() if isinstance(when, dt.date) else "")


def _keep(action: Callable[[], object]) -> None:
    try:
        action()
    except PlainError as error:
        prose.problem(language.chosen().refusal(str(error)))
    else:
        prose.notice([language.chosen().say("reflection.thanks")])
