"""From a dropped file to a dataset: proposed, corrected, seen, loaded. Until the last step nothing is changed.

Where a session is in this lies in its state under ``upload``: the staged file, the mapping that the sentences start
from, and a revision that gives the sentences fresh widgets when that mapping is replaced.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from equity.intake.apart.looking import proposed, sheets_of
from equity.intake.proposal.proposal_parts import Proposal
from equity.intake.reading.checks import compare_with_earlier
from equity.intake.reading.refusal import is_enough_used, rows_with_data
from equity.server.upload_tickets import StagedFile
from equity.store.files import staging
from equity.store.files.naming import clean_name
from equity.store.workspace.dataset_names import name_for
from equity.ui.components.uploader import uploader
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.upload import mapping_check, open_questions
from equity.ui.upload.file_reading import read_apart
from equity.ui.upload.findings import show_findings
from equity.ui.upload.inbox import from_inbox
from equity.ui.upload.load_job import LoadJob
from equity.ui.upload.mapping_check import Checked
from equity.ui.upload.mapping_file_parts import as_file, kept_mapping
from equity.ui.upload.mapping_sentences import edit_mapping
from equity.ui.upload.on_the_way import Arrived, Upload
from equity.ui.upload.open_questions import Answers
from equity.vocabulary import Description, Mapping, PlainError
from equity.words.datasets import open_questions as words
from equity.words.datasets.column_reasons import column_reasons, totals_in_words
from equity.words.escaping import markdown, one_line
from equity.words.labels.upload import UPLOAD_TEXTS

HELP = UPLOAD_TEXTS["csv_excel_parquet_or_fhir"]
MODES = {
    "new": "Replace all of it (the version before stays and can be brought back)",
    "append": "Add these rows to it",
    "replace": "Replace the periods that this file covers",
}

GROUPING_FIRST = UPLOAD_TEXTS["which_column_groups_people_pick"]


def receive() -> Upload | None:
    """The uploader and the inbox, and the upload that is on its way in, if there is one.

    A file that is no table is said so, and is gone from the disk then.
    """
    staged = uploader("Drop a data file here, or", HELP, key="extract") or from_inbox()
    if staged is not None:
        put_away()
        st.session_state["arrived"] = Arrived(staged, _sheets(staged))
    arrived: Arrived | None = st.session_state.get("arrived")
    if arrived is None:
        return None
    sheet = _chosen_sheet(arrived)
    upload: Upload | None = st.session_state.get("upload")
    if upload is None or upload.sheet != sheet:
        upload = st.session_state["upload"] = _proposed(arrived, sheet)
    return upload


def put_away() -> None:
    """Forget the file on its way in, and remove it from the disk; what is being loaded from it stops."""
    job: LoadJob | None = st.session_state.pop("load_job", None)
    if job is not None:
        job.stop.set()
    st.session_state.pop("upload", None)
    arrived: Arrived | None = st.session_state.pop("arrived", None)
    if arrived is not None:
        staging.discard(arrived.file.path.parent)


def _sheets(staged: StagedFile) -> tuple[str, ...]:
    """The sheets of a workbook; nothing for any other file."""
    sheets: tuple[str, ...] = read_apart("Opening the file", staged.path, sheets_of, staged.path, staged.name)
    return sheets


def _chosen_sheet(arrived: Arrived) -> str:
    """Which sheet of a workbook is read; empty where there is nothing to choose."""
    if len(arrived.sheets) < 2:
        return ""
    picked = st.selectbox(
        UPLOAD_TEXTS["the_table_is_on_the_sheet"], arrived.sheets, format_func=one_line, key=f"sheet_{arrived.file.id}"
    )
    return str(picked)


def _proposed(arrived: Arrived, sheet: str) -> Upload:
    try:
        proposal: Proposal = read_apart(
            "Looking at what each column holds", arrived.file.path, proposed, arrived.file.path, sheet
        )
    except PlainError:
        if not sheet:
            put_away()
        raise
    kept_from, kept = kept_mapping([column.name for column in proposal.profile])
    start = replace(kept, sheet=sheet) if kept is not None else proposal.mapping
    before: Upload | None = st.session_state.get("upload")
    revision = 0 if before is None else before.revision + 1
    return Upload(arrived.file, proposal, start, kept_from, revision, sheet, follows_proposal=kept is None)


def ask(upload: Upload) -> Answers:
    """What the file leaves open, first of all; until it is answered a mapping file is the only other way on."""
    answers = open_questions.ask(upload.start, upload.questions, upload.key)
    if answers.waiting:
        prose.small(words.BY_HAND)
        as_file(upload, answers.mapping)
    return answers


def correct(upload: Upload, answers: Answers) -> Mapping:
    """The sentences, the reasons for them, and the mapping as a file; gives the mapping as it now reads."""
    prose.heading(f"What “{upload.file.name}” seems to hold")
    if upload.kept_from:
        prose.small(UPLOAD_TEXTS["it_has_the_columns_of_so"].format(kept_from=upload.kept_from))
    columns = {column.name: () if column.identifying else column.values for column in upload.proposal.profile}
    mapping = edit_mapping(answers.mapping, columns, f"{upload.key}{answers.key}")
    with st.expander("Why these?", icon=":material/help:"):
        prose.listed(
            "Each column and what was made of it", column_reasons(upload.proposal.reasons, upload.proposal.mapping)
        )
        prose.listed("Totals", totals_in_words(upload.proposal.decisions))
    as_file(upload, mapping)
    return mapping


def preview(upload: Upload, mapping: Mapping) -> Checked:
    """What the mapping makes of the file: the account, the first rows, what the checks found."""
    prose.heading("How it reads")
    checked = mapping_check.check(upload.file.path, mapping)
    prose.paragraph(mapping_check.summary(checked))
    prose.listed("What the file is understood to say", mapping_check.examples(checked))
    st.dataframe(
        checked.rows, hide_index=True, width="stretch", height="content", alt="The first rows as they will be read"
    )
    show_findings([*upload.proposal.problems, *checked.facts.problems])
    return checked


def load(upload: Upload, mapping: Mapping, checked: Checked) -> None:
    """Name the dataset and load it; while it loads, how far that is.

    A file of new periods is added to its dataset and one of known periods takes their place, unless a person chooses
    otherwise: next quarter's extract takes one click.
    """
    prose.heading("Load it")
    name = _kept_name(
        st.text_input(
            UPLOAD_TEXTS["name_of_the_dataset"], _suggested_name(upload), max_chars=120, key=f"{upload.key}_name"
        )
    )
    exists = bool(name.strip()) and clean_name(name) in in_memory.names()
    mode = "new"
    if exists:
        earlier = in_memory.description(clean_name(name))
        mode = st.radio(
            UPLOAD_TEXTS["there_is_a_dataset"],
            list(MODES),
            list(MODES).index(_likely_mode(upload, name, earlier, checked)),
            format_func=MODES.__getitem__,
            key=f"{upload.key}_mode",
        )
        _compared(checked, earlier)
    waits = not (mapping.long or mapping.groupings)
    if waits:
        prose.notice([GROUPING_FIRST])
    job: LoadJob | None = st.session_state.get("load_job")
    running = job is not None and not job.is_over
    confirmed = _confirmed(upload, checked)
    with st.container(horizontal=True):
        begin = st.button(
            "Load",
            type="primary",
            icon=":material/check:",
            disabled=running or waits or not confirmed or not name.strip(),
            key="load",
        )
        st.button("Discard file", disabled=running, on_click=put_away, key="put_away")
    if begin:
        job = st.session_state["load_job"] = LoadJob(upload.file.path, name, mapping, mode, sign_in.require("load"))
        job.start()
        st.rerun()
    if job is not None and running:
        _watch(job)
    elif job is not None:
        prose.problem(UPLOAD_TEXTS["what_was_loaded_before"].format(problem=job.problem))


def _kept_name(typed: str) -> str:
    """The name under which the workspace keeps what a person calls so; said where it is another."""
    if not typed.strip():
        return typed
    name = name_for(sign_in.database(), sign_in.workspace_id(), typed)
    if name != clean_name(typed):
        prose.small(words.kept_as(name))
    return name


def _confirmed(upload: Upload, checked: Checked) -> bool:
    """Whether a load that leaves many rows out was confirmed; true where most rows are used."""
    facts = checked.facts
    if is_enough_used(facts):
        return True
    return st.checkbox(words.few_rows(facts.rows_used, rows_with_data(facts)), key=f"{upload.key}_few_rows")


def _suggested_name(upload: Upload) -> str:
    """The dataset that has the same columns, else what is measured, else the file's name."""
    if upload.kept_from:
        return upload.kept_from
    if len(upload.start.measures) == 1:
        return one_line(next(iter(upload.start.measures)), 80)
    stem = Path(upload.file.name).stem.replace("_", " ").strip()
    return stem[:1].upper() + stem[1:]


@st.fragment(run_every=0.3)
def _watch(job: LoadJob) -> None:
    """How far the loading is, and a way to stop it."""
    if job.is_over:
        st.rerun()
    st.progress(min(max(job.share, 0.0), 1.0), text=markdown(job.words))
    if st.button("Cancel", key="cancel_load"):
        job.stop.set()


def _likely_mode(upload: Upload, name: str, earlier: Description, checked: Checked) -> str:
    """What a person most likely wants who brings this file to this dataset."""
    periods, held = checked.facts.periods, set(earlier.periods)
    if clean_name(name) != upload.kept_from or not periods or checked.facts.grain != earlier.grain:
        return "new"
    if held <= set(periods):
        return "new"
    return "replace" if held & set(periods) else "append"


def _compared(checked: Checked, earlier: Description) -> None:
    """How the file differs from the version in use; the beginning of a large file does not say."""
    if not checked.only_beginning:
        facts = checked.facts
        changes = compare_with_earlier(facts.periods, facts.stratifiers, facts.rows_used, earlier)
        said = [f"{one_line(p.message, 400)} {one_line(p.remedy, 400)}" for p in changes]
        prose.listed("Beside the version in use", said)
