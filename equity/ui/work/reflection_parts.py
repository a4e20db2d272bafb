"""The parts of the page Reflections that are written: open points, the six milestones, pinned cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from equity.access.here import Here
from equity.actions.work import reflections as actions
from equity.actions.work.reflections import Written
from equity.cards.made_again import made_again
from equity.cards.recipe import Recipe, recipes_in
from equity.improvement.milestones import MILESTONES, Milestone
from equity.improvement.team import reflections as rules
from equity.improvement.team.reflections import OpenPoint, PinnedCard, Reflection, ReflectionPart
from equity.store.records.kept import Kept
from equity.store.workspace.clock import now
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.presenting import card_set
from equity.ui.question import answers
from equity.ui.records.record_editing import Editing
from equity.ui.records.record_fields import text_fields
from equity.ui.records.told_apart import told_apart
from equity.ui.session import sign_in
from equity.vocabulary import PlainError
from equity.words.escaping import one_line
from equity.words.labels.work import WORK_TEXTS
from equity.words.work import reflections as words
from equity.words.work.path import MILESTONE

CHOSEN, BACK = "reflection_chosen", 6
MOST_POINTS = 20
"""Open points that stand there to be closed; the others are listed."""
PARTS: Editing[ReflectionPart] = Editing("reflection_part", words.part_told, "write_records")
POINTS: Editing[OpenPoint] = Editing("open_point", lambda held: [words.point(held)], "write_records")


def show_purpose() -> None:
    """What the page is for, before there is a reflection."""
    prose.paragraph(words.PURPOSE)
    prose.example(words.EXAMPLE)


def chosen(held: Sequence[Kept[Reflection]]) -> Kept[Reflection] | None:
    """The reflection that is looked at: picked, else the newest."""
    by_id = {kept.id: kept for kept in held}
    if len(held) < 2:
        return held[0] if held else None
    picked = st.selectbox(
        "Quarter",
        list(by_id),
        format_func=lambda key: words.quarter(by_id[key].content.quarter) if key in by_id else "",
        key=CHOSEN,
        required=True,
    )
    return by_id.get(str(picked), held[0])


def begin(here: Here, held: Sequence[Kept[Reflection]]) -> None:
    """The button that begins the reflection of a quarter that has none, the latest whole one first."""
    there = {kept.content.quarter for kept in held}
    last = rules.quarter_to_reflect_on(now().date())
    offered = [quarter for quarter in rules.quarters_back(last, BACK) if quarter not in there]
    if not sign_in.may("write_records") or not offered or (held and last in there):
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        quarter = st.selectbox(
            "Reflect on", offered, format_func=words.quarter, key=f"reflect_{len(held)}", required=True
        )
        if st.button(words.BEGIN, type="primary", icon=":material/edit_calendar:", key="begin_reflection"):
            PARTS.do(here, lambda at: actions.begin_reflection(at, str(quarter)))


def show_points(here: Here, quarter: str) -> None:
    """Last time's open points first, then a new one."""
    POINTS.settle(here, lambda theirs, yours: None)
    every = actions.points(here)
    before = [k for k in every if k.content in rules.carried([k.content], quarter)]
    prose.heading(words.OPEN_POINTS)
    if not before:
        prose.small(words.NO_POINTS)
    for kept in before[:MOST_POINTS]:
        _show_point(here, kept)
    _more_points(here, before[MOST_POINTS:])
    prose.listed("Closed this quarter", [words.closed(k.content) for k in every if rules.closed_in(k.content, quarter)])


def _show_point(here: Here, kept: Kept[OpenPoint]) -> None:
    with st.container(border=True, key=f"point_{kept.id}"):
        prose.paragraph(words.point(kept.content))
        if sign_in.may("write_records"):
            _close(here, kept)


def _more_points(here: Here, points: Sequence[Kept[OpenPoint]]) -> None:
    """Points beyond those that stand open: a list, and the one that is picked."""
    if not points:
        return
    with st.expander(words.more_points(len(points)), key="more_points"):
        prose.listed(words.OPEN_POINTS, [words.point(kept.content) for kept in points], 3)
        by_id = {kept.id: kept for kept in points}
        named = told_apart({record: words.point(kept.content) for record, kept in by_id.items()})
        picked = st.selectbox(
            WORK_TEXTS["one_of_these"], list(named), None, format_func=named.__getitem__, key="more_points_one"
        )
        if picked:
            _show_point(here, by_id[picked])


