"""One project on the page Projects: its sentence, its moves, its blanks, how far it is, and its tests of change."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from equity.access.here import Here
from equity.actions.work import aims, drivers
from equity.actions.work import projects as actions
from equity.improvement import projects as rules
from equity.improvement.aims import Aim
from equity.improvement.portfolio import Row
from equity.improvement.progress_scale import SIDES, VALUES, ProgressScore
from equity.improvement.projects import OVER, STATES, Project
from equity.store.records.kept import Earlier, Kept
from equity.ui.components.picked_day import picked_day
from equity.ui.layout import prose
from equity.ui.records.told_apart import told_apart
from equity.ui.session import sign_in
from equity.ui.work import cycle_parts
from equity.ui.work.aim_parts import cube_of
from equity.ui.work.aim_sentence import describe_aim
from equity.ui.work.portfolio_parts import EDITING, close_project
from equity.vocabulary import PlainError
from equity.words.days import describe_day
from equity.words.escaping import one_line
from equity.words.labels.work import WORK_TEXTS
from equity.words.work import aims as aim_words
from equity.words.work import progress_scale as scale
from equity.words.work import projects as words


def show_project(here: Here, row: Row) -> None:
    """One project, from top to bottom: what it is, what is next, how far it is, what was tried."""
    kept = actions.project(here, row.id)
    st.button("All projects", icon=":material/arrow_back:", type="tertiary", key="all_projects", on_click=close_project)
    _settle(here)
    head, aim = st.container(), _aim(here, row.aim)
    if sign_in.may("do_work"):
        _move(here, kept)
        with st.expander("Change this project", icon=":material/edit:"):
            _change(here, kept, aim)
    with head:  # said once what was typed is kept
        _told(_renewed(here, row), aim)
    _how_far(here, kept, row, aim)
    cycle_parts.show_cycles(here, kept)
    with st.expander("How it changed", icon=":material/history:"):
        prose.listed("Each version", [_version(saved) for saved in actions.history(here, kept)])


def _renewed(here: Here, row: Row) -> Row:
    """The project as it stands now."""
    return next((each for each in actions.all_projects(here).rows if each.id == row.id), row)


def _told(row: Row, aim: Kept[Aim] | None) -> None:
    """What the project is, where it stands, what is next, under which aim."""
    prose.heading(one_line(row.project.title, 200))
    prose.paragraph(words.sentence(row.project))
    for line in (words.state_line(row.project), words.next_line(row), words.tests_line(row)):
        prose.small(line)
    prose.small(words.under(describe_aim(aim.content)) if aim is not None else words.AIM_GONE)


def _aim(here: Here, record: str) -> Kept[Aim] | None:
    return next((kept for kept in aims.aims(here) if kept.id == record), None)


def _settle(here: Here) -> None:
    """Both texts, where somebody saved the project meanwhile."""
    EDITING.settle(here, lambda theirs, yours: lambda at: actions.save_project(at, theirs, _in_state(theirs, yours)))


def _in_state(theirs: Kept[Project], yours: Project) -> Project:
    """One's own words in the state to which the others moved it."""
    return replace(yours, state=theirs.content.state, why_moved=theirs.content.why_moved)


def _move(here: Here, kept: Kept[Project]) -> None:
    """To another state by one choice and one button; a reason where it ends or begins again."""
    now = kept.content.state
    with st.container(horizontal=True, vertical_alignment="bottom", key="move_project"):
        to = st.selectbox(
            "Move to…",
            [state for state in STATES if state != now],
            index=None,
            format_func=words.STATES.__getitem__,
            key=f"{EDITING.key(kept)}_move_to",
        )
        why = ""
        if to is not None and (to in OVER or now in OVER):
            why = st.text_input(words.WHY_MOVED, max_chars=1000, key=f"{EDITING.key(kept)}_move_why")
        if st.button("Move", disabled=to is None, key=f"move_{kept.id}") and to is not None:
            EDITING.do(here, lambda at: actions.move_project(at, EDITING.seen(kept), to, why))


def _change(here: Here, kept: Kept[Project], aim: Kept[Aim] | None) -> None:
    """The blanks, kept as they are typed; and taking the project out of the lists."""
    with EDITING.as_typed(kept):
        made = _form(here, EDITING.seen(kept).content, EDITING.key(kept), aim)
    EDITING.keep_up(here, kept, made, actions.save_project)
    if st.button("Withdraw this project", key=f"withdraw_{kept.id}", type="tertiary", help=words.WITHDRAW):
        EDITING.do(here, lambda at: _withdraw(at, EDITING.seen(kept)))


