"""What is known of a dataset: what it holds, where each version came from, what was set aside; going back, deleting."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from equity.cards.card import file_stem
from equity.sharing import Deleted, delete_dataset, releases_of
from equity.store.files import earlier_versions, versions
from equity.store.files.checksums import DamagedError
from equity.store.files.home import home_folder
from equity.store.workspace.publishing import Publisher
from equity.store.workspace.workspaces import dataset_erasure
from equity.ui.components.downloading import download_button
from equity.ui.datasets import in_memory
from equity.ui.datasets.dataset_details import show_details
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.errors import error_as_sentence
from equity.vocabulary import Description, PeriodRange
from equity.words import groups, measures, numbers, periods
from equity.words.escaping import one_line
from equity.words.labels.datasets import DATASET_TEXTS

DELETED = "dataset_deleted"
STAYING = "Stays until it is revoked (Releases and links)"
SEVERITIES = {"set_aside": "Set aside", "warning": "Look at this", "note": "For your information"}


def show_record(name: str) -> None:
    """One dataset as a card."""
    held = in_memory.held(name)
    key = held.folder.name
    with st.container(border=True, key=f"dataset_{key}"):
        prose.heading(held.name)
        whole = _summed_up(held)
        with st.expander("Versions", icon=":material/history:", key=f"versions_{key}"):
            for version in reversed(held.versions):
                _version(held, version, key)
        if whole:
            show_details(held)
        with st.container(horizontal=True):
            mapping = held.current.folder / "mapping.toml"
            if mapping.exists():
                download_button(
                    "Mapping as a file",
                    sign_in.exported(f"mapping of {held.name}", mapping.read_bytes),
                    file_name=f"{file_stem(name)}.mapping.toml",
                    mime="application/toml",
                    key=f"mapping_{key}",
                )
            if sign_in.may("delete_dataset") and st.button(
                "Delete dataset", icon=":material/delete:", key=f"delete_{key}"
            ):
                confirm_deletion(name)


def _summed_up(held: versions.Dataset) -> bool:
    """What is in use, or why it cannot be; whether it can."""
    try:
        current = held.current.description()
    except DamagedError as damage:
        prose.problem(str(damage))
        return False
    prose.paragraph(summary(current))
    _problems(current)
    return True


def summary(held: Description) -> str:
    """The dataset in two sentences: rows in, used and set aside; measures, groupings and time."""
    stretch = periods.title(PeriodRange(held.periods[0], held.periods[-1])) if held.periods else "no periods"
    aside = f", {numbers.count(held.rows_set_aside)} set aside" if held.rows_set_aside else ", none set aside"
    by = groups.listed([groups.label(s) for s in held.stratifiers], most=8)
    return DATASET_TEXTS["version_rows_read_used_grouped"].format(
        version=held.version,
        rows_in=numbers.count(held.rows_in),
        rows_used=numbers.count(held.rows_used),
        aside=aside,
        measures=measures.how_many(len(held.measures)),
        by=by,
        stretch=stretch,
    )


def _problems(held: Description) -> None:
    """What the checks found, the rows that were set aside first; nothing when they found nothing."""
    if not held.problems:
        return
    problems = sorted(held.problems, key=lambda problem: list(SEVERITIES).index(problem.severity))
    table = pd.DataFrame(
        {
            "Kind": [SEVERITIES[p.severity] for p in problems],
            "What": [one_line(p.message, 400) for p in problems],
            "Remedy": [one_line(p.remedy, 400) for p in problems],
            "Column": [one_line(p.column) for p in problems],
            "First row": [str(p.row) if p.row else "" for p in problems],
            "Rows": [numbers.count(p.count) if p.count else "" for p in problems],
        }
    )
    with st.expander(
        DATASET_TEXTS["what_the_checks_found"].format(found=len(problems)),
        icon=":material/fact_check:",
        key=f"problems_{held.dataset}",
    ):
        st.dataframe(
            table, hide_index=True, width="stretch", height="content", row_height=60, alt="What the checks found"
        )


def _version(held: versions.Dataset, version: versions.Version, key: str) -> None:
    """One version: when, from which files, and a way back to it."""
    try:
        described = version.description()
    except DamagedError as damage:
        prose.problem(str(damage))
        return
    where = f"on {described.counted_by}" if described.counted_by else ""
    sources = [f"{one.name} ({where or f'{numbers.count(one.bytes)} bytes'})" for one in described.sources]
    with st.container(horizontal=True, vertical_alignment="center", key=f"version_{key}_{version.number}"):
        with st.container(gap=None):
            current = ", in use" if version.number == held.current.number else ""
            prose.paragraph(f"Version {version.number}{current}, made {described.created[:16].replace('T', ' ')} UTC")
            prose.small(" ".join(filter(None, [described.note, groups.listed(sources, most=6)])))
        older = version.number != held.current.number and sign_in.may("roll_back")
        if older and st.button(
            DATASET_TEXTS["go_back_to_this_version"], icon=":material/undo:", key=f"back_{key}_{version.number}"
        ):
            allowed = sign_in.require("roll_back")
            mine = in_memory.held(held.name)  # still theirs, in the workspace that they were found to be in just now
            by = Publisher(sign_in.database(), allowed.workspace, allowed.person)
            number = earlier_versions.roll_back(home_folder(), mine.name, version.number, by)
            st.toast(
                DATASET_TEXTS["version_now_holds_what_version_held"].format(number=number, number_2=version.number)
            )
            st.rerun()


def show_deleted() -> None:
    """What went with the dataset that was just deleted, and by name what stays; said once."""
    gone: Deleted | None = st.session_state.pop(DELETED, None)
    if gone is not None:
        prose.notice([str(gone)])
        prose.listed(STAYING, [str(each) for each in gone.left])


@st.dialog("Delete this dataset?")
def confirm_deletion(name: str) -> None:
    """Ask once more; deleting takes all versions and the key that hashed its person ids."""
    prose.paragraph(DATASET_TEXTS["and_all_its_versions_will"].format(name=name))
    said = dataset_erasure(sign_in.database(), sign_in.workspace_id(), name)
    prose.paragraph(
        f"With it go {said.notes} notes, {said.annotations} annotations and {said.chart_frames} chart frames. "
        f"{said.what_stays}"
    )
    left = releases_of(sign_in.database(), home_folder(), sign_in.workspace_id(), name)
    prose.listed(STAYING, [str(each) for each in left])
    with st.container(horizontal=True):
        wanted = st.button("Delete it", type="primary", key="delete_for_good")
        if st.button("Keep it", key="delete_not"):
            st.rerun()
    if wanted:
        with error_as_sentence():
            allowed = sign_in.require("delete_dataset")
            gone = delete_dataset(sign_in.database(), home_folder(), allowed.workspace, name, by=allowed.person)
            st.session_state.pop("asked", None)
            st.session_state[DELETED] = gone
            st.rerun()
