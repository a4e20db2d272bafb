"""The parts of the page Focus: which decision, its preparation, weighing in private, the reveal, the choice."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import streamlit as st

from equity.access.here import Here
from equity.actions.work import focus as actions
from equity.charts.work import focus as charts
from equity.cube import Cube
from equity.focus import room as rules
from equity.focus.candidates import GapCandidate, gap_names
from equity.focus.decision import Focus
from equity.focus.room import MOST_CRITERIA, Choice, Criterion, FocusRoom, OwnWeights, Stage
from equity.store.records.kept import Kept
from equity.ui.components.chart import chart
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.records.record_editing import Editing
from equity.ui.session import sign_in
from equity.ui.work import phone_weighing
from equity.vocabulary import Description
from equity.vocabulary.lenses import LENSES
from equity.words import periods
from equity.words.days import describe_day
from equity.words.escaping import markdown, one_line
from equity.words.labels.work import WORK_TEXTS
from equity.words.work import focus as words
from equity.words.work import focus_page as page_words

CHOSEN = "focus_room"
EDITING: Editing[FocusRoom] = Editing("decision", page_words.told, forgets=(CHOSEN,))
NAME, NOTHING, EVERYTHING = "Criterion", "0 means", "10 means"


def chosen_room(here: Here) -> Kept[FocusRoom] | None:
    """The decision that is looked at: picked, else the newest; None where there is none or a new one begins."""
    rooms = actions.decisions(here)
    if not rooms:
        return None
    by_id = {room.id: room for room in rooms}
    if len(rooms) > 1:
        picked = st.selectbox("Decision", list(by_id), format_func=lambda key: _named(by_id[key]), key=CHOSEN)
        return by_id[picked]
    return rooms[0]


def _named(kept: Kept[FocusRoom]) -> str:
    return f"{one_line(kept.content.title, 60)} ({describe_day(kept.created.date())}): {page_words.stage(kept.content)}"


def show_purpose() -> None:
    """What the page is for, before there is a decision."""
    prose.paragraph(page_words.PURPOSE)
    prose.example(page_words.EXAMPLE)


def cube_of(kept: Kept[FocusRoom]) -> Cube:
    """The newest version of the data that the decision is about; raises :class:`PlainError` when they are gone."""
    held = in_memory.description(kept.content.dataset)
    return in_memory.cube(held.dataset, held.version, held.created)


def begin(here: Here, held: Description) -> None:
    """The one button that begins, on the dataset that is looked at."""
    if not sign_in.may("decide"):
        return
    if st.button(page_words.BEGIN, type="primary", icon=":material/flag:", key="begin_decision"):
        areas = tuple(dict.fromkeys(m.clinical_area for m in held.measures if m.polarity != "neutral"))
        latest = held.periods[-1][:4] if held.periods else ""
        room = FocusRoom("What to work on", held.dataset, held.version, latest, areas)
        EDITING.do(here, lambda at: actions.open_decision(at, room))


def say_where(kept: Kept[FocusRoom]) -> None:
    """The decision's name, where it is, and on which data."""
    prose.heading(kept.content.title)
    prose.small(f"{page_words.stage(kept.content)}. {page_words.about(kept.content)}")


def prepare(here: Here, kept: Kept[FocusRoom], cube: Cube) -> None:
    """Areas, criteria and ratings, kept as they are typed; then opened for weighing."""
    with EDITING.as_typed(kept):
        made = _form(EDITING.seen(kept).content, cube, EDITING.key(kept))
    EDITING.keep_up(here, kept, made, actions.save_decision)
    if st.button("Open weighing", type="primary", key=f"open_{kept.id}"):
        EDITING.do(here, lambda at: actions.move_decision(at, EDITING.seen(kept), "weighing"))


