"""Organizations beside each other: making a comparison, and each as whoever looks may see it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from equity.access.here import Here
from equity.actions.network import comparing as actions
from equity.actions.network import membership
from equity.actions.network.comparing import Seen
from equity.charts.cohort.comparison import alt, funnel
from equity.export.comparison_sheet import comparison_sheet
from equity.store.files.home import home_folder
from equity.ui.components.chart import chart
from equity.ui.components.downloading import download_button
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.errors import error_as_sentence
from equity.ui.session.workspace import allowed_at
from equity.words.cohort import comparison as words
from equity.words.escaping import one_line
from equity.words.labels.network import NETWORK_TEXTS

MOST_AT_ONCE = 12


def show(at: Here, *, leads: bool) -> None:
    """The rules, making one (for whoever leads the cohort), and those that were made."""
    prose.small(words.RULES)
    prose.small(words.NAMES)
    if leads:
        _make(at)
    most = int(st.session_state.get("comparisons_most", MOST_AT_ONCE))
    comparisons = actions.comparisons(at, home_folder(), most + 1)
    if not comparisons:
        prose.small(words.NOTHING_YET)
    for seen in comparisons[:most]:
        with st.container(border=True, key=f"comparison_{seen.kept}"):
            _one(at, seen, is_team=not leads)
    if len(comparisons) > most and st.button(words.MORE, key="comparisons_more"):
        st.session_state["comparisons_most"] = most + MOST_AT_ONCE
        st.rerun()


def _make(at: Here) -> None:
    there = actions.comparable(at, home_folder())
    if not there:
        prose.small(words.NOT_ENOUGH)
        return
    named = {words.choice(asked, count): asked for asked, count in there}
    chosen = st.selectbox(NETWORK_TEXTS["what_is_compared"], list(named), key="compare_what")
    if st.button(words.MAKE, key="compare_make"):
        with error_as_sentence():
            actions.make_comparison(allowed_at(at, "lead_network"), home_folder(), named[chosen])
            st.rerun()


def _one(at: Here, seen: Seen, *, is_team: bool) -> None:
    if seen.picture is None:
        prose.heading(words.asked(seen.asked))
        prose.small(words.WITHHELD if seen.withheld else words.TAKEN_DOWN)
        return
    prose.heading(words.finding(seen.picture))
    chart(funnel(seen.picture), key=f"chart_comparison_{seen.kept}", alt=alt(seen.picture))
    with st.expander("Table", key=f"table_{seen.kept}"):
        table = pd.DataFrame(words.rows(seen.picture))
        st.dataframe(table, hide_index=True, width="stretch", height="content", alt=words.finding(seen.picture))
    prose.small(words.made(seen.made))
    for line in words.differs(seen.differs):
        prose.small(line)
    if not is_team:
        _send(at, seen)
    if is_team and sign_in.may("share_with_network"):
        wanted = st.checkbox(NETWORK_TEXTS["name_us_in_this_picture"], value=seen.agreed, key=f"name_us_{seen.kept}")
        if wanted != seen.agreed:
            with error_as_sentence():
                actions.agree_to_be_named(allowed_at(at, "share_with_network"), seen.kept, agreed=wanted)
                st.rerun()


def _send(at: Here, seen: Seen) -> None:
    """A comparison as a file for a team on another server, its own numbers marked."""
    elsewhere = {kept.id: kept.content for kept in membership.teams(at) if not kept.content.workspace}
    if not elsewhere:
        return
    with st.expander(words.SEND, icon=":material/outgoing_mail:", key=f"send_{seen.kept}"):
        prose.small(words.SEND_MEANS)
        team = st.selectbox(
            NETWORK_TEXTS["which_team_is_it_for"],
            list(elsewhere),
            format_func=lambda record: one_line(elsewhere[record].name),
            key=f"send_to_{seen.kept}",
        )
        download_button(
            words.SAVE_SHEET,
            sign_in.exported("comparison", _sheet(at, seen.kept, team)),
            file_name="comparison.html",
            mime="text/html",
            key=f"sheet_{seen.kept}",
        )


def _sheet(at: Here, comparison: str, team: str) -> Callable[[], bytes]:
    return lambda: comparison_sheet(
        actions.picture_for(allowed_at(at, "lead_network"), home_folder(), comparison, team)
    )
