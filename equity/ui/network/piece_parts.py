"""A piece as it is read: what it is about, its lines, its diagram level by level, its numbers as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from equity.network.pieces import Piece
from equity.ui.layout import prose
from equity.words.cohort import pieces as words
from equity.words.escaping import one_line


def show_piece(piece: Piece, key: str) -> None:
    """The whole piece under its title."""
    prose.heading(one_line(piece.title, 400), level=3)
    prose.small(words.about(piece))
    if piece.origin:
        prose.small(piece.origin)
    for line in words.lines(piece):
        prose.small(line)
    for name, drivers in words.drivers(piece):
        prose.listed(name, drivers, level=4)
    columns_and_rows = words.table(piece)
    if columns_and_rows is not None:
        columns, rows = columns_and_rows
        with st.expander(words.numbers_of(len(rows)), key=f"numbers_{key}"):
            table = pd.DataFrame(rows, columns=list(columns))
            st.dataframe(table, hide_index=True, width="stretch", alt=one_line(piece.title, 200))
