"""The parts of the page Team about the relationship practice: draw, talk in equal turns, say that you met."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from equity.access.here import Here
from equity.actions.work import team as actions
from equity.improvement.team.pairing import SIZES, Round
from equity.improvement.team.team import TeamPerson
from equity.store.records.kept import Kept
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.workspace import allowed_at
from equity.vocabulary import PlainError
from equity.words.escaping import one_line
from equity.words.labels.team import TEAM_TEXTS
from equity.words.work import team as words

MINUTES = (2, 3, 5, 8, 10)


def show_practice(here: Here, people: Sequence[Kept[TeamPerson]]) -> None:
    """The round that is on, and the way to draw the next."""
    prose.heading("Relationship practice")
    prose.paragraph(words.PRACTICE)
    prose.small(words.INVITE)
    held = actions.rounds(here)
    if held:
        _show(here, held[-1], {kept.id: kept for kept in people})
    if sign_in.may("write_records"):
        _draw(here)


def _show(here: Here, kept: Kept[Round], people: Mapping[str, Kept[TeamPerson]]) -> None:
    drawn, said = kept.content, actions.said_met(here, kept)
    with st.container(border=True, key=f"round_{kept.id}"):
        prose.heading(words.prompt(drawn), 3)
        for place, group in enumerate(drawn.groups):
            names = [_name(people, key) for key in group]
            with st.container(horizontal=True, vertical_alignment="center", key=f"group_{kept.id}_{place}"):
                met = " They met." if place in drawn.met else ""
                prose.paragraph(f"{words.group(names)}: {words.turns(drawn, len(group))}{met}")
                if place not in drawn.met and sign_in.may("write_records"):
                    _ticks(here, kept, [people[key] for key in group if key in people], said)
        if drawn.keeps_time:
            prose.small(TEAM_TEXTS["keeps_the_time_this_round"].format(name=_name(people, drawn.keeps_time)))


def _ticks(here: Here, kept: Kept[Round], group: Sequence[Kept[TeamPerson]], said: frozenset[str]) -> None:
    """A button for each person whom whoever is here may speak for: themselves, or who does not sign in."""
    for person in group:
        if person.id in said:
            prose.small(f"{one_line(person.content.name, 60)} said so.")
        elif person.content.account in ("", here.person.id):
            label = f"{words.MET} ({one_line(person.content.name, 60)})"
            if st.button(label, key=f"met_{kept.id}_{person.id}"):
                _do(here, _saying(kept, person))


def _draw(here: Here) -> None:
    with st.expander("Draw a round", icon=":material/shuffle:", key="draw_round"):
        size = st.segmented_control(TEAM_TEXTS["people_in_a_group"], SIZES, default=2, key="round_size")
        minutes = st.selectbox("Minutes each", MINUTES, MINUTES.index(5), key="round_minutes", required=True)
        allowed = st.checkbox(words.WITH_REPORTS, key="round_reports")
        prose.small(words.APART)
        if st.button(words.DRAW, type="primary", key="draw"):
            _do(here, lambda at: actions.draw_round(at, int(size or 2), int(minutes or 5), with_reports=allowed))


def _name(people: Mapping[str, Kept[TeamPerson]], key: str) -> str:
    return one_line(people[key].content.name, 60) if key in people else "Somebody who was here"


def _saying(kept: Kept[Round], person: Kept[TeamPerson]) -> Callable[[Here], object]:
    return lambda at: actions.say_met(at, kept, person)


def _do(here: Here, action: Callable[[Here], object]) -> None:
    try:
        action(allowed_at(here, "write_records"))
    except PlainError as error:
        prose.problem(str(error))
    else:
        st.rerun()