def _close(here: Here, kept: Kept[OpenPoint]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        became = st.text_input(WORK_TEXTS["what_became"], max_chars=400, key=f"became_{kept.id}")
        if st.button("Close it", key=f"close_{kept.id}"):
            POINTS.do(here, lambda at: actions.close_point(at, POINTS.seen(kept), became))


def new_points(here: Here, quarter: str) -> None:
    """What this quarter leaves to be done, and the way to add to it."""
    raised = [k.content for k in actions.points(here) if k.content.since == quarter and k.content.is_open]
    prose.heading("What is to be done next")
    prose.small(words.WILL_BE_BACK)
    prose.listed("Open", [words.point(held) for held in raised])
    if not sign_in.may("write_records"):
        return
    with st.form("new_point", clear_on_submit=True, border=False):
        said = st.text_input(WORK_TEXTS["what_when_and_how"], max_chars=400, key="point_words")
        who = st.text_input("Who", max_chars=80, key="point_who")
        when = st.date_input("By", None, key="point_when")
        asked = st.form_submit_button("Add this point")
    if asked:
        by_when = when.isoformat() if isinstance(when, dt.date) else ""
        POINTS.do(here, lambda at: actions.raise_point(at, OpenPoint(said, who, by_when), quarter))


def write(here: Here, held: Written) -> None:
    """The six milestones, each with its four pieces, written by whoever is here."""
    PARTS.settle(here, lambda theirs, yours: lambda at: actions.save_part(at, held.kept, theirs, yours))
    prose.heading("The six milestones")
    for milestone in MILESTONES:
        part = held.part(milestone)
        label = f"{MILESTONE[milestone]}: {words.has_written(None if part is None else part.content)}"
        with st.expander(label, key=f"milestone_{held.kept.id}_{milestone}"):
            _milestone(here, held, milestone, part)


def _milestone(here: Here, held: Written, milestone: Milestone, part: Kept[ReflectionPart] | None) -> None:
    if not sign_in.may("write_records"):
        prose.listed(MILESTONE[milestone], [] if part is None else words.part_told(part.content))
    elif part is None:
        if st.button("Write on this", key=f"begin_{held.kept.id}_{milestone}"):
            PARTS.do(here, lambda at: actions.begin_part(at, held.kept, milestone))
    else:
        with PARTS.as_typed(part):
            seen = PARTS.seen(part).content
            made = text_fields(seen, words.PIECE_NAMES, PARTS.key(part), tuple(words.PIECE_NAMES))
        PARTS.keep_up(here, part, made, lambda at, was, content: actions.save_part(at, held.kept, was, content))
    for card in held.pinned:
        if card.content.milestone == milestone:
            _show_card(here, card)


def _show_card(here: Here, kept: Kept[PinnedCard]) -> None:
    with st.container(border=True, key=f"pinned_{kept.id}"):
        prose.listed(one_line(kept.content.asked, 300), words.then_and_now(kept.content.then, _now(kept.content)), 3)
        if sign_in.may("write_records") and st.button("Unpin", key=f"unpin_{kept.id}"):
            PARTS.do(here, lambda at: actions.unpin(at, kept))


def _now(card: PinnedCard) -> str:
    """The card's sentence on the newest data; empty where it cannot be made any more."""
    try:
        (recipe,) = recipes_in(card.link)
        newest = in_memory.description(recipe.wishes.get("dataset", ""))
        return made_again(
            Recipe(recipe.page, recipe.card, recipe.codes, newest.version, newest.created), answers
        ).finding
    except (PlainError, ValueError):
        return ""


def pin_a_card(here: Here, held: Written) -> None:
    """A card of the presentation, pinned to a milestone with its sentence as it is now."""
    if not sign_in.may("write_records"):
        return
    with st.expander("Pin a card", icon=":material/push_pin:", key=f"pin_{held.kept.id}"):
        offered = card_set.cards()
        if not offered:
            prose.small(WORK_TEXTS["add_to_presentation_under_any_chart"])
            return
        at = st.selectbox(
            "Card",
            range(len(offered)),
            format_func=lambda i: one_line(offered[i].finding, 100),
            key="pin_card",
            required=True,
        )
        milestone = st.selectbox(
            "Milestone",
            MILESTONES,
            format_func=lambda key: MILESTONE.get(key, ""),
            key="pin_milestone",
            required=True,
        )
        if st.button("Pin it", key="pin") and milestone is not None:
            card = offered[int(at or 0)]
            pinned = PinnedCard(milestone, card.recipe.parameters(), card.asked, card.finding)
            PARTS.do(here, lambda place: actions.pin(place, held.kept, pinned))
