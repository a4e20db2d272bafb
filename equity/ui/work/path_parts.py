"""The parts of the page Our path: when it began, where the team is, six milestones, quarter by quarter."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from equity.access.here import Here
from equity.actions.sample import sample_team
from equity.actions.work import path as actions
from equity.improvement.milestones import MILESTONES, Milestone
from equity.improvement.path import Journey, Path
from equity.server.sample_data import SAMPLE
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, page
from equity.ui.records.record_editing import Editing
from equity.ui.session import sign_in
from equity.vocabulary import PlainError
from equity.words.labels.work import WORK_TEXTS
from equity.words.work import path as words

EDITING: Editing[Journey] = Editing("journey", lambda journey: [journey.began], action="do_work")


def show_where(here: Here, path: Path) -> None:
    """Where the team is, and one thing to do this week with the page on which it is done."""
    prose.answer(words.where(path))
    if path.journey.as_of:
        prose.notice([f"{words.MADE_UP} {words.as_of(path.today)}"])
    with st.container(border=True, key="this_week"):
        prose.listed("One thing to do this week", [words.this_week(path)], level=2)
        name = words.PAGES[path.todo.milestone]
        if name in ENTRIES:
            asked = {"project": path.todo.record} if path.todo.record else None
            st.page_link(page(name), label=ENTRIES[name].title, icon=ENTRIES[name].icon, query_params=asked)
    if path.month is None:
        prose.paragraph(words.PURPOSE)
        if sign_in.may("do_work"):
            _ask_began(here)


def _ask_began(here: Here) -> None:
    """The first day, asked once; and the made-up team, to see what the page is for."""
    with st.form("journey", border=False):
        began = st.date_input(WORK_TEXTS["when_did_your_eighteen_months_begin"], None)
        if st.form_submit_button("Keep this day", type="primary"):
            chosen = str(began) if isinstance(began, dt.date) else ""
            EDITING.do(here, lambda at: actions.begin_journey(at, Journey(chosen)))
    if sample_team.may_fill(here) and st.button(words.SEE_SAMPLE, icon=":material/theater_comedy:", key="see_sample"):
        try:
            held = in_memory.description(SAMPLE)
            cube = in_memory.cube(held.dataset, held.version, held.created)
        except PlainError as error:
            prose.problem(str(error))
            return
        EDITING.do(here, lambda at: sample_team.fill(at, cube))


def show_milestones(path: Path) -> None:
    """Each milestone: what the workspace holds for it, since when, what is often next, and the page for it."""
    for row in zip(
        MILESTONES[::2], MILESTONES[1::2], strict=True
    ):  # a row at a time, so that a phone shows them in their order
        for name, column in zip(row, st.columns(2, gap="medium"), strict=True):
            with column, st.container(border=True, key=f"milestone_{name}"):
                _milestone(path, name)


def _milestone(path: Path, name: Milestone) -> None:
    prose.heading(words.MILESTONE[name])
    told = [words.evidence(each) for each in path.milestones[name]]
    prose.listed("What is here", told or [words.NOTHING])
    prose.small(words.often_next(name, path))
    on = words.PAGES[name]
    if on in ENTRIES and sign_in.may(ENTRIES[on].needs):
        st.page_link(page(on), label=ENTRIES[on].title, icon=ENTRIES[on].icon)


def show_quarters(path: Path) -> None:
    """The same quarter by quarter."""
    if path.quarters:
        told = [words.quarter_line(path, quarter) for quarter in path.quarters]
        prose.listed("Quarter by quarter", told, level=2)


def leave_sample(here: Here, path: Path) -> None:
    """Take the made-up team's work away again."""
    if path.journey.as_of and sign_in.may("do_work") and st.button(words.REMOVE_SAMPLE, key="remove_sample"):
        EDITING.do(here, sample_team.remove)
