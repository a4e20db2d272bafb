"""The parts of the page History: the line of time, an event of one's own, statements and who stands for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import streamlit as st

from equity.access.here import Here
from equity.actions.work import history as actions
from equity.improvement.team import history as rules
from equity.improvement.team.history import Acknowledgement, HistoryEvent, Moment, Whose
from equity.improvement.team.shipped_history import shipped_events
from equity.store.records.kept import Kept
from equity.ui.layout import prose
from equity.ui.layout.prose import Happening
from equity.ui.records.record_editing import Editing
from equity.ui.records.record_fields import text_fields
from equity.ui.session import sign_in
from equity.words.escaping import one_line
from equity.words.labels.team import TEAM_TEXTS
from equity.words.work import history as words

PICKED = "history_event_picked"
LONG = ("happened", "harmed", "our_part", "now")
EVENTS: Editing[HistoryEvent] = Editing("history_event", words.event_told, "write_records", (PICKED,))
STATEMENTS: Editing[Acknowledgement] = Editing("acknowledgement", words.statement_told, "write_records")


def show_purpose() -> None:
    """What the page is for, before the team has written anything."""
    prose.paragraph(words.PURPOSE)
    prose.example(words.EXAMPLE)


def begin(here: Here) -> None:
    """The button that begins an event, and a shipped one as the team's own."""
    if not sign_in.may("write_records"):
        return
    if st.button(words.BEGIN, type="primary", icon=":material/history_edu:", key="begin_event"):
        EVENTS.do(here, lambda at: actions.begin_event(at, HistoryEvent()))


def settle(here: Here) -> None:
    """Both texts, where somebody saved the same event or statement meanwhile."""
    EVENTS.settle(here, lambda theirs, yours: lambda at: actions.save_event(at, theirs, yours))
    STATEMENTS.settle(here, lambda theirs, yours: lambda at: actions.save_statement(at, theirs, yours))


def write(here: Here, own: Sequence[Kept[HistoryEvent]]) -> None:
    """The event that is being written: the newest draft, or the one that was picked."""
    if not sign_in.may("write_records") or not own:
        return
    by_id = {kept.id: kept for kept in own}
    drafts = [kept.id for kept in own if not kept.content.placed]
    picked = st.selectbox(
        "Write on",
        list(by_id),
        list(by_id).index(drafts[-1]) if drafts else None,
        lambda key: words.event_named(by_id[key].content) if key in by_id else "",
        placeholder=TEAM_TEXTS["choose_an_event_of_our_own"],
        key=PICKED,
    )
    if picked in by_id:
        with st.container(border=True, key=f"event_{picked}"):
            _form(here, by_id[str(picked)])


def _form(here: Here, kept: Kept[HistoryEvent]) -> None:
    with EVENTS.as_typed(kept):
        made = text_fields(EVENTS.seen(kept).content, words.FIELDS, EVENTS.key(kept), LONG)
        violence = st.checkbox(TEAM_TEXTS["it_tells_of_violence"], made.violence, key=f"{EVENTS.key(kept)}_violence")
    made = rules.with_note(made, violence)
    EVENTS.keep_up(here, kept, made, actions.save_event)
    with st.container(horizontal=True):
        if not kept.content.placed and st.button(words.PLACE, type="primary", key=f"place_{kept.id}"):
            EVENTS.do(here, lambda at: actions.place_event(at, EVENTS.seen(kept), made))
        if st.button(words.TAKE_OFF, key=f"take_off_{kept.id}"):
            EVENTS.do(here, lambda at: actions.withdraw_event(at, EVENTS.seen(kept)))


def show_line(own: Sequence[Kept[HistoryEvent]]) -> None:
    """Our events and the country's on one line."""
    prose.heading("Timeline")
    asked = st.segmented_control(
        "Show", list(words.WHOSE), format_func=lambda key: words.WHOSE.get(key, ""), default="", key="history_whose"
    )
    whose: Whose | None = "ours" if asked == "ours" else "country" if asked == "country" else None
    moments = actions.line_of_time(tuple(own), whose)
    prose.small(f"{words.counted(moments)} {words.NOT_ON_TRENDS}")
    decades = [(name, [_happening(m) for m in inside]) for name, inside in groupby(moments, words.decade)]
    prose.timeline(decades, words.CONTENT_NOTE)


def _happening(moment: Moment) -> Happening:
    return Happening(
        words.when(moment),
        words.whose(moment),
        one_line(moment.said, 4000),
        words.details(moment),
        words.MORE[moment.whose],
        moment.violence,
        moment.whose == "ours",
    )


def copy_shipped(here: Here, own: Sequence[Kept[HistoryEvent]]) -> None:
    """An event of the shipped list as the team's own, to be put into its own words."""
    if not sign_in.may("write_records"):
        return
    copied = {kept.content.of_shipped for kept in own}
    left = {event.key: event for event in shipped_events() if event.key not in copied}
    with st.expander(TEAM_TEXTS["put_an_event_of_us_history"], icon=":material/edit_note:"):
        key = st.selectbox(
            "Event",
            list(left),
            None,
            lambda name: f"{left[name].date[:4]}: {one_line(left[name].said, 80)}" if name in left else "",
            key="history_shipped",
        )
        if st.button(words.COPY, disabled=key is None, key="copy_shipped") and key in left:
            EVENTS.do(here, lambda at: actions.begin_event(at, rules.edited_from(left[str(key)])))


def show_statements(here: Here) -> None:
    """What the organization acknowledges, who stands for it, who may read it."""
    prose.heading("What we acknowledge")
    for kept in actions.statements(here):
        with st.container(border=True, key=f"statement_{kept.id}"):
            prose.small(words.who_may_read(kept.readers, kept.author))
            prose.heading(words.statement_named(kept.content), 3)
            prose.listed(words.approval(kept.content), words.statement_told(kept.content)[:-1], 3)
            if sign_in.may("write_records"):
                with st.expander("Write, approve, share", icon=":material/edit:"):
                    _statement(here, kept)
    if sign_in.may("write_records") and st.button(words.BEGIN_STATEMENT, key="begin_statement"):
        STATEMENTS.do(here, lambda at: actions.begin_statement(at, Acknowledgement()))


def _statement(here: Here, kept: Kept[Acknowledgement]) -> None:
    labels = {"title": "Title", **{part: words.FIELDS[part] for part in LONG}}
    with STATEMENTS.as_typed(kept):
        made = text_fields(STATEMENTS.seen(kept).content, labels, STATEMENTS.key(kept), LONG)
    STATEMENTS.keep_up(here, kept, made, actions.save_statement)
    prose.small(words.APPROVAL_GOES)
    by = st.text_input("Approved by", max_chars=200, key=f"approved_{kept.id}")
    if st.button(words.APPROVE, key=f"approve_{kept.id}"):
        STATEMENTS.do(here, lambda at: actions.approve_statement(at, STATEMENTS.seen(kept), by))
    readers = st.selectbox(
        TEAM_TEXTS["who_may_read"],
        list(words.READERS),
        list(words.READERS).index(kept.readers),
        lambda key: words.READERS.get(key, ""),
        key=f"readers_{kept.id}_{kept.version}",
        required=True,
    )
    if readers != kept.readers and st.button(TEAM_TEXTS["change_who_may_read"], key=f"share_{kept.id}"):
        STATEMENTS.do(here, _sharing(kept, readers))


def _sharing(kept: Kept[Acknowledgement], readers: str) -> Callable[[Here], object]:
    chosen = next(one for one in words.READERS if one == readers)
    return lambda at: actions.choose_readers(at, STATEMENTS.seen(kept), chosen)
