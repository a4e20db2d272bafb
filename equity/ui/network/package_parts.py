"""Packages of teams on other servers: whose key one is signed with, trusting it once, and taking the package in."""

from __future__ import annotations

import streamlit as st

from equity.access.here import Here
from equity.actions.network import membership, packaging
from equity.network.packages import refuse_too_large
from equity.server.upload_tickets import StagedFile
from equity.ui.components.uploader import uploader
from equity.ui.layout import prose
from equity.ui.session.errors import error_as_sentence
from equity.ui.session.workspace import allowed_at
from equity.words.cohort import sharing as words
from equity.words.days import describe_date
from equity.words.escaping import one_line
from equity.words.labels.network import NETWORK_TEXTS


def show(at: Here) -> None:
    """Take a package in; the keys that are trusted."""
    prose.heading(words.PACKAGES)
    staged = uploader(NETWORK_TEXTS["file_of_the_package"], words.ONE_FILE, key="share_package", action="lead_network")
    if staged is not None:
        with error_as_sentence():
            _take_in(at, staged)
    with st.expander("Trust a key", icon=":material/key:"), st.form("trust_key", border=False):
        prose.small(words.COMPARE_VOICE)
        name = st.text_input(NETWORK_TEXTS["whose_key_is_it"], max_chars=200)
        typed = st.text_input(NETWORK_TEXTS["fingerprint_as_they_read"], max_chars=80)
        if st.form_submit_button("Trust this key"):
            with error_as_sentence():
                membership.trust_key(allowed_at(at, "lead_network"), name, typed)
                st.rerun()
    for kept in membership.trusted_keys(at):
        key = kept.content
        prose.small(f"{one_line(key.name)}: {key.fingerprint} ({describe_date(key.trusted)})")
        if st.button(NETWORK_TEXTS["trust_it_no_more"], key=f"distrust_{kept.id}"):
            with error_as_sentence():
                membership.distrust_key(allowed_at(at, "lead_network"), kept)
                st.rerun()


def _take_in(at: Here, staged: StagedFile) -> None:
    refuse_too_large(staged.bytes)
    done = packaging.import_package(allowed_at(at, "lead_network"), staged.path.read_bytes())
    prose.notice([words.imported(done.member.content.name, done.key_name, done.added, done.changed, done.gone)])
