"""The parts of the page Team about people: who is in it, what it lacks, who was at calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from equity.access.here import Here
from equity.actions.sample import sample_team
from equity.actions.work import team as actions
from equity.improvement.team import team as rules
from equity.improvement.team.team import PLACES, Place, TeamPerson
from equity.store.records.kept import Kept
from equity.ui.layout import prose
from equity.ui.records.record_editing import Editing
from equity.ui.session import sign_in
from equity.vocabulary.lenses import LENSES
from equity.words.escaping import one_line
from equity.words.labels.team import TEAM_TEXTS
from equity.words.work import team as words

EDITING: Editing[TeamPerson] = Editing("team_person", words.person_told, "write_records")
_NOT_SAID = "not said"


def show_purpose() -> None:
    """What the page is for, before anybody is in the team."""
    prose.paragraph(words.PURPOSE)
    prose.example(words.EXAMPLE)


def show_made_up(here: Here, people: Sequence[Kept[TeamPerson]]) -> None:
    """That the team is made up, and the button that takes it away with all of its work."""
    if not any(kept.author_id == sample_team.TEAM.id for kept in people):
        return
    prose.notice([words.MADE_UP])
    if sign_in.may("do_work") and st.button(words.TAKE_AWAY, key="take_away_made_up"):
        EDITING.do(here, sample_team.remove)


def settle(here: Here) -> None:
    """Both texts, where somebody saved the same person meanwhile."""
    EDITING.settle(here, lambda theirs, yours: lambda at: actions.save_person(at, theirs, yours))


def show_team(here: Here, people: Sequence[Kept[TeamPerson]]) -> None:
    """Who is in the team, and what it lacks."""
    present = [kept for kept in people if not kept.content.left]
    if present:
        prose.listed("Who is missing", words.lacks(rules.composition(k.content for k in present)), 2)
    for kept in present:
        with st.container(border=True, key=f"person_{kept.id}"):
            _show(here, kept, present)
    _add(here)
    _show_former(here, [kept for kept in people if kept.content.left])


def _show(here: Here, kept: Kept[TeamPerson], present: Sequence[Kept[TeamPerson]]) -> None:
    prose.heading(words.person(kept.content), 3)
    mine = " This is you." if kept.content.account == here.person.id else ""
    prose.small(f"{words.since(kept.content)}{mine}")
    if kept.content.commitment.strip():
        prose.listed("What they promised", [one_line(kept.content.commitment, 1000)], 3)
    if not sign_in.may("write_records"):
        return
    with st.expander("Change", icon=":material/edit:"):
        made = _form(kept, present)
        EDITING.follows(kept, made)
        with st.container(horizontal=True):
            if st.button("Save", type="primary", key=f"save_{kept.id}"):
                EDITING.do(here, lambda at: actions.save_person(at, EDITING.seen(kept), made))
            if not kept.content.account and st.button(words.ME, key=f"me_{kept.id}"):
                EDITING.do(here, lambda at: actions.this_is_me(at, EDITING.seen(kept)))
            if st.button(words.LEAVE, key=f"leave_{kept.id}"):
                EDITING.do(here, lambda at: actions.leave(at, EDITING.seen(kept)))


def _form(kept: Kept[TeamPerson], present: Sequence[Kept[TeamPerson]]) -> TeamPerson:
    person, key = EDITING.seen(kept).content, EDITING.key(kept)
    made = _who(person, key)
    commitment = st.text_area(
        TEAM_TEXTS["what_they_promise_hours_tasks"], person.commitment, max_chars=1000, height=80, key=f"{key}_promise"
    )
    names = {each.id: one_line(each.content.name, 60) for each in present if each.id != kept.id}
    labels = {_NOT_SAID: words.NOT_SAID, rules.NOBODY_HERE: words.NOBODY, **names}
    before = _NOT_SAID if person.reports_to is None else person.reports_to
    answer = st.selectbox(
        "Reports to",
        list(labels),
        list(labels).index(before) if before in labels else 0,
        lambda name: labels.get(name, ""),
        key=f"{key}_reports",
        required=True,
    )
    practice = st.checkbox(
        TEAM_TEXTS["takes_part_in_the_relationship_practice"], person.practice, key=f"{key}_practice"
    )
    reports_to = None if answer == _NOT_SAID else str(answer)
    return replace(made, commitment=commitment, reports_to=reports_to, practice=practice)


def _who(person: TeamPerson, key: str) -> TeamPerson:
    """Name, lenses and place."""
    name = st.text_input(TEAM_TEXTS["the_name_they_go"], person.name, max_chars=80, key=f"{key}_name")
    lenses = st.multiselect("Lenses they bring", LENSES, [x for x in person.lenses if x in LENSES], key=f"{key}_lenses")
    place: Place | None = st.selectbox(
        "Part in the team",
        PLACES,
        PLACES.index(person.place),
        lambda place: words.PLACES.get(place, ""),
        key=f"{key}_place",
        required=True,
    )
    return replace(person, name=name, lenses=tuple(lenses), place=place or "team")


def _add(here: Here) -> None:
    if not sign_in.may("write_records"):
        return
    with st.expander("Somebody joins", icon=":material/person_add:", key="joins"):
        begun = st.session_state.setdefault("joining", 0)
        made = _who(TeamPerson(), f"joining_{begun}")
        if st.button(words.ADD, type="primary", key="add_person"):
            EDITING.do(here, lambda at: _added(at, made))


def _added(at: Here, made: TeamPerson) -> None:
    actions.add_person(at, made)
    st.session_state["joining"] += 1


def _show_former(here: Here, former: Sequence[Kept[TeamPerson]]) -> None:
    if not former:
        return
    with st.expander(TEAM_TEXTS["who_was_in_the_team_before"], icon=":material/history:"):
        prose.small(words.NAMES_STAY)
        for kept in former:
            with st.container(horizontal=True, vertical_alignment="center", key=f"former_{kept.id}"):
                prose.paragraph(f"{words.person(kept.content)}. {words.since(kept.content)}")
                if sign_in.may("write_records") and st.button(words.BACK, key=f"back_{kept.id}"):
                    EDITING.do(here, partial(actions.come_back, kept=kept))


def show_attendance(here: Here, people: Sequence[Kept[TeamPerson]]) -> None:
    """Who was at the latest calls."""
    names = {kept.id: kept.content.name for kept in people}
    prose.listed("At the latest calls", [words.attended(call, names) for call in actions.attendance(here)], 2)
