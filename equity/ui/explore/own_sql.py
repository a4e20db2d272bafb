"""SQL of one's own: written, run, stopped, kept under a name, its rows as a table and a file."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import streamlit as st

from equity.access.here import Here
from equity.actions import explore
from equity.cards.card import csv_of, file_stem
from equity.cards.page_question import PageQuestion
from equity.explore import written
from equity.explore.nouns import KeptSelect
from equity.explore.written import Result
from equity.store.files.home import home_folder
from equity.store.records.kept import Kept
from equity.ui.components.downloading import download_button
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.background_job import BackgroundJob
from equity.ui.session.workspace import allowed_at, here
from equity.vocabulary import PlainError
from equity.words.numbers import count
from equity.words.page import own_sql as words

_JOB, _TEXT, _LOADED = "own_select_job", "own_select_text", "own_select_loaded"


@dataclass
class SelectJob(BackgroundJob):
    """A query at work; at its end ``result`` or ``problem``."""

    kind: ClassVar[str] = "query"
    fault: ClassVar[str] = "Something went wrong on the server; its log says what it was. Nothing was changed."
    place: Here
    home: Path
    dataset: str
    version: int
    sql: str
    began: float = field(default_factory=time.monotonic)
    result: Result | None = None

    def work(self) -> None:
        """Run it."""
        self.result = explore.run_own_select(self.place, self.home, self.dataset, self.version, self.sql, self.stop)

    @property
    def is_done(self) -> bool:
        """Whether there are rows."""
        return self.result is not None


def own_sql(question: PageQuestion) -> None:
    """The part of the page on which a query is written; who may not write one reads who may."""
    prose.heading("Write SQL")
    if not sign_in.may("write_sql"):
        prose.small(words.WHO_WRITES)
        return
    held = in_memory.description(question.codes["dataset"])
    place = here()
    kept = explore.kept_selects(place)
    if _TEXT not in st.session_state:
        st.session_state[_TEXT] = st.session_state.get(_LOADED) or written.example(held)
    _begin_from(kept, written.example(held))
    text = st.text_area("SQL", key=_TEXT, height=240)
    st.session_state[_LOADED] = text
    _columns(question)
    job: SelectJob | None = st.session_state.get(_JOB)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        busy = job is not None and not job.is_over
        if st.button("Run", type="primary", icon=":material/play_arrow:", disabled=busy, key="own_select_run"):
            _start(question, text)
        if busy and st.button("Stop", icon=":material/stop:", key="own_select_stop"):
            assert job is not None
            job.stop.set()
    _keep(place, question, text, kept)
    if job is not None and busy:
        _waiting()
    elif job is not None:
        _show(job)


def _begin_from(kept: tuple[Kept[KeptSelect], ...], example: str) -> None:
    texts = {"": example, **{each.id: each.content.sql for each in kept}}
    names = {"": "The example", **{each.id: each.content.name for each in kept}}

    def load() -> None:
        st.session_state[_TEXT] = texts.get(st.session_state["own_select_from"], example)

    st.selectbox(
        "Begin from",
        list(names),
        format_func=lambda each: names.get(each, ""),
        key="own_select_from",
        on_change=load,
        width=420,
    )


def _columns(question: PageQuestion) -> None:
    cube = in_memory.cube(question.codes["dataset"], question.version, question.made)
    tables = written.columns(cube.extract.parent, cube.description)
    prose.listed("What can be asked", [f"{table}: {', '.join(names)}" for table, names in tables.items()])
    prose.small(words.SQL_REMARK)


def _start(question: PageQuestion, text: str) -> None:
    before: SelectJob | None = st.session_state.get(_JOB)
    if before is not None:
        before.stop.set()
    place = allowed_at(here(), "write_sql")
    job = SelectJob(place, home_folder(), question.codes["dataset"], question.version, text)
    st.session_state[_JOB] = job
    job.start()
    st.rerun()


@st.fragment(run_every=0.4)
def _waiting() -> None:
    job: SelectJob | None = st.session_state.get(_JOB)
    if job is None or job.is_over:
        st.rerun()
    prose.small(words.running(time.monotonic() - job.began, written.SECONDS))


def _show(job: SelectJob) -> None:
    if job.problem:
        prose.problem(job.problem)
    if job.result is None:
        return
    rows = job.result.rows
    more = f" There are more: only the first {count(written.MOST_ROWS)} are shown." if job.result.cut else ""
    prose.small(f"{count(len(rows))} rows from “{job.dataset}”, version {job.version}.{more}")
    st.dataframe(rows, hide_index=True, width="stretch", key="own_select_rows", alt="What the query gave")
    if sign_in.may("export"):
        download_button(
            "Download CSV",
            sign_in.exported("a query in Explore", lambda: csv_of(rows)),
            file_name=f"{file_stem(job.dataset)}-query.csv",
            mime="text/csv",
            key="own_select_csv",
        )


def _keep(place: Here, question: PageQuestion, text: str, kept: tuple[Kept[KeptSelect], ...]) -> None:
    chosen = next((each for each in kept if each.id == st.session_state.get("own_select_from")), None)
    with st.popover("Keep this query", icon=":material/bookmark:", key="own_select_keep"):
        name = st.text_input("Name of the query", max_chars=80, key="own_select_name")
        if st.button("Keep for the workspace", key="own_select_keep_new"):
            _do(lambda: explore.keep_select(allowed_at(place, "write_sql"), name, text, question.codes["dataset"]))
        if chosen is not None and st.button(f"Save over “{chosen.content.name}”", key="own_select_over"):
            _do(lambda: explore.change_select(allowed_at(place, "write_sql"), chosen, text))
        if chosen is not None and st.button(f"Remove “{chosen.content.name}”", key="own_select_remove"):
            _do(lambda: explore.withdraw_select(allowed_at(place, "write_sql"), chosen))


def _do(action: Callable[[], object]) -> None:
    try:
        action()
    except PlainError as error:
        prose.problem(str(error))
    else:
        st.rerun()