def _form(room: FocusRoom, cube: Cube, key: str) -> FocusRoom:
    """What is decided, when, among which areas, on which criteria."""
    held = cube.description
    every = list(dict.fromkeys(m.clinical_area for m in held.measures if m.polarity != "neutral"))
    years = list(dict.fromkeys(["", *(p[:4] for p in held.periods), room.period]))
    title = st.text_input(WORK_TEXTS["what_is_being_decided"], room.title, max_chars=120, key=f"{key}_title")
    period = st.selectbox(
        "Period",
        years,
        years.index(room.period) if room.period in years else 0,
        lambda y: periods.describe_period(y) if y else "All time",
        key=f"{key}_period",
    )
    areas = st.multiselect(
        WORK_TEXTS["areas_to_choose_from"],
        every,
        [a for a in room.areas if a in every],
        format_func=one_line,
        key=f"{key}_areas",
    )
    gaps = _gaps(room, key)
    prose.small(page_words.CRITERIA)
    listed = pd.DataFrame(
        [(c.name, c.nothing, c.everything) for c in room.criteria], columns=[NAME, NOTHING, EVERYTHING]
    )
    edited = st.data_editor(
        listed.astype("object"), num_rows="dynamic", hide_index=True, width="stretch", key=f"{key}_criteria"
    )
    criteria = _criteria(edited)
    made = replace(room, title=title, period=period, areas=tuple(areas), gaps=gaps, criteria=criteria)
    return replace(made, ratings=_rated(room, rules.candidates_of(made), criteria, key))


def _gaps(room: FocusRoom, key: str) -> tuple[GapCandidate, ...]:
    """The single gaps that were put in from cards, each of which can be taken out."""
    prose.small(page_words.FROM_CARDS)
    if not room.gaps:
        return ()
    named = gap_names(room.gaps, room.areas)
    names = list(named)
    kept = st.multiselect(
        WORK_TEXTS["single_gaps_to_choose_from"], names, names, format_func=one_line, key=f"{key}_gaps"
    )
    return tuple(named[name] for name in kept)


def _criteria(edited: pd.DataFrame) -> tuple[Criterion, ...]:
    rows = edited.fillna("").astype(str).to_dict("records")
    criteria = [Criterion(row[NAME].strip(), row[NOTHING].strip(), row[EVERYTHING].strip()) for row in rows]
    return tuple(c for c in criteria if c.name or c.nothing or c.everything)[: MOST_CRITERIA + 1]


def _rated(
    room: FocusRoom, areas: tuple[str, ...], criteria: tuple[Criterion, ...], key: str
) -> dict[str, dict[str, float]]:
    """The ratings as they stand in the grid of areas by criteria."""
    names = [c.name for c in criteria if c.name]
    if not names or not areas:
        return {}
    prose.small(page_words.RATINGS)
    before = pd.DataFrame([[room.ratings.get(area, {}).get(name) for name in names] for area in areas], columns=names)
    before.insert(0, "Area", list(areas))
    edited = st.data_editor(
        before,
        hide_index=True,
        width="stretch",
        disabled=["Area"],
        column_config={name: st.column_config.NumberColumn(min_value=0, max_value=10, step=1) for name in names},
        key=f"{key}_ratings_{hash((areas, tuple(names)))}",
    )
    rows = edited.to_dict("records")
    return {
        area: {name: float(row[name]) for name in names if row[name] is not None and row[name] == row[name]}
        for area, row in zip(areas, rows, strict=True)
    }


def weigh(here: Here, kept: Kept[FocusRoom]) -> None:
    """One's own hundred points, seen by nobody else; and how many people have finished."""
    seen = actions.weighed(here, kept)
    own = seen.own.content if seen.own is not None else OwnWeights("", {})
    key = f"weigh_{kept.id}_{kept.content.stage}"
    prose.heading("Your 100 points", level=3)
    prose.small(page_words.PRIVATE)
    lenses = list(LENSES)
    lens = st.selectbox(
        WORK_TEXTS["the_lens_you_look_through"],
        lenses,
        lenses.index(own.lens) if own.lens in lenses else None,
        format_func=str.capitalize,
        key=f"{key}_lens",
    )
    points = {}
    for name in rules.criteria_of(kept.content):
        points[name] = float(
            st.number_input(
                markdown(words.criterion_name(name)),
                0,
                100,
                int(own.points.get(name, 0)),
                step=5,
                help=_meaning(kept.content, name),
                key=f"{key}_{name}",
            )
        )
    prose.paragraph(page_words.points_left(sum(points.values())))
    mine = OwnWeights(lens or "", points)
    with st.container(horizontal=True):
        if st.button("I have finished", type="primary", key=f"{key}_done", disabled=not lens):
            EDITING.do(here, lambda at: actions.save_weights(at, kept, replace(mine, finished=True)))
        if st.button("Keep for later", key=f"{key}_keep"):
            EDITING.do(here, lambda at: actions.save_weights(at, kept, mine))
    if own.finished:
        prose.small(WORK_TEXTS["you_have_finished_you_can_still"])


