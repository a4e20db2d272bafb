"""A mapping as a file: taken away, brought back, and the one that was kept for such columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from equity.cards.card import file_stem
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml, read_mapping
from equity.server.upload_tickets import StagedFile
from equity.store.files import staging
from equity.ui.components.downloading import download_button
from equity.ui.components.uploader import uploader
from equity.ui.datasets import in_memory
from equity.ui.session import sign_in
from equity.ui.upload.on_the_way import Upload
from equity.vocabulary import Mapping, PlainError
from equity.words.labels.upload import UPLOAD_TEXTS


def as_file(upload: Upload, mapping: Mapping) -> None:
    """The mapping as the file that analysts keep: to download, to edit, to bring one from last quarter."""
    with st.expander(UPLOAD_TEXTS["the_mapping_as_a_file"], icon=":material/description:"):
        written = mapping_to_toml(mapping)
        brought = uploader("Use a mapping file, or", UPLOAD_TEXTS["a_file_of_the_kind"], key="mapping_file")
        edited = st.text_area(
            UPLOAD_TEXTS["or_change_it_here"], written, height=320, key=f"{upload.key}_text_{hash(written)}"
        )
        with st.container(horizontal=True):
            download_button(
                "Download",
                sign_in.exported(f"mapping of {upload.file.name}", written.encode),
                file_name=f"{file_stem(upload.file.name)}.mapping.toml",
                mime="application/toml",
                key=f"{upload.key}_mapping",
            )
            if st.button("Use this text", key=f"{upload.key}_use"):
                _start_again(upload, mapping_from_toml(edited, "as you wrote it"))
        if brought is not None:
            _start_again(upload, _mapping_in(brought))


def _mapping_in(brought: StagedFile) -> Mapping:
    """The mapping that a file holds, which is gone from the disk then."""
    try:
        return read_mapping(brought.path)
    finally:
        staging.discard(brought.path.parent)


def _start_again(upload: Upload, start: Mapping) -> None:
    st.session_state["upload"] = replace(
        upload, start=start, kept_from="", revision=upload.revision + 1, follows_proposal=False
    )
    st.rerun()


def kept_mapping(columns: Sequence[str]) -> tuple[str, Mapping | None]:
    """The mapping of a dataset that was loaded from the same columns: the next extract loads without a question."""
    for name in in_memory.names():
        path = in_memory.held(name).current.folder / "mapping.toml"
        try:
            mapping = mapping_from_toml(path.read_text(encoding="utf-8"), name)
        except (OSError, PlainError):
            continue
        if _columns_of(mapping) <= set(columns):
            return name, mapping
    return "", None


def _columns_of(mapping: Mapping) -> set[str]:
    """Every column of the file that a mapping names."""
    long = [mapping.long.dimension, mapping.long.group] if mapping.long else []
    wide = [c for m in mapping.measure_columns.values() for c in (m.x, m.n) if c is not None]
    roles = [source.column for source in mapping.columns.values() if source.column is not None]
    return {*long, *wide, *roles, *(column for s in mapping.stratifiers for column in s.columns)}
