"""The cohort that a team is in: joining one, saying where the team is, the package for a cohort elsewhere, leaving."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from equity.access.here import Here
from equity.actions.network import membership as actions
from equity.actions.network import packaging
from equity.network.members import Belonging
from equity.store.files.home import home_folder
from equity.store.records.kept import Kept
from equity.ui.components.downloading import download_button
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.errors import error_as_sentence
from equity.ui.session.workspace import allowed_at
from equity.words.cohort import overview as overview_words
from equity.words.cohort import sharing as words
from equity.words.labels.network import NETWORK_TEXTS
from equity.words.labels.session import SESSION_TEXTS


def join(at: Here) -> None:
    """Join a cohort here, by the code of an invitation, or elsewhere, by its number."""
    if not sign_in.may("share_with_network"):
        prose.small(words.WHO_JOINS)
        return
    with st.expander(words.JOIN_HERE, icon=":material/login:"), st.form("join_here", border=False):
        code = st.text_input(SESSION_TEXTS["code_of_the_invitation"], max_chars=200)
        if st.form_submit_button("Join"):
            with error_as_sentence():
                actions.join_cohort(allowed_at(at, "share_with_network"), code)
                st.rerun()
    with st.expander(words.JOIN_ELSEWHERE, icon=":material/outbox:"), st.form("join_elsewhere", border=False):
        number = st.text_input(NETWORK_TEXTS["number_of_the_cohort"], max_chars=64)
        title = st.text_input(NETWORK_TEXTS["name_of_the_cohort_elsewhere"], max_chars=200)
        if st.form_submit_button("Join by package"):
            with error_as_sentence():
                actions.join_elsewhere(allowed_at(at, "share_with_network"), number, title)
                st.rerun()


def show(at: Here, kept: Kept[Belonging]) -> None:
    """The cohort, where the team says that it is, and the way out."""
    prose.small(words.belonging(kept.content))
    if not sign_in.may("share_with_network"):
        return
    _where(at, kept)
    if kept.content.is_elsewhere:
        _package(at, kept)
    with st.expander(words.LEAVE, icon=":material/logout:", key=f"leave_{kept.id}"):
        prose.small(words.LEAVE_MEANS)
        if st.button(words.LEAVE_SURE, key=f"leave_now_{kept.id}"):
            with error_as_sentence():
                actions.leave(allowed_at(at, "share_with_network"), kept)
                st.rerun()


def _where(at: Here, kept: Kept[Belonging]) -> None:
    with (
        st.expander(overview_words.WHERE, icon=":material/route:", key=f"where_{kept.id}"),
        st.form(f"where_form_{kept.id}", border=False),
    ):
        prose.small(words.WHERE_MEANS)
        wanted = st.text_area(NETWORK_TEXTS["what_help_do_you_want"], max_chars=2_000)
        if st.form_submit_button("Tell the cohort"):
            with error_as_sentence():
                place = allowed_at(at, "share_with_network")
                standing = actions.tell_where_we_are(place, home_folder(), kept, wanted)
                prose.listed(words.TOLD, overview_words.standing(standing))


def _package(at: Here, kept: Kept[Belonging]) -> None:
    prose.small(words.ELSEWHERE)
    prose.small(f"{words.FINGERPRINT}: {packaging.own_fingerprint(at, home_folder())}")
    download_button(
        words.EXPORT,
        sign_in.exported("share package", _made(at, kept)),
        file_name="share-package.html",
        mime="text/html",
        key=f"package_{kept.id}",
    )


def _made(at: Here, kept: Kept[Belonging]) -> Callable[[], bytes]:
    home = home_folder()
    return lambda: packaging.export_package(allowed_at(at, "share_with_network"), home, kept.id)