def _meaning(room: FocusRoom, name: str) -> str | None:
    """What 0 and 10 of a criterion of the team's own mean."""
    own = next((c for c in room.criteria if c.name == name), None)
    return None if own is None else markdown(f"0: {own.nothing} 10: {own.everything}")


def go_on(here: Here, kept: Kept[FocusRoom]) -> None:
    """How many have finished, and the buttons that lead on."""
    seen = actions.weighed(here, kept)
    prose.paragraph(page_words.finished(seen.finished))
    phone_weighing.offer(here, kept)
    reveal: Stage = "revealed" if kept.content.stage == "weighing" else "settled"
    with st.container(horizontal=True):
        if st.button("Reveal all weights", icon=":material/visibility:", key="reveal", disabled=seen.finished == 0):
            EDITING.do(here, lambda at: actions.move_decision(at, kept, reveal))
        if kept.content.stage == "weighing" and st.button("Back to preparing", key="unprepare"):
            EDITING.do(here, lambda at: actions.move_decision(at, kept, "preparing"))


def show_comparison(answer: Focus) -> None:
    """The finding, the picture of ranks, the table, what would have to matter more for the others."""
    prose.answer(words.finding(answer))
    with st.container(border=True, key="card_ranks"):
        prose.heading(words.chart_title(answer))
        chart(charts.ranks(answer), key="chart_ranks", alt=words.alt_text(answer))
        table = words.table(answer)
        with st.expander("Table", icon=":material/table_rows:"):
            st.dataframe(table, hide_index=True, width="stretch", height="content", alt=words.alt_text(answer))
    prose.listed(WORK_TEXTS["how_stable"], words.not_known(answer))


def show_weights(here: Here, kept: Kept[FocusRoom]) -> None:
    """How everybody weighed, the widest disagreement first, once it was revealed."""
    spreads = rules.spreads(kept.content, actions.weighed(here, kept).all)
    if not spreads or not spreads[0].points:
        return
    with st.container(border=True, key="card_weights"):
        prose.heading(words.weights_title(spreads))
        chart(
            charts.weights(spreads),
            key="chart_weights",
            alt=words.weights_alt(spreads),
        )
        if prompt := words.disagreement_prompt(spreads):
            prose.small(prompt)


def choose(here: Here, kept: Kept[FocusRoom], answer: Focus) -> None:
    """Weigh once more, or write down the choice; nothing once it was made."""
    if kept.content.stage == "chosen":
        return
    if kept.content.stage == "revealed" and st.button(WORK_TEXTS["weigh_once_more_after_talking"], key="revise"):
        EDITING.do(here, lambda at: actions.move_decision(at, kept, "revising"))
    prose.heading("Write down the choice", level=3)
    prose.small(page_words.NOT_A_VOTE)
    with st.form(f"choose_{kept.id}", border=False):
        area = st.selectbox("We chose", [str(a) for a in answer.rows["area"]], format_func=one_line, index=None)
        reasons = st.text_area("Because", max_chars=4000)
        dissent = st.text_area(WORK_TEXTS["who_sees_it_otherwise_and_why"], max_chars=4000)
        by = st.text_input("Decided by", max_chars=200)
        again = st.date_input(WORK_TEXTS["we_look_again"], dt.date.today() + dt.timedelta(days=182))
        done = st.form_submit_button("Keep this choice", type="primary")
    if done:
        choice = Choice(area or "", reasons, dissent, by, str(again))
        EDITING.do(here, lambda at: actions.choose(at, kept, choice, words.finding(answer)))


def show_choice(here: Here, kept: Kept[FocusRoom], answer: Focus | None) -> None:
    """What was chosen, why, and what the newest data say of it."""
    room = kept.content
    if room.choice is None:
        return
    prose.answer(page_words.focus_is(room, dt.date.today()))
    prose.listed("Why", [one_line(room.choice.reasons, 4000)])
    prose.listed("Who sees it otherwise", [one_line(room.choice.dissent, 4000)] if room.choice.dissent.strip() else [])
    if answer is not None:
        prose.listed("How stable it was, and is", words.then_and_now(room.said, words.finding(answer)))
    if sign_in.may("decide") and st.button(WORK_TEXTS["look_again_on_the_newest_data"], key="again"):
        version = in_memory.description(room.dataset).version
        EDITING.do(here, lambda at: actions.begin_again(at, kept, version))


def settle_conflict(here: Here) -> None:
    """Both texts, where somebody saved the decision meanwhile."""
    EDITING.settle(here, lambda theirs, yours: lambda at: actions.save_decision(at, theirs, yours))
