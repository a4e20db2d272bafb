"""The parts of the page Reflections about others: who stands for it, who reads what, the leader's link and answers."""

from __future__ import annotations

from functools import partial

import streamlit as st

from equity.access.here import Here
from equity.actions.work import reflections as actions
from equity.actions.work.reflections import DAYS_OF_A_LINK, Written
from equity.export.reminder import MIME, quarterly_reminder
from equity.improvement.team import reflections as rules
from equity.improvement.team.reflections import Audience, Reflection
from equity.sharing import releases_in
from equity.store.files.home import home_folder
from equity.store.workspace.clock import now
from equity.ui.layout import prose
from equity.ui.records.record_editing import Editing
from equity.ui.session import sign_in
from equity.ui.session.workspace import allowed_at
from equity.ui.sharing import leader_parts
from equity.ui.sharing.release_links import address_of
from equity.vocabulary import PlainError
from equity.words.days import describe_day
from equity.words.escaping import one_line
from equity.words.labels.sharing import SHARING_TEXTS
from equity.words.labels.work import WORK_TEXTS
from equity.words.work import reflections as words

EDITING: Editing[Reflection] = Editing("reflection", lambda held: [words.who_reads(held)], "write_records")
AUDIENCES: dict[Audience, str] = {"leaders": words.LEADERS_READ, "cohort": words.COHORT_READS}


def say_who_reads(held: Written) -> None:
    """Who may read it, at its top."""
    prose.small(words.who_reads(held.kept.content))


def sign(here: Here, held: Written) -> None:
    """Who stands for it, and standing for it as it is now."""
    EDITING.settle(here, lambda theirs, yours: None)
    standing = [rules.stands(each, held.versions) for each in held.kept.content.signed]
    prose.listed("Signed off by", words.signatures(held.kept.content, standing), 2)
    if not sign_in.may("write_records"):
        return
    prose.small(words.SIGNATURE_GOES)
    if st.button(words.SIGN, type="primary", icon=":material/draw:", disabled=not held.versions, key="sign_off"):
        EDITING.do(here, lambda at: actions.sign_off(at, held.kept.id))


def share(here: Here, held: Written) -> None:
    """Which pieces leaders and the cohort may read."""
    if not sign_in.may("write_records"):
        return
    there = rules.pieces(part.content for part in held.parts)
    with st.expander(
        WORK_TEXTS["share_it_piece_by_piece"], icon=":material/lock_open_right:", key=f"share_{held.kept.id}"
    ):
        prose.small(words.NUMBERS)
        for audience, label in AUDIENCES.items():
            content = held.kept.content
            before = content.for_leaders if audience == "leaders" else content.for_cohort
            key = f"share_{audience}_{held.kept.id}_{held.kept.version}"
            picked = st.multiselect(label, there, [p for p in before if p in there], words.piece, key=key)
            if tuple(picked) != tuple(before) and st.button(f"Keep: {label.lower()}", key=f"{key}_keep"):
                EDITING.do(here, partial(_shared, held.kept.id, audience, tuple(picked)))
        if sign_in.may("make_link"):
            _link(here, held)


def _shared(record: str, audience: Audience, pieces: tuple[str, ...], at: Here) -> object:
    return actions.share(at, record, audience, pieces)


def _link(here: Here, held: Written) -> None:
    releases = tuple(r for r in releases_in(here.database, home_folder(), here.workspace) if not r.revoked)
    if not releases:
        prose.small(WORK_TEXTS["there_is_no_release_yet"])
        return
    titles = leader_parts.titles(releases)
    release = st.selectbox(
        "Numbers come from",
        list(titles),
        format_func=lambda key: titles.get(key, ""),
        key="reflection_release",
        required=True,
    )
    passcode = st.text_input(
        SHARING_TEXTS["passcode_optional_send_it_separately"], max_chars=60, key="reflection_passcode"
    )
    if st.button(words.MAKE_LINK, key="reflection_link"):
        try:
            at = allowed_at(here, "make_link")
            _, token = actions.link_for_leader(at, held.kept.id, str(release), days=DAYS_OF_A_LINK, passcode=passcode)
        except PlainError as error:
            prose.problem(str(error))
            return
        prose.notice([words.LINK_SHOWN_ONCE])
        st.code(address_of(token, str(st.context.url or "")), language=None)


def show_replies(held: Written) -> None:
    """What leaders answered."""
    for kept in held.replies:
        prose.listed(
            f"{one_line(kept.content.name, 80)}, {describe_day(kept.created.date())}", words.reply(kept.content), 2
        )


def reminder(quarter: str) -> None:
    """The file for a calendar."""
    title = words.reminder_title(quarter)
    st.download_button(
        words.REMINDER,
        sign_in.exported("reminder", lambda: quarterly_reminder(quarter, title, words.PURPOSE, now())),
        file_name=f"reflection-{quarter}.ics",
        mime=MIME,
        icon=":material/event:",
        on_click="ignore",
        key="reminder",
    )
