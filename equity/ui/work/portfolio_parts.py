"""The parts of the page Projects: beginning one, all of them by state beside their days, the aim's driver diagram."""

from __future__ import annotations

import streamlit as st

from equity.access.here import Here
from equity.actions.work import projects as actions
from equity.cards.card import csv_of
from equity.charts.work.project_timeline import timeline
from equity.improvement.aims import Aim
from equity.improvement.portfolio import Portfolio, Row, filtered
from equity.improvement.projects import STATES, Project
from equity.store.records.kept import Kept
from equity.ui.components.chart import chart
from equity.ui.components.downloading import download_button
from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, page
from equity.ui.records.record_editing import Editing
from equity.ui.records.told_apart import told_apart
from equity.ui.session import sign_in
from equity.ui.work import driver_parts
from equity.ui.work.aim_sentence import describe_aim
from equity.words.escaping import markdown, one_line
from equity.words.labels.work import WORK_TEXTS
from equity.words.work import projects as words

OPENED = "project"
MOST_OF_A_STATE = 8
EDITING: Editing[Project] = Editing("project", words.told, action="do_work")


def opened(portfolio: Portfolio) -> Row | None:
    """The project that the address names; None for all of them."""
    wanted = st.query_params.get(OPENED, "")
    return next((row for row in portfolio.rows if row.id == wanted), None)


def open_project(record: str) -> None:
    """Look at one project; its address can be sent."""
    st.query_params[OPENED] = record


def close_project() -> None:
    """Look at all projects again."""
    st.query_params.pop(OPENED, None)


def show_purpose(portfolio: Portfolio, under: tuple[Kept[Aim], ...]) -> None:
    """What the page is for, before there is a project; where to begin, before there is an aim."""
    if portfolio.rows:
        prose.answer(words.finding(portfolio))
        return
    prose.paragraph(words.PURPOSE)
    prose.example(words.EXAMPLE)
    if not under:
        prose.small(words.NO_AIM)
        st.page_link(page("aims"), label="Go to Aims", icon=ENTRIES["aims"].icon)


def begin(here: Here, portfolio: Portfolio, under: tuple[Kept[Aim], ...]) -> None:
    """The blanks of a new project; folded where there are others."""
    if not under or not sign_in.may("do_work"):
        return
    if not portfolio.rows:
        _begin(here, under)
        return
    with st.expander("Another project", icon=":material/add:"):
        _begin(here, under)


def _begin(here: Here, under: tuple[Kept[Aim], ...]) -> None:
    """Its aim, and what is tried."""
    named = told_apart({kept.id: describe_aim(kept.content) for kept in under})
    with st.form("begin_project", border=False):
        aim = st.selectbox("Under which aim", list(named), format_func=named.__getitem__)
        title = st.text_input(
            WORK_TEXTS["what_is_tried_in_a_few"], max_chars=120, placeholder=WORK_TEXTS["call_back_in_spanish"]
        )
        done = st.form_submit_button(words.BEGIN, type="primary", icon=":material/add:")
    if done:
        EDITING.do(here, lambda at: open_project(actions.begin_project(at, aim, Project(title.strip())).id))


def show_all(portfolio: Portfolio) -> None:
    """The projects that are looked for: by state, beside their days, as a table."""
    if not portfolio.rows:
        return
    shown = _filtered(portfolio)
    if not shown.rows:
        prose.small(words.NONE_FOUND)
        return
    board, time = st.columns([1, 1], gap="large")
    with board:
        _board(shown)
    with time:
        prose.heading(words.timeline_title(shown))
        if any(row.project.begins for row in shown.rows):
            chart(
                timeline(shown),
                key="chart_timeline",
                alt=words.timeline_alt(shown),
            )
    _table(shown)


def _filtered(portfolio: Portfolio) -> Portfolio:
    """The fields that narrow the list; none of them for a handful of projects."""
    if len(portfolio.rows) < 4:
        return portfolio
    with st.container(horizontal=True, vertical_alignment="bottom", key="project_filters"):
        text = st.text_input("Search projects", max_chars=80, key="project_search")
        states = st.multiselect("States", list(STATES), format_func=words.STATES.__getitem__, key="project_states")
        owner = st.selectbox("Owned by", ["", *portfolio.owners], format_func=_any, key="project_owner")
        site = st.selectbox(
            WORK_TEXTS["site_of_the_project"], ["", *portfolio.sites], format_func=_any, key="project_site"
        )
    return filtered(portfolio, words=text, states=states, owner=owner, site=site)


def _any(name: str) -> str:
    return one_line(name) if name else "Any"


def _board(shown: Portfolio) -> None:
    """Each state with its projects, each a button that opens it."""
    for state in STATES:
        rows = shown.of_state(state)
        if not rows:
            continue
        prose.heading(f"{words.STATES[state]} ({len(rows)})")
        for row in rows[:MOST_OF_A_STATE]:
            st.button(
                markdown(words.in_short(row)),
                key=f"open_{row.id}",
                type="tertiary",
                icon=":material/chevron_right:",
                on_click=open_project,
                args=(row.id,),
            )
        if len(rows) > MOST_OF_A_STATE:
            prose.small(words.more_of_a_state(len(rows) - MOST_OF_A_STATE))


def _table(shown: Portfolio) -> None:
    table = words.table(shown)
    with st.expander(WORK_TEXTS["all_projects_as_a_table"], icon=":material/table_rows:"):
        st.dataframe(table, hide_index=True, width="stretch", height="content", alt=words.finding(shown))
        if sign_in.may("export"):
            download_button(
                "Projects (CSV)",
                sign_in.exported("projects", lambda: csv_of(table)),
                file_name="projects.csv",
                mime="text/csv",
                key="projects_csv",
            )


def show_drivers(here: Here, under: tuple[Kept[Aim], ...]) -> None:
    """The driver diagram of one aim."""
    if not under:
        return
    prose.heading("What the aim depends on")
    by_id = {kept.id: kept for kept in under}
    named = told_apart({kept.id: describe_aim(kept.content) for kept in under})
    aim = next(iter(by_id))
    if len(by_id) > 1:
        aim = st.selectbox("Driver diagram of", list(named), format_func=named.__getitem__, key="drivers_of")
    driver_parts.show_diagram(here, by_id[aim])


def bring_back(here: Here) -> None:
    """Projects that were withdrawn in the last 30 days."""
    if not sign_in.may("do_work"):
        return
    gone = told_apart({kept.id: kept.content.title for kept in actions.withdrawn_projects(here)})
    if not gone:
        return
    with st.expander("Withdrawn projects", icon=":material/restore:"):
        record = st.selectbox("Bring back", list(gone), format_func=gone.__getitem__, key="bring_back")
        if st.button(WORK_TEXTS["bring_this_project_back"], key="bring_back_now"):
            EDITING.do(here, lambda at: actions.bring_back_project(at, record))
