"""The answer as a card: the finding as its title, the chart, the table that proves it, how it was computed.

A screenshot of a card makes sense without the page around it: the title states the finding and names the reference, the
caption says what, by whom, when.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from equity.ui import prose, sign_in
from equity.ui.card_tools import card_tools
from equity.ui.come_back import here_again
from equity.ui.drawer import drawer
from equity.words.escaping import one_line, spreadsheet
from equity.words.once import once

if TYPE_CHECKING:
    from equity.export.native import NativeChart
    from equity.export.sheet import Answer
    from equity.ui.recipe import Recipe

CHART_CONFIG = {
    "displaylogo": False,
    "displayModeBar": False,  # a picture is taken with the card's own button, which writes the words beside the chart
    "scrollZoom": False,
}


@dataclass(frozen=True)
class Card:
    """What a card holds.

    key       names the card on its page.
    finding   the title: what is to be seen, in words, the reference named.
    figure    the chart; ``alt`` says the same for those who do not see it.
    table     the chart as text, a row a mark, written when somebody wants it; ``caption`` says what it holds.
    numbers   the answer's own table, unrounded, for the CSV.
    answer    what the card was made from, with the statements that ran.
    recipe    how it can be made again, to be presented or taken away in a set.
    method    sentences on how it was computed, written when somebody wants them.
    native    the chart's numbers as an office program draws them, asked for when somebody wants the slides.
    """

    key: str
    finding: str
    figure: go.Figure
    alt: str
    table: Callable[[], pd.DataFrame]
    caption: str
    numbers: Callable[[], pd.DataFrame]
    answer: Answer
    recipe: Recipe
    method: Callable[[], Sequence[str]] = tuple
    native: Callable[[], NativeChart] | None = None


def show_card(card: Card) -> None:
    """Draw the card."""
    with st.container(border=True, key=f"card_{card.key}"):
        prose.heading(card.finding)
        stem = file_stem(card.finding)
        st.plotly_chart(card.figure, key=f"chart_{card.key}", theme="streamlit", alt=card.alt, config=CHART_CONFIG)
        prose.small(card.caption)
        card_tools(card, stem)
        here_again(card.key)
        drawer("Table", ":material/table_rows:", f"table_{card.key}", lambda: _show_table(card, stem))
        drawer("How was this computed?", ":material/function:", f"method_{card.key}", lambda: _show_method(card))


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
    st.download_button(
        "Download CSV",
        sign_in.exported(card.finding, lambda: csv_of(card.numbers())),
        file_name=f"{stem}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"csv_{card.key}",
    )


@once
def _as_sent(table: pd.DataFrame) -> pa.Table:
    """A table as it goes to the browser: two cards often carry the same one."""
    return pa.Table.from_pandas(table, preserve_index=False)


def csv_of(numbers: pd.DataFrame) -> bytes:
    """A CSV of an answer's table; text that a spreadsheet would run is quoted."""
    safe = numbers.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = [spreadsheet(str(value)) if value == value else "" for value in safe[column]]
    safe.columns = [spreadsheet(str(column)) for column in safe.columns]
    return safe.to_csv(index=False).encode("utf-8-sig")


def file_stem(finding: str) -> str:
    """A name for a file out of a finding: letters, digits and hyphens."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in one_line(finding).lower()).split()
    return "-".join(words)[:60].strip("-") or "table"
