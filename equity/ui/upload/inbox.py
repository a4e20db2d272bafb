"""Files of the server's inbox, chosen by name on the Upload page: the way in for what is too big for a browser."""

from __future__ import annotations

import secrets

import streamlit as st

from equity.server.upload_tickets import StagedFile
from equity.store.files import staging
from equity.store.files.inbox import inbox_file, inbox_files
from equity.words import numbers
from equity.words.escaping import one_line
from equity.words.labels.upload import UPLOAD_TEXTS


def from_inbox() -> StagedFile | None:
    """List the inbox, where there is one; the file that has just been chosen, once, else None.

    The staged file is a link to it: it is read where it lies, and discarding it takes the link away.
    """
    files = {file.name: file for file in inbox_files()}
    if not files:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", key="inbox"):
        picked = st.selectbox(
            UPLOAD_TEXTS["or_a_file_from_the_servers"],
            list(files),
            index=None,
            format_func=lambda name: f"{one_line(name)} ({numbers.count(files[name].bytes)} bytes)",
            key="inbox_file",
        )
        opened = st.button("Open it", disabled=picked is None, key="inbox_open")
    if not opened or picked is None:
        return None
    file = inbox_file(picked)
    link = staging.new_folder() / file.name
    link.symlink_to(file.path, target_is_directory=file.path.is_dir())
    return StagedFile(secrets.token_urlsafe(12), link, one_line(file.name), file.bytes)
