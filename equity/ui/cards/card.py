"""A card (`equity/cards/card.py`) on its page: finding, chart, tools, and the expanders under it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pyarrow as pa
import streamlit as st

from equity.cards.card import Card, csv_of, file_stem
from equity.charts.screens.fitted import fitted
from equity.ui.cards import pinned
from equity.ui.cards.card_tools import card_tools
from equity.ui.components.chart import chart
from equity.ui.components.downloading import download_button
from equity.ui.layout import prose
from equity.ui.layout.lazy_expander import lazy_expander
from equity.ui.notes.notes_expander import notes_expander
from equity.ui.notes.since_last_look import say_what_is_new
from equity.ui.presenting.come_back import here_again
from equity.ui.question.address_bar import FIRST_CARD
from equity.ui.session import sign_in
from equity.vocabulary import PlainError
from equity.words.cached_per_answer import cached_per_answer
from equity.words.labels.export import EXPORT_TEXTS


def show_card(card: Card, *, asks: bool = True, tools: Callable[[], None] | None = None) -> None:
    """Draw the card, the first of a page beside the one that is pinned; ``asks`` where a choice bar takes up clicks.

    ``tools`` draws a toolbar of the chart's own right under it.
    """
    is_first = bool(st.session_state.pop(FIRST_CARD, False))
    if is_first:
        say_what_is_new(card)
    if not is_first or not pinned.waits_beside(card):
        _show(card, asks, tools)
        return
    left, right = st.columns(2, gap="small")
    with left:
        pinned.show_pinned()
    with right:
        _show(card, asks, tools)


def _show(card: Card, asks: bool, tools: Callable[[], None] | None) -> None:
    with st.container(border=True, key=f"card_{card.key}"):
        prose.heading(card.finding)
        stem = file_stem(card.finding)
        chart(card.figure, key=f"chart_{card.key}", alt=card.alt, asks=asks, lower=fitted(card.figure))
        if tools is not None:
            tools()
        prose.small(card.caption)
        card_tools(card, stem)
        here_again(card.key)
        lazy_expander("Table", ":material/table_rows:", f"table_{card.key}", lambda: _show_table(card, stem))
        lazy_expander(
            EXPORT_TEXTS["how_was_this_computed"],
            ":material/function:",
            f"method_{card.key}",
            lambda: _show_method(card),
        )
        notes_expander(card)


def show_when_answered(make: Callable[[], Card]) -> None:
    """Draw a card that the data may not be able to give; where not, the reason stands in its place."""
    try:
        card = make()
    except PlainError as reason:
        prose.notice([str(reason)])
        return
    show_card(card)


def _show_method(card: Card) -> None:
    """How the answer was computed, in sentences and as the statements that ran."""
    for sentence in card.method():
        prose.paragraph(sentence)
    st.code(card.answer.sql, language="sql", wrap_lines=True)


def _show_table(card: Card, stem: str) -> None:
    """The chart as text, and its numbers as a file."""
    table = card.table()
    st.dataframe(
        _as_sent(table),
        hide_index=True,
        width="stretch",
        height="content",
        key=f"rows_{card.key}",
        alt=card.caption,
        column_config={table.columns[0]: st.column_config.TextColumn(pinned=True)},
    )
    download_button(
        "Download CSV",
        sign_in.exported(card.finding, lambda: csv_of(card.numbers())),
        file_name=f"{stem}.csv",
        mime="text/csv",
        key=f"csv_{card.key}",
    )


@cached_per_answer
def _as_sent(table: pd.DataFrame) -> pa.Table:
    """A table as it goes to the browser: two cards often carry the same one."""
    return pa.Table.from_pandas(table, preserve_index=False)
