"""The minutes of a call as a page: what was looked at, guessed, written and chosen; files; what became of it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from equity.access.here import Here
from equity.actions.calls.call_minutes import FORMATS, MIME, as_file, whole_minutes
from equity.actions.calls.call_moves import became
from equity.actions.calls.live_calls import LiveCall, own_call
from equity.export.minutes.model import SeenCard, attendance, by_whom, open_points, when
from equity.store.files.home import home_folder
from equity.ui.components.chart import chart
from equity.ui.components.downloading import download_button
from equity.ui.layout import prose
from equity.ui.page_registry import page
from equity.ui.session import sign_in
from equity.ui.session.workspace import allowed_at, here
from equity.ui.work.from_call import make_test
from equity.words.call import call_weights
from equity.words.call.calls import MINUTES, STAGE_TITLES

LABELS = {"md": "Markdown", "html": "Web page", "docx": "Document (DOCX)", "json": "JSON"}


def show(call_id: str) -> None:
    """The minutes of a call of this workspace."""
    place = here()
    live = own_call(place, call_id)
    whole = whole_minutes(live, home_folder())
    minutes = whole.minutes
    prose.answer(minutes.title)
    prose.small(f"{MINUTES['kind']}, {when(minutes)}.")
    _files(place, live)
    prose.listed(MINUTES["who"], attendance(minutes))
    for number, seen in enumerate(whole.cards, start=1):
        _card(seen, number)
    prose.heading(MINUTES["tests"])
    for each in minutes.tests:
        prose.paragraph(f"{each.words} ({by_whom(each)})")
        said = st.text_input(MINUTES["became"], each.became, key=f"became_{each.id}", max_chars=500)
        if said != each.became:
            allowed = allowed_at(place, "lead_call")
            became(own_call(allowed, call_id), each.id, said)
            st.toast("Saved.")
        make_test(place, call_id, each)
    if not minutes.tests:
        prose.paragraph(MINUTES["no_tests"])
    prose.listed(call_weights.TITLE, call_weights.minutes(minutes.weighed))
    prose.listed(MINUTES["open"], open_points(minutes) or [MINUTES["nothing_open"]])
    st.page_link(page("learning_call"), label="All calls", icon=":material/arrow_back:")


def _files(place: Here, live: LiveCall) -> None:
    with st.container(horizontal=True, gap="small", key="minutes_files"):
        for form in FORMATS:
            download_button(
                LABELS[form],
                sign_in.exported(f"minutes: {live.state.title}", _made(place, live.call.id, form)),
                file_name=f"minutes.{form}",
                mime=MIME[form],
                key=f"minutes_{form}",
            )


def _made(place: Here, call_id: str, form: str) -> Callable[[], bytes]:
    """The file as it is when it is asked for, if the call may be seen then."""
    home = home_folder()
    return lambda: as_file(whole_minutes(own_call(place, call_id), home), form)


def _card(seen: SeenCard, number: int) -> None:
    card = seen.said.card
    with st.container(border=True, key=f"minutes_card_{number}"):
        prose.heading(seen.title)
        prose.small(f"{MINUTES['asked']} {card.asked}")
        if seen.then:
            prose.small(f"{MINUTES['then']} {seen.then}")
        if seen.why_not:
            prose.paragraph(seen.why_not)
        if seen.sheet is not None:
            chart(
                seen.sheet.figure,
                key=f"minutes_chart_{number}",
                alt=seen.sheet.alt,
            )
            prose.small(f"{seen.sheet.caption} {' '.join(seen.sheet.record)}")
        if seen.guesses:
            prose.listed(MINUTES["guesses"], [seen.guesses])
        for stage in seen.said.stages:
            for lens, contributions in stage.by_lens():
                prose.listed(
                    f"{STAGE_TITLES[stage.stage]}: {lens}", [f"{c.words} ({by_whom(c)})" for c in contributions]
                )