def _withdraw(here: Here, kept: Kept[Project]) -> None:
    actions.withdraw_project(here, kept)
    close_project()


def _form(here: Here, project: Project, key: str, aim: Kept[Aim] | None) -> Project:
    title = st.text_input("Title", project.title, max_chars=120, key=f"{key}_title")
    change = st.text_area(WORK_TEXTS["what_is_done_differently"], project.change, max_chars=1000, key=f"{key}_change")
    owner = st.text_input("Owner", project.owner, max_chars=80, key=f"{key}_owner")
    team = st.text_input(
        WORK_TEXTS["who_else_names_with_commas"], ", ".join(project.team), max_chars=400, key=f"{key}_team"
    )
    site = st.text_input("Site", project.site, max_chars=120, key=f"{key}_site")
    step = st.text_input("Next step", project.next_step, max_chars=300, key=f"{key}_step")
    due = picked_day("By which day", project.next_date, f"{key}_due")
    begins = picked_day("First day of the project", project.begins, f"{key}_begins")
    ends = picked_day("Last day of the project (if known)", project.ends, f"{key}_ends")
    return replace(
        project,
        title=title.strip(),
        change=change.strip(),
        owner=owner.strip(),
        team=rules.people(team),
        site=site.strip(),
        next_step=step.strip(),
        next_date=due,
        begins=begins,
        ends=ends,
        serves=_serves(here, project, key, aim),
    )


def _serves(here: Here, project: Project, key: str, aim: Kept[Aim] | None) -> tuple[str, ...]:
    """Which drivers and ideas of the aim's diagram it works on."""
    drawn = None if aim is None else drivers.diagram(here, aim.id)
    if drawn is None or not drawn.content.drivers:
        return project.serves
    names = told_apart({driver.id: driver.words for driver in drawn.content.drivers})
    picked = st.multiselect(
        WORK_TEXTS["drivers_and_ideas_it_works"],
        list(names),
        [each for each in project.serves if each in names],
        format_func=names.__getitem__,
        key=f"{key}_serves",
    )
    return tuple(picked)


def _how_far(here: Here, kept: Kept[Project], row: Row, aim: Kept[Aim] | None) -> None:
    """What team and advisor say, with its age; beside it what the data say of the aim. The data never set it."""
    with st.container(border=True, key="how_far"):
        prose.listed(WORK_TEXTS["how_far"], scale.standing(row.standing), level=2)
        prose.small(_data_say(here, aim))
        prose.small(f"{scale.NOBODY_SETS_IT} {scale.SOURCE}")
        if not sign_in.may("do_work"):
            return
        with (
            st.expander(WORK_TEXTS["say_how_far"], icon=":material/stairs:"),
            st.form(f"score_{kept.id}", border=False),
        ):
            value = st.selectbox(WORK_TEXTS["step_of_the_scale"], VALUES, index=None, format_func=scale.with_meaning)
            side = st.selectbox("Whose view", SIDES, format_func=str.capitalize)
            said_by = st.text_input(WORK_TEXTS["name_of_the_advisor"], max_chars=80)
            evidence = st.text_input(WORK_TEXTS["what_shows_it_one_sentence"], max_chars=400)
            if st.form_submit_button("Keep this view", type="primary"):
                score = ProgressScore(value or 0.0, side, evidence.strip(), said_by.strip())
                EDITING.do(here, lambda at: actions.set_score(at, kept.id, score))
    earlier = actions.scores(here, kept.id)
    if len(earlier) > 1:
        with st.expander("Earlier views", icon=":material/history:"):
            prose.listed("From the first on", [scale.one_view(each.created.date(), each.content) for each in earlier])


def _data_say(here: Here, aim: Kept[Aim] | None) -> str:
    """The aim's progress by the newest data, in a sentence; why there is none, where there is none."""
    if aim is None or aim.content.status == "draft":
        return words.NO_DATA_YET
    try:
        return f"{words.DATA_SAY} {aim_words.finding(aims.progress_of(here, aim, cube_of(aim.content.dataset)))}"
    except PlainError as error:
        return str(error)


def _version(saved: Earlier[Project]) -> str:
    when, who = describe_day(saved.edited.date()), one_line(saved.edited_by)
    return f"{when}, {who}: {'; '.join(words.told(saved.content)[1:4])}"
